"""Makes the application: the ordered list of wiring steps."""

from collections.abc import Mapping
from pathlib import Path

from flask import g
from werkzeug.middleware.proxy_fix import ProxyFix

from courseware.accounts import views as account_views
from courseware.accounts.models import User
from courseware.attempts import views as attempt_views
from courseware.classes import queries as class_queries
from courseware.core import clock, secret_key
from courseware.core.database import belongs_to_models, db
from courseware.core.extensions import compress, csrf, login_manager, migrate
from courseware.core.paths import shipped
from courseware.dashboard import views as dashboard_views
from courseware.lessons import views as lesson_views
from courseware.library import views as library_views
from courseware.web import addresses, error_pages, headers, rate_limit, static_files, templating, theme
from courseware.web.application import CoursewareFlask


def create_app(overrides: Mapping[str, object] | None = None) -> CoursewareFlask:
    """Return the application, configured by `config.py` and then by `overrides`.

    Raises SettingsError with one clear sentence when a setting is unknown, unreadable or weak.
    """
    app = CoursewareFlask("courseware", static_folder=None, template_folder=shipped("templates"))
    app.config.from_pyfile(shipped("config.py"))
    app.config.from_mapping(overrides or {})
    instance: Path = app.config["INSTANCE"]
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    configured = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = secret_key.refuse_weak(configured) if configured else secret_key.read_or_make(instance)
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    db.init_app(app)
    migrate.init_app(
        app, db, directory=str(shipped("migrations")), render_as_batch=True, include_name=belongs_to_models
    )
    headers.install(app)  # before the token is looked at: another site must not learn whether it is right
    csrf.init_app(app)
    compress.init_app(app)
    login_manager.init_app(app)
    # Sessions are rows that end at once; a fingerprint of the browser adds nothing to that.
    login_manager.session_protection = None
    login_manager.user_loader(_load_user)

    addresses.install(app)
    error_pages.install(app)
    templating.install(app)
    static_files.install(app)
    rate_limit.install(app)
    app.register_blueprint(theme.blueprint)
    for views in (dashboard_views, account_views, lesson_views, library_views, attempt_views):
        app.register_blueprint(views.blueprint)
    app.before_request(account_views.note_seen)
    return app


def _load_user(token: str) -> User | None:
    found = class_queries.find_signed_in(token, clock.now())
    if found is None:
        return None
    g.identity, g.seen_at = found.identity, found.seen_at
    return found.user
