"""What may stand in an address: anything else is not found before a view runs."""

from flask import Flask
from typing_extensions import override
from werkzeug.routing import BaseConverter, IntegerConverter, Map

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """The number of a row or place, written in one way, and no larger than the database can hold."""

    regex = r"[1-9][0-9]{0,9}"

    @override
    def __init__(self, map: Map) -> None:
        super().__init__(map, min=1, max=LARGEST_ID)


class SlugConverter(BaseConverter):
    """A name of the course files: small letters, digits, hyphens."""

    regex = r"[a-z0-9][a-z0-9-]{0,119}"


def install(app: Flask) -> None:
    """Add the converters `id` and `slug` to the app's addresses."""
    app.url_map.converters["id"] = IdConverter
    app.url_map.converters["slug"] = SlugConverter
