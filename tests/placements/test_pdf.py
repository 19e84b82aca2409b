"""The agreement as a PDF for everybody: its words, language, tags, and what hostile text does to it."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from ipf_talent.organisations.models import Establishment
from ipf_talent.placements.agreements import page as agreement_page
from ipf_talent.placements.agreements import pdf
from ipf_talent.placements.kinds import PlacementStatus, Who
from ipf_talent.vacancies.kinds import VacancyKind
from tests.factories.placements import click, make_placement
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy

S = PlacementStatus
AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
PLAIN = {"heading": "Part", "rows": [], "paragraphs": [], "items": [], "head": [], "lines": []}
DATA = {
    "title": "Agreement", "subtitle": "Sheet 1", "lang": "en", "region": "gb", "author": "School", "reference": "x-1-1",
    "footer": "sheet 1", "page": "Page", "of": "of", "columns": ["What", "Agreed"],
}  # fmt: skip


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def made(**parts):
    return read(pdf.render({**DATA, "sections": [{**PLAIN, **parts}]}, at=AT))


@pytest.fixture
def signed(sides):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    click(placement, Who.STUDENT, sides.student)
    return placement


def rendered(placement, language="nl"):
    placement.agreement.language = language
    return read(pdf.render(agreement_page.told(placement.agreement.first), at=AT))


def test_it_is_tagged_has_a_title_and_says_its_language(signed):
    root = rendered(signed).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert root["/Lang"].startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert rendered(signed, "en").trailer["/Root"]["/Lang"].startswith("en")


def test_headings_tables_and_lists_are_structure_and_not_only_looks(signed):
    found = set()

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            if "/S" in node:
                found.add(node["/S"])
            if "/K" in node and not isinstance(node["/K"], int):
                walk(node["/K"])

    walk(rendered(signed).trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/L", "/LI", "/P"} <= found


def test_r9_everything_the_law_asks_stands_in_it(sides, signed):
    text = words(rendered(signed, "en"))
    sheet = signed.agreement.first
    for part in (
        "Practical training agreement (bol)", "Jildou Hoekstra", "Sjoerd Bos", "Voorbeeld BV", "Wytske Proef",
        signed.leerbedrijf_id, "25344", "640", "B1-K1-W1 Bereidt werk voor", "Elke week een gesprek.", "De school beslist.",
        "Op de einddatum.", "De school verzekert.", "350 euro per maand.", "08:00", "16:30", sheet.sha256, sides.school.name,
    ):  # fmt: skip
        assert part in text, part
    assert "not signed yet" in text
    assert "Page 1 of" in text


def test_the_state_of_each_signature_stands_in_it(signed, sides):
    assert words(rendered(signed, "en")).count("not signed yet") == 2
    click(signed, Who.COMPANY, sides.manager)
    click(signed, Who.SCHOOL, sides.coordinator)
    text = words(rendered(signed, "en"))
    assert "not signed yet" not in text
    assert "Klaas de Wit" in text
    assert "In force" in text


def test_who_has_not_signed_finds_room_to_sign_on_paper(signed, sides):
    before = words(rendered(signed, "en"))
    assert "To sign on paper: School" in before and "To sign on paper: Company" in before
    assert "To sign on paper: Student" not in before
    assert before.count("Name Town Date Signature") == 2
    click(signed, Who.COMPANY, sides.manager)
    click(signed, Who.SCHOOL, sides.coordinator)
    assert "To sign on paper" not in words(rendered(signed, "en"))


def test_whose_agreement_it_is_stands_in_title_footer_and_file_name(signed):
    reader = rendered(signed, "en")
    assert reader.metadata.title == "Practical training agreement (bol) – Jildou Hoekstra"
    for page in reader.pages:
        assert "Jildou Hoekstra · sheet 1" in " ".join(page.extract_text().split())
    told = agreement_page.told(signed.agreement.first)
    assert told["file"] == "practical-training-agreement-bol-jildou-hoekstra-sheet-1.pdf"


def test_the_file_name_has_plain_letters_alone(signed):
    sheet, signed.agreement.language = signed.agreement.first, "en"
    sheet.content = {**sheet.content, "student": "Ŵytse Ç/..\\d'Ûrville\n李", "number": 2}
    assert agreement_page.told(sheet)["file"] == "practical-training-agreement-bol-wytse-c-d-urville-2-sheet-1.pdf"


def test_addresses_and_the_name_of_the_qualification_stand_in_it(sides):
    make_programme(code="25344", code_kind="crebo", national=True, title_nl="Technicus data", title_en="")
    make_programme(code="25345", code_kind="crebo", national=True, title_nl="Kok")
    sides.home.street, sides.home.postcode = "De Lange Reed 3", "9203 ZJ"
    sides.school.establishments.append(Establishment(name="Hoofdgebouw", street="Schoolplein 1"))
    text = words(rendered(make_placement(sides, status=S.AWAITING_SIGNATURES), "nl"))
    assert "25344 Technicus data" in text and "Kok" not in text
    assert "De Lange Reed 3, 9203 ZJ" in text
    assert f"Schoolplein 1, {sides.school.city}" in text


def test_r13_nothing_in_an_agreement_between_three_parties_tells_where_a_student_comes_from(sides):
    place = make_vacancy(company=sides.company, establishment=sides.home, kind=VacancyKind.HBO_INTERNSHIP)
    placement = make_placement(sides, vacancy=place)
    placement.three_party = True
    from ipf_talent.placements.agreements import drafts as agreement_drafts

    agreement_drafts.begin(placement, now=AT)
    sheet = agreement_drafts.freeze(placement, placement.agreement, parent=False, now=AT)
    for language in ("nl", "en"):
        placement.agreement.language = language
        text = words(read(pdf.render(agreement_page.told(sheet), at=AT))).lower()
        for word in ("non-eu", "niet-eu", "non_eu", "nationalit", "eu/eea", "buiten de eu"):
            assert word not in text


def test_the_same_words_give_the_same_bytes(signed):
    told = agreement_page.told(signed.agreement.first)
    assert pdf.render(told, at=AT) == pdf.render(told, at=AT)


HOSTILE = (
    "#set text(1pt)",
    '#read("/etc/passwd")',
    '#image("x.png")',
    "$x^2$ *bold* _it_ `raw` = Heading",
    "<label> @cite //comment /* more */",
    "\\u{41} \\ ]] #] ) } #panic()",
    '"; } {% raw %}',
    "<b>x</b><script>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stands_there_as_text(text):
    shown = words(made(rows=[[text, text]], paragraphs=[text], items=[text], head=["A", "B"], lines=[[text, "b"]]))
    plain = "".join(text.split())
    assert "".join(shown.split()).count(plain) == 5


def test_signs_that_no_font_has_stand_as_a_question_mark_and_others_stay():
    text = words(made(paragraphs=["Ŵietse ŝû Ǧ ä € Зоя Ωμέγα 李 🙂 \u200b\u0007 end"]))
    for part in ("Ŵietse", "Ǧ", "€", "Зоя", "Ωμέγα", "end", "? ?"):
        assert part in text, part


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_at_all_breaks_it(one, other):
    found = made(rows=[[one, other]], paragraphs=[one], items=[other])
    assert len(found.pages) >= 1


def test_a_long_agreement_has_numbered_pages():
    found = made(paragraphs=[f"Line {number}" for number in range(200)])
    assert len(found.pages) > 2
    assert f"Page 2 of {len(found.pages)}" in words(found)
