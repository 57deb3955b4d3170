"""Reasons and warnings in plain words."""

from __future__ import annotations

import pytest

from salesmetrics.charts.words import reason_in_words, table_name, warning_in_words
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.tables import TABLES

REASONS = (
    "missing_column:orders.cost", "no_rows", "zero_denominator", "negative_base", "immature_cohort",
    "incomplete_period", "n_too_small", "low_coverage", "not_reached", "model_not_identified", "quota_met",
    "undated", "filter_not_applicable:region",
)  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_a_sentence(reason: str) -> None:
    said = reason_in_words(reason)
    assert said.endswith(".")
    assert reason.partition(":")[0] not in said


@pytest.mark.parametrize("code", sorted({code for metric in CATALOGUE.values() for code, _of in metric.cautions}))
def test_every_caution_of_the_catalogue_is_a_sentence_with_its_count(code: str) -> None:
    said = warning_in_words(f"{code}:1234")
    assert said.endswith(".")
    assert "1,234" in said


def test_a_missing_column_is_told_from_a_missing_file() -> None:
    column = reason_in_words("missing_column:orders.cost", ["orders"])
    assert column.startswith("The orders carry no cost (")
    assert "Add it" in column
    file = reason_in_words("missing_column:opportunities.status", ["orders"])
    assert file == "Add a file of deals to see this number."


def test_a_filter_that_a_number_cannot_honour_says_what_it_counts() -> None:
    said = reason_in_words("filter_not_applicable:channel", (), CATALOGUE["win_rate"])
    assert said == "This number cannot be filtered by channel: deals carry no channel."


def test_every_table_has_a_name_that_people_use() -> None:
    assert all("_" not in table_name(table) for table in TABLES)


def test_nothing_is_hidden_when_a_code_is_new() -> None:
    assert warning_in_words("brand_new:3") == "brand_new:3"
    assert reason_in_words("brand_new") == "brand_new"


def test_coverage_is_a_share() -> None:
    assert warning_in_words("coverage:0.873").startswith("It is based on 87.3\u00a0%")
