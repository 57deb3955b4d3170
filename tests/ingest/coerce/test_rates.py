"""Shares of one: 12%, 12 and 0.12, decided by the column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salesmetrics.model.tables import ColumnType

NUMBER = ColumnType.NUMBER


@pytest.mark.parametrize("name", ["discount_rate", "probability"])
@pytest.mark.parametrize(
    "cells",
    [["12%", "5%", "0%"], ["12", "5", "0"], ["0.12", "0.05", "0"], ["12%", "5", "0"], ["12%", "0.05", "0"]],
)
def test_one_share_in_every_writing(values, name, cells):
    result, coerced = values(cells, NUMBER, name=name)
    assert result == [Decimal("0.12"), Decimal("0.05"), 0]
    assert coerced.question is None


def test_a_half_beside_fifty_is_asked_about_and_an_answer_decides(values):
    result, coerced = values(["0.5", "50"], NUMBER, name="probability")
    assert result == [None, None]
    assert coerced.choices == ("percent", "fraction")
    assert "50" in coerced.question
    assert values(["0.5", "50"], NUMBER, name="probability", answer="percent")[0] == [
        Decimal("0.005"),
        Decimal("0.5"),
    ]
    assert values(["0.5", "50"], NUMBER, name="probability", answer="fraction")[0] == [Decimal("0.5"), 50]


def test_what_has_a_sign_is_read_while_the_others_are_asked_about(values):
    result, coerced = values(["12%", "0.5", "50"], NUMBER, name="discount_rate")
    assert result == [Decimal("0.12"), None, None]
    assert (coerced.filled, coerced.unreadable) == (3, 2)


def test_a_lone_one_beside_percents_is_one_percent_and_among_fractions_the_whole(values):
    assert values(["1", "90"], NUMBER, name="probability")[0] == [Decimal("0.01"), Decimal("0.9")]
    assert values(["1", "0.9"], NUMBER, name="probability")[0] == [1, Decimal("0.9")]


def test_other_numbers_are_not_shares(values):
    assert values(["12", "5"], NUMBER, name="quantity")[0] == [12, 5]
