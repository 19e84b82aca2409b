"""What may stand in an address."""

from flask import Flask
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """A public name: lower-case letters, digits and dashes, at most 80; never a row number."""

    regex = "[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?"


class NumberConverter(BaseConverter):
    """The number of a row that has no public name: ASCII digits, at most 9, so that every database can hold it."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)


def init(app: Flask) -> None:
    """Make `<slug:…>` and `<number:…>` known."""
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["number"] = NumberConverter
