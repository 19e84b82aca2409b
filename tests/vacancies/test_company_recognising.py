"""A recognition and all that comes with it: who may look it up, what is kept, who hears of it, and what stops with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock, db
from ipf_talent.accounts.models import AuditEntry, Membership
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError
from ipf_talent.organisations.models import Establishment, Recognition
from ipf_talent.organisations.recognition import APPLY_URL, RecognitionStatus
from ipf_talent.vacancies import company_recognising
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo
from tests.accounts.conftest import mails
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_recognition, make_school
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy

S = RecognitionStatus
NEW = {"crebo": "25344", "leerbedrijf_id": "100012345"}
FOUND = {"decision": "verified", "source": "stagemarkt_viewed"}


@pytest.fixture
def company(session):
    """A checked company at one address, with a manager and a workplace trainer."""
    return make_organisation(slug="firm", is_example=False)


@pytest.fixture(autouse=True)
def hall(company):
    """Its only address."""
    return make_establishment(company, name="Hall")


@pytest.fixture
def manager(company):
    return make_user(Role.COMPANY_MANAGER, company, email="boss@firm.example", language="en")


@pytest.fixture
def trainer(company):
    return make_user(Role.WORKPLACE_TRAINER, company, display_name="Trijntje")


@pytest.fixture
def national(session):
    return make_programme(code="25344", code_kind="crebo", national=True, title_en="Mechatronics technician", place=None)


@pytest.fixture
def coordinator(session):
    return make_user(Role.COORDINATOR, make_school(name="De Skoalle"), language="en", email="bpv@skoalle.example")


def row_of(session, number) -> Recognition:
    session.expire_all()
    return session.get(Recognition, number)


def test_a_manager_declares_names_the_trainer_and_waits(client, session, sign_in, fill, company, hall, manager, trainer, national):
    sign_in(client, manager)
    page = "/organisation/firm/recognitions/new"
    shown = client.get(page)
    assert "Trijntje" in shown.text and APPLY_URL in shown.text and "Mechatronics technician" in shown.text
    place = hall.id
    answer = fill(client, page, **NEW, establishment=str(place), trainers=str(trainer.id), work_processes="B1-K1-W1 Builds\n\n")
    assert answer.location == "/organisation/firm#recognitions"
    row = session.scalars(select(Recognition)).one()
    assert (row.crebo, row.level, row.leerbedrijf_id, row.status) == ("25344", 4, "100012345", S.DECLARED)
    assert [one.user_id for one in row.trainers] == [trainer.id] and row.work_processes == ["B1-K1-W1 Builds"]
    told = client.get("/organisation/firm").text
    assert "To check" in told and "Mechatronics technician" in told and "Trijntje" in told
    again = fill(client, page, **NEW, establishment=str(place), trainers=str(trainer.id))
    assert again.status_code == 422 and len(session.scalars(select(Recognition)).all()) == 1


def test_whoever_names_themselves_becomes_a_workplace_trainer_and_stays_signed_in(
    client, session, sign_in, fill, company, hall, manager, national
):
    sign_in(client, manager)
    place = hall.id
    answer = fill(client, "/organisation/firm/recognitions/new", **NEW, establishment=str(place), trainers=str(manager.id))
    assert client.get(answer.location).status_code == 200
    roles = set(session.scalars(select(Membership.role).where(Membership.user_id == manager.id)))
    assert roles == {Role.COMPANY_MANAGER, Role.WORKPLACE_TRAINER}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("crebo", "2534", "five digits"), ("crebo", "253444", "five digits"), ("crebo", "٢٥٣٤٤", "five digits"),
        ("crebo", "99999", "which mbo level"), ("leerbedrijf_id", "AB12", "digits only"),
        ("leerbedrijf_id", "1" * 21, "digits only"),
        ("leerbedrijf_id", "", "required"), ("establishment", "999999", "valid choice"), ("trainers", "999999", "valid choice"),
        ("trainers", "", "guides the students"), ("work_processes", "x" * 151, "150 characters"),
        ("work_processes", "\n".join(f"line {n}" for n in range(31)), "30 lines"), ("level", "9", "valid choice"),
    ],
)  # fmt: skip
def test_what_is_missing_or_odd_is_said_beside_the_field(
    client, session, sign_in, fill, company, hall, manager, trainer, national, field, value, words
):
    sign_in(client, manager)
    values = NEW | {"establishment": str(hall.id), "trainers": str(trainer.id)} | {field: value}
    sent = {name: one for name, one in values.items() if one or name != "trainers"}
    answer = fill(client, "/organisation/firm/recognitions/new", **sent)
    assert answer.status_code == 422 and words in answer.text
    assert session.scalars(select(Recognition)).all() == []


def test_an_address_or_colleague_of_another_company_cannot_be_named(client, session, sign_in, fill, company, hall, manager):
    other = make_organisation()
    theirs, them = make_establishment(other), make_user(Role.WORKPLACE_TRAINER, other)
    sign_in(client, manager)
    own = str(hall.id)
    for values in (
        {"establishment": str(theirs.id), "trainers": str(manager.id)},
        {"establishment": own, "trainers": str(them.id)},
    ):
        assert fill(client, "/organisation/firm/recognitions/new", **NEW, level="4", **values).status_code == 422
    assert session.scalars(select(Recognition)).all() == []


def test_a_school_looks_it_up_and_the_company_hears_the_answer(
    client, session, sign_in, fill, company, manager, coordinator, national
):
    row = make_recognition(company)
    sign_in(client, coordinator)
    assert "Mechatronics technician" in client.get("/recognitions").text
    values = FOUND | {"source_url": "stagemarkt.example/firm", "note": "Seen today."}
    assert fill(client, f"/recognitions/{row.id}", **values).location == "/recognitions"
    found = row_of(session, row.id)
    assert (found.status, found.checked_on, found.checked_by_id) == (S.VERIFIED, clock.today(), coordinator.id)
    assert (found.checked_for.name, found.source_url) == ("De Skoalle", "https://stagemarkt.example/firm")
    assert [(mail.to_address, mail.subject) for mail in mails()] == [("boss@firm.example", "Your company is recognised for 25344")]
    assert "Seen today." in mails()[0].body
    entry = session.scalars(select(AuditEntry).where(AuditEntry.thing == "recognition")).one()
    assert entry.detail == {"crebo": "25344", "before": "declared", "after": "verified", "source": "stagemarkt_viewed"}
    assert "Nothing waits" in client.get("/recognitions").text
    assert "De Skoalle" in client.get("/recognitions?show=checked").text
    page = client.get("/companies/firm").text
    assert "Recognised for mbo" in page and "25344" in page and row.leerbedrijf_id not in page


@pytest.mark.parametrize("values", [{"decision": "verified"}, {"source": "company_proof"}, FOUND | {"decision": "revoked"},
                                    FOUND | {"decision": "rejected"}, FOUND | {"source_url": "javascript:alert(1)"}])  # fmt: skip
def test_half_a_decision_changes_nothing(client, session, sign_in, fill, company, manager, coordinator, values):
    row = make_recognition(company)
    sign_in(client, coordinator)
    assert fill(client, f"/recognitions/{row.id}", **values).status_code == 422
    assert row_of(session, row.id).status is S.DECLARED and mails() == []


def test_of_two_who_decide_at_once_the_second_is_told_and_overwrites_nothing(client, session, sign_in, fill, company, coordinator):
    row = make_recognition(company)
    sign_in(client, coordinator)
    shown = str(row.version)
    fill(client, f"/recognitions/{row.id}", **FOUND, version=shown)
    answer = fill(client, f"/recognitions/{row.id}", **FOUND | {"decision": "rejected", "note": "Not there."}, version=shown)
    assert answer.status_code in (409, 422)
    stale = fill(client, f"/recognitions/{row.id}", **FOUND | {"decision": "revoked", "note": "Mine."}, version=shown)
    assert stale.status_code == 409 and "Changed in the meantime" in stale.text and "Mine." in stale.text
    assert row_of(session, row.id).status is S.VERIFIED


def test_nobody_looks_up_a_company_where_they_work(client, session, sign_in, fill, company, coordinator):
    row = make_recognition(company)
    coordinator.memberships.append(Membership(role=Role.SIGNER, organisation=company))
    session.commit()
    sign_in(client, coordinator)
    assert client.get(f"/recognitions/{row.id}").status_code == 404


def test_a_school_that_nobody_checked_checks_nobody(client, session, sign_in, company):
    row = make_recognition(company)
    sign_in(client, make_user(Role.COORDINATOR, make_school(verified_at=None)))
    assert client.get("/recognitions").status_code == 403
    assert client.get(f"/recognitions/{row.id}").status_code == 404


def test_an_example_person_decides_on_examples_only(client, session, sign_in, fill, company, coordinator):
    real, example = make_recognition(company), make_recognition(make_organisation(is_example=True))
    coordinator.is_demo = True
    session.commit()
    sign_in(client, coordinator)
    assert fill(client, f"/recognitions/{real.id}", **FOUND).status_code == 422
    assert fill(client, f"/recognitions/{example.id}", **FOUND).status_code == 303
    assert (row_of(session, real.id).status, row_of(session, example.id).status) == (S.DECLARED, S.VERIFIED)


def depending(company, *crebos) -> Vacancy:
    """A published place at the only address of the company, for these crebos."""
    place = db.session.scalar(select(Establishment.id).where(Establishment.organisation_id == company.id))
    vacancy = make_vacancy(company=company, is_example=False, programmes=list(crebos), establishment_id=place)
    vacancy.crebos = [VacancyCrebo(crebo=crebo, published=True) for crebo in crebos]
    return vacancy


@pytest.mark.parametrize("to", ["suspended", "revoked", "lapsed"])
def test_ac_c2_withdrawing_a_recognition_pauses_the_places_at_once_and_tells_the_schools(
    client, session, sign_in, fill, company, manager, to
):
    row = make_recognition(company, status=S.VERIFIED)
    teaches, checks_it, neither = (make_school(name=name) for name in ("Leart", "Sjocht", "Net"))
    make_programme(code="25344", code_kind="crebo", institution=teaches)
    row.checked_for = checks_it
    people = {school.name: make_user(Role.COORDINATOR, school, email=f"{school.name.lower()}@x.example", language="en")
              for school in (teaches, checks_it, neither)}  # fmt: skip
    make_user(Role.PROGRAMME_MANAGER, teaches)
    place, other_crebo, hbo = depending(company, "25344"), depending(company, "25343"), depending(company)
    make_recognition(company, crebo="25343", status=S.VERIFIED)
    session.commit()
    sign_in(client, people["Net"])
    answer = fill(client, f"/recognitions/{row.id}", **FOUND | {"decision": to, "note": "SBB wrote so."}, version=str(row.version))
    assert answer.status_code == 303
    session.expire_all()
    states = [session.get(Vacancy, one.id).status for one in (place, other_crebo, hbo)]
    assert states == [VacancyStatus.PAUSED, VacancyStatus.PUBLISHED, VacancyStatus.PUBLISHED]
    told = {mail.to_address: mail.subject for mail in mails()}
    assert {address for address, subject in told.items() if "lost" in subject} == {"leart@x.example", "sjocht@x.example"}
    assert "25344" in told["boss@firm.example"]
    assert client.get("/vacancies/" + place.slug).status_code == 410


def test_ac_c2_a_decision_that_fails_pauses_nothing_and_tells_nobody(
    client, session, sign_in, fill, company, manager, coordinator, monkeypatch
):
    row, place = make_recognition(company, status=S.VERIFIED), depending(company, "25344")
    session.commit()

    def broken(*_args, **_values):
        raise DomainError("broken")

    monkeypatch.setattr("ipf_talent.vacancies.company_recognising._tell_schools", broken)
    sign_in(client, coordinator)
    fill(client, f"/recognitions/{row.id}", **FOUND | {"decision": "revoked", "note": "x"}, version=str(row.version))
    session.expire_all()
    assert session.get(Vacancy, place.id).status is VacancyStatus.PUBLISHED
    assert row_of(session, row.id).status is S.VERIFIED and mails() == []


def test_where_no_school_teaches_it_every_mbo_school_hears_it(client, session, sign_in, fill, company, coordinator):
    make_user(Role.COORDINATOR, make_school(education="hbo"), email="hbo@x.example")
    make_user(Role.COORDINATOR, make_school(verified_at=None), email="new@x.example")
    row = make_recognition(company, status=S.VERIFIED)
    sign_in(client, make_user(Role.PLATFORM_ADMIN))
    fill(client, f"/recognitions/{row.id}", **FOUND | {"decision": "revoked", "note": "x"}, version=str(row.version))
    assert [mail.to_address for mail in mails()] == ["bpv@skoalle.example"]


def test_guides_change_without_a_new_check_and_a_colleague_is_told(
    client, session, sign_in, fill, company, manager, trainer, national
):
    row = make_recognition(company, status=S.VERIFIED, trainers=(manager,))
    page = f"/organisation/firm/recognitions/{row.id}"
    sign_in(client, manager)
    shown = str(row.version)
    assert fill(client, page, trainers=str(trainer.id), version=shown).status_code == 303
    assert [one.user_id for one in row_of(session, row.id).trainers] == [trainer.id]
    assert row_of(session, row.id).status is S.VERIFIED
    assert fill(client, page, work_processes="B1", version=str(row_of(session, row.id).version)).status_code == 422
    late = fill(client, page, trainers=str(manager.id), work_processes="B1-K1", version=shown)
    assert late.status_code == 409 and "B1-K1" in late.text
    other = make_recognition()
    assert client.get(f"/organisation/firm/recognitions/{other.id}").status_code == 404
    assert client.get("/organisation/firm/recognitions/99999999999999999999999999").status_code == 404


def test_a_manager_takes_back_what_was_only_declared(client, session, sign_in, fill, company, manager):
    mine, verified, foreign = (
        make_recognition(company),
        make_recognition(company, crebo="25343", status=S.VERIFIED),
        make_recognition(),
    )
    sign_in(client, manager)
    for row in (mine, verified, foreign):
        fill(client, "/organisation/firm", action="/organisation/firm/recognitions/retract", number=str(row.id))
    left = set(session.scalars(select(Recognition.id)))
    assert left == {verified.id, foreign.id}


def test_the_list_and_the_pages_cost_the_same_whatever_there_is(
    client, session, sign_in, company, manager, coordinator, count_queries
):
    for number in range(25):
        make_recognition(make_organisation(), crebo=f"25{number:03d}")
        make_recognition(company, crebo=f"24{number:03d}", trainers=(manager,))
    costs = {}
    for who, path in ((coordinator, "/recognitions"), (coordinator, "/recognitions/1"), (manager, "/organisation/firm")):
        sign_in(client, who)
        before = len(count_queries())
        client.get(path)
        costs[path] = len(count_queries()) - before
    assert all(cost <= 12 for cost in costs.values()), costs


class TestTellingSchools:
    """What a company declares is told to who can look it up: one letter of a company a day."""

    @pytest.fixture
    def told(self, app_context):
        """Tell now, and give what went to whom."""

        def tell(moment):
            before = len(mails())
            company_recognising.tell_declared(moment)
            return [(mail.to_address, mail.body) for mail in mails()[before:]]

        return tell

    @pytest.fixture
    def schools(self, session):
        people = {}
        for name, crebos in (("both", ("25344", "25343")), ("one", ("25344",)), ("other", ("25298",))):
            school = make_school(name=name)
            for crebo in crebos:
                make_programme(code=crebo, code_kind="crebo", institution=school)
            people[name] = make_user(Role.COORDINATOR, school, email=f"{name}@x.example", language="en")
            make_user(Role.PROGRAMME_MANAGER, school, email=f"{name}-programmes@x.example")
        return people

    def test_the_coordinators_of_schools_that_teach_it_get_one_letter_with_all_that_concerns_them(self, told, schools, company):
        make_recognition(company, crebo="25344")
        make_recognition(company, crebo="25343")
        make_recognition(company, crebo="25298", status=S.VERIFIED)
        found = dict(told(clock.now()))
        assert found.keys() == {"both@x.example", "one@x.example"}
        assert "25343, 25344" in found["both@x.example"] and "25343" not in found["one@x.example"]
        assert "/recognitions" in found["one@x.example"] and company.name in found["one@x.example"]

    def test_telling_twice_tells_once_and_what_comes_later_waits_for_the_next_day(self, told, schools, company):
        now = clock.now()
        make_recognition(company, crebo="25344")
        assert len(told(now)) == 2 and told(now) == []
        make_recognition(company, crebo="25343")
        assert told(now + timedelta(hours=5)) == []
        assert [to for to, _body in told(now + timedelta(hours=24))] == ["both@x.example"]
        assert told(now + timedelta(days=9)) == []

    def test_what_is_declared_again_after_a_no_is_told_again(self, told, session, schools, company):
        row = make_recognition(company, crebo="25344")
        told(clock.now())
        row.status, row.checked_on, row.source = S.REJECTED, clock.today(), "stagemarkt_viewed"
        session.commit()
        assert told(clock.now() + timedelta(days=2)) == []
        row.status, row.declared_at = S.DECLARED, clock.now()
        session.commit()
        assert len(told(clock.now() + timedelta(days=2))) == 2

    def test_taking_back_and_declaring_anew_floods_nobody(self, told, session, schools, company):
        now = clock.now()
        for hour in range(4):
            row = make_recognition(company, crebo="25344")
            assert len(told(now + timedelta(hours=hour))) == (2 if hour == 0 else 0)
            session.delete(row)
            session.commit()

    def test_a_company_that_nobody_checked_and_a_made_up_one_reach_nobody_and_the_former_does_later(self, told, session, schools):
        new, made_up = make_organisation(verified_at=None, is_example=False), make_organisation(is_example=True)
        for firm in (new, made_up):
            make_recognition(firm, crebo="25344")
        assert told(clock.now()) == []
        new.verified_at = clock.now()
        session.commit()
        assert all(new.name in body for _to, body in told(clock.now())) and len(mails()) == 2
