"""What customers will bring, worked out for a hundred thousand: how long learning and foretelling takes."""

from __future__ import annotations

import resource
import time
from typing import NamedTuple

import numpy as np

from salesmetrics.analysis import bg_nbd, gamma_gamma, holdout
from salesmetrics.analysis.bg_nbd import Histories, Numbers
from salesmetrics.analysis.lifetime_value import ahead

CUSTOMERS = 100_000
DAYS, SPLIT, MONTHS = 1_096, 822, 12
"""Days of history, days of it that the test learns from, and months ahead."""

TRUE = {"r": 0.9, "alpha": 60.0, "a": 0.8, "b": 2.5, "p": 6.0, "q": 4.0, "v": 60.0}
"""What the customers are made with; times in days."""

NOTES = f"""\
Customers are made as the models take them to be (BG/NBD, gamma-gamma), won evenly over {DAYS:,} days, days whole.
different: histories that differ. test: learnt from the first {SPLIT} days, set against the others. learn: both models,
from everybody. foretell: {MONTHS} months ahead for each customer."""


class Took(NamedTuple):
    """Seconds of each step, rows that were different, and parameters found; peak memory in bytes."""

    customers: int
    alike: int
    test: float
    learn: float
    foretell: float
    found: bg_nbd.BuyingModel
    peak: int

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.test + self.learn + self.foretell


class Made(NamedTuple):
    """Customers as known at the end and at the split, purchases in between, mean worth of repeats (NaN of none)."""

    now: Histories
    then: Histories
    later: Numbers
    worth: Numbers


def made(customers: int, seed: int = 7) -> Made:
    """Make customers whose purchases fall on whole days; two on one day are one, as in the data that people have."""
    chance = np.random.default_rng(seed)
    won = chance.integers(0, DAYS, customers).astype(np.float64)
    rate = chance.gamma(TRUE["r"], 1 / TRUE["alpha"], customers)
    leaves = chance.beta(TRUE["a"], TRUE["b"], customers)
    now, then = np.zeros((2, customers)), np.zeros((2, customers))
    time_at, active = won, np.full(customers, fill_value=True)
    while active.any():
        time_at = time_at + chance.exponential(1.0, customers) / rate
        active &= time_at < DAYS
        since = np.floor(time_at) - won
        bought = active & (since > now[1])
        for state, counts in ((now, bought), (then, bought & (time_at < SPLIT))):
            state[0] += counts
            state[1] = np.where(counts, since, state[1])
        active &= chance.random(customers) >= leaves
    known = won < SPLIT
    repeats = np.maximum(now[0], 1)
    worth = chance.gamma(TRUE["p"] * repeats) / (repeats * chance.gamma(TRUE["q"], 1 / TRUE["v"], customers))
    return Made(
        Histories.of(now[0], now[1], DAYS - won),
        Histories.of(then[0, known], then[1, known], SPLIT - won[known]),
        (now[0] - then[0])[known],
        np.where(now[0] > 0, worth, np.nan),
    )


def learnt(customers: int = CUSTOMERS) -> Took:
    """Learn from so many customers, test it, and foretell what each will bring."""
    given = made(customers)
    back = given.now.repeats > 0
    begun = time.perf_counter()
    holdout.check(given.then, given.later, DAYS - SPLIT)
    tested = time.perf_counter()
    buying = bg_nbd.fit(given.now)
    spending = gamma_gamma.fit(given.now.repeats[back], given.worth[back])
    fitted = time.perf_counter()
    if buying is None or spending is None:
        raise RuntimeError("the models found no best fit on customers that they describe")
    ahead(buying, given.now, MONTHS).discounted @ spending.expected(given.now.repeats, given.worth)
    done = time.perf_counter()
    return Took(
        customers,
        len(given.now.collapsed().repeats),
        tested - begun,
        fitted - tested,
        done - fitted,
        buying,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )


def table(took: Took) -> str:
    """Write what was timed, and the parameters found beside those that the customers were made with."""
    found = took.found
    return (
        "customers  different  test s  learn s  foretell s  all s  peak RSS GB\n"
        f"{took.customers:>9,}  {took.alike:>9,}  {took.test:6.2f}  {took.learn:7.2f}  {took.foretell:10.2f}  "
        f"{took.seconds:5.2f}  {took.peak / 2**30:11.2f}\n"
        f"made with r {TRUE['r']}, alpha {TRUE['alpha']}, a {TRUE['a']}, b {TRUE['b']}; "
        f"found r {found.r:.3f}, alpha {found.alpha:.2f}, a {found.a:.3f}, b {found.b:.3f}"
    )
