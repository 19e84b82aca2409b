"""Whole numbers as people write them: with a dot or a space between thousands; one sentence where they cannot be."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, NumberRange, Optional

from ipf_talent.web.forms import Number


class Asked(Form):
    hours = Number("Hours", [Optional(), NumberRange(1, 20_000)])
    days = Number("Days", [InputRequired("Fill in a number."), NumberRange(1, 5)])
    free = Number("Free", [Optional()])
    told = Number("Told", [Optional(), NumberRange(4, 40, message="From 4 to 40 hours.")])


def read(app, **typed):
    with app.test_request_context("/?lang=en"):
        form = Asked(MultiDict({"days": "3"} | typed))
        form.validate()
        return form


@pytest.mark.parametrize(
    ("typed", "number"),
    [("4800", 4800), ("4.800", 4800), ("4 800", 4800), ("4\u00a0800", 4800), (" 007 ", 7), ("20.000", 20_000), ("", None)],
)
def test_a_whole_number_is_read_as_people_write_it(app, typed, number):
    form = read(app, hours=typed)
    assert (form.hours.data, form.hours.errors) == (number, [])


@pytest.mark.parametrize(
    "typed",
    ["4,5", "4.80", "0.800", "4.8000", "1.000 000", "4..800", "drie", "-", "1e3", "٣", "-4", "0", "20.001", "9" * 11, "9" * 5000],
)
def test_what_is_none_or_lies_outside_gets_one_sentence_with_the_range(app, typed):
    form = read(app, hours=typed)
    assert form.hours.errors == ["Write a whole number from 1 to 20,000."]
    assert form.hours._value() == typed


def test_each_field_says_one_thing(app):
    form = read(app, days="abc", free="-1", told="3")
    assert form.errors == {
        "days": ["Write a whole number from 1 to 5."],
        "free": ["Write a whole number from 0 to 999,999."],
        "told": ["From 4 to 40 hours."],
    }
    assert read(app, days="").errors == {"days": ["Fill in a number."]}
