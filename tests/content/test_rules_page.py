"""The page of rules names every rule, and says of each what it says, why, how to mend it, and an example."""

import re
from pathlib import Path

import pytest

from courseware.content.issues import MENDING, Rule
from courseware.content.schema import Style

DOCUMENTS = Path(__file__).parents[2] / "docs"
SECTIONS = re.split(r"^### ", (DOCUMENTS / "content-rules.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]


def test_the_page_names_every_rule_once_and_no_other() -> None:
    assert sorted(section.partition("\n")[0] for section in SECTIONS) == sorted(Rule)


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_explained(rule: Rule) -> None:
    (section,) = [section for section in SECTIONS if section.startswith(f"{rule}\n")]
    assert re.match(rf"{rule}\n\n\S.*\n\n- Why: \S.*\n- To mend: {re.escape(MENDING[rule])}\n- Example: \S", section)


def test_every_limit_is_documented_with_its_default() -> None:
    text = (DOCUMENTS / "course-files.md").read_text(encoding="utf-8")
    for name, value in Style().model_dump(mode="json").items():
        assert f"  {name}: {value} " in text, name
