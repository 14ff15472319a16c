"""What somebody types is stored as it stands, and shown as it is stored; or refused, and nothing is stored."""

import random
import re
from http import HTTPStatus

import pytest
from flask_sqlalchemy import SQLAlchemy
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import select

from courseware.attempts.models import AttemptQuestion
from tests.essay_quiz import QUESTIONS
from tests.hostile.pages import read_page
from tests.hostile.requests import HOSTILE_TEXTS
from tests.http_client import Client
from tests.scale import HOSTILE_TEXTS as COUNT

HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
ESSAY, SHORT_TEXT = 1, QUESTIONS + 1

texts = st.one_of(
    st.sampled_from(HOSTILE_TEXTS),
    st.text(st.characters(codec=None), max_size=30),
    st.text(st.sampled_from("a \n\r\t<>&\"'\\\0é\u2028\u202e\u200d😀"), max_size=30),
)


def stored(db: SQLAlchemy, position: int) -> tuple[int, str]:
    db.session.commit()
    item = db.session.scalars(select(AttemptQuestion).where(AttemptQuestion.position == position)).one()
    text = "" if item.response is None else item.response["text"]
    assert isinstance(text, str)
    return item.version, text


@pytest.mark.parametrize("position", [ESSAY, SHORT_TEXT])
@pytest.mark.parametrize("way", ["script", "form"])
def test_a_text_is_shown_as_it_was_typed_or_refused(
    db: SQLAlchemy, writer: Client, attempt: str, position: int, way: str
) -> None:
    number = random.getrandbits(32)
    print(f"seed of the texts: {number}")

    @seed(number)
    @settings(
        max_examples=COUNT,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(texts)
    def type_in(text: str) -> None:
        version, before = stored(db, position)
        if way == "script":
            answer = writer.put(
                f"{attempt}/responses/{position}",
                json={"version": version, "flagged": False, "fields": {"answer": [text]}},
                headers={"Idempotency-Key": f"{position}-{version}-{random.getrandbits(64)}"},
            )
            accepted = answer.status_code == HTTPStatus.OK
        else:
            text = HALF_A_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)  # as browsers do
            answer = writer.post(attempt, data={f"q{position}-version": str(version), f"q{position}-answer": text})
            accepted = answer.status_code == HTTPStatus.SEE_OTHER
        shown = read_page(writer.get(attempt).text).controls[f"q{position}-answer"]
        if accepted:
            assert shown == stored(db, position)[1] == _as_stored(text, position)
        else:
            assert answer.status_code in {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
            assert stored(db, position) == (version, before)
            assert shown == before

    type_in()


def _as_stored(text: str, position: int) -> str:
    """Return a text as it is documented to be stored: blank is no answer, and a line break is one character."""
    if position == ESSAY:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip() else ""
