"""What a start does before the first reader comes."""

from sqlalchemy.exc import OperationalError

from ipf_talent.home import cli
from ipf_talent.matching import indexes, reader


def test_warming_searches_once_and_compiles_the_match_pages(app, session, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "INSTANCE", str(tmp_path))
    app.jinja_env.cache.clear()
    cli._warm(app)
    assert {tmp_path / "match" / kind for kind in ("places", "programmes")} <= set(app.extensions[indexes.CACHE])
    assert {"base.html", "matching/place.html", "components/match.html"} <= {name for _loader, name in app.jinja_env.cache}


def test_a_start_goes_on_where_the_tables_cannot_be_read(app, session, monkeypatch):
    def broken(*_args):
        raise OperationalError("select", {}, Exception("no such table"))

    monkeypatch.setattr(reader, "of", broken)
    app.jinja_env.cache.clear()
    cli._warm(app)
    assert "matching/places.html" in {name for _loader, name in app.jinja_env.cache}
