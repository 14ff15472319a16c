"""Promise S3: nothing that runs text, trusts it as HTML or SQL, or reads time or chance badly."""

import pytest

from tests.architecture.project import texts
from tests.architecture.unsafe_code import unsafe_python, unsafe_template

# What may do what is forbidden elsewhere, and why.
ALLOWED = {
    "courseware/content/elements.py": "Markup",  # the one place that makes elements, escaping every part
    "courseware/core/database.py": "execute",  # pragmas, of constants beside them
    "courseware/questions/shuffle.py": "random",  # repeats the same order from a seed; nothing rests on its secrecy
    "courseware/web/templating.py": "Markup",  # HTML that was sanitised when the course was synced
}


@pytest.mark.parametrize(
    "planted",
    [
        "eval('1')",
        "exec(text)",
        "import pickle",
        "from pickle import loads",
        "import random",
        "yaml.load(text, Loader=Loader)",
        "yaml.unsafe_load(text)",
        "subprocess.run(command, shell=True)",
        "os.system(command)",
        "render_template_string(text)",
        "Markup(text)",
        "markupsafe.Markup(text)",
        "datetime.now()",
        "datetime.datetime.now()",
        "datetime.utcnow()",
        "session.execute(f'select {name}')",
        "text('select ' + name)",
        "text('select %s' % name)",
        "connection.exec_driver_sql('select {}'.format(name))",
    ],
)
def test_a_planted_danger_in_python_is_found(planted: str) -> None:
    assert list(unsafe_python(planted))


@pytest.mark.parametrize(
    "harmless",
    [
        "datetime.now(UTC)",
        "yaml.compose(text)",
        "subprocess.run(command)",
        "session.execute(select(User))",
        "text('select 1')",
        "pattern.exec",
        "import secrets",
    ],
)
def test_harmless_python_is_left_alone(harmless: str) -> None:
    assert not list(unsafe_python(harmless))


@pytest.mark.parametrize(
    "planted",
    [
        "{{ text|safe }}",
        "{{ text | safe }}",
        "{% autoescape false %}",
        '<button onclick="go()">',
        '<p class="note" style="color: red">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
    ],
)
def test_a_planted_danger_in_a_template_is_found(planted: str) -> None:
    assert list(unsafe_template(planted))


def test_the_code_holds_nothing_unsafe() -> None:
    findings = [
        f"{name}:{line}: {reason}"
        for name, source in texts("courseware", "migrations", "config.py", suffix=".py")
        for line, reason in unsafe_python(source)
        if ALLOWED.get(name) != reason.partition(" ")[0]
    ]
    assert not findings


def test_the_templates_hold_nothing_unsafe() -> None:
    findings = [
        f"{name}:{line}: {reason}" for name, source in texts("templates") for line, reason in unsafe_template(source)
    ]
    assert not findings
