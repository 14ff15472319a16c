"""Filters: every choice stands in the address, so that a view can be shared."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flask import request
from typing_extensions import override
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SearchField, SelectField
from wtforms.validators import Length, NumberRange, Optional

from courseware.content.claim_words import HEDGING_WORDS, SUPPORT_WORDS, TYPE_WORDS
from courseware.library.rules import GROUP_WORDS, STANDING_WORDS, STRENGTH_WORDS, TENSION_WORDS
from courseware.web.forms import Form

MOST_LETTERS = 200
MOST_PAGES = 10_000
NO_SUCH_PAGE = "There is no such page."
NOT_IN_THE_LIST = "There is no such choice. Choose one from the list."


def choices(anything: str, words: Mapping[Any, str]) -> dict[str, str]:
    """Return the choices of a filter, the first of which leaves it open."""
    return {"": anything, **words}


def chooser(label: str, anything: str = "", words: Mapping[Any, str] | None = None) -> SelectField:
    """Return a filter with one choice of several; without words the view gives them."""
    given = None if words is None else choices(anything, words)
    return SelectField(label, choices=given, default="", invalid_choice_message=NOT_IN_THE_LIST)


class PageField(IntegerField):
    """The number of a page; what is no number names no page."""

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number."""
        with suppress(ValueError):
            super().process_formdata(valuelist)


class FilterForm(Form):
    """A form that is sent in the address and changes nothing."""

    class Meta(Form.Meta):
        """Reads the address; without a change there is no token to ask for."""

        csrf = False

        @override
        def wrap_formdata(self, form: object, formdata: object) -> MultiDict[str, str] | None:
            """Return what the address holds."""
            return request.args

    @property
    def chosen(self) -> dict[str, object]:
        """The filters that are set and can be, by name, to be put into another address."""
        return {name: value for name, value in self.data.items() if value and name not in self.errors}

    @property
    @override
    def page_status(self) -> int:
        """The status of the page: 400 if the address asks for what there is not."""
        return 400 if self.errors else 200


class ClaimFilterForm(FilterForm):
    """Which claims to show."""

    words = SearchField("Words", [Length(max=MOST_LETTERS, message="Use at most 200 letters.")])
    source = chooser("Source")
    module = chooser("Module")
    type = chooser("Type", "Any type", TYPE_WORDS)
    support = chooser("Evidence", "Any evidence", SUPPORT_WORDS)
    hedging = chooser("Stated", "In any way", HEDGING_WORDS)
    standing = chooser("Checked against others", "Any result", STANDING_WORDS)
    actor = chooser("About")
    page = PageField("Page", [Optional(), NumberRange(1, MOST_PAGES, message=NO_SUCH_PAGE)], default=1)


class DisagreementFilterForm(FilterForm):
    """Which disagreements to show."""

    show = chooser("Show", "", {"disputes": "Disputes", "claims": "Claims", "tensions": "Tensions"})
    source = chooser("Source")
    module = chooser("Module")
    kind = chooser("Kind", "Any kind", TENSION_WORDS)
    strength = chooser("Weight", "Any weight", STRENGTH_WORDS)


class SearchForm(FilterForm):
    """What to look for, and among what."""

    q = SearchField("Search", [Length(max=MOST_LETTERS, message="Use at most 200 letters.")])
    kind = chooser("Among", "Everything", GROUP_WORDS)
