"""From a course folder to a course: read everything, check everything, build what is sound."""

from dataclasses import dataclass
from pathlib import Path

from courseware.content.builder import build_course
from courseware.content.checks import check_draft
from courseware.content.course import Course
from courseware.content.draft import read_draft
from courseware.content.issues import Issue, IssueLog
from courseware.content.names import gather_names


@dataclass(frozen=True, slots=True)
class LoadedCourse:
    """What came of loading: the course, unless there are errors, and every issue in order of place."""

    course: Course | None
    issues: list[Issue]


def load_course(folder: Path) -> LoadedCourse:
    """Load the course in the folder. All issues are found at once; warnings do not keep it from loading."""
    log = IssueLog()
    draft = read_draft(folder, log)
    check_draft(draft, gather_names(draft, log), log)
    if log.has_errors or draft.course is None or draft.sources is None:
        return LoadedCourse(None, log.sorted())
    return LoadedCourse(build_course(draft, draft.course.model, draft.sources.model), log.sorted())
