"""What may stand in an address."""

from flask import Flask
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """A public name: lower-case letters, digits and dashes, at most 80; never a row number."""

    regex = "[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?"


def init(app: Flask) -> None:
    """Make `<slug:…>` known."""
    app.url_map.converters["slug"] = SlugConverter
