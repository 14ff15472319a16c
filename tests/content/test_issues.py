"""Issues: one line each, in order, with a way to mend."""

from courseware.content.issues import MENDING, Issue, IssueLog, Place, Rule, Severity


def test_an_issue_reads_as_an_editor_expects() -> None:
    issue = Issue("course.yaml", 3, 7, Rule.DEAD_CLAIM, "There is no claim “x”.")
    assert str(issue) == "course.yaml:3:7: dead-claim: There is no claim “x”."


def test_every_rule_says_how_to_mend_it() -> None:
    assert MENDING.keys() == set(Rule)
    assert all(sentence.endswith(".") for sentence in MENDING.values())


def test_issues_sort_by_file_line_and_column_and_stand_once() -> None:
    log = IssueLog()
    for place in (Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 2), Place("a", 9, 1), Place("a", 9, 1)):
        log.add(place, Rule.DEAD_TERM, "This.")
    assert [(issue.file, issue.line, issue.column) for issue in log.sorted()] == [
        ("a", 9, 1),
        ("a", 9, 2),
        ("a", 10, 1),
        ("b", 1, 1),
    ]


def test_a_warning_is_no_error() -> None:
    log = IssueLog()
    log.add(Place("a"), Rule.FILE_NOT_LISTED, "This.", Severity.WARNING)
    assert not log.has_errors
    log.add(Place("a"), Rule.FILE_NOT_LISTED, "This.")
    assert log.has_errors
