"""The clinic: what the text of a place says to a reader and to the rules, while it is being written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ipf_talent.i18n import _
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Concept
from ipf_talent.vacancies import level_words, wording
from ipf_talent.vacancies.asking import STRUCK
from ipf_talent.vacancies.checks import DESCRIPTION, LEARN
from ipf_talent.vacancies.kinds import HBO, MBO, WAGED, Expenses, Minors, PlacingMode, VacancyKind
from ipf_talent.vacancies.level_words import Pointed, Sign
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.tasks import Task
from ipf_talent.vacancies.teaching_levels import taught_between
from ipf_talent.vacancies.wording import Finding, Weight

SURE = 0.75
"""Skills recognised with this certainty or more are proposed."""
WIDEST = 2
"""A skill that is taught over more levels than this says nothing of the level."""
ADVISED_HOURS = 2
TEXTS = ("title", "catchy_title", "description", "learn", "bring", "offer")


class SeenSkill(NamedTuple):
    """A skill of which the text speaks or that is asked; `asked` is must, wish, struck, or empty for one not decided yet."""

    concept: Concept
    words: tuple[str, ...]
    asked: str


class Hint(NamedTuple):
    """Something worth mending, with its rule; `aside` is the reason for which the company lets it stand."""

    code: str
    rule: str
    message: str
    task: Task
    stops: bool = False
    aside: str | None = None


@dataclass(frozen=True)
class Clinic:
    """All that is said of a text."""

    skills: Sequence[SeenSkill]
    pointed: Pointed | None
    hints: Sequence[Hint]

    @property
    def open(self) -> list[Hint]:
        """Hints that count."""
        return [hint for hint in self.hints if hint.aside is None]

    @property
    def undecided(self) -> list[SeenSkill]:
        """Skills of the text of which the company did not say yet whether it asks them."""
        return [one for one in self.skills if not one.asked]


def read(vacancy: Vacancy, typed: Mapping[str, str] | None = None) -> Clinic:
    """
    Read a vacancy.

    Args:
        typed: texts as they stand in the form, by name without language, where these are not kept yet.
    """
    code = vacancy.text_language
    parts = {name: (typed or {}).get(name) or getattr(vacancy, f"{name}_{code}") or "" for name in TEXTS}
    if typed is not None:
        parts |= {name: text or "" for name, text in typed.items() if name in parts}
    text = "\n\n".join(part for part in parts.values() if part)
    seen = _skills(vacancy, text)
    found = wording.findings(text, is_job=vacancy.kind is VacancyKind.ENGD_POSITION)
    pointed = level_words.pointed(_signs(text, seen), vacancy.level)
    reasons = {hint.code: hint.reason for hint in vacancy.hints}
    hints = [*_worded(found), *_levelled(pointed, vacancy.level), *_lengths(parts), *_lacking(vacancy)]
    return Clinic(seen, pointed, [hint._replace(aside=reasons.get(hint.code)) for hint in hints])


def _skills(vacancy: Vacancy, text: str) -> list[SeenSkill]:
    concepts = skills.taxonomy().concepts
    words = {one.slug: one.words for one in skills.recogniser().find(text) if one.certainty >= SURE}
    asked = {one.skill.slug: "must" if one.must else "wish" for one in vacancy.skills}
    struck = {hint.code.removeprefix(STRUCK) for hint in vacancy.hints if hint.code.startswith(STRUCK)}
    slugs = dict.fromkeys((*words, *asked))
    return [
        SeenSkill(concepts[slug], words.get(slug, ()), asked.get(slug, "struck" if slug in struck else ""))
        for slug in slugs
        if slug in concepts
    ]


def _signs(text: str, seen: Collection[SeenSkill]) -> list[Sign]:
    """What speaks for a level: verbs, and skills of the text that are taught on few levels."""
    spoken = {one.concept.slug: one.words[0] for one in seen if one.words and one.asked != "struck"}
    taught = taught_between(list(spoken))
    told = [Sign(spoken[slug], low, high) for slug, (low, high) in taught.items() if high - low <= WIDEST]
    return [*level_words.verb_signs(text), *told]


def _worded(found: Collection[Finding]) -> Iterator[Hint]:
    for one in {one.code: one for one in found}.values():
        message = _("“%(words)s”: %(why)s %(instead)s", words=one.words, why=one.why, instead=one.instead)
        yield Hint(one.code, one.rule, message, Task.TEXT, stops=one.weight is Weight.STOPS)


def _levelled(pointed: Pointed | None, asked: Level) -> Iterator[Hint]:
    if pointed is None or not pointed.doubtful:
        return
    levels = ", ".join(str(LEVEL_LABELS[level]) for level in pointed.levels)
    words = ", ".join(f"“{sign.words}”" for sign in pointed.signs[:6])
    values = {"asked": LEVEL_LABELS[asked], "levels": levels, "words": words}
    message = _("You ask %(asked)s, but these words fit %(levels)s better: %(words)s.", **values)
    yield Hint("level", "NLQF", message, Task.WHAT)


def _lengths(parts: Mapping[str, str]) -> Iterator[Hint]:
    for name, least, label in (("description", DESCRIPTION[0], _("What you do")), ("learn", LEARN[0], _("What you learn"))):
        length = len(parts[name])
        if 0 < length < least:
            message = _("“%(part)s” needs %(more)s more characters.", part=label, more=least - length)
            yield Hint(f"short:{name}", "3.4", message, Task.TEXT)


def _lacking(vacancy: Vacancy) -> Iterator[Hint]:
    """What is not said yet on pages that were filled in."""
    done = set(vacancy.tasks_done)
    found = (*_of_pay(vacancy), *_of_guidance(vacancy), *_of_time(vacancy), *_of_placing(vacancy))
    yield from (hint for hint in found if hint.task in done)


def _of_pay(vacancy: Vacancy) -> Iterator[Hint]:
    if vacancy.kind in WAGED:
        return
    if vacancy.expenses in (Expenses.NO, Expenses.PARTLY):
        message = _("Not all costs of the student are covered. For mbo it was agreed that they are. Students see a warning.")
        yield Hint("expenses", "R7", message, Task.PAY)
    elif not vacancy.allowance_month_eur:
        message = _("No allowance is named. The advice is to pay mbo, hbo and university students the same.")
        yield Hint("allowance", "R7", message, Task.PAY)


def _of_guidance(vacancy: Vacancy) -> Iterator[Hint]:
    if not vacancy.mentor_name:
        message = _("Nobody is named yet who guides the student. The agreement has to name somebody.")
        yield Hint("mentor", "R9", message, Task.GUIDANCE)
    if vacancy.kind in HBO and (vacancy.mentor_hours or 0) < ADVISED_HOURS:
        yield Hint("mentor-hours", "3.4", _("For hbo at least two hours of guidance a week are advised."), Task.GUIDANCE)
    if vacancy.kind in MBO and not vacancy.work_processes:
        message = _("No work processes are named. A school looks for them to see whether its student can practise here.")
        yield Hint("work-processes", "R9", message, Task.GUIDANCE)


def _of_time(vacancy: Vacancy) -> Iterator[Hint]:
    if vacancy.ends_on is None and not vacancy.rolling:
        yield Hint("weeks", "R9", _("No end is named, so nobody can see how many weeks it lasts."), Task.PERIOD)
    if vacancy.kind in MBO and vacancy.minors is Minors.NO:
        message = _("Many mbo students are 16 or 17. With supervision the place can be open to them.")
        yield Hint("minors", "R8", message, Task.SAFETY)


def _of_placing(vacancy: Vacancy) -> Iterator[Hint]:
    if vacancy.kind is VacancyKind.BOL_INTERNSHIP and vacancy.placing_mode is PlacingMode.COMPANY_CHOOSES:
        message = _("In the first years of mbo most schools place their students themselves. What the school chose goes first.")
        yield Hint("placing", "R4", message, Task.PLACES)
    if not vacancy.answer_days and vacancy.placing_mode is not PlacingMode.SCHOOL_PLACES:
        message = _("You promise no day on which you answer. A student then does not know how long to wait.")
        yield Hint("answer", "4.3", message, Task.PLACES)
