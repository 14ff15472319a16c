"""Whether the files of a course are those that it lists, under their right names."""

from courseware.content.draft import Draft, ModuleDraft
from courseware.content.issues import IssueLog, Place, Rule, Severity
from courseware.content.validation import raw_text


def check_folders(draft: Draft, log: IssueLog) -> None:
    """Log files that are listed and missing, present and not listed, or named otherwise than their id."""
    read = {module.folder for module in draft.modules}
    if draft.course:
        for position, folder in enumerate(draft.course.model.modules):
            if folder not in read:
                place = draft.course.place("modules", position)
                log.add(place, Rule.FILE_MISSING, f"There is no folder modules/{folder}.")
    for folder in draft.unlisted_folders:
        place = Place(f"modules/{folder}")
        log.add(place, Rule.FILE_NOT_LISTED, "course.yaml does not list this module.", Severity.WARNING)
    for name, claims in draft.claims.items():
        source = claims.yaml and raw_text(claims.yaml.value, "source")
        if claims.yaml and source and source != name:
            _log_name(log, claims.yaml.place(("source",)), source, name)
    for module in draft.modules:
        _check_lessons(module, log)
        _check_questions(module, log)
        _check_quizzes(module, log)


def _check_lessons(module: ModuleDraft, log: IssueLog) -> None:
    if module.head:
        for position, slug in enumerate(module.head.model.lessons):
            if slug not in module.lessons:
                place = module.head.place("lessons", position)
                log.add(place, Rule.LESSON_FILE_MISSING, f"There is no file {slug}.md.")
        for slug, lesson in module.lessons.items():
            if slug not in module.head.model.lessons:
                log.add(Place(lesson.file), Rule.LESSON_NOT_LISTED, "module.yaml does not list this lesson.")
    for slug, lesson in module.lessons.items():
        if lesson.front and lesson.front.model.id != slug:
            _log_name(log, lesson.front.place("id"), lesson.front.model.id, slug)
        if lesson.front and module.head and lesson.front.model.module != module.head.model.id:
            what = f"This lesson stands in the module “{module.head.model.id}”."
            log.add(lesson.front.place("module"), Rule.FILE_NAME, what)


def _check_questions(module: ModuleDraft, log: IssueLog) -> None:
    for name, file in module.questions.items():
        if module.head and name not in module.head.model.lessons:
            what = "No lesson of this name is listed."
            log.add(Place(file.file), Rule.QUESTION_FILE_WITHOUT_LESSON, what)
        slug = file.yaml and raw_text(file.yaml.value, "lesson")
        if file.yaml and slug and slug != name:
            _log_name(log, file.yaml.place(("lesson",)), slug, name)


def _check_quizzes(module: ModuleDraft, log: IssueLog) -> None:
    for name, quiz in module.quizzes.items():
        if quiz and quiz.model.id != name:
            _log_name(log, quiz.place("id"), quiz.model.id, name)
        if module.head and name not in module.head.model.quizzes:
            place = Place(module.file("quizzes", f"{name}.yaml"))
            log.add(place, Rule.FILE_NOT_LISTED, "module.yaml does not list this quiz.")
    if module.head:
        for position, name in enumerate(module.head.model.quizzes):
            if name not in module.quizzes:
                place = module.head.place("quizzes", position)
                log.add(place, Rule.FILE_MISSING, f"There is no file quizzes/{name}.yaml.")


def _log_name(log: IssueLog, place: Place, found: str, name: str) -> None:
    log.add(place, Rule.FILE_NAME, f"This says “{found}”, and the file is named “{name}”.")
