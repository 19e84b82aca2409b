"""Every address that a guest can open, made from the URL map and the rows that are there: a new page is on the list by itself."""

from flask import Flask
from sqlalchemy import select

from ipf_talent.cohorts.days.kinds import SHOWN
from ipf_talent.cohorts.days.models import MatchDay
from ipf_talent.db import session
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.models import Occupation, Skill
from ipf_talent.vacancies.models import Vacancy

NOT_PAGES = {"static", "health.healthz", "health.readyz", "plans.calendar", "kept_plans.export", "saved.atom"}
TRACKS = ["company-school", "instrument-courses", "autonomous-systems"]


def samples(endpoint: str) -> list[str]:
    """Slugs for the pages of one endpoint that needs one."""
    first = {
        "programmes.show": select(Programme.slug).order_by(Programme.slug).limit(3),
        "institutions.show": select(Organisation.slug).where(Organisation.kind.in_(TEACHING)).order_by(Organisation.slug).limit(2),
        "companies.show": select(Organisation.slug)
        .where(Organisation.kind == OrganisationKind.COMPANY)
        .order_by(Organisation.slug)
        .limit(2),
        "vacancies.show": select(Vacancy.slug).order_by(Vacancy.slug).limit(3),
        "skills.show": select(Skill.slug).where(Skill.slug.in_(["plc-programming", "mechatronics"])).order_by(Skill.slug),
        "skills.occupation": select(Occupation.slug).order_by(Occupation.slug).limit(2),
        "matching.place": select(Vacancy.slug).order_by(Vacancy.slug).limit(2),
        "matching.programme": select(Programme.slug).order_by(Programme.slug).limit(2),
        "onward.programme": select(Programme.slug).order_by(Programme.slug).limit(2),
        "events.show": select(MatchDay.slug).where(MatchDay.status.in_(SHOWN)).order_by(MatchDay.slug).limit(3),
        "corrections.place": select(Vacancy.slug).order_by(Vacancy.slug).limit(1),
        "corrections.programme": select(Programme.slug).order_by(Programme.slug).limit(1),
    }
    if endpoint == "programmes.track":
        return TRACKS
    query = first.get(endpoint)
    return list(session.scalars(query)) if query is not None else []


def public_addresses(app: Flask) -> list[str]:
    """Addresses of every public page that answers a GET."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            public = getattr(app.view_functions[rule.endpoint], "access", None) == "public"
            if rule.endpoint in NOT_PAGES or "GET" not in (rule.methods or ()) or not public:
                continue
            if not rule.arguments:
                found.append(adapter.build(rule.endpoint))
            elif rule.arguments == {"slug"}:
                found += [adapter.build(rule.endpoint, {"slug": slug}) for slug in samples(rule.endpoint)]
    return found
