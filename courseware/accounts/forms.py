"""Forms for signing in and for passphrases."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from courseware.web.forms import Form, LineField, PassphraseField


class SignInForm(Form):
    """Who you are; `next` is the page to go on to."""

    email = LineField("E-mail address", [InputRequired("Enter your e-mail address.")])
    passphrase = PassphraseField("Passphrase", [InputRequired("Enter your passphrase.")])
    next = HiddenField()


class ForgottenForm(Form):
    """Where to send a link."""

    email = LineField("E-mail address", [InputRequired("Enter your e-mail address.")])


class NewPassphraseForm(Form):
    """A new passphrase, typed once: it can be shown, and a reset mends a slip."""

    new = PassphraseField("New passphrase", [InputRequired("Enter a new passphrase.")])


class ChangePassphraseForm(NewPassphraseForm):
    """A new passphrase in place of the present one."""

    present = PassphraseField("Present passphrase", [InputRequired("Enter your present passphrase.")])
