"""Migrations: one head, up and down again, and the same tables as the models."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from ipf_talent import db
from ipf_talent.home import schema
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType
from ipf_talent.programmes.models import Intake, Offering, Programme
from tests.conftest import fresh_database


@pytest.fixture
def engine(tmp_path):
    engine = db.connect(fresh_database(tmp_path, "migrations"))
    yield engine
    engine.dispose()


def test_there_is_one_head():
    assert len(ScriptDirectory.from_config(schema.settings()).get_heads()) == 1


def test_migrations_make_what_the_models_say(engine):
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    assert schema.is_current(engine)
    assert schema.differences(engine) == []


def test_up_down_and_up_again(engine):
    schema.upgrade(engine)
    schema.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(engine)
    assert schema.differences(engine) == []


def test_a_second_upgrade_changes_nothing_and_keeps_the_rows(engine):
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO place (name, municipality, province, lat, lon) "
                "VALUES ('Drachten', 'Smallingerland', 'Fryslân', 53.1, 6.1)"
            )
        )
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM place")) == 1


def test_a_table_that_is_made_anew_takes_nothing_along_that_hangs_on_it(engine):
    schema.upgrade(engine)
    with Session(engine) as session:
        school = Organisation(slug="roc", name="Roc", kind=OrganisationKind.SCHOOL)
        programme = Programme(slug="m", institution=school, title_nl="M", type=ProgrammeType.MBO_DIPLOMA, level=Level.MBO_4)
        kept, later = (Offering(programme=programme, mode=mode, intakes=[Intake()]) for mode in (Mode.BOL, Mode.DERDE_LEERWEG))
        session.add_all((kept, later))
        session.commit()
    schema.downgrade(engine, "0017")
    with engine.connect() as connection:
        modes = connection.scalars(text("SELECT mode FROM offering JOIN intake ON intake.offering_id = offering.id")).all()
    assert modes == ["bol"]
    schema.upgrade(engine)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Intake)) == 1
