"""Pages for signing in and out, for a forgotten passphrase, and your account."""

from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from courseware.accounts import known_browser, queries, rules, services
from courseware.accounts.forms import ChangePassphraseForm, ForgottenForm, NewPassphraseForm, SignInForm
from courseware.core import clock
from courseware.core.errors import Closed, Invalid
from courseware.core.permissions import Permission
from courseware.web.application import SAFE_METHODS
from courseware.web.forms import Form
from courseware.web.guard import current_identity, public, requires, signed_in
from courseware.web.rate_limit import Tries, client_address
from courseware.web.responses import local_path

# Where Flask-Login looks for who is signed in.
TOKEN = "_user_id"  # noqa: S105 - the name of the place, not a secret

blueprint = Blueprint("accounts", __name__)


def note_seen() -> None:
    """Before each request: keep the session of whoever changes something from becoming idle.

    Reading writes nothing.
    """
    if request.method in SAFE_METHODS or current_identity() is None:
        return
    at = clock.now()
    if g.seen_at <= at - rules.SEEN_REFRESH:
        services.note_seen(session[TOKEN], at=at)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in and go on to the page that was asked for."""
    form = SignInForm()
    target = local_path(request.values.get("next"), "/")
    if request.method == "GET" and current_identity() is not None:
        return redirect(target)
    if form.validate_on_submit():
        account = rules.email_key(form.email.data)
        token = services.sign_in(form.email.data, form.passphrase.data, _tries(account), at=clock.now())
        if token is not None:
            response = _go_on(token, target)
            known_browser.remember(response, account)
            return response
        form.refuse(form.passphrase, "No account has this e-mail address and passphrase. Check both and try again.")
    return _page("sign_in", form, target=target)


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Sign out, whether or not the session has ended already."""
    if TOKEN in session:
        services.end_session(session[TOKEN], at=clock.now())
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("accounts.sign_in"))


@blueprint.route("/passphrase/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link by e-mail. The answer is the same whether there is an account or not."""
    form = ForgottenForm()
    if form.validate_on_submit():
        services.request_reset(form.email.data, _tries(rules.email_key(form.email.data)), at=clock.now())
        return render_template("accounts/forgotten_sent.html", email=form.email.data)
    return _page("forgotten", form)


@blueprint.route("/passphrase/reset/<string(length=43):secret>", methods=["GET", "POST"])
@public
def reset(secret: str) -> ResponseReturnValue:
    """Choose a new passphrase by a link that works once; opening it does not use it up."""
    form = NewPassphraseForm()
    try:
        if form.validate_on_submit():
            token = services.reset_passphrase(secret, form.new.data, Tries(client_address()), at=clock.now())
            return _go_on(token, "/", "Passphrase changed. You are signed in here and nowhere else.")
        if queries.find_reset(secret, clock.now()) is None:
            return render_template("accounts/reset_closed.html"), Closed.status
    except Invalid as refusal:
        form.refuse_fields(refusal.fields)
    except Closed:
        return render_template("accounts/reset_closed.html"), Closed.status
    return _page("reset", form, secret=secret, proposal=_proposal())


@blueprint.route("/account", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_EDIT)
def account() -> ResponseReturnValue:
    """Your name and passphrase, and where you are signed in."""
    form = ChangePassphraseForm()
    user_id = signed_in().user_id
    if "sign_out_others" in request.form:
        services.end_sessions(user_id, at=clock.now(), but=session[TOKEN])
        flash("You are signed out everywhere else.")
        return redirect(url_for("accounts.account"))
    if form.validate_on_submit():
        tries = _tries(current_user.email_key)
        try:
            token = services.change_passphrase(user_id, form.present.data, form.new.data, tries, at=clock.now())
        except Invalid as refusal:
            form.refuse_fields(refusal.fields)
        else:
            return _go_on(token, url_for("accounts.account"), "Passphrase changed. You are signed out everywhere else.")
    return _page(
        "account",
        form,
        sessions=queries.list_live_sessions(user_id, clock.now()),
        here=rules.secret_hash(rules.Purpose.SESSION, session[TOKEN]),
        proposal=_proposal(),
    )


def _tries(account: str) -> Tries:
    return Tries(client_address(), account, known_browser.find(account))


def _proposal() -> str | None:
    return rules.propose_passphrase() if "propose" in request.args else None


def _go_on(token: str, target: str, message: str | None = None) -> Response:
    """Give the browser its new session; nothing that was planted in the old one stays."""
    if TOKEN in session:
        services.end_session(session[TOKEN], at=clock.now())
    session.clear()
    session[TOKEN] = token
    if message is not None:
        flash(message)
    return make_response(redirect(target))


def _page(name: str, form: Form, **values: Any) -> ResponseReturnValue:
    return render_template(f"accounts/{name}.html", form=form, **values), form.page_status
