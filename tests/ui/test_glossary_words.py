"""A search of the glossary finds a number by whatever people call it."""

from __future__ import annotations

import pytest

from salesmetrics.metrics import CATALOGUE, Better, Unit
from salesmetrics.query.glossary import glossary
from ui.glossary_words import better_words, found, inputs_words, lack_words, listed, source_words, unit_words


def first(asked: str) -> str:
    return found(asked, glossary().values())[0][0].id


@pytest.mark.parametrize(
    ("asked", "metric"),
    [
        ("ATV", "average_transaction_value"),
        ("aov", "average_transaction_value"),
        ("客单价", "average_transaction_value"),
        ("win rate", "win_rate"),
        ("win_rate", "win_rate"),
        ("Win", "win_rate"),
        ("赢单率", "win_rate"),
        ("贏單率", "win_rate"),
        ("HHI", "hhi"),
        ("yoy", "growth_yoy"),
        ("毛利", "gross_profit"),
        ("sales cycle", "sales_cycle_length"),
    ],
)
def test_a_name_in_any_form_finds_its_metric_first(asked: str, metric: str) -> None:
    assert first(asked) == metric


def test_every_metric_is_found_by_its_id_and_by_both_its_names() -> None:
    for metric in CATALOGUE.values():
        for asked in (metric.id, metric.title, metric.title_zh):
            # Two metrics may share a Chinese name; each is then found among the exact ones.
            exact = [entry.id for entry, is_exact in found(asked, glossary().values()) if is_exact]
            assert metric.id in exact, asked


def test_what_is_only_told_comes_after_what_is_so_called() -> None:
    names = [entry.id for entry, _exact in found("discount", glossary().values())]
    assert names[0] == "discount_rate"


def test_what_nothing_is_called_finds_nothing() -> None:
    assert found("xylophone", glossary().values()) == []
    assert found(" … ", glossary().values()) == []


def test_every_unit_and_direction_has_words() -> None:
    assert len({unit_words(unit) for unit in Unit}) == len(Unit)
    assert len({better_words(better) for better in Better}) == len(Better)


def test_every_source_of_the_catalogue_is_told_without_its_code() -> None:
    for metric in CATALOGUE.values():
        told = source_words(metric.source)
        assert told.endswith(".")
        assert not any(code in told for code in ("S0", "S1", "S2", "S3", "S4", "S–"))
    assert source_words("S0 S2") != source_words("S0 S3")


def test_a_long_list_of_columns_is_counted_not_cut_off() -> None:
    columns = [f"orders.{name}" for name in ("amount", "cost", "quantity", "discount", "product", "region")]
    assert listed(columns) == "amount, cost, quantity, discount and 2 more"
    assert listed(columns[:5]) == "amount, cost, quantity, discount and product"


def test_a_column_of_a_file_at_hand_is_told_from_a_missing_file() -> None:
    columns = ("orders.rep_id", "reps.hire_date", "reps.rep_id")
    assert inputs_words(columns) == "orders (rep); reps (hire date, rep)"
    assert lack_words(columns, ["orders"]) == "rep in your orders; a file of reps with hire date and rep"
