"""Commands about attempts."""

from datetime import timedelta

import pytest

from courseware.attempts.models import AttemptState
from courseware.attempts.services import LOCK_WAIT_SECONDS
from tests.application import Clock
from tests.cli.conftest import Courseware
from tests.factories.attempts import start
from tests.factories.people import learner_of
from tests.people import MakeUser
from tests.tea import MakeClass


@pytest.mark.parametrize(("learners", "words"), [(1, "1 overdue attempt."), (2, "2 overdue attempts.")])
def test_sweep_submits_what_is_overdue_and_says_how_much(
    courseware: Courseware, make_tea_class: MakeClass, make_user: MakeUser, clock: Clock, learners: int, words: str
) -> None:
    class_ = make_tea_class("t1-q01", time_limit_minutes=20)
    attempts = [start(learner_of(class_, make_user, f"Learner {number}"), class_) for number in range(learners)]
    clock.advance(timedelta(minutes=20, seconds=10 + LOCK_WAIT_SECONDS))
    assert courseware("sweep").output == "Submitted 0 overdue attempts.\n"
    clock.advance(timedelta(seconds=1))
    assert courseware("sweep").output == f"Submitted {words}\n"
    assert courseware("sweep").output == "Submitted 0 overdue attempts.\n"
    assert {attempt.state for attempt in attempts} == {AttemptState.SUBMITTED}


def test_sweep_takes_no_words(courseware: Courseware) -> None:
    assert courseware("sweep", "now").exit_code == 2
