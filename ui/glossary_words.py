"""What the glossary says in words: units, sources, what a metric needs; and what a search finds in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from salesmetrics.charts.words import column_name, table_name
from salesmetrics.i18n import _
from salesmetrics.ingest.fold import fold
from salesmetrics.metrics import Better, Unit
from salesmetrics.query.glossary import Entry

MOST_COLUMNS = 4
"""So many columns of a file are named; of more the rest is counted."""


def unit_words(unit: Unit) -> str:
    """Name what a value is counted in.

    >>> unit_words(Unit.TIMES)
    'times (2.5 × is two and a half times)'
    """
    return {
        Unit.MONEY: _("money"),
        Unit.PERCENT: _("percent"),
        Unit.COUNT: _("a count"),
        Unit.UNITS: _("units of goods"),
        Unit.DAYS: _("days"),
        Unit.HOURS: _("hours"),
        Unit.MONTHS: _("months"),
        Unit.TIMES: _("times (2.5 × is two and a half times)"),
        Unit.POINTS: _("points"),
        Unit.INDEX: _("an index from 0 to 1"),
    }[unit]


def better_words(better: Better) -> str:
    """Say which way a metric should move.

    >>> better_words(Better.LOWER)
    'lower is better'
    """
    return {
        Better.HIGHER: _("higher is better"),
        Better.LOWER: _("lower is better"),
        Better.NEITHER: _("neither way is better in itself"),
    }[better]


def source_words(source: str) -> str:
    """Say which of the five articles that the catalogue serves name a metric, by what each is about.

    >>> source_words("S4")
    'The article on the indicators of sales efficiency, from conversion to cost.'
    >>> source_words("S–")
    'None of the five articles; it stands beside metrics that they name.'
    """
    about = {
        "S0": _("how to raise sales performance"),
        "S1": _("reading sales data, setting targets and reviewing them"),
        "S2": _("which sales metrics to follow, from lead sources to lifetime value"),
        "S3": _("how effective and how efficient a sales team is"),
        "S4": _("the indicators of sales efficiency, from conversion to cost"),
    }
    named = [about[code] for code in dict.fromkeys(re.findall(r"S[0-4]", source))]
    if not named:
        return _("None of the five articles; it stands beside metrics that they name.")
    if "S–" in source:
        return _("None of the five articles itself; it serves the one on {article}.").format(article=named[0])
    if len(named) == 1:
        return _("The article on {article}.").format(article=named[0])
    if len(named) == len(about):
        return _("All five articles.")
    return _("{n} of the five articles: on {articles}.").format(n=len(named), articles="; ".join(named))


def listed(columns: Sequence[str]) -> str:
    """List columns of one table, the first few by name.

    >>> listed(["orders.cost", "orders.quantity"])
    'cost and quantity'
    """
    names = list(dict.fromkeys(column_name(column) for column in columns))
    # One more than may be named is named too: "and 1 more" is no shorter.
    if len(names) <= MOST_COLUMNS + 1:
        last = [_("{columns} and {last}").format(columns=", ".join(names[:-1]), last=names[-1])]
        return (last if len(names) > 1 else names)[0]
    return _("{columns} and {n} more").format(columns=", ".join(names[:MOST_COLUMNS]), n=len(names) - MOST_COLUMNS)


def inputs_words(columns: Iterable[str]) -> str:
    """Say which columns of which tables are read.

    >>> inputs_words(["orders.order_date", "orders.amount", "quotas.amount"])
    'orders (order date, amount); quotas (amount)'
    """
    by_table: dict[str, list[str]] = {}
    for column in columns:
        by_table.setdefault(column.partition(".")[0], []).append(column_name(column))
    return "; ".join(
        _("{rows} ({columns})").format(rows=table_name(table), columns=", ".join(dict.fromkeys(names)))
        for table, names in by_table.items()
    )


def lack_words(columns: Iterable[str], tables: Collection[str]) -> str:
    """Say what is to be added to have `columns`; `tables` are those that the data holds.

    >>> lack_words(["orders.cost", "quotas.amount"], ["orders"])
    'cost in your orders; a file of quotas with amount'
    """
    by_table: dict[str, list[str]] = {}
    for column in columns:
        by_table.setdefault(column.partition(".")[0], []).append(column)
    there, absent = _("{columns} in your {rows}"), _("a file of {rows} with {columns}")
    return "; ".join(
        (there if table in tables else absent).format(rows=table_name(table), columns=listed(names))
        for table, names in by_table.items()
    )


def found(asked: str, entries: Iterable[Entry]) -> list[tuple[Entry, bool]]:
    """Find what a search asks for, best first, each with whether one of its names is just what was asked.

    Names, ids and abbreviations in English and Chinese (traditional too) count before what an entry tells.

    >>> from salesmetrics.query.glossary import glossary
    >>> [(entry.id, exact) for entry, exact in found("ATV", glossary().values())][:1]
    [('average_transaction_value', True)]
    >>> found("銷售額", glossary().values())[0][0].id
    'revenue'
    """
    whole, words = fold(asked), [word for part in asked.split() if (word := fold(part))]
    if not words:
        return []
    ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, whole, words)) is not None]
    return [(entry, rank == 0) for rank, entry in sorted(ranked, key=lambda one: one[0])]


def _rank(entry: Entry, whole: str, words: Sequence[str]) -> int | None:
    """Tell how well an entry fits: 0 by a name as a whole, 1 by a name's start, 2 by a part, 3 by its text."""
    names = [fold(name) for name in names_of(entry)]
    if whole in names:
        return 0
    if any(name.startswith(whole) for name in names):
        return 1
    if all(any(word in name for name in names) for word in words):
        return 2
    told = [fold(word) for text in _texts(entry) for word in re.split(r"[\s,.;:()/]+", text)]
    # Inside Latin words a part means nothing; Chinese is written without spaces.
    if all(any(one.startswith(word) or (not word.isascii() and word in one) for one in told) for word in words):
        return 3
    return None


def names_of(entry: Entry) -> tuple[str, ...]:
    """Give all that a metric is called: its names, each way of a name that gives several, its id, what else."""
    titles = (_(entry.title), entry.title, entry.title_zh)
    return (*titles, *(part for title in titles for part in re.split(r"[/(),:（）、]", title) if part),
            entry.id, *entry.also)  # fmt: skip


def _texts(entry: Entry) -> tuple[str, ...]:
    family = (_(entry.family.title),) if entry.family else ()
    return (*names_of(entry), _(entry.tells), _(entry.formula), *family)
