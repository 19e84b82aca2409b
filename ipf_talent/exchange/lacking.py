"""What something new of a file must still tell before it can be published, by the rules of `programmes.checks`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ipf_talent.exchange import comparing
from ipf_talent.exchange.comparing import Outcome, Plan
from ipf_talent.exchange.kinds import Part
from ipf_talent.exchange.listings import Listed, Offer, Where
from ipf_talent.programmes import checks, codes
from ipf_talent.programmes.models import Intake, Offering, Programme, ProgrammeField, ProgrammeSkill


def told(plan: Plan, listed: Mapping[str, Listed], today: date) -> Plan:
    """The plan, with what its new programmes and offerings lack on the rows that bring them."""
    then = comparing.after(listed, plan)
    return Plan(tuple(replace(one, lacks=_lacks(one, then, today)) for one in plan.outcomes))


def _lacks(one: Outcome, then: Mapping[str, Listed], today: date) -> tuple[checks.Lack, ...]:
    if Part.PROGRAMME in one.adds:
        found = checks.lacks(_programme(then[one.target]), today)
    elif Part.OFFERING in one.adds and one.where is not None and not one.target.startswith("+"):
        programme = _programme(then[one.target], only=one.where)
        found = checks.lacks_of_offering(programme.offerings[0], today)
    else:
        return ()
    return tuple(dict.fromkeys(found))


def _programme(listed: Listed, only: Where | None = None) -> Programme:
    """As a row, which is never kept; only what the rules look at."""
    values = listed.values
    texts = {name: values.get(name) or "" for name in ("description_nl", "admission_nl")}
    return Programme(
        type=values["type"], level=values["level"], code_kind=codes.kind_of(values.get("code"), values["type"]),
        duration_months=values.get("duration_months"), url=values.get("url"), **texts,
        fields=[ProgrammeField(field=one) for one in values.get("fields", ())],
        skills=[ProgrammeSkill() for _one in values.get("skills", ())],
        offerings=[_offering(where, offer) for where, offer in listed.offers.items() if only in (None, where)],
    )  # fmt: skip


def _offering(where: Where, offer: Offer) -> Offering:
    return Offering(
        mode=where[1], status=offer.status,
        intakes=[
            Intake(starts_on=starts_on, apply_from=start.values.get("apply_from"), apply_until=start.values.get("apply_until"))
            for starts_on, start in offer.starts.items()
            if not start.cancelled
        ],
    )  # fmt: skip
