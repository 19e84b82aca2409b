"""Organisations, establishments and towns."""

from datetime import date
from itertools import count

from ipf_talent.db import session
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Place, Recognition, RecognitionTrainer
from ipf_talent.organisations.recognition import RecognitionSource, RecognitionStatus

_number = count(1)
TOWNS = {
    "Drachten": ("Smallingerland", "Fryslân", 53.1125, 6.0989),
    "Groningen": ("Groningen", "Groningen", 53.2194, 6.5665),
    "Leeuwarden": ("Leeuwarden", "Fryslân", 53.2012, 5.7999),
    "Enschede": ("Enschede", "Overijssel", 52.2215, 6.8937),
}


def make_place(name: str = "Drachten") -> Place:
    """A town; the same row when it was made before."""
    known = session.query(Place).filter_by(name=name).one_or_none()
    if known is None:
        municipality, province, lat, lon = TOWNS[name]
        known = Place(name=name, municipality=municipality, province=province, lat=lat, lon=lon)
        session.add(known)
        session.commit()
    return known


def make_organisation(**overrides) -> Organisation:
    """A company in Drachten."""
    number = next(_number)
    values = {"slug": f"company-{number}", "kind": OrganisationKind.COMPANY, "name": f"Company {number}", "city": "Drachten",
              "about_nl": "Maakt machines.", "about_en": "Makes machines.", "is_example": True}  # fmt: skip
    organisation = Organisation(**values | overrides)
    session.add(organisation)
    session.commit()
    return organisation


def make_school(**overrides) -> Organisation:
    """A school for mbo."""
    number = next(_number)
    return make_organisation(
        **{"slug": f"school-{number}", "kind": OrganisationKind.SCHOOL, "name": f"School {number}", "education": "mbo"} | overrides
    )


def make_establishment(organisation: Organisation, place: str = "Drachten", **overrides) -> Establishment:
    """An address of an organisation."""
    establishment = Establishment(
        **{"organisation": organisation, "name": organisation.name, "place": make_place(place)} | overrides
    )
    session.add(establishment)
    session.commit()
    return establishment


def make_recognition(place: Organisation | Establishment | None = None, *, trainers: tuple = (), **overrides) -> Recognition:
    """For 25344 (mbo 4) at an establishment, or at the first one of an organisation; declared, unless a status is given."""
    if not isinstance(place, Establishment):
        owner = place or make_organisation()
        place = owner.establishments[0] if owner.establishments else make_establishment(owner)
    checked = overrides.get("status", RecognitionStatus.DECLARED) is not RecognitionStatus.DECLARED
    values = {"crebo": "25344", "level": 4, "leerbedrijf_id": f"1000{next(_number)}", "establishment": place}
    if checked:
        values |= {"checked_on": date(2026, 11, 2), "source": RecognitionSource.STAGEMARKT}
    recognition = Recognition(**values | overrides)
    recognition.trainers = [RecognitionTrainer(user_id=user.id) for user in trainers]
    session.add(recognition)
    session.commit()
    return recognition
