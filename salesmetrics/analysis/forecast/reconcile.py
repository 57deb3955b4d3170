"""Parts and the whole: each part is forecast by itself, the whole is their sum, to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from salesmetrics.analysis.forecast.backtest import FEWEST_ORIGINS, Backtest, origins_of
from salesmetrics.analysis.forecast.candidates import BASELINE, YOUNG, paths
from salesmetrics.analysis.forecast.choose import mix_of, published, trust
from salesmetrics.analysis.forecast.history import CYCLE, FEWEST_MONTHS, Values, begun, stopped
from salesmetrics.analysis.forecast.outlook import HORIZON, Outlook

CENTS = 100
"""What is published is whole cents: only of these can parts sum to the whole exactly."""


@dataclass(frozen=True, eq=False)
class Whole:
    """The forecast of a whole that is the sum of its `parts`, each months ahead in whole cents."""

    outlook: Outlook
    parts: Mapping[str, Outlook]


@dataclass(frozen=True, eq=False)
class _Part:
    """A part by itself, and at the whole's origins and today (the last row) what `Outlook` names so."""

    outlook: Outlook
    told: Values
    naive: Values
    fitted: Values


def bottom_up(
    parts: Mapping[str, Sequence[float] | Values], horizon: int = HORIZON, cycle: int = CYCLE
) -> Whole | None:
    """Forecast parts of one length by themselves, and the whole as their sum; None with fewer than six months.

    The whole's backtest is that of the sum. Where the sum does not beat the baselines' sum, every part goes back to
    its own baseline by the same share.
    """
    series = {name: np.asarray(values, dtype=float) for name, values in parts.items()}
    whole = np.sum(list(series.values()), axis=0)
    lead = len(whole) - len(begun(whole))
    known = whole[lead:]
    if len(known) < FEWEST_MONTHS:
        return None
    origins = origins_of(len(known), cycle)
    done = {name: _part(values[lead:], (*origins, len(known)), horizon, cycle) for name, values in series.items()}
    told, naive, fitted = (
        np.sum([getattr(part, what) for part in done.values()], axis=0) for what in ("told", "naive", "fitted")
    )
    if not origins:
        return _whole(done, Outlook(known, naive[-1], naive[-1], {}, 0.0))
    test = Backtest.of(known, origins, horizon, cycle)
    summed, plain = told[:-1], naive[:-1]
    shares = np.array([trust(test, summed, plain, test.known_by(origin)) for origin in origins])[:, None]
    share = trust(test, summed, plain, ~np.isnan(test.actual))
    return _whole(done, Outlook(
        known, share * fitted[-1] + (1 - share) * naive[-1], naive[-1], {}, share, test,
        shares * summed + (1 - shares) * plain, plain, share * fitted[:-1] + (1 - share) * plain,
    ))  # fmt: skip


def _whole(done: Mapping[str, _Part], found: Outlook) -> Whole:
    """Round the parts to cents and let the whole be their sum."""
    exact = {
        name: replace(
            part.outlook,
            expected=in_cents(found.trust * part.outlook.expected + (1 - found.trust) * part.outlook.baseline),
        )
        for name, part in done.items()
    }
    return Whole(replace(found, expected=summed([part.expected for part in exact.values()])), exact)


def _part(values: Values, origins: Sequence[int], horizon: int, cycle: int) -> _Part:
    own = begun(values)
    late = len(values) - len(own)
    known = [max(origin - late, 0) for origin in origins]
    tried = paths(own, known, horizon, cycle)
    silent = np.array([stopped(own[:months]) for months in known])[:, None]
    tried = {name: np.where(silent, 0.0, path) for name, path in tried.items()}
    naive = tried[BASELINE]
    rows = [row for row, months in enumerate(known[:-1]) if months >= YOUNG]
    if len(rows) < FEWEST_ORIGINS:
        return _Part(Outlook(own, naive[-1], naive[-1], {BASELINE: 1.0}, 0.0), naive, naive, naive)
    test = Backtest.of(own, [known[row] for row in rows], horizon, cycle)
    before = {name: path[rows] for name, path in tried.items()}
    mix = mix_of(test, before, ~np.isnan(test.actual))
    told, fitted = naive.copy(), mix.of(tried)
    told[rows] = published(test, before)
    found = Outlook(
        own, fitted[-1], naive[-1], mix.weights, mix.trust, test, told[rows], naive[rows], fitted[rows]
    )
    return _Part(found, told, naive, fitted)


def in_cents(values: Values) -> Values:
    """Round to whole cents, of which floats of any size that is sold in hold the sums exactly when rounded again."""
    return np.asarray(np.rint(values * CENTS) / CENTS)


def summed(parts: Sequence[Values]) -> Values:
    """Give the sum of parts that are whole cents, in whole cents."""
    return in_cents(np.sum(parts, axis=0))


def fitted_to(parts: Mapping[str, Values], whole: Values) -> dict[str, Values]:
    """Give parts scaled, month by month, so that they sum to the whole to the cent (largest remainder).

    Where the parts sum to 0 what is missing is spread evenly.

    >>> {name: part.tolist() for name, part in fitted_to({"a": np.array([1.0]), "b": np.array([2.0])}, np.array([10.0])).items()}
    {'a': [3.33], 'b': [6.67]}
    """  # noqa: E501
    names = list(parts)
    shares = np.array([parts[name] for name in names], dtype=float)
    sums = shares.sum(axis=0)
    scaled = np.where(
        sums > 0, shares / np.where(sums > 0, sums, 1.0) * whole, shares + (whole - sums) / len(names)
    )
    cents = scaled * CENTS
    least = np.floor(cents)
    missing = np.rint(whole * CENTS - least.sum(axis=0)).astype(int)
    order = np.argsort(least - cents, axis=0, kind="stable")
    for month, more in enumerate(missing):
        least[order[:more, month], month] += 1
    return {name: row / CENTS for name, row in zip(names, least, strict=True)}
