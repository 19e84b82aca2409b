"""The names by which a file can say a choice, beside its code: those of our own pages in each language, and some of schools."""

import re
import unicodedata
from collections.abc import Mapping

from ipf_talent.programmes.words import fold


def plain(text: str) -> str:
    """Letters and digits alone, lower case and without accents: how names are compared."""
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode())


def named(text: str) -> str:
    """Small letters without accents, and one space between words: how names of skills and modules are compared."""
    return " ".join(fold(text).split())


def _also(**names: str) -> Mapping[str, str]:
    """Per plain name the code; the names of a code have a bar between them."""
    return {plain(name): code for code, several in names.items() for name in several.split("|")}


LEVELS = _also(
    mbo_1="mbo 1|entree", mbo_2="mbo 2", mbo_3="mbo 3", mbo_4="mbo 4", ad="associate degree", hbo_bachelor="hbo",
    wo_bachelor="wo|universiteit|university", engd_phd="EngD|PhD|EngD / promotie|EngD / promoasje",
    none="geen|geen vast niveau|gjin fêst nivo|no fixed level",
)  # fmt: skip
TYPES = _also(
    mbo_certificate="mbo-certificaat|mbo-sertifikaat", practice_statement="praktijkverklaring|praktykferklearring",
    elective="keuzedeel|karfak|karsdiel|elective module", ad="associate degree", phd="promotie|promoasje", course="cursus|kursus",
)  # fmt: skip
MODES = _also(
    bol="bol (op school)|bol (op skoalle)|bol (at school)", bbl="bbl (werk en school)|bbl (wurk en skoalle)|bbl (work and school)",
    derde_leerweg="third way (derde leerweg)|tredde learwei|third way", fulltime="voltijd|foltiid|full-time", dual="duaal",
    parttime="deeltijd|dieltiid|part-time", own_pace="eigen tempo|zelfstandig tempo|eigen tiid|own pace",
)  # fmt: skip
CHANNELS = _also(
    cambo="CAMBO (mbo)", studielink="Studielink (hbo en universiteit)|Studielink (hbo and university)",
    own_site="eigen site|eigen website|website|own site|De eigen site van de school|De eigen side fan de skoalle|"
    "The school's own site",
)  # fmt: skip
LANGUAGES = _also(
    nl="Nederlands|Nederlânsk|Dutch|nld", fy="Fries|Frysk|Frisian|fry", en="Engels|Ingelsk|English|eng",
    de="Duits|Dútsk|German|deu",
)  # fmt: skip
FIELDS = _also(
    mechatronics="Mechatronica|Megatroanika", mechanics="Mechanical engineering|Werktuigbouw|Wurktúchbou",
    electronics="Elektronica|Elektroanika", robotics="Robotica|Robotika",
    automation="Automation and control|Automatisering en besturing|Automatisearring en bestjoering",
    production="Productie|Produksje", materials="Materialen", energy="Energie|Enerzjy", logistics="Logistiek|Logistyk",
    quality="Quality and measuring|Kwaliteit en meten|Kwaliteit en mjitten", safety="Veiligheid|Feilichheid",
    process="Process industry|Procestechniek|Prosestechnyk", design="Ontwerpen|Untwerpen", research="Onderzoek|Undersyk",
    management="Organising|Organiseren|Organisearjen", communication="Working with people|Werken met mensen|Wurkje mei minsken",
    **{"data-ai": "Data and AI|Data en AI", "vision-optics": "Vision and optics|Vision en optica|Fision en optika"},
)  # fmt: skip
