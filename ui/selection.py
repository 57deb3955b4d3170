"""What is on: the period, the comparison, the grain and the filters of a page, to and from a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from salesmetrics.errors import SalesMetricsError, nearest
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.request import Compare, Filter, Grain, MetricQuery, Period
from salesmetrics.query.settings import SETTINGS, Settings, read_settings
from ui.periods import CUSTOM, PRESETS

FIRST_FILTERS = ("region", "product", "tenure")
MORE_FILTERS = ("rep", "team", "channel")
FILTERS = (*FIRST_FILTERS, *MORE_FILTERS)
"""The dimensions that every page can be filtered by, in the order of the sidebar."""

AUTO = "auto"
NO_COMPARISON = "none"
BOTH_COMPARISONS = "both"
LANGUAGES = ("en", "zh")

WORKSPACE, CLAIM = "w", "claim"
"""The names in a link of the data that is on, and of the secret that makes its reader an owner of it."""

PARAMETERS = (WORKSPACE, CLAIM, "period", "from", "to", "compare", "grain", *FILTERS, "lang")
"""The names a link may use; those that the command line has too mean the same there."""

PAGE_PARAMETERS = ("metric", "at", "back", "if", "against", "by")
"""Names in a link that belong to one page (the rows behind a number, a what-if) and not to what is chosen for all."""

# What mail programs and Streamlit itself add to a link says nothing about the numbers.
_NOT_OURS = ("utm_", "embed", "fbclid", "gclid", "msclkid")

Link = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Problem:
    """What a link asks for and cannot have, in a sentence; `close` are values it may have meant."""

    parameter: str
    value: str
    sentence: str
    close: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What a person chose, in words: as it stands in the widgets and, but for what is usual, in the link.

    `preset` None is the data's usual period; `start` and `end` (exclusive) count where it is `custom`.
    `workspace` is what a link calls the data (None: what this visitor has on), `claim` the secret that makes its
    reader an owner; `settings` are those that differ from the workspace's own.
    """

    preset: str | None = None
    start: date | None = None
    end: date | None = None
    compare: tuple[Compare, ...] = tuple(Compare)
    grain: Grain | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str | None = None
    problems: tuple[Problem, ...] = ()
    workspace: str | None = None
    claim: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Selection:
    """What the numbers of a page are to be computed for."""

    period: Period
    preset: str
    grain: Grain
    compare: tuple[Compare, ...]
    filters: tuple[Filter, ...] = ()
    settings: Settings = Settings()

    def ask(self, *metrics: str, **differing: Any) -> MetricQuery:
        """Give the request for `metrics` under all that is on, save for what differs."""
        usual: dict[str, Any] = {
            "period": self.period, "where": self.filters, "compare": self.compare,
            "params": self.settings.params, "conventions": self.settings.conventions,
        }  # fmt: skip
        return MetricQuery(metrics, **(usual | differing))


def unknown_value(dimension: str, value: str, known: Sequence[str]) -> Problem:
    """Say that a link asks for a value that the data does not hold, with the nearest that it does."""
    sentence = (
        _("The link asks for {dimension} “{value}”, which is not in this data.")
        if known
        else _("The link asks for {dimension} “{value}”, but this data has no {dimension}.")
    )
    name = DIMENSIONS[dimension].title().lower()
    meant = {one.casefold(): one for one in known}
    close = tuple(meant[one] for one in get_close_matches(value.casefold(), list(meant), n=1))
    return Problem(dimension, value, sentence.format(dimension=name, value=value) + nearest(value, close), close)


def _day(parameter: str, text: str) -> date | Problem:
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("The link asks for the date “{text}”, which is no date. Write it as 2025-12-31.")
        return Problem(parameter, text, sentence.format(text=text))


def _odd(parameter: str, values: Sequence[str], options: Sequence[str]) -> list[Problem]:
    sentence = _("The link asks for {parameter} “{value}”, which there is not.")
    return [
        Problem(parameter, value, sentence.format(parameter=parameter, value=value) + nearest(value, options))
        for value in values
        if value not in options
    ]


def _values(dimension: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Give the values asked for, each once; a tenure band may be written with the dash that people read."""
    return tuple(dict.fromkeys(value.replace("–", "-") if dimension == "tenure" else value for value in asked))


def read_link(link: Link) -> Choice:
    """Read what a link asks for; what cannot be had is among the problems, never left out in silence.

    >>> read_link({"region": ("North",), "from": ("2025-01-01",), "to": ("2025-04-01",)}).preset
    'custom'
    >>> [problem.sentence for problem in read_link({"regon": ("North",), "utm_source": ("mail",)}).problems]
    ['The link asks for “regon”, which is no filter here. Did you mean region?']
    """
    strange = _("The link asks for “{name}”, which is no filter here.")
    problems = [
        Problem(name, value, strange.format(name=name) + nearest(name, (*PARAMETERS, *SETTINGS)))
        for name, asked in link.items()
        if name not in (*PARAMETERS, *PAGE_PARAMETERS, *SETTINGS) and not name.startswith(_NOT_OURS)
        for value in asked
    ]
    days: dict[str, date] = {}
    for name in ("from", "to"):
        for text in link.get(name, ())[:1]:
            day = _day(name, text)
            if isinstance(day, Problem):
                problems.append(day)
            else:
                days[name] = day
    problems += _odd("period", link.get("period", ()), PRESETS)
    presets = [preset for preset in link.get("period", ()) if preset in PRESETS]
    grains = [str(grain) for grain in Grain]
    problems += _odd("grain", link.get("grain", ()), (*grains, AUTO))
    compare = link.get("compare", (BOTH_COMPARISONS,))
    comparisons = (*(str(one) for one in Compare), BOTH_COMPARISONS, NO_COMPARISON)
    problems += _odd("compare", compare, comparisons)
    if not set(compare) & set(comparisons):
        compare = (BOTH_COMPARISONS,)
    problems += _odd("lang", link.get("lang", ()), LANGUAGES)
    settings: dict[str, str] = {}
    for name in SETTINGS:
        for value in link.get(name, ())[:1]:
            try:
                read_settings({name: value})
                settings[name] = value
            except SalesMetricsError as error:
                problems.append(
                    Problem(
                        name,
                        value,
                        _("The link asks for a setting that cannot be: {why}").format(why=error.sentence),
                    )
                )
    return Choice(
        preset=CUSTOM if days else presets[0] if presets else None,
        start=days.get("from"),
        end=days.get("to"),
        compare=tuple(one for one in Compare if BOTH_COMPARISONS in compare or str(one) in compare),
        grain=next((Grain(asked) for asked in link.get("grain", ()) if asked in grains), None),
        filters={name: _values(name, link[name]) for name in FILTERS if link.get(name)},
        language=next((asked for asked in link.get("lang", ()) if asked in LANGUAGES), None),
        problems=tuple(problems),
        workspace=next(iter(link.get(WORKSPACE, ())), None),
        claim=next(iter(link.get(CLAIM, ())), None),
        settings=settings,
    )


def to_link(choice: Choice) -> Link:
    """Write a choice as the parameters of a link; what is usual is left away.

    >>> to_link(Choice(preset="last_month", filters={"region": ("North", "South")}))
    {'period': ('last_month',), 'region': ('North', 'South')}
    """
    link: dict[str, tuple[str, ...]] = {WORKSPACE: (choice.workspace,)} if choice.workspace else {}
    if choice.preset == CUSTOM:
        link |= {name: (day.isoformat(),) for name, day in (("from", choice.start), ("to", choice.end)) if day}
    elif choice.preset:
        link["period"] = (choice.preset,)
    if set(choice.compare) != set(Compare):
        link["compare"] = tuple(str(one) for one in choice.compare) or (NO_COMPARISON,)
    if choice.grain:
        link["grain"] = (str(choice.grain),)
    link |= {name: choice.filters[name] for name in FILTERS if choice.filters.get(name)}
    link |= {name: (value,) for name, value in choice.settings.items()}
    if choice.language:
        link["lang"] = (choice.language,)
    for problem in choice.problems:
        link[problem.parameter] = (*link.get(problem.parameter, ()), problem.value)
    return link
