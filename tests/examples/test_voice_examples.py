"""The worked examples of satisfaction and recommendation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesmetrics.model.dataset import Dataset
from tests.company import EXAMPLE_ORDERS, EXAMPLE_TABLES, Q2, answers, ask, dataset, days, example_company


def _answer(customer: str | None, score: float, day: str = "2024-05-10", kind: str = "csat", **scale: Any):
    return {"customer_id": customer, "date": day, "score": score, "kind": kind} | scale


def _asked(folder: Path, rows: list[dict[str, Any]], **tables: Any) -> Dataset:
    whole = [dict.fromkeys(("scale_min", "scale_max")) | row for row in rows]
    return dataset({"feedback": whole, "orders": EXAMPLE_ORDERS, **tables}, folder)


def test_satisfaction_of_five(tmp_path: Path):
    scores = [5, 5, 4, 3, 2]
    data = _asked(tmp_path, [_answer(f"C{place}", score) for place, score in enumerate(scores)])
    answer = ask(data, "csat", Q2)
    assert (answer.value, answer.numerator, answer.denominator, answer.n) == (0.6, 3, 5, 5)
    assert round(answer.details["low"], 3) == 0.231
    assert round(answer.details["high"], 3) == 0.882
    assert answer.details["mean_score"] == pytest.approx(sum(scores) / 5) == pytest.approx(3.8)
    assert answer.warns("few_answers")


def test_the_range_is_that_of_wilson_as_scipy_gives_it(tmp_path: Path):
    from scipy.stats import binomtest

    data = _asked(tmp_path, [_answer(f"C{place}", 5 if place < 9 else 1) for place in range(14)])
    answer = ask(data, "csat", Q2)
    expected = binomtest(9, 14).proportion_ci(method="wilson")
    assert (answer.details["low"], answer.details["high"]) == pytest.approx((expected.low, expected.high))
    assert not answer.warns("few_answers")


def test_each_customer_counts_once_with_the_last_answer_of_the_period(tmp_path: Path):
    rows = [_answer("A", 1, "2024-04-02"), _answer("A", 5, "2024-06-20"), _answer("A", 2, "2024-07-01"),
            _answer("B", 5, "2024-03-31"), _answer("B", 2, "2024-04-01")]  # fmt: skip
    data = _asked(tmp_path, rows)
    both = ask(data, "csat", Q2, as_of=date(2024, 7, 5))
    assert (both.numerator, both.denominator) == (1, 2)
    months = answers(data, "csat", days("2024-03-01", "2024-07-31"), grain="month", as_of=date(2024, 7, 31))
    shares = {start.month: (answer.numerator, answer.denominator) for start, answer in months.items()}
    assert shares == {3: (1, 1), 4: (0, 2), 5: (0, 0), 6: (1, 1), 7: (0, 1)}


def test_of_two_answers_on_one_day_the_lower_counts_in_whatever_order(tmp_path: Path):
    rows = [_answer("A", 5), _answer("A", 2)]
    for name, order in (("one", rows), ("other", rows[::-1])):
        (tmp_path / name).mkdir()
        assert ask(_asked(tmp_path / name, order), "csat", Q2).numerator == 0


def test_answers_without_a_customer_count_each(tmp_path: Path):
    data = _asked(tmp_path, [_answer(None, 5), _answer(None, 5), _answer(None, 1), _answer("A", 4)])
    assert (ask(data, "csat", Q2).numerator, ask(data, "csat", Q2).denominator) == (3, 4)


@pytest.mark.parametrize(
    ("low", "high", "satisfied", "not_satisfied"),
    [(1, 5, 4, 3.9), (None, None, 4, 3), (0, 10, 7.5, 7), (1, 7, 5.5, 5), (0, 100, 75, 74), (1, 3, 2.5, 2)],
)
def test_satisfied_is_the_top_quarter_of_any_scale(tmp_path, low, high, satisfied, not_satisfied):
    rows = [_answer("A", satisfied, scale_min=low, scale_max=high),
            _answer("B", not_satisfied, scale_min=low, scale_max=high)]  # fmt: skip
    answer = ask(_asked(tmp_path, rows), "csat", Q2)
    assert (answer.numerator, answer.denominator) == (1, 2)


def test_scores_of_different_scales_have_no_mean(tmp_path: Path):
    rows = [_answer("A", 5), _answer("B", 9, scale_min=0, scale_max=10)]
    assert ask(_asked(tmp_path, rows), "csat", Q2).details["mean_score"] is None


def test_scores_off_their_scale_are_left_out_and_lower_the_coverage(tmp_path: Path):
    rows = [_answer("A", 5), _answer("B", 4), _answer("C", 2), _answer("D", 6), _answer("E", None)]
    answer = ask(_asked(tmp_path, rows), "csat", Q2)
    assert (answer.numerator, answer.denominator) == (2, 3)
    assert answer.warns("coverage:0.6")
    most = [_answer("A", 5), _answer("B", 8), _answer("C", 9)]
    (tmp_path / "most").mkdir()
    assert ask(_asked(tmp_path / "most", most), "csat", Q2).reason == "low_coverage"


def test_nothing_answered_is_no_rate(tmp_path: Path):
    data = _asked(tmp_path, [_answer("A", 5, "2024-03-10"), _answer("B", 5, "2024-06-25")])
    assert ask(data, "csat", days("2024-04-01", "2024-04-30")).reason == "no_rows"
    assert ask(data, "nps", Q2).reason == "no_rows"
    assert ask(example_company(), "csat", Q2).reason.startswith("missing_column:feedback")


def test_satisfaction_by_what_is_known_of_the_customer(tmp_path: Path):
    customers = [{"customer_id": "A", "segment": "Large", "region": "North", "rep_id": None},
                 {"customer_id": "B", "segment": None, "region": None, "rep_id": "R1"}]  # fmt: skip
    rows = [_answer("A", 5), _answer("B", 1), _answer("Z", 4)]
    data = _asked(tmp_path, rows, customers=customers, reps=EXAMPLE_TABLES["reps"])
    # A last bought P of R2 in the West, B P of R1 in the East; of Z nothing is known.
    assert set(answers(data, "csat", Q2, by=("segment",))) == {"Large", "(unknown)"}
    regions = answers(data, "csat", Q2, by=("region",))
    assert {name: a.value for name, a in regions.items()} == {"North": 1, "East": 0, "(unknown)": 1}
    products = answers(data, "csat", Q2, by=("product",))
    assert {name: a.denominator for name, a in products.items()} == {"P": 2, "(unknown)": 1}
    bands = answers(data, "csat", Q2, by=("tenure",))
    # On 10 May R2 has been there for 25 months, R1 for four.
    assert {name: a.denominator for name, a in bands.items()} == {"2-5y": 1, "3-6m": 1, "(unknown)": 1}


def test_the_product_is_the_one_last_bought_before_the_answer(tmp_path: Path):
    rows = [_answer("A", 5, "2024-01-09"), _answer("A", 5, "2024-01-10"), _answer("C", 5, "2024-05-01")]
    data = _asked(tmp_path, rows)
    # Of O1, P for 200 and Q for 100, P counts; on 9 January A had bought nothing.
    assert set(answers(data, "csat", days("2024-01-01", "2024-01-09"), by=("product",))) == {"(unknown)"}
    assert set(answers(data, "csat", days("2024-01-10", "2024-01-31"), by=("product",))) == {"P"}
    assert set(answers(data, "csat", Q2, by=("product",))) == {"Q"}


def test_who_was_satisfied_is_set_against_who_bought_again(tmp_path: Path):
    rows = [_answer("A", 5, "2024-01-10"), _answer("B", 2, "2024-02-05"), _answer("C", 4, "2024-02-10"),
            _answer("D", 3, "2024-06-01")]  # fmt: skip
    data = _asked(tmp_path, rows)
    answer = ask(data, "csat", days("2024-01-01", "2024-06-30"), params={"csat.horizon": "100"})
    # Sales are known to 1 June. A bought 91 days later, C 70; B 117 days later; D's hundred days are not over.
    assert answer.details["bought_again_satisfied"] == 1
    assert answer.details["customers_satisfied"] == 2
    assert answer.details["bought_again_dissatisfied"] == 0
    assert (answer.details["bought_again_neutral"], answer.details["customers_neutral"]) == (None, 0)
    longer = ask(data, "csat", days("2024-01-01", "2024-06-30"), params={"csat.horizon": "117"})
    assert longer.details["bought_again_dissatisfied"] == 1


def test_satisfaction_without_orders(tmp_path: Path):
    data = dataset({"feedback": [_answer("A", 5), _answer("B", 2)]}, tmp_path)
    answer = ask(data, "csat", Q2)
    assert (answer.value, answer.details["bought_again_satisfied"]) == (0.5, None)


def test_recommendation_of_seven(tmp_path: Path):
    scores = [10, 9, 9, 8, 7, 6, 3]
    data = _asked(tmp_path, [_answer(f"C{place}", score, kind="nps") for place, score in enumerate(scores)])
    answer = ask(data, "nps", Q2)
    assert round(answer.value, 1) == 14.3
    assert (answer.numerator, answer.denominator) == (1, 7)
    promoters, detractors = 3 / 7, 2 / 7
    spread = promoters + detractors - (promoters - detractors) ** 2
    assert answer.details["standard_error"] == pytest.approx(100 * (spread / 7) ** 0.5)
    shares = answer.details["promoters"], answer.details["passives"], answer.details["detractors"]
    assert shares == pytest.approx((3 / 7, 2 / 7, 2 / 7))


def test_recommendation_runs_from_minus_to_plus_a_hundred(tmp_path: Path):
    for score, value in ((10, 100), (0, -100), (8, 0)):
        folder = tmp_path / str(score)
        folder.mkdir()
        data = _asked(folder, [_answer("A", score, kind="nps"), _answer("B", score, kind="nps")])
        assert ask(data, "nps", Q2).value == value


def test_recommendation_takes_a_scale_from_0_to_10_alone(tmp_path: Path):
    other = [_answer(f"C{place}", 5, kind="nps", scale_min=1, scale_max=5) for place in range(3)]
    answer = ask(_asked(tmp_path, other), "nps", Q2)
    assert (answer.value, answer.reason) == (None, "low_coverage")
    (tmp_path / "some").mkdir()
    some = ask(
        _asked(tmp_path / "some", [*other[:1], _answer("A", 9, kind="nps"), _answer("B", 3, kind="nps")]),
        "nps",
        Q2,
    )
    assert (some.value, some.denominator) == (0, 2)
    assert some.warns("coverage:0.667")
