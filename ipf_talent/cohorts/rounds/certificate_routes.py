"""How placing goes, in words; and a page on which anybody can check a certificate."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ipf_talent.cohorts import checker
from ipf_talent.cohorts.rounds.forms import CertificateForm
from ipf_talent.cohorts.rounds.words import WORDS
from ipf_talent.web.access import public, takes

bp = Blueprint("placing", __name__)


@bp.get("/placing")
@public
def how() -> ResponseReturnValue:
    """How a class is placed: the way, what companies may go by, what forbids a pair."""
    return render_template("cohorts/round_how.html", words=WORDS)


@bp.route("/placing/check", methods=["GET", "POST"])
@takes(checker.LARGEST + 100_000)
@public
def check() -> ResponseReturnValue:
    """Check a certificate; it is not kept."""
    form, verdict = CertificateForm(), None
    if form.submitted():
        verdict = checker.check_text(form.file.data.read(checker.LARGEST + 1))
    page = render_template("cohorts/round_check.html", form=form, verdict=verdict, words=WORDS)
    return page, 422 if form.errors else 200
