"""Days and months as each language writes them."""

from datetime import date

import pytest
from flask_babel import format_date

from ipf_talent.i18n import current_language, speaking

DAY = date(2026, 12, 11)


@pytest.mark.parametrize(
    ("language", "wide", "short"),
    [
        ("nl", "11 december 2026", "11 dec 2026"),
        ("fy", "11 desimber 2026", "11 des 2026"),
        ("en", "11 December 2026", "11 Dec 2026"),
        ("de", "11 december 2026", "11 dec 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(app_context, language, wide, short):
    with speaking(language):
        assert (format_date(DAY, "long"), format_date(DAY, "medium")) == (wide, short)
        assert current_language() == (language if language != "de" else "nl")
