"""The declaration of tables: whole, without contradictions, and every column known under other names."""

from __future__ import annotations

import pytest

from salesmetrics.ingest.fold import fold
from salesmetrics.model.tables import LOOKUPS, PARTS, TABLES, Table

MADE_IN_THE_APP = {"kpis", "reviews", "incentive_plans"}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_has_a_synonym_in_english_and_in_chinese(table: Table) -> None:
    for column in table.columns:
        known = (*column.synonyms, *column.hints)
        assert any(name.isascii() for name in known) or table.name in MADE_IN_THE_APP, column.name
        assert any(not name.isascii() for name in known), column.name


@pytest.mark.parametrize("table", [*TABLES.values(), *LOOKUPS.values()], ids=lambda table: table.name)
def test_a_header_names_one_column_of_a_table(table: Table) -> None:
    """Save where a list of ids and one of names share a word, and the id is meant first."""
    owner: dict[str, str] = {}
    for column in table.readable:
        for name in {fold(word) for word in (column.name, *column.synonyms)}:
            assert owner.setdefault(name, column.name) == column.name, (name, owner[name], column.name)


@pytest.mark.parametrize("table", [*TABLES.values(), *LOOKUPS.values()], ids=lambda table: table.name)
def test_what_a_table_needs_it_has(table: Table) -> None:
    names = {column.name for column in table.readable}
    assert {part for group in table.requirements for option in group for part in option.split("+")} <= names
    assert {*table.key, *table.events} <= names


def test_halves_are_of_known_tables() -> None:
    for part in PARTS.values():
        names = {column.name for column in TABLES[part.table].readable}
        assert {name for group in part.needs for option in group for name in option.split("+")} <= names
        assert set(part.lacks) <= names


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"orders\.colour"):
        TABLES["orders"].column("colour")


def test_a_shipping_date_is_no_delivery() -> None:
    delivered = TABLES["orders"].column("delivered_date")
    assert not any("ship" in name for name in delivered.synonyms)
