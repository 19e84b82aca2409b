"""A school, a company and a student with a placement between them."""

import pytest
from flask import g

from tests.factories.placements import make_sides


@pytest.fixture
def sides(app_context):
    """Ready-made people: `student`, `coordinator`, `supervisor`, `manager`, `trainer`, and the `place`; sentences in English."""
    g.language = "en"
    return make_sides()
