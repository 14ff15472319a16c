"""The only gate: every route declares a permission or is marked public."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, TypeAlias

from flask import current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import NotFound, Unauthorized

from courseware.core.permissions import SITE, Identity, Permission, Subject, permits

PUBLIC = "public"

View: TypeAlias = Callable[..., ResponseReturnValue]


def current_identity() -> Identity | None:
    """Return who is signed in, with their roles, or None."""
    # Reading current_user makes Flask-Login load the session, which sets g.identity.
    if not current_user.is_authenticated:
        return None
    identity: Identity = g.identity
    return identity


def signed_in() -> Identity:
    """Return who is signed in; for views that the gate has already let through."""
    identity = current_identity()
    if identity is None:
        raise Unauthorized
    return identity


def may(permission: str) -> bool:
    """Tell whether the reader of a page has a permission on the site, so that it offers no way that is shut."""
    return permits(current_identity(), Permission(permission), SITE)


def permission_asked() -> str:
    """Return the permission that the address of this request asks for, or PUBLIC."""
    permission: str = current_app.view_functions[request.endpoint or ""].permission  # type: ignore[union-attr]
    return permission


def public(view: View) -> View:
    """Mark a view that anybody may see."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def requires(permission: Permission, load: Callable[..., Subject] | None = None) -> Callable[[View], View]:
    """Let only those pass whom the permission table allows.

    `load` turns the values of the address that it names into the subject, which the view gets
    in their place; it raises NotFound if there is none. Somebody else's subject answers exactly
    as if it were absent. Without `load` the subject is the whole site.
    """
    wanted = frozenset() if load is None else frozenset(signature(load).parameters)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> ResponseReturnValue:
            identity = current_identity()
            if identity is None:
                raise Unauthorized
            subject = SITE if load is None else load(**{name: address[name] for name in wanted})
            if not permits(identity, permission, subject):
                raise NotFound
            rest = {name: value for name, value in address.items() if name not in wanted}
            return view(**rest) if load is None else view(subject, **rest)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
