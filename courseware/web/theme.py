"""Light, dark or as the system says: kept in a cookie, so that pages never flash."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from courseware.web.guard import public
from courseware.web.headers import ONE_YEAR_SECONDS
from courseware.web.responses import local_path

COOKIE = "theme"
THEMES = ("auto", "light", "dark")

blueprint = Blueprint("theme", __name__)


def chosen_theme() -> str:
    """Return the theme that the reader chose, `auto` if none."""
    theme = request.cookies.get(COOKIE, "auto")
    return theme if theme in THEMES else "auto"


@blueprint.post("/theme")
@public
def change() -> ResponseReturnValue:
    """Go on to the next theme and return to the page."""
    theme = THEMES[(THEMES.index(chosen_theme()) + 1) % len(THEMES)]
    response = redirect(local_path(request.form.get("next"), "/"))
    response.set_cookie(
        COOKIE, theme, max_age=ONE_YEAR_SECONDS, httponly=False, samesite="Lax", secure=request.is_secure
    )
    return response
