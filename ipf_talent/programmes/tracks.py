"""The three tracks of the mission, told as they stand: what runs, what is planned, what is only an example from elsewhere."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from ipf_talent.i18n import lazy
from ipf_talent.programmes.levels import TRACK_LABELS, Standing, Track

TOWN = "Drachten"
"""Where the tracks are meant to be."""


@dataclass(frozen=True)
class Claim:
    """One thing that a source says; `source` is the slug of the organisation or programme whose row carries that source."""

    standing: Standing
    text: Any
    source: str


@dataclass(frozen=True)
class TrackPage:
    """What a page tells about one track; the standing of the first claim is the standing of the track."""

    slug: str
    track: Track
    lead: Any
    verdict: Any
    """Where it stands, in one sentence."""
    claims: tuple[Claim, ...]
    advice: Any
    """What a reader can do today."""

    @property
    def title(self) -> Any:
        return TRACK_LABELS[self.track]

    @property
    def standing(self) -> Standing:
        return self.claims[0].standing

    @property
    def sources(self) -> tuple[str, ...]:
        """Slugs of the rows behind the claims."""
        return tuple(dict.fromkeys(claim.source for claim in self.claims))


def place_of(standing: Standing, places: Collection[str]) -> str:
    """Under which heading a programme stands: `here`, `elsewhere`, `planned` or `reference`."""
    if standing is Standing.RUNNING:
        return "here" if TOWN in places else "elsewhere"
    return standing.value


def page_of(slug: str) -> TrackPage | None:
    """The track behind an address."""
    return next((page for page in PAGES if page.slug == slug), None)


def known(claims: Iterable[Claim], rows: Collection[str]) -> list[Claim]:
    """The claims whose source is there to show; nothing is said without one."""
    return [claim for claim in claims if claim.source in rows]


PAGES = (
    TrackPage(
        "company-school",
        Track.COMPANY_SCHOOL,
        lazy("Learn at school and work at a company of the cluster, in the same week."),
        lazy("The company school of the cluster runs. It is called Technicnoord."),
        (
            Claim(
                Standing.RUNNING,
                lazy("Technicnoord started in 2023. The Innovation Cluster Drachten and Firda (MBO College Drachten) set it up."),
                "technicnoord",
            ),
            Claim(
                Standing.RUNNING,
                lazy("It teaches in the bbl way at mbo levels 3 and 4: mechatronics, and mechanical or process operator."),
                "technicnoord-mechatronica-bbl",
            ),
            Claim(
                Standing.RUNNING,
                lazy("A week has two days of lessons and three days of work at a company."),
                "technicnoord-procesoperator-bbl",
            ),
            Claim(
                Standing.REFERENCE,
                lazy("An example: in Emmen, fourteen companies trained machinists with Drenthe College, from November 2014."),
                "bvt-drenthe",
            ),
            Claim(
                Standing.REFERENCE,
                lazy("An example: in Makkum, pupils learned shipbuilding at work every day. We do not know if it still runs."),
                "bos-de-vries-makkum",
            ),
        ),
        lazy("Open a programme below and look at its routes. Technicnoord recruits and selects for the companies."),
    ),
    TrackPage(
        "instrument-courses",
        Track.INSTRUMENT_COURSE,
        lazy("Learn to make instruments that measure, see and move with great precision."),
        lazy("The instrument courses in Drachten are an ambition. You cannot enrol yet."),
        (
            Claim(
                Standing.PLANNED,
                lazy("The Innovatiepact Fryslân names them as an ambition. We found no source on provider, level or start."),
                "instrumentenopleidingen-drachten",
            ),
            Claim(
                Standing.REFERENCE,
                lazy("The Leidse instrumentmakers School in Leiden is the example for the craft: four years, bol, mbo level 4."),
                "lis",
            ),
            Claim(
                Standing.REFERENCE,
                lazy("The company school Optica, started by the Dutch Optics Centre, is an example for optics in companies."),
                "bedrijfsschool-optica",
            ),
        ),
        lazy("Do you want to learn this craft now? Look at the examples elsewhere. They are not courses in Drachten."),
    ),
    TrackPage(
        "autonomous-systems",
        Track.AUTONOMOUS_SYSTEMS,
        lazy("Design robots and machines that can decide for themselves."),
        lazy("The institute in Drachten is an ambition. One programme that belongs to it runs."),
        (
            Claim(
                Standing.PLANNED,
                lazy("The Innovatiepact Fryslân wants this institute in Drachten. We found none that runs and enrols people."),
                "institute-autonomous-systems",
            ),
            Claim(
                Standing.RUNNING,
                lazy("The two-year EngD programme Autonomous Systems of the University of Groningen is linked to Drachten."),
                "rug-engd-autonomous-systems",
            ),
            Claim(
                Standing.PLANNED,
                lazy("Seven parties announced Campus Drachten on 8 February 2024, for care technology and high tech."),
                "campus-drachten",
            ),
        ),
        lazy("For the EngD you need a master's degree, and you apply for a job as a trainee. The routes show the way there."),
    ),
)
