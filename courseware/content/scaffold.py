"""The beginnings of a module or a course: small, sound, and made to be written over."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Final

from courseware.content.course import Course
from courseware.content.issues import IssueLog
from courseware.content.loader import load_course
from courseware.content.shapes import SLUG
from courseware.content.yaml_text import YamlText, read_yaml
from courseware.core.errors import Refused

FIRST_MODULE: Final = "01-first-module"

_NUMBER: Final = re.compile(r"^[0-9]+-(?=.)")
_SLUG: Final = re.compile(SLUG)

_MODULE_FILES: Final[Mapping[str, str]] = {
    "module.yaml": """\
id: $id
title: $title
summary: Say in one sentence what the module is about.
lessons: [$id-first-lesson]
quizzes: [$id]
""",
    "$id-first-lesson.md": """\
---
id: $id-first-lesson
module: $id
title: First lesson
summary: Say in one sentence what the lesson is about.
objectives:
- {id: $id-who-says, text: Say who states something and what it rests on.}
---

Give the reader a reason to go on. What a source states is cited, as here [@$claim]. {#p-start}

```{.figure #fig-$id file=figures/$id.yaml}
```

```{.check #check-who objective=$id-who-says paragraph=p-start}
type: single_choice
prompt: What stands behind the first statement that the module $id cites?
options:
- text: A source with a name
  correct: true
  feedback: Yes; say how the reader can see it [@$claim].
- text: A reader of the text
  feedback: Say what leads to this misreading.
- text: A guess of our own
  feedback: Say what leads to this misreading too.
```

```{.dispute #p-two-sides}
question: On what do the sources differ?
positions:
- says: One reading
  text: Say what one side states [@$claim].
  rests_on: what it offers for it
- says: Another reading
  text: Say what the other side states [@$claim].
  rests_on: what it offers for it
relation: [different-things]
verdict: Say what a careful reader makes of the two [@$claim].
```

Say in the end what remains open. {#p-open}
""",
    "figures/$id.yaml": """\
title: A first figure
summary: Say in one sentence what the reader would see in the picture.
kind: table
columns: [What is stated, On what it rests]
rows:
- {cells: [The statement, The evidence offered], claims: [$claim]}
""",
    "questions/$id-first-lesson.yaml": """\
version: 1
lesson: $id-first-lesson
questions:

- id: $id-q01
  type: single_choice
  objective: $id-who-says
  level: recall
  points: 1
  facility: 0.8
  paragraph: p-start
  claims: [$claim]
  prompt: Who makes the first statement that the module $id cites?
  options:
  - text: The source that is cited
    correct: true
    feedback: Yes; say where it stands [@$claim].
    paragraph: p-start
  - text: The author of the lesson
    feedback: Say what leads to this misreading.
    paragraph: p-start
  - text: The reader of the lesson
    feedback: Say what leads to this misreading too.
    paragraph: p-start

- id: $id-q02
  type: true_false
  objective: $id-who-says
  level: understand
  points: 1
  facility: 0.7
  paragraph: p-two-sides
  claims: [$claim]
  prompt: In the module $id, two readings that differ must contradict each other.
  answer: false
  options:
  - {text: "True", feedback: They may speak of different things., paragraph: p-two-sides}
  - {text: "False", correct: true, feedback: Yes; they may speak of different things., paragraph: p-two-sides}
""",
    "quizzes/$id.yaml": """\
id: $id
title: $quiz_title
summary: Two questions on the first lesson.
review:
  after_submit: [score, correctness, answers, feedback, links]
stages:
- id: questions
  draws:
  - {count: 2, lesson: $id-first-lesson}
""",
}

_COURSE_FILES: Final[Mapping[str, str]] = {
    "course.yaml": """\
id: $id
title: $title
language: en
summary: Say in one sentence what the course is about.
modules:
- $module
# What the linter takes for too short or too long; docs/course-files.md lists the limits that can be set.
style:
  lesson_words: [20, 1200]
""",
    "sources.yaml": """\
version: 1
sources:
- id: first-source
  name: First source
  title: Title of the source
  authors: []
  publisher: who published it
  kind: news                           # opinion, essay, news, policy or compilation
  date: {best: when it was written, inferred: true, how: what shows the date}
  author_role_as_stated: none
  audience: for whom it was written
  purpose: what it was written for
  evidence_base: What it offers as evidence.
  careful_reader_notes: []
  location: {paragraphs: p1-p9}
""",
    "claims/first-source.yaml": """\
version: 1
source: first-source
claims:
- id: first-source-p1-a
  source: first-source
  locator: p1
  module: first-module
  type: attribution
  statement: Say in your own words what the source states.
  support: {kind: none, detail: what the source offers for it}
  hedging: certain
""",
}


def new_course(folder: Path, title: str | None = None) -> None:
    """Write a small course that passes the check; its id is the name of the folder, which must not hold anything.

    Raises Refused.
    """
    name = folder.resolve().name
    if not _SLUG.fullmatch(name):
        raise Refused(f"“{name}” cannot be the id of a course. Name the folder in small letters, digits and hyphens.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"There is something at {folder} already. Name a folder that is new or empty.")
    module_id = _NUMBER.sub("", FIRST_MODULE)
    values = {"id": name, "title": _quoted(title or name.replace("-", " ").capitalize()), "module": FIRST_MODULE}
    _write(folder, _COURSE_FILES, values)
    _write(
        folder / "modules" / FIRST_MODULE, _MODULE_FILES, _module_values(module_id, "First module", "first-source-p1-a")
    )


def new_module(folder: Path, name: str, title: str) -> str:
    """Write a module into the folder of a sound course, list it last in course.yaml, and return its id.

    The id is the name of its folder without a number before it. Raises Refused.
    """
    if not _SLUG.fullmatch(name):
        raise Refused(f"“{name}” cannot be a folder of a module. Use small letters, digits and hyphens.")
    course = load_course(folder).course
    course_file = folder / "course.yaml"
    text = course_file.read_bytes().decode() if course else ""
    yaml = read_yaml(course_file.name, text, IssueLog())
    if course is None or yaml is None:
        raise Refused("The course has errors, so nothing was added. Mend what courseware content check names first.")
    if not course.claims:
        raise Refused("The course has no claims, and a lesson cites some. Write a claim first.")
    module_id = _NUMBER.sub("", name)
    place = folder / "modules" / name
    if place.exists() or module_id in _taken(course):
        raise Refused(f"There is something called {name} or {module_id} already. Choose another name.")
    _write(place, _MODULE_FILES, _module_values(module_id, title, next(iter(course.claims))))
    course_file.write_bytes(_with_module(yaml, len(course.meta.modules), name).encode())
    return module_id


def _taken(course: Course) -> set[str]:
    """Return the ids that a module of the same name would give a second time."""
    lessons = {slug.removesuffix("-first-lesson") for slug in course.lessons}
    return {*(module.id for module in course.modules), *course.quizzes, *lessons}


def _module_values(module_id: str, title: str, claim: str) -> dict[str, str]:
    return {"id": module_id, "title": _quoted(title), "quiz_title": _quoted(f"Quiz: {title}"), "claim": claim}


def _quoted(text: str) -> str:
    """Return the text as YAML reads it back, whatever signs it holds."""
    return json.dumps(text, ensure_ascii=False)


def _write(folder: Path, files: Mapping[str, str], values: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / Template(name).substitute(values)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(text).substitute(values), encoding="utf-8")


def _with_module(yaml: YamlText, count: int, name: str) -> str:
    """Return course.yaml with one module more at the end of its list, and everything else as it was."""
    text = yaml.text
    whole, item = yaml.extent(("modules",)), yaml.extent(("modules", count - 1))
    if text[whole.start] == "[":
        return f"{text[: item.end]}, {name}{text[item.end :]}"
    line_end = "\r\n" if "\r\n" in text else "\n"
    before = text[text.rfind("\n", 0, item.start) + 1 : item.start]
    end_of_line = text.find("\n", item.end) + 1 or len(text)
    head = text[:end_of_line] if text[:end_of_line].endswith("\n") else text[:end_of_line] + line_end
    return f"{head}{before}{name}{line_end}{text[end_of_line:]}"
