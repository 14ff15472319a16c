"""What the documents say is so, and no file says what it should not."""

import re

import pytest

from tests.architecture.project import ROOT, texts

A_PLACE_ON_SOMEBODYS_MACHINE = re.compile(r"(?<![\w.:/-])/(?:home|opt|private|root|tmp|work|Users)(?:/|\b)")
AN_INDEX_OF_PACKAGES = re.compile(
    r"pypi\.org|pythonhosted|(?:extra-)?index-url\s*[=: ]\s*\S*(?:http|file):|--find-links"
)
LEFT_FOR_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
BLAMING = re.compile(r"\b(?:wrong|failed|oops)\b|!(?!=)", re.IGNORECASE)
OTHER_WORDS_FOR_OURS = re.compile(r"\b(?:students?|teachers?|pupils?)\b", re.IGNORECASE)
MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<[^>]*>", re.DOTALL)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_make_command_in_the_documents_exists() -> None:
    commands = set(re.findall(r"^([a-z]+):", _read("Makefile"), re.MULTILINE))
    named = {
        in_line or alone
        for _, text in texts("README.md", "CHANGELOG.md", "docs", ".ci")
        for in_line, alone in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)$", text, re.MULTILINE)
    }
    assert {"demo", "test"} <= named <= commands


def test_make_without_a_word_lists_every_command() -> None:
    makefile = _read("Makefile")
    unlisted = [line for line in makefile.splitlines() if re.match(r"[a-z]+:(?!.*## )", line)]
    assert not unlisted


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    in_code = set(re.findall(r'"(COURSEWARE_[A-Z_]+)"', _read("config.py")))
    in_documents = set(re.findall(r"\bCOURSEWARE_[A-Z]+(?:_[A-Z]+)*\b", _read("docs/configuration.md")))
    assert in_code == in_documents


@pytest.mark.parametrize("pattern", [A_PLACE_ON_SOMEBODYS_MACHINE, AN_INDEX_OF_PACKAGES, LEFT_FOR_LATER])
def test_no_file_names_a_machine_an_index_or_unfinished_work(pattern: re.Pattern[str]) -> None:
    findings = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        if not name.endswith("test_documents.py")
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert not findings


def test_pages_blame_nobody_and_shout_at_nobody() -> None:
    findings = {
        name: found
        for name, text in texts("templates", suffix=".html")
        if (found := BLAMING.findall(MARKUP.sub(" ", text.replace("<!doctype html>", ""))))
    }
    assert not findings


def test_code_and_pages_use_one_word_for_one_thing() -> None:
    findings = {
        name: found
        for name, text in texts("courseware", "templates", "config.py")
        if name.endswith((".py", ".html")) and (found := OTHER_WORDS_FOR_OURS.findall(text))
    }
    assert not findings
