"""The worked examples of lists of customers: RFM segments, high value, risk of churn."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from salesmetrics.model.dataset import Dataset
from tests.company import AS_OF, H1, Q1, answers, ask, dataset, example_company


def _orders(*rows: tuple[str, int, float], **more: Any) -> list[dict[str, Any]]:
    """Give an order for each (customer, days before the end, amount)."""
    return [
        {
            "order_id": str(k), "order_date": str(AS_OF - timedelta(days=ago)), "customer_id": customer,
            "amount": amount, **more,
        }
        for k, (customer, ago, amount) in enumerate(rows)
    ]  # fmt: skip


def _bought(folder: Path, *rows: tuple[str, int, float], **more: Any) -> Dataset:
    return dataset({"orders": _orders(*rows, **more)}, folder)


def test_of_few_customers_only_the_raw_figures_are_given():
    whole = ask(example_company(), "rfm_segment", H1)
    assert (whole.value, whole.reason, whole.n) == (None, "n_too_small", 3)
    each = answers(example_company(), "rfm_segment", H1, by=("customer",))
    raw = {
        customer: tuple(answer.details[name] for name in ("recency_days", "frequency", "money"))
        for customer, answer in each.items()
        if answer.n
    }
    assert raw == {"A": (81, 2, 600), "B": (29, 2, 250), "C": (71, 1, 100)}
    assert all(answer.details["segment"] is None for answer in each.values())


def test_scores_are_middle_ranks_in_fifths(tmp_path: Path):
    # The toy's five recencies, each of four customers: n is 20, and every share of ranks below stays the same.
    recency = {f"{name}{k}": ago for k in range(4) for name, ago in zip("ABCDE", (5, 10, 10, 40, 90), strict=True)}
    data = _bought(tmp_path, *((customer, ago, 100) for customer, ago in recency.items()))
    each = answers(data, "rfm_segment", H1, by=("customer",))
    scores = {customer: answer.details["recency_score"] for customer, answer in each.items()}
    assert scores == {name: {5: 5, 10: 4, 40: 2, 90: 1}[ago] for name, ago in recency.items()}
    # All bought once and for the same: everyone stands in the middle.
    assert {answer.details["frequency_score"] for answer in each.values()} == {3}
    assert {answer.details["money_score"] for answer in each.values()} == {3}
    segments = {answer.row["customer"]: answer.details["segment"] for answer in each.values()}
    assert {segments[f"{name}0"] for name in "ABC"} == {"new"}
    assert (segments["D0"], segments["E0"]) == ("at_risk", "at_risk")


def test_segments_by_how_lately_and_how_often(tmp_path: Path):
    # Four customers of each kind: days since the last purchase, number of purchases (each ten days before the next).
    kinds = {"champion": (1, 9), "new": (2, 1), "loyal": (50, 8), "risk": (90, 7), "lost": (200, 2)}
    rows = [
        (f"{kind}{k}", last + 10 * nth, 10.0)
        for kind, (last, purchases) in kinds.items() for k in range(4) for nth in range(purchases)
    ]  # fmt: skip
    data = _bought(tmp_path, *rows)
    each = answers(data, "rfm_segment", H1, by=("customer",))
    # Recency scores 5, 4, 3, 2, 1; frequency scores 5, 1, 4, 3, 2.
    expected = {"champion": "champions", "new": "new", "loyal": "loyal", "risk": "at_risk", "lost": "lost"}
    assert {name[:-1]: answer.details["segment"] for name, answer in each.items()} == expected
    whole = ask(data, "rfm_segment", H1)
    assert (whole.value, whole.details["champions"], whole.details["regular"]) == (20, 4, 0)


def test_a_purchase_a_year_ago_is_out_of_the_scores(tmp_path: Path):
    rows = [(f"C{k}", k, 10.0) for k in range(20)]
    data = _bought(tmp_path, *rows, ("old", 365, 10.0), ("edge", 364, 10.0))
    each = answers(data, "rfm_segment", H1, by=("customer",))
    assert ask(data, "rfm_segment", H1).value == 21
    assert (each["edge"].value, each["old"].value) == (1, 0)


def test_two_customers_bring_four_fifths_of_the_profit():
    whole = ask(example_company(), "high_value_customers", H1)
    assert (whole.value, whole.details["worth"]) == (2, 320)
    assert whole.details["share"] == pytest.approx(320 / 370)
    each = answers(example_company(), "high_value_customers", H1, by=("customer",))
    assert {name for name, answer in each.items() if answer.value} == {"A", "B"}
    assert (each["A"].details["worth"], each["B"].details["worth"]) == (250, 70)
    assert each["A"].details["profit_to_date"] == 250


def test_exactly_four_fifths_are_enough(tmp_path: Path):
    data = _bought(tmp_path, ("A", 10, 50), ("B", 10, 30), ("C", 10, 20))
    answer = ask(data, "high_value_customers", H1)
    assert (answer.value, answer.details["share"]) == (2, pytest.approx(0.8))


def test_without_costs_customers_are_valued_by_revenue(tmp_path: Path):
    data = _bought(tmp_path, ("A", 10, 60), ("B", 10, 40), ("C", 400, 900), ("D", 3, -10))
    answer = ask(data, "high_value_customers", H1)
    assert (answer.value, answer.details["worth"]) == (2, 100)
    assert answer.warns("valued_by_revenue")
    assert not ask(example_company(), "high_value_customers", H1).warns("valued_by_revenue")


def test_costs_of_few_rows_are_too_few_to_rank_by(tmp_path: Path):
    orders = _orders(("A", 10, 90)) + _orders(("B", 10, 10), cost=1)
    answer = ask(dataset({"orders": orders}, tmp_path), "high_value_customers", H1)
    assert (answer.value, answer.reason) == (None, "low_coverage")


def test_a_high_value_customer_who_stays_away_is_marked(tmp_path: Path):
    rows = [("A", ago, 100.0) for ago in (100, 90, 80, 70)] + [("B", ago, 1.0) for ago in (30, 20, 10)]
    each = answers(_bought(tmp_path, *rows), "high_value_customers", H1, by=("customer",))
    assert (each["A"].value, each["A"].details["risk"], each["B"].value) == (1, "lost", 0)


def test_nobody_of_the_example_is_overdue():
    whole = ask(example_company(), "churn_risk", H1)
    assert (whole.value, whole.n, whole.details["money_at_risk"]) == (0, 3, 0)
    each = answers(example_company(), "churn_risk", H1, by=("customer",))
    gaps = {name: round(each[name].details["usual_gap"], 1) for name in "ABC"}
    passed = {name: round(each[name].details["gaps_passed"], 2) for name in "ABC"}
    # C has no gap of its own: what is usual for all is usual for it.
    assert gaps == {"A": 99.7, "B": 108.3, "C": 104}
    assert passed == {"A": 0.81, "B": 0.27, "C": 0.68}


def test_levels_of_risk_and_the_money_behind_them(tmp_path: Path):
    # Three gaps of ten days each: what counts is how many of them have passed since.
    rows = [(f"after {ago}", ago + back, 10.0) for ago in (14, 15, 19, 20, 39, 40) for back in (0, 10, 20, 30)]
    data = _bought(tmp_path, *rows)
    each = answers(data, "churn_risk", H1, by=("customer",))
    assert {name: answer.details["risk"] for name, answer in each.items()} == {
        "after 14": None, "after 15": "watch", "after 19": "watch", "after 20": "high", "after 39": "high",
        "after 40": "lost",
    }  # fmt: skip
    whole = ask(data, "churn_risk", H1)
    assert (whole.value, whole.details["watch"], whole.details["high"], whole.details["lost"]) == (5, 2, 2, 1)
    assert (whole.details["money_at_risk"], whole.details["money_share"]) == (200, pytest.approx(200 / 240))


def test_before_anybody_came_back_nothing_is_usual():
    answer = ask(example_company(), "churn_risk", Q1)
    assert (answer.value, answer.reason) == (None, "n_too_small")


def test_a_customer_belongs_to_the_part_of_its_last_purchase():
    # B bought in the East first and in the West last.
    parts = answers(example_company(), "high_value_customers", H1, by=("region",))
    assert {part: answer.value for part, answer in parts.items() if answer.value} == {"West": 2}
    assert ask(example_company(), "high_value_customers", Q1).value == 2
    assert ask(example_company(), "high_value_customers", Q1, region="East").value == 2


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, pd.DataFrame]:
    """Sixty customers who bought up to nine times over 700 days, and the same as a frame of purchases."""
    chance = random.Random(7)
    rows = sorted({(f"C{chance.randrange(60)}", chance.randrange(700)) for _ in range(300)})
    bought = [(customer, ago, float(chance.randrange(1, 400))) for customer, ago in rows]
    data = _bought(tmp_path_factory.mktemp("sixty"), *bought)
    return data, pd.DataFrame(bought, columns=["customer", "ago", "amount"])


def test_segments_of_sixty_customers_by_pandas(sixty):
    data, bought = sixty
    each = (
        bought[bought["ago"] < 365]
        .groupby("customer")
        .agg(recency=("ago", "min"), frequency=("ago", "size"), money=("amount", "sum"))
    )
    assert len(each) >= 40

    def score(values: pd.Series) -> pd.Series:
        return 1 + np.floor(5 * (values.rank() - 0.5) / len(values))

    each["r"], each["f"], each["m"] = score(-each["recency"]), score(each["frequency"]), score(each["money"])
    lately, often = each["r"], each["f"]
    each["segment"] = np.select(
        [
            (lately >= 4) & (often >= 4), (often >= 4) & (lately == 3), (lately >= 4) & (each["frequency"] == 1),
            (lately <= 2) & (often >= 3), (lately == 1) & (often <= 2),
        ],
        ["champions", "loyal", "new", "at_risk", "lost"], "regular",
    )  # fmt: skip
    found = answers(data, "rfm_segment", H1, by=("customer",))
    names = ("recency_days", "frequency", "money", "recency_score", "frequency_score", "money_score", "segment")
    assert {
        customer: tuple(answer.details[name] for name in names) for customer, answer in found.items() if answer.n
    } == {str(customer): tuple(row) for customer, row in each.iterrows()}
    whole = ask(data, "rfm_segment", H1).details
    assert {name: whole[name] for name in set(each["segment"])} == each["segment"].value_counts().to_dict()


def test_risk_of_sixty_customers_by_pandas(sixty):
    data, bought = sixty
    gaps = bought.sort_values(["customer", "ago"]).groupby("customer")["ago"].diff()
    usual = gaps.median()
    found = answers(data, "churn_risk", H1, by=("customer",))
    levels = set()
    for customer, own in gaps.groupby(bought["customer"]):
        k = own.count()
        expected = own.median() if k >= 3 else ((k * own.median() if k else 0) + 2 * usual) / (k + 2)
        passed = bought.loc[bought["customer"] == customer, "ago"].min() / expected
        level = next((name for name, at in (("lost", 4), ("high", 2), ("watch", 1.5)) if passed >= at), None)
        details = found[customer].details
        assert (details["usual_gap"], details["gaps_passed"]) == pytest.approx((expected, passed))
        assert details["risk"] == level
        levels.add(level)
    assert levels == {"lost", "high", "watch", None}
