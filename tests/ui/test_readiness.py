"""What would add numbers, in words of people."""

from __future__ import annotations

from salesmetrics.query.readiness import Readiness, Unlock
from ui.readiness import sentences

CUSTOMERS = Unlock("orders", ("orders.customer_id",), False, tuple(f"c{n}" for n in range(8)))
DEALS = Unlock("opportunities", ("opportunities.status", "opportunities.amount"), True, tuple("abcdefg"))
BOTH = Unlock("orders", ("orders.cost", "orders.quantity"), False, tuple("xyz"))


def ready(*unlocks: Unlock, able: int = 11, of: int = 41) -> Readiness:
    lacking = {str(n): ("orders.cost",) for n in range(of - able)}
    return Readiness(tuple(str(n) for n in range(able)), lacking, unlocks)


def test_it_is_said_in_words_of_people() -> None:
    assert sentences(ready(CUSTOMERS, DEALS)) == [
        "11 of 41 numbers can be computed from your files.",
        "The column customer in your orders would add 8.",
        "A file of deals with status and amount would add 7.",
    ]


def test_where_nothing_is_lacking_nothing_is_asked_for() -> None:
    assert sentences(ready(able=41)) == ["All 41 numbers can be computed from your files."]


def test_the_line_names_single_things_and_no_more_than_three() -> None:
    said = sentences(ready(BOTH, CUSTOMERS, DEALS, CUSTOMERS, DEALS))
    assert len(said) == 4
    assert not any("together" in sentence for sentence in said)
