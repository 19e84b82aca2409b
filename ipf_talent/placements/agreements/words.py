"""The usual words of an agreement, in its own language: a beginning for the coordinator, who reads and changes them."""

from collections.abc import Mapping

from ipf_talent.vacancies.kinds import AllowancePer, Expenses
from ipf_talent.vacancies.models import Vacancy

USUAL: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "guidance_text": (
            "De begeleider van het bedrijf begeleidt de student op de werkplek en bespreekt elke week hoe het gaat. De begeleider "
            "van de school heeft aan het begin, halverwege en aan het eind een gesprek met de student en het bedrijf."
        ),
        "assessment_text": (
            "Het bedrijf geeft halverwege en aan het eind advies over het werk van de student. De school beoordeelt en beslist."
        ),
        "ending_text": (
            "De overeenkomst eindigt op de einddatum. Zij eindigt eerder als de partijen dat samen afspreken, als de student de "
            "opleiding verlaat, als het bedrijf stopt of zijn erkenning verliest, of als een partij zich niet aan de afspraken "
            "houdt en dat na een gesprek en een schriftelijke aanmaning niet verandert. Wie wil beëindigen, hoort eerst de "
            "andere partijen en doet het daarna schriftelijk, met de reden."
        ),
        "insurance_text": "De school verzekert de student tegen ongevallen en aansprakelijkheid tijdens de stage.",
    },
    "en": {
        "guidance_text": (
            "The supervisor of the company guides the student at the workplace and talks every week about how it goes. The "
            "supervisor of the school has a talk with the student and the company at the start, halfway and at the end."
        ),
        "assessment_text": (
            "The company gives advice on the student's work halfway and at the end. The school assesses and decides."
        ),
        "ending_text": (
            "The agreement ends on the end date. It ends earlier if the parties agree on that together, if the student leaves the "
            "programme, if the company stops or loses its recognition, or if a party does not keep to what was agreed and this "
            "does not change after a talk and a written reminder. Whoever wants to end it hears the other parties first and then "
            "does so in writing, with the reason."
        ),
        "insurance_text": "The school insures the student against accidents and liability during the internship.",
    },
}
_PER = {
    "nl": {AllowancePer.MONTH: "per maand", AllowancePer.WEEK: "per week", AllowancePer.HOUR: "per uur"},
    "en": {AllowancePer.MONTH: "a month", AllowancePer.WEEK: "a week", AllowancePer.HOUR: "an hour"},
}
_PAY = {
    "nl": {
        "one": "{low} euro {per}.",
        "range": "{low} tot {high} euro {per}.",
        "none": "Geen vergoeding.",
        "travel": "Het bedrijf betaalt de reiskosten.",
        Expenses.YES: "Het bedrijf betaalt de kosten die de student voor de stage maakt.",
        Expenses.PARTLY: "Het bedrijf betaalt een deel van de kosten die de student voor de stage maakt.",
    },
    "en": {
        "one": "{low} euros {per}.",
        "range": "{low} to {high} euros {per}.",
        "none": "No allowance.",
        "travel": "The company pays for travel.",
        Expenses.YES: "The company pays the costs that the student has for the internship.",
        Expenses.PARTLY: "The company pays part of the costs that the student has for the internship.",
    },
}


def usual(place: Vacancy | None, language: str) -> dict[str, str]:
    """The usual words in this language; where there is a place, with the allowance that it offers."""
    words = dict(USUAL[language])
    if place is not None and (offer := allowance(place, language)):
        words["allowance_text"] = offer
    return words


def allowance(place: Vacancy, language: str) -> str:
    """What a place offers, in sentences; empty where it says nothing, or pays a wage."""
    if place.expenses is None:
        return ""
    words, per = _PAY[language], _PER[language][place.allowance_per or AllowancePer.MONTH]
    low = place.allowance_from_eur or (None if place.allowance_per else place.allowance_month_eur)
    high = place.allowance_to_eur or low
    found = [words["none"]] if place.allowance_month_eur == 0 else []
    if low:
        found = [words["range" if high and high > low else "one"].format(low=low, high=high, per=per)]
    found += [words[place.expenses]] if place.expenses in words else []
    found += [words["travel"]] if place.travel_costs and place.expenses is not Expenses.YES else []
    return " ".join(found)
