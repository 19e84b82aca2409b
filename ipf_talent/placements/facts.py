"""What is known of a student, a company and their guides when a placement is proposed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.organisations.models import Recognition, RecognitionTrainer
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.profiles import queries as profiles
from ipf_talent.profiles.models import Profile
from ipf_talent.programmes.models import Programme
from ipf_talent.vacancies.kinds import MBO, VacancyKind
from ipf_talent.vacancies.models import Vacancy


@dataclass(frozen=True)
class Facts:
    """Values for a new placement, each None or empty where nobody knows."""

    programme_id: int | None
    crebo: str | None
    leerbedrijf_id: str | None
    trainer_name: str
    trainer_email: str
    trainer_id: int | None
    supervisor_id: int | None
    adult_on: date | None


def gather(
    student_id: int,
    enrolment_id: int | None,
    establishment_id: int,
    vacancy: Vacancy | None,
    programme_id: int | None,
    kind: VacancyKind,
) -> Facts:
    """
    Read programme, qualification, leerbedrijf-ID and guides from the enrolment, the profile and the recognitions.

    Hbo and university have no qualification and no leerbedrijf-ID (R1).

    Args:
        programme_id: the programme, where the caller knows better.
    """
    enrolment = _enrolment(enrolment_id)
    profile = profiles.of(student_id)
    programme = _programme(programme_id, enrolment, profile)
    crebo = programme.code if programme is not None and programme.code_kind == "crebo" else None
    mbo = kind in MBO
    recognition = _recognition(establishment_id, crebo) if mbo else None
    trainer = _trainer(recognition, vacancy.mentor_name if vacancy else "")
    name = vacancy.mentor_name if vacancy and vacancy.mentor_name else trainer.display_name if trainer else ""
    return Facts(
        programme_id=programme.id if programme else None,
        crebo=crebo if mbo else None,
        leerbedrijf_id=recognition.leerbedrijf_id if recognition else None,
        trainer_name=name,
        trainer_email=trainer.email if trainer else "",
        trainer_id=trainer.id if trainer else None,
        supervisor_id=enrolment.school_class.supervisor_id if enrolment and enrolment.school_class else None,
        adult_on=(enrolment.minor_until if enrolment else None) or (profile.adult_on if profile else None),
    )


def _enrolment(number: int | None) -> Enrolment | None:
    if number is None:
        return None
    loads = (joinedload(Enrolment.school_class), joinedload(Enrolment.programme))
    return session.scalar(select(Enrolment).where(Enrolment.id == number).options(*loads))


def _programme(number: int | None, enrolment: Enrolment | None, profile: Profile | None) -> Programme | None:
    if number is not None:
        return session.get(Programme, number)
    if enrolment is not None:
        return enrolment.programme
    return profile.programme if profile else None


def _recognition(establishment_id: int, crebo: str | None) -> Recognition | None:
    """The recognition for the qualification, else another verified one of this address: they share the leerbedrijf-ID."""
    here = (Recognition.establishment_id == establishment_id, Recognition.status == RecognitionStatus.VERIFIED)
    query = select(Recognition).where(*here).options(selectinload(Recognition.trainers))
    fitting = Recognition.crebo == crebo if crebo else Recognition.crebo != ""
    return session.scalar(query.order_by(fitting.desc(), Recognition.id).limit(1))


def _trainer(recognition: Recognition | None, mentor: str) -> User | None:
    """A trainer with an account: who carries the name the vacancy gives, else the first where it gives none."""
    if recognition is None:
        return None
    query = select(User).join(RecognitionTrainer, RecognitionTrainer.user_id == User.id)
    query = query.where(RecognitionTrainer.recognition_id == recognition.id, User.closed_at.is_(None)).order_by(User.id)
    known = list(session.scalars(query))
    if mentor:
        return next((one for one in known if one.display_name == mentor), None)
    return known[0] if known else None
