"""Who may open what, over the whole URL map: the table is written by hand and not derived from the views."""

from ipf_talent.web import access

# endpoint -> the rule beside its view; a new view fails the test until it stands here too
RULES: dict[str, str] = {}


def test_every_view_says_who_may_use_it_and_the_table_knows_each(app):
    said = {rule.endpoint: getattr(app.view_functions[rule.endpoint], "access", None) for rule in app.url_map.iter_rules()}
    assert None not in said.values()
    assert said == RULES
    assert access.public
