"""Short text."""

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.base import InvalidResponse, Question
from courseware.questions.short_text import (
    ANY_ONE,
    ANY_RUN,
    DEFAULT_WIDTH,
    FOLDINGS,
    LONGEST_TEXT,
    PATTERN_SIGNS,
    ShortText,
    fold,
    is_like,
)
from tests.questions.samples import SHORT_TEXT, Definition, built, changed, key_of

OTHERWISE = SHORT_TEXT["patterns"][-1]


def earned(question: Question, text: str) -> float:
    """Return the points for a text."""
    score = question.score({"text": text})
    assert score is not None
    return float(score.earned)


def accepting(*texts: str, ignore: list[str] | None = None) -> Question:
    """Return a question with these right answers, worth two points."""
    patterns = [{"accept": list(texts), "correct": True, "feedback": "Yes"}, OTHERWISE]
    return built(changed(SHORT_TEXT, ignore=ignore), patterns=patterns)


@pytest.mark.parametrize(
    ("text", "ignore", "folded"),
    [
        ("  two\u00a0 words ", [], "two words"),
        ("“Quoted”", [], '"Quoted"'),
        ("it\N{RIGHT SINGLE QUOTATION MARK}s", [], "it's"),
        ("it\N{ACUTE ACCENT}s", [], "it's"),
        ("ﬁne", [], "fine"),
        ("e\u0301", [], "é"),
        ("STRASSE straße", ["case"], "strasse strasse"),
        ("“Quoted” 'too'", ["quotation marks"], "Quoted too"),
        ("End. ", ["final period"], "End"),
        ("C.D.C.", ["final period"], "C.D.C"),
        ("“End.”", ["quotation marks", "final period"], "End"),
        ("Café", ["accents"], "Cafe"),
        ("drug-related/other, C.D.C.!", ["punctuation"], "drug related other CDC"),
    ],
)
def test_folding_drops_what_is_to_be_ignored_and_no_more(text: str, ignore: list[str], folded: str) -> None:
    assert fold(text, ignore) == folded


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))), st.sets(st.sampled_from(sorted(FOLDINGS))))
def test_folding_leaves_single_spaces_inside_only(text: str, ignore: set[str]) -> None:
    folded = fold(text, ignore)
    assert folded == " ".join(folded.split())


@given(st.text(alphabet="ab", max_size=12), st.text(alphabet="ab*?", max_size=8))
def test_a_pattern_fits_what_a_shell_pattern_fits(text: str, pattern: str) -> None:
    assert is_like(text, pattern.translate(PATTERN_SIGNS)) == fnmatch.fnmatchcase(text, pattern)


def test_signs_of_a_pattern_stand_for_themselves_in_a_text() -> None:
    assert not is_like("*", "a")
    assert not is_like("ab", "*")
    assert is_like("a*b?", "a*b?")


def test_a_pattern_made_to_be_slow_is_decided_with_little_work() -> None:
    pattern = (ANY_RUN + "a") * 60 + "b"
    assert not is_like("a" * LONGEST_TEXT, pattern)
    assert is_like("a" * LONGEST_TEXT + "b", pattern)


def test_one_sign_is_any_sign() -> None:
    assert is_like("tea", f"t{ANY_ONE}a")
    assert not is_like("ta", f"t{ANY_ONE}a")


@pytest.mark.parametrize(
    ("text", "points"),
    [("Oolong", 2), ("“oolong”.", 2), ("o-long", 1), ("some Blue tea", 1), ("green", 0), ("water", 0), (".", 0)],
)
def test_the_first_pattern_that_fits_counts(text: str, points: float) -> None:
    assert earned(built(SHORT_TEXT), text) == points


def test_what_is_not_to_be_ignored_matters() -> None:
    question = accepting("Green tea", ignore=[])
    assert [earned(question, text) for text in ("Green tea", "green tea", "Green tea.")] == [2, 0, 0]


def test_case_quotation_marks_and_final_period_are_ignored_unless_the_author_says_otherwise() -> None:
    assert earned(accepting("Green tea"), "“green tea.”") == 2


def test_a_text_is_kept_as_typed() -> None:
    question = built(SHORT_TEXT)
    assert question.read_response({"answer": [" Tea. "]}, question.layout(None)) == {"text": " Tea. "}
    assert question.completeness({"text": "Tea"}).text == "Answered"


def test_a_text_that_is_too_long_is_refused() -> None:
    question = built(SHORT_TEXT)
    with pytest.raises(InvalidResponse, match="at most 500"):
        question.read_response({"answer": ["a" * 501]}, question.layout(None))


def test_partial_credit_is_announced_where_there_is_some() -> None:
    assert "comes close" in built(SHORT_TEXT).describe_scoring()
    assert accepting("tea").describe_scoring() == ""


def test_a_review_shows_the_text_its_note_and_the_best_answer() -> None:
    question = built(SHORT_TEXT)
    given_part, best = question.review({"text": "o-long"}, question.layout(None)).parts
    assert (given_part.text, given_part.state, given_part.notes[0].feedback) == ("o-long", "partly", "KEY nearly")
    assert (best.text, best.notes[0].feedback) == ("oolong", "KEY yes")
    assert len(question.review({"text": "OOLONG"}, question.layout(None)).parts) == 1


@pytest.mark.parametrize(("width", "size"), [(12, 12), (None, DEFAULT_WIDTH), (500, 60)])
def test_the_width_of_the_field_stays_in_bounds(width: int | None, size: int) -> None:
    question = built(SHORT_TEXT, width=width)
    assert isinstance(question, ShortText)
    assert question.width == size


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        ([OTHERWISE], "one with accept and correct"),
        ([{"like": ["a*"], "correct": True, "feedback": "Yes"}, OTHERWISE], "one with accept and correct"),
        ([{"accept": ["a"], "like": ["b"], "feedback": "Yes"}, OTHERWISE], "either accept or like"),
        ([{"feedback": "Yes"}, OTHERWISE], "either accept or like"),
        ([{"accept": ["“.”"], "correct": True, "feedback": "Yes"}, OTHERWISE], "nothing is left"),
        ([{"like": ["."], "feedback": "Yes"}, OTHERWISE], "nothing is left"),
        ([{"accept": ["a" * 201], "correct": True, "feedback": "Yes"}, OTHERWISE], "longer than 200"),
        (
            [
                {"like": ["t*"], "feedback": "No"},
                {"accept": ["tea"], "correct": True, "feedback": "Yes"},
                OTHERWISE,
            ],
            "fits an earlier pattern",
        ),
    ],
)
def test_an_unsound_short_text_is_refused(patterns: list[Definition], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(SHORT_TEXT, patterns=patterns)


def test_only_known_differences_may_be_ignored() -> None:
    with pytest.raises(ValueError, match="ignore may hold only: case"):
        built(SHORT_TEXT, ignore=["spelling"])


def test_a_key_tells_of_every_pattern_as_it_was_written() -> None:
    assert key_of(built(SHORT_TEXT)) == [
        ("Answer", "oolong / KEY oolong tea", "right", "KEY yes"),
        ("Any answer like, for 50% of the points", "o?long / *blue*", "partly", "KEY nearly"),
        ("Answer", "green", "not-right", "KEY another"),
        ("Any other answer", "", "not-right", "KEY look again"),
    ]
