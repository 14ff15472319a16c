"""The form that every form derives from, and its kinds of field.

What was typed stays in the form when it is shown again, passphrases excepted.
"""

import unicodedata
from collections.abc import Mapping
from http import HTTPStatus

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, PasswordField, StringField
from wtforms.validators import StopValidation

from courseware.web.application import SAFE_METHODS


class Form(FlaskForm):
    """A form with our fields. Every field needs a label; an error says what to do."""

    class Meta(FlaskForm.Meta):
        """Reads what a form of a page sends, and nothing else; the library would read JSON of any shape, too."""

        def wrap_formdata(self, form: object, formdata: object) -> MultiDict[str, str] | None:  # noqa: ARG002
            """Return the fields given, else those sent, or None when the page is only shown."""
            if isinstance(formdata, MultiDict):
                return formdata
            return None if request.method in SAFE_METHODS else request.form

    @property
    def page_status(self) -> int:
        """The status of a page that shows the form: 422 if something in it has to be mended."""
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK

    def refuse(self, field: Field, reason: str) -> None:
        """Add a reason that only the service could know to a field."""
        field.errors = [*field.errors, reason]

    def refuse_fields(self, reasons: Mapping[str, str]) -> None:
        """Add the reasons of an `Invalid`, each to the field of its name."""
        for name, reason in reasons.items():
            self.refuse(self[name], reason)


class LineField(StringField):
    """One line of text: outer spaces are removed, control characters refused."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed, without the spaces around it."""
        if valuelist:
            self.data = valuelist[0].strip()

    def pre_validate(self, form: Form) -> None:
        """Refuse what cannot be seen."""
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in self.data or ""):
            raise StopValidation("It holds a character that cannot be seen. Type it again.")
        super().pre_validate(form)


class PassphraseField(PasswordField):
    """A passphrase: taken exactly as typed, and never shown again."""
