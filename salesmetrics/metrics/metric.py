"""A metric: arithmetic on measures after they are aggregated, with what people need to know to trust it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesmetrics.metrics.measure import Measure
from salesmetrics.model.conventions import Conventions

Numbers = NDArray[np.float64]
"""Floats over rows; NaN where nothing is known."""

Flags = NDArray[np.bool_]

Reasons = NDArray[np.object_]
"""Why there is no value, over rows; None where there is one."""


class Unit(StrEnum):
    """What a value is counted in; shares are fractions (0.12 is 12 %)."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    UNITS = "units"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    TIMES = "times"
    POINTS = "points"
    INDEX = "index"


class Better(StrEnum):
    """Which way a metric should move."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Parameter:
    """Something about a metric that a person may set: its name, its default, and what is allowed.

    `options` are the words allowed; where there are none it is a whole number from `least` to `most`, or one
    of `words`.
    """

    name: str
    default: str
    meaning: str
    options: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    least: int = 1
    most: int = 9_999


@dataclass(frozen=True)
class Rows:
    """The rows that a metric is worked out for: every period with every group, period by period.

    `span` numbers the period that a row is of, `days` counts the days of it that the data covers, and `past`
    tells that its last day lies before the day that balances are known for.
    """

    span: NDArray[np.intp]
    days: Numbers
    past: Flags

    def summed(self, values: Numbers) -> Numbers:
        """Give for each row the sum over all groups of its period, exact to the last digit of a float."""
        periods = int(self.span[-1]) + 1 if len(self.span) else 1
        sums = [fsum(groups) for groups in np.nan_to_num(values).reshape(periods, -1).tolist()]
        return np.array(sums)[self.span]


@dataclass(frozen=True)
class Cells:
    """Measures of one metric, each an array over the same rows: of floats, or of lists (of LIST measures).

    `base` holds the same for the period each row is set against, for metrics that are a change.
    """

    measures: Mapping[str, NDArray[Any]]
    parameters: Mapping[str, str]
    rows: Rows
    base: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    conventions: Conventions = Conventions()

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.measures[name]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows.span)


@dataclass(frozen=True)
class Outcome:
    """What a metric's arithmetic gives: arrays over the rows of `Cells`; `reason` is None where `value` stands.

    `details` are numbers or texts beside the value.
    """

    value: Numbers
    numerator: Numbers
    denominator: Numbers
    reason: Reasons
    details: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    warnings: Mapping[str, Flags] = field(default_factory=dict)

    @property
    def stands(self) -> Flags:
        """Where there is no reason against the value."""
        return np.array([reason is None for reason in self.reason], dtype=bool)

    def absent(self, where: Flags, reason: str) -> Outcome:
        """Take the value away where `where` holds, for a reason that then counts before any other."""
        return replace(
            self, value=np.where(where, np.nan, self.value), reason=np.where(where, reason, self.reason)
        )


@dataclass(frozen=True)
class Metric:
    """One entry of the catalogue, declared once.

    `measures` are what it is made of (a function of its parameters where they change them); `evaluate` is its
    arithmetic; `n` names the measure that tells how many rows or things were counted; `coverage` the pair of
    measures (used, all) that tells on what share of the data it rests. `by` is the breakdown a view always
    has; `shift` makes it a change against the `previous` period or `last_year`; `members` are the metrics that
    a view shows beside this one; `left_edge` marks metrics that mistake old customers for new ones at the
    start of a file; `complete` that an unfinished period says nothing;
    `ahead` that a period which has not begun can be asked about; `additive` says that parts sum to the
    whole; `cautions` are (warning, measure) pairs: the warning is given with the measure's value wherever that
    is not 0.
    """

    id: str
    title: str
    title_zh: str
    unit: Unit
    better: Better
    tells: str
    formula_text: str
    source: str
    measures: tuple[Measure, ...] | Callable[[Mapping[str, str]], tuple[Measure, ...]]
    evaluate: Callable[[Cells], Outcome]
    n: str | Callable[[Mapping[str, str]], str]
    traps: str = ""
    placed_by: str = "order date"
    coverage: tuple[str, str] | None = None
    dimensions: tuple[str, ...] | None = None
    parameters: tuple[Parameter, ...] = ()
    by: tuple[str, ...] = ()
    shift: str | None = None
    members: tuple[str, ...] = ()
    left_edge: bool = False
    complete: bool = False
    ahead: bool = False
    additive: bool = False
    cautions: tuple[tuple[str, str], ...] = ()

    def settings(self, given: Mapping[str, str]) -> dict[str, str]:
        """Give every parameter's value: the one given, else the default."""
        return {parameter.name: given.get(parameter.name, parameter.default) for parameter in self.parameters}

    def counted(self, settings: Mapping[str, str]) -> str:
        """Name the measure that tells how many rows or things were counted."""
        return self.n(settings) if callable(self.n) else self.n.format(**settings)

    def rests_on(self, settings: Mapping[str, str]) -> tuple[str, str] | None:
        """Name the measures (used, all) that tell on what share of the data it rests."""
        if self.coverage is None:
            return None
        used, whole = self.coverage
        return used.format(**settings), whole.format(**settings)

    def made_of(self, settings: Mapping[str, str]) -> tuple[Measure, ...]:
        """Give the measures it is made of under these parameter values."""
        return self.measures(settings) if callable(self.measures) else self.measures
