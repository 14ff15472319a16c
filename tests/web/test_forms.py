"""What our fields take and refuse."""

import pytest
from flask import render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from courseware.web.application import CoursewareFlask
from courseware.web.forms import Form, LineField, PassphraseField


class Sample(Form):
    """One of each."""

    line = LineField("Line", [InputRequired("Enter a line.")])
    secret = PassphraseField("Secret")
    kind = RadioField("Kind", choices=[SelectChoice("news", "News"), SelectChoice("essay", "Essay")])


def filled(app: CoursewareFlask, **typed: str) -> Sample:
    with app.test_request_context("/"):
        form = Sample(MultiDict({"line": "x", "kind": "news", **typed}), meta={"csrf": False})
        form.validate()
        return form


def rendered(app: CoursewareFlask, template: str, **typed: str) -> str:
    with app.test_request_context("/"):
        form = Sample(MultiDict({"kind": "news", **typed}), meta={"csrf": False})
        form.validate()
        return render_template_string(template, form=form)


def test_spaces_around_a_line_are_removed(app: CoursewareFlask) -> None:
    form = filled(app, line=" a  b ")
    assert form.line.data == "a  b"
    assert not form.errors


def test_a_passphrase_is_taken_exactly_as_typed(app: CoursewareFlask) -> None:
    assert filled(app, secret="  a\x07 ").secret.data == "  a\x07 "


@pytest.mark.parametrize("typed", ["a\x00b", "a\x07b", "a\nb", "a\x7fb", "a\x85b"])
def test_a_control_character_in_a_line_is_refused(app: CoursewareFlask, typed: str) -> None:
    form = filled(app, line=typed)
    assert set(form.errors) == {"line"}
    assert form.page_status == 422


def test_a_form_without_errors_is_shown_with_200(app: CoursewareFlask) -> None:
    assert filled(app).page_status == 200


def test_a_field_ties_its_hint_and_its_error_to_the_control(app: CoursewareFlask) -> None:
    html = rendered(
        app,
        '{% from "components/field.html" import field %}{{ field(form.line, hint="Any.", autocomplete="off") }}',
        line="a\x07",
    )
    assert '<label for="line">Line</label>' in html
    assert 'aria-describedby="line-hint line-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="off"' in html
    assert 'id="line-hint"' in html
    assert 'id="line-error"' in html


def test_a_field_without_hint_or_error_is_tied_to_nothing(app: CoursewareFlask) -> None:
    html = rendered(app, '{% from "components/field.html" import field %}{{ field(form.line) }}', line="a")
    assert "aria-" not in html


def test_the_summary_links_to_each_field_that_needs_mending(app: CoursewareFlask) -> None:
    html = rendered(
        app, '{% from "components/error_summary.html" import error_summary %}{{ error_summary(form) }}', kind="poem"
    )
    assert '<a href="#line">Line: Enter a line.</a>' in html
    assert '<a href="#kind">' in html
    assert "2 things need mending" in html


def test_no_summary_is_shown_when_all_is_well(app: CoursewareFlask) -> None:
    html = rendered(
        app, '{% from "components/error_summary.html" import error_summary %}{{ error_summary(form) }}', line="a"
    )
    assert html.strip() == ""
