"""The benchmark of what customers will bring cannot rot: it makes customers whose model is found again."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.customer_value import DAYS, SPLIT, TRUE, learnt, made, table


def test_its_customers_are_histories_of_whole_days() -> None:
    given = made(2_000)
    now, then = given.now, given.then
    assert (now.last <= now.age).all()
    assert (now.repeats <= now.last).all()
    assert (now.last % 1 == 0).all()
    assert ((now.repeats == 0) == np.isnan(given.worth)).all()
    assert (now.age > DAYS - SPLIT).sum() == len(then.repeats) == len(given.later)
    known = now.repeats[now.age > DAYS - SPLIT]
    assert (then.repeats + given.later).tolist() == known.tolist()


def test_it_finds_what_they_were_made_with_and_says_it() -> None:
    took = learnt(20_000)
    # Purchases of one day are one, so that rates seem a little lower than they were made.
    assert [took.found.a / took.found.b, took.found.r / took.found.alpha] == pytest.approx(
        [TRUE["a"] / TRUE["b"], TRUE["r"] / TRUE["alpha"]], rel=0.1
    )
    assert "   20,000  " in table(took)
    assert f"found r {took.found.r:.3f}" in table(took)
