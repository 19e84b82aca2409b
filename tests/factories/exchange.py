"""Files with listings, and people who send them."""

import io
from itertools import count

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.exchange import applying, services
from ipf_talent.exchange.kinds import RunStatus
from ipf_talent.exchange.models import ImportRun
from ipf_talent.organisations.models import Organisation
from tests.factories.accounts import make_user

_number = count(1)
HEAD = "Naam;Soort;Niveau;Code;Plaats;Leerweg of vorm;Schooldagen;Start;Aanmelden tot en met;Aantal plekken"
GOOD = "Mechatronica;mbo_diploma;mbo 4;25744;Drachten;bol;4;1-9-2027;2027-04-01;24"

WHOLE_HEAD = f"{HEAD};Duur (maanden);Vakgebieden;Vaardigheden;Omschrijving;Toelating;Webpagina"
ABOUT = "Je leert machines ontwerpen, bouwen en in bedrijf stellen, met tekeningen, metingen en besturing, alleen en samen."
WHOLE = f'{GOOD};48;mechatronics;"plc;pneumatics";{ABOUT};Vmbo kader, gl of tl.;https://school.example/a'
"""A row of a programme that lacks nothing."""


def make_manager(school: Organisation) -> User:
    """A programme manager of a school."""
    return make_user(Role.PROGRAMME_MANAGER, school)


def a_file(*rows: str, head: str = HEAD) -> bytes:
    """A CSV file."""
    return "\n".join((head, *rows)).encode()


def send(
    data: bytes, school: Organisation, by: User, *, name: str = "aanbod.csv", feed: str = "Aanbod", once: str = ""
) -> ImportRun:
    """An import up to its dry run."""
    sent = services.Sent(data, name, school.id, feed, once or f"{next(_number):032x}")
    run = services.take_in(services.parse(data, name), sent, by=by, now=clock.now())
    session.commit()
    return run


def apply(run: ImportRun, by: User, *, without_refused: bool = False) -> RunStatus:
    """Carry an import out, as the page does."""
    assert services.begin(run, by=by, without_refused=without_refused, now=clock.now())
    session.commit()
    return applying.finish(run.id)


def make_shown_import(school: Organisation, key: str = "ours") -> ImportRun:
    """A file of a colleague that waits for a second person."""
    run = send(a_file(GOOD), school, make_manager(school))
    run.key, run.status = key, RunStatus.HELD
    session.commit()
    return run


def buffer(data: bytes, name: str = "aanbod.csv") -> tuple[io.BytesIO, str]:
    """A file as a form sends it."""
    return io.BytesIO(data), name
