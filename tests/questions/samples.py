"""One sound definition of each question type, as an author writes it.

Whatever belongs to the key carries a word in capitals, so that a test can look for it where it must not be.
"""

from copy import deepcopy
from typing import Any

from courseware.questions.base import Question
from courseware.questions.registry import build

Definition = dict[str, Any]

COMMON: Definition = {
    "id": "tea-q01",
    "objective": "tea-brew",
    "level": "apply",
    "points": 2,
    "facility": 0.6,
    "paragraph": "p-water",
    "claims": ["leaf-p01-a"],
    "prompt": "What do you do with <em>tea</em>?",
}


def option(text: str, *, correct: bool = False) -> Definition:
    """Return an option with feedback and a paragraph of its own."""
    slug = text.lower().replace(" ", "-")
    return {
        "text": text,
        "correct": correct,
        "feedback": f"KEY feedback on {text}",
        "paragraph": f"p-{slug}",
        "misreading": "KEY misreading",
    }


SINGLE_CHOICE: Definition = {
    **COMMON,
    "type": "single_choice",
    "options": [option("Boil <em>it</em>"), option("Steep it", correct=True), option("Fry it"), option("Freeze it")],
}

MULTIPLE_RESPONSE: Definition = {
    **COMMON,
    "type": "multiple_response",
    "options": [
        option("Green", correct=True),
        option("Black", correct=True),
        option("Coffee"),
        option("White", correct=True),
        option("Cocoa"),
    ],
}

TRUE_FALSE: Definition = {
    **COMMON,
    "type": "true_false",
    "answer": False,
    "options": [option("True"), option("False", correct=True)],
}

SHORT_TEXT: Definition = {
    **COMMON,
    "type": "short_text",
    "ignore": ["case", "quotation marks", "final period"],
    "patterns": [
        {"accept": ["oolong", "KEY oolong tea"], "correct": True, "feedback": "KEY yes", "paragraph": "p-oolong"},
        {"like": ["o?long", "*blue*"], "credit": 0.5, "feedback": "KEY nearly", "paragraph": "p-spelling"},
        {"accept": ["green"], "feedback": "KEY another", "paragraph": "p-green"},
        {"otherwise": True, "feedback": "KEY look again", "paragraph": "p-water"},
    ],
}

NUMERIC: Definition = {
    **COMMON,
    "type": "numeric",
    "answer": 80.25,
    "unit": "percent",
    "tolerance": 0.25,
    "tolerance_reason": "KEY reason",
    "patterns": [
        {"from": 80, "to": 80.5, "correct": True, "feedback": "KEY yes", "paragraph": "p-heat"},
        {"from": 79, "to": 82, "credit": 0.25, "feedback": "KEY nearly", "paragraph": "p-heat"},
        {"from": 0.8, "to": 0.805, "feedback": "KEY fraction", "paragraph": "p-percent"},
        {"otherwise": True, "feedback": "KEY look again", "paragraph": "p-water"},
    ],
}

MATCHING: Definition = {
    **COMMON,
    "type": "matching",
    "points": 3,
    "choices": [
        {"id": "KEY-short", "text": "one minute", "feedback": "KEY fits green", "paragraph": "p-minute"},
        {"id": "KEY-medium", "text": "three minutes", "feedback": "KEY fits black", "paragraph": "p-minutes"},
        {"id": "KEY-long", "text": "ten minutes", "feedback": "KEY fits herbs", "paragraph": "p-herbs"},
        {"id": "KEY-none", "text": "a whole day", "feedback": "KEY fits nothing", "paragraph": "p-day"},
    ],
    "pairs": [
        {"prompt": "green tea", "answer": "KEY-short", "feedback": "KEY pair green", "paragraph": "p-green"},
        {"prompt": "black tea", "answer": "KEY-medium", "feedback": "KEY pair black", "paragraph": "p-black"},
        {"prompt": "herbal tea", "answer": "KEY-long", "feedback": "KEY pair herbs", "paragraph": "p-herbal"},
    ],
}

ORDERING: Definition = {
    **COMMON,
    "type": "ordering",
    "items": [
        {"id": "KEY-drink", "text": "drink"},
        {"id": "KEY-boil", "text": "boil water"},
        {"id": "KEY-pour", "text": "pour"},
        {"id": "KEY-pick", "text": "pick a leaf"},
    ],
    "answer": ["KEY-pick", "KEY-boil", "KEY-pour", "KEY-drink"],
    "patterns": [
        {
            "order": ["KEY-pick", "KEY-boil", "KEY-pour", "KEY-drink"],
            "correct": True,
            "feedback": "KEY yes",
            "paragraph": "p-order",
        },
        {
            "order": ["KEY-drink", "KEY-pour", "KEY-boil", "KEY-pick"],
            "feedback": "KEY backward",
            "paragraph": "p-backward",
        },
        {"before": ["KEY-pour", "KEY-boil"], "feedback": "KEY cold tea", "paragraph": "p-cold"},
        {"before": ["KEY-drink", "KEY-pour"], "feedback": "KEY empty cup", "paragraph": "p-cup"},
    ],
}

CLOZE: Definition = {
    **COMMON,
    "type": "cloze",
    "points": 3,
    "text": "Heat the water to {{KEY-heat}} degrees, <em>add {{ KEY-leaf }}</em> &amp; wait for {{KEY-wait}}.",
    "after": "KEY afterthought",
    "gaps": [
        {
            "id": "KEY-leaf",
            "type": "choice",
            "options": [option("leaves & buds", correct=True), option("bark"), option("roots")],
        },
        {
            "id": "KEY-wait",
            "type": "short_text",
            "width": 8,
            "patterns": [
                {"accept": ["a minute"], "correct": True, "feedback": "KEY yes", "paragraph": "p-minute"},
                {"otherwise": True, "feedback": "KEY look again"},
            ],
        },
        {
            "id": "KEY-heat",
            "type": "numeric",
            "answer": 80,
            "tolerance": 0,
            "tolerance_reason": "KEY reason",
            "patterns": [
                {"from": 80, "to": 80, "correct": True, "feedback": "KEY yes", "paragraph": "p-heat"},
                {"otherwise": True, "feedback": "KEY look again", "paragraph": "p-water"},
            ],
        },
    ],
}

ESSAY: Definition = {
    **COMMON,
    "type": "essay",
    "points": 4,
    "min_words": 3,
    "max_words": 5,
    "guidance": "Say what <em>you</em> see.",
    "criteria": [{"id": "sees", "text": "KEY sees", "points": 2.5}, {"id": "says", "text": "KEY says", "points": 1.5}],
    "model": "KEY model",
}

BY_TYPE: dict[str, Definition] = {
    definition["type"]: definition
    for definition in (
        SINGLE_CHOICE,
        MULTIPLE_RESPONSE,
        TRUE_FALSE,
        SHORT_TEXT,
        NUMERIC,
        MATCHING,
        ORDERING,
        CLOZE,
        ESSAY,
    )
}


def changed(definition: Definition, **changes: object) -> Definition:
    """Return a copy with some keys changed; a key that becomes None is gone."""
    copy = {**deepcopy(definition), **changes}
    return {key: value for key, value in copy.items() if value is not None}


def built(definition: Definition, **changes: object) -> Question:
    """Build a sample with some keys changed."""
    return build(changed(definition, **changes))


def key_of(question: Question) -> list[tuple[str, str, str | None, str]]:
    """Return the label, the text, the state and the feedback of each line of a key."""
    return [
        (part.label, part.text or " / ".join(part.lines), part.state, " / ".join(note.feedback for note in part.notes))
        for part in question.key_parts()
    ]
