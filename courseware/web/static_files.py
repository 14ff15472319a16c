"""Style sheets and scripts under an address that changes with their content.

The version stands in the path, so that a script's relative imports get it too, and browsers
may keep every file for a year.
"""

import hashlib
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, send_from_directory, url_for

from courseware.core.paths import shipped
from courseware.web.guard import public
from courseware.web.headers import ONE_YEAR_SECONDS

blueprint = Blueprint("static_files", __name__)


@blueprint.get("/static/<string:version>/<path:filename>")
@public
def static_file(version: str, filename: str) -> Response:
    """Send one file. An old version in the address gets the present file, uncached."""
    response = send_from_directory(shipped("static"), filename)
    # Read at once: compressing replaces the body and would leave the file open.
    response.direct_passthrough = False
    response.make_sequence()
    if version == _version():
        response.cache_control.public = True
        response.cache_control.max_age = ONE_YEAR_SECONDS
        response.cache_control.immutable = True
        response.cache_control.no_cache = None
    return response


def install(app: Flask) -> None:
    """Give templates `static_url('css/styles.css')`, and serve what it names."""
    app.config["STATIC_VERSION"] = fingerprint(shipped("static"))
    app.register_blueprint(blueprint)
    app.add_template_global(static_url)


def static_url(filename: str) -> str:
    """Return the address of a static file in its present version."""
    return url_for("static_files.static_file", version=_version(), filename=filename)


def fingerprint(folder: Path) -> str:
    """Return a short digest of all files below the folder, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _version() -> str:
    from_config: str = current_app.config["STATIC_VERSION"]
    return from_config
