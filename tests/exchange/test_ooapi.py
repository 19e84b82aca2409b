import json
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipf_talent.exchange import ooapi, ooapi_writing
from ipf_talent.exchange.kinds import Refused
from ipf_talent.exchange.listings import Listed, Offer, Start
from ipf_talent.programmes.checks import level_fits
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType
from ipf_talent.programmes.listing import ListingStatus

FIVE = {
    "programId": "123e4567-e89b-12d3-a456-426614174000",
    "primaryCode": {"codeType": "programCode", "code": "intern-mechatronica-2027"},
    "otherCodes": [{"codeType": "crohoCreboCode", "code": "25744"}],
    "programType": "program",
    "name": [{"language": "nl-NL", "value": "Mechatronica"}, {"language": "en-GB", "value": "Mechatronics"}],
    "abbreviation": "MT",
    "description": [{"language": "nl-NL", "value": "Machines bouwen."}],
    "teachingLanguage": "nld",
    "studyLoad": {"studyLoadUnit": "sbu", "value": 6400},
    "modeOfStudy": "dual training",
    "duration": "P3Y6M",
    "level": "secondary vocational education 4",
    "link": "https://school.example/mechatronica",
}
OFFERING = {
    "offeringId": "123e4567-e89b-12d3-a456-134564174000",
    "program": FIVE["programId"],
    "startDate": "2027-09-01",
    "endDate": "2031-07-01",
    "enrollStartDate": "2026-10-01",
    "enrollEndDate": "2027-04-01",
    "maxNumberStudents": 24.0,
    "addresses": [{"addressType": "postal", "city": "Sneek"}, {"addressType": "teaching", "city": "Drachten"}],
    "priceInformation": [{"costType": "total_costs", "amount": "350.00"}],
    "consumers": [{"consumerKey": "rio", "registrationStatus": "open", "requiredPermissionRegistration": "yes"}],
}
SIX = {
    "programmeId": FIVE["programId"],
    "primaryCode": {"codeType": "programme_code", "code": "25744"},
    "programmeType": "programme",
    "name": [{"language": "nl", "value": "Mechatronica"}],
    "teachingLanguages": ["nl", "en"],
    "studyLoad": [{"studyLoadUnit": "sbu", "value": 6400}],
    "modeOfStudy": "full_time",
    "level": "secondary_vocational_education_4",
    "programmeOfferings": [
        {
            "programmeOfferingId": OFFERING["offeringId"],
            "startDateTime": "2027-08-31T22:00:00Z",
            "enrolmentPeriods": [{"startDateTime": "2026-10-01T00:00:00+02:00", "endDateTime": "2027-04-01T00:00:00+02:00"}],
            "addresses": [{"addressType": "teaching", "city": "Drachten"}],
        }
    ],
}


def read(thing, most=100):
    return ooapi.read(json.dumps(thing).encode(), most=most)


def test_a_page_of_version_five_of_another_system_is_understood():
    found = read({"programs": {"pageSize": 10, "items": [FIVE]}, "offerings": [OFFERING]})
    assert (found.version, found.read.refused) == (5, ())
    (line,) = found.read.lines
    assert line.programme == {
        "title_nl": "Mechatronica", "title_en": "Mechatronics", "type": ProgrammeType.MBO_DIPLOMA, "level": Level.MBO_4,
        "code": "25744", "duration_months": 42, "description_nl": "Machines bouwen.", "languages": ["nl"], "sbu": 6400,
        "url": "https://school.example/mechatronica",
    }  # fmt: skip
    assert (line.place, line.mode, line.offering) == ("Drachten", Mode.BBL, {"costs_eur": 350})
    assert line.starts_on == date(2027, 9, 1)
    assert line.intake == {
        "apply_from": date(2026, 10, 1), "apply_until": date(2027, 4, 1), "capacity": 24, "permission_needed": True,
    }  # fmt: skip


def test_a_moment_of_version_six_is_the_day_in_the_netherlands():
    found = read([SIX])
    assert (found.version, found.read.refused) == (6, ())
    (line,) = found.read.lines
    assert (line.starts_on, line.mode, line.programme["languages"]) == (date(2027, 9, 1), Mode.BOL, ["nl", "en"])
    assert line.intake == {"apply_from": date(2026, 10, 1), "apply_until": date(2027, 4, 1)}


def test_one_object_without_offerings_is_one_line():
    (line,) = read(FIVE).read.lines
    assert (line.mode, line.has_start, line.ident) == (Mode.BBL, False, FIVE["programId"])


def test_a_course_with_the_code_of_an_elective_is_one():
    course = {"courseId": "1", "primaryCode": {"codeType": "identifier", "code": "K0165"}, "level": "undefined",
              "name": [{"language": "nl", "value": "Robotica"}]}  # fmt: skip
    (line,) = read({"courses": [course]}).read.lines
    assert (line.programme["type"], line.programme["code"]) == (ProgrammeType.ELECTIVE, "K0165")


def test_what_cannot_be_is_named_by_its_item():
    found = read([FIVE, FIVE | {"level": "kindergarten", "name": []}])
    assert [(one.row, one.column, one.why) for one in found.read.refused] == [(2, "level", Refused.VALUE)]
    assert [line.row for line in found.read.lines] == [1]


def test_too_many_items_are_refused_as_a_whole():
    assert [one.why for one in read([FIVE] * 11, most=10).read.refused] == [Refused.TOO_MANY]


names = st.sampled_from([*FIVE, *OFFERING, *SIX])
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=6)),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(names, inside, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted({*FIVE, *SIX, "consumers", "consumer", "offerings"})), json_values, json_values)
def test_no_form_of_a_value_makes_it_fall(name, value, other):
    own = {"consumerKey": "x-ipf-talent", "level": other, "type": value, "mode": other, "languages": value, "offerings": [value]}
    for thing in (FIVE, SIX):
        found = read([thing | {name: value}, thing | {"consumers": [own], "offerings": [OFFERING | {"startDate": other}, value]}])
        assert found.read.lines or found.read.refused


CODE_TYPES = {
    5: {"crohoCreboCode", "programCode", "offeringCode", "identifier"},
    6: {"programme_code", "offering_code", "identifier"},
}
NEEDED = {
    5: {
        "programs": {"programId", "programType", "name", "abbreviation", "description", "primaryCode", "teachingLanguage"},
        "courses": {"courseId", "name", "abbreviation", "description", "primaryCode", "teachingLanguage"},
        "offerings": {"offeringId", "primaryCode", "offeringType", "name", "description", "teachingLanguage", "resultExpected"},
    },
    6: {
        "programmes": {"programmeId", "programmeType", "name", "primaryCode"},
        "courses": {"courseId", "name", "primaryCode"},
        "programmeOfferings": {"programmeOfferingId", "primaryCode", "name"},
        "courseOfferings": {"courseOfferingId", "primaryCode", "name"},
    },
}  # fmt: skip
CHOICES = {
    "level": {
        *(f"secondary_vocational_education_{level}" for level in range(1, 5)), "associate_degree", "bachelor", "master", "doctoral",
        "post_doctoral", "undefined", "undivided",
    },
    "levelOfQualification": {f"eqf_{level}" for level in range(9)},
    "modeOfStudy": {"full_time", "part_time", "dual_training", "self_paced"},
    "programmeType": {"programme", "minor", "honours", "specialisation", "track", "specification"},
    "qualificationAwarded": {
        "diploma", "vocational_diploma", "certificate", "associate_degree", "bachelor", "master", "doctoral", "none",
    },
    "formalDocument": {
        "certificate", "diploma", "micro_credential_certificate", "school_advice", "testimonial", "no_official_document",
    },
    "state": {"concept", "cancelled", "active", "inactive"},
}  # fmt: skip
"""Of version 6, as github.com/open-education-api/specification has them in November 2026."""
LANGUAGE = r"[a-z]{2,3}(-[A-Z]{2})?"
DURATION = r"P(\d+Y)?(\d+M)?"


def every_kind():
    """A listing of each kind and level that go together, in each mode, in each state."""
    kinds = [(kind, level) for kind in ProgrammeType for level in Level if level_fits(kind, level)]
    start = Start({"apply_from": date(2026, 10, 1), "apply_until": date(2027, 4, 1), "capacity": 24, "permission_needed": True})
    for number, (kind, level) in enumerate(kinds):
        modes, states = list(Mode), list(ListingStatus)
        offer = Offer({"costs_eur": 350}, states[number % len(states)], {date(2027, 9, 1): start, None: start})
        values = {"title_nl": f"Opleiding {number}", "type": kind, "level": level, "languages": ["nl", "en"], "sbu": 6400}
        more = {"code": "25744", "description_nl": "Machines bouwen.", "duration_months": 36} if number % 2 else {}
        yield Listed(f"p-{number}", values | more, offers={("Drachten", modes[number % len(modes)]): offer})


@pytest.mark.parametrize("version", [5, 6])
def test_what_is_written_has_what_the_standard_needs_and_only_its_words(version):
    written = list(every_kind())
    whole = ooapi_writing.document(written, ooapi_writing.School("s", "School"), version=version, today=date(2027, 1, 1))
    seen = set()
    for collection, needed in NEEDED[version].items():
        assert whole[collection], collection
        for thing in whole[collection]:
            assert needed <= thing.keys(), (collection, needed - thing.keys())
            code = thing["primaryCode"]
            assert set(code) == {"codeType", "code"} and (code["codeType"] in CODE_TYPES[version] or code["codeType"][:2] == "x-")
            assert thing["name"] and all(re.fullmatch(LANGUAGE, one["language"]) and one["value"] for one in thing["name"])
            assert re.fullmatch(DURATION, thing.get("duration", "P1Y"))
            assert re.fullmatch("[a-z]{3}", thing.get("teachingLanguage", "nld"))
            assert all(set(one) == {"studyLoadUnit", "value"} for one in [thing.get("studyLoad")] if isinstance(one, dict))
            for name, allowed in CHOICES.items() if version == 6 else ():
                if name in thing:
                    seen.add(name)
                    assert thing[name] in allowed, (name, thing[name])
            for one in thing.get("addresses", ()):
                assert one["addressType"] == "teaching"
            for one in thing.get("priceInformation", ()):
                assert one["costType"] == "total_costs"
    assert seen == (set(CHOICES) if version == 6 else set())


@pytest.mark.parametrize("version", [5, 6])
def test_what_is_written_is_read_as_it_was(version):
    written = list(every_kind())
    whole = ooapi_writing.document(written, ooapi_writing.School("s", "School"), version=version, today=date(2027, 1, 1))
    found = read(whole, most=1000).read
    assert found.refused == ()
    by_listing = {line.listing: line for line in found.lines}
    assert set(by_listing) == {one.slug for one in written}
    for one in written:
        line = by_listing[one.slug]
        assert {name: line.programme[name] for name in one.values if name != "code"} == {
            name: value for name, value in one.values.items() if name != "code"
        }
        assert {(line.place, line.mode)} == set(one.offers)
