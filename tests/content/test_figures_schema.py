"""The data of a figure."""

from courseware.content.figures_schema import Datum


def test_a_datum_names_its_claims_under_either_key() -> None:
    assert Datum(claim="a").claim_ids == ("a",)
    assert Datum(claim="a", claims=("b", "c")).claim_ids == ("a", "b", "c")
    assert Datum().claim_ids == ()
