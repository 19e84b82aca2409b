"""The list of pages of a posting: how far each is, what is missing, and what can be done now."""

import secrets
from datetime import timedelta

from flask import render_template

from ipf_talent import clock
from ipf_talent.organisations.recognition import APPLY_URL
from ipf_talent.vacancies import checks, services
from ipf_talent.vacancies.checks import Reason
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.posting_forms import ExtendForm, TemplateForm
from ipf_talent.vacancies.tasks import GROUPS, LABELS, STATE_LABELS, Task
from ipf_talent.vacancies.words import WORDS


def overview(vacancy: Vacancy, refused: tuple[Reason, ...] = ()) -> str:
    """The page; `refused` says why publishing did not work just now."""
    found = services.judged(vacancy, clock.today())
    states = checks.states(vacancy, found.reasons)
    lists = {"groups": GROUPS, "labels": LABELS, "states": states, "state_labels": STATE_LABELS}
    by_task = {task: [one for one in found.reasons if one.task is task and one.code != "unsaved"] for task in Task}
    done = sum(states[task].value == "done" for task in Task if states[task].value != "optional")
    required = sum(states[task].value != "optional" for task in Task)
    view = {"found": found, "reasons": by_task, "refused": refused, "done": done, "required": required, "apply_url": APPLY_URL}
    forms = {"extend": _extend_form(vacancy), "template": TemplateForm(formdata=None), "key": secrets.token_hex(16)}
    return render_template("vacancies/edit_show.html", vacancy=vacancy, words=WORDS, **lists, **view, **forms)


def _extend_form(vacancy: Vacancy) -> ExtendForm:
    last = clock.today() + timedelta(days=checks.SHOWN_DAYS)
    return ExtendForm(formdata=None, until=min(max(vacancy.closes_on, clock.today()) + timedelta(days=90), last))
