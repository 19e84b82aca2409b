"""Vacancies."""

from datetime import timedelta
from itertools import count

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.programmes.levels import Level
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.kinds import MBO, AllowancePer, Expenses, Minors, PlacingMode, VacancyKind, VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo, VacancyField, VacancySkill
from ipf_talent.vacancies.tasks import OPTIONAL, Task
from tests.factories.organisations import make_establishment, make_organisation, make_place

_number = count(1)


def make_vacancy(*, musts: tuple[Skill, ...] = (), wanted: tuple[Skill, ...] = (), place: str = "Drachten",
                 fields: tuple[str, ...] = ("mechatronics",), **overrides) -> Vacancy:  # fmt: skip
    """A published mbo 4 internship that is open for another two months."""
    number, today = next(_number), clock.today()
    values = {"slug": f"vacancy-{number}", "kind": VacancyKind.BOL_INTERNSHIP, "level": Level.MBO_4,
              "status": VacancyStatus.PUBLISHED,
              "title_nl": f"Stage {number}", "title_en": f"Internship {number}", "description_nl": "Bouw mee aan een robotcel.",
              "description_en": "Help build a robot cell.", "hours_per_week": 32, "days_per_week": 4,
              "starts_on": today + timedelta(30),
              "ends_on": today + timedelta(180), "places": 2, "placing_mode": PlacingMode.COMPANY_CHOOSES, "expenses": Expenses.YES,
              "work_languages": ["nl"], "minors": Minors.YES, "closes_on": today + timedelta(60), "published_at": clock.now(),
              "is_example": True}  # fmt: skip
    if "company" not in overrides and "company_id" not in overrides:
        overrides["company"] = make_organisation()
    vacancy = Vacancy(**values | overrides)
    vacancy.place = make_place(place)
    vacancy.skills = [VacancySkill(skill=s, must=True) for s in musts] + [VacancySkill(skill=s, must=False) for s in wanted]
    vacancy.fields = [VacancyField(field=field) for field in fields]
    session.add(vacancy)
    session.commit()
    return vacancy


def make_draft(*, crebos: tuple[str, ...] = ("25344",), **overrides) -> Vacancy:
    """A draft in which every page is filled in well; whether its crebos are recognised the caller decides."""
    if "company" not in overrides:
        overrides["company"] = make_organisation(is_example=False)
    home = overrides.pop("establishment", None) or make_establishment(overrides["company"])
    values = {"status": VacancyStatus.DRAFT, "published_at": None, "is_example": False, "establishment": home,
              "title_nl": "Robotcellen bouwen", "title_en": "", "description_nl": "Je bouwt mee aan robotcellen. " * 8,
              "description_en": "", "learn_nl": "Je leert hoe een cel veilig draait. " * 2, "allowance_month_eur": 400,
              "allowance_from_eur": 400, "allowance_per": AllowancePer.MONTH, "mentor_name": "Wytske Proef", "mentor_hours": 2,
              "mentor_level": Level.MASTER, "answer_days": 10, "target_types": ["bachelor"],
              "tasks_done": sorted(task.value for task in Task if task not in OPTIONAL)}  # fmt: skip
    vacancy = make_vacancy(**values | overrides)
    if vacancy.kind in MBO:
        vacancy.crebos = [VacancyCrebo(crebo=crebo) for crebo in crebos]
        vacancy.programmes = list(crebos)
    session.commit()
    return vacancy
