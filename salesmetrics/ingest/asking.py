"""What a person is asked about a sheet: which of several headers is meant, or whether it is what it looks like."""

from __future__ import annotations

from collections.abc import Sequence

from salesmetrics.i18n import _
from salesmetrics.ingest.assign import Fit, Match
from salesmetrics.ingest.recognise import Recognition
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.report import Question
from salesmetrics.model.tables import TABLES, ColumnType

YES = "yes"
"""The answer that takes what is proposed."""

_TYPED = (ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.MONEY)
_READS = 0.9
_WHOLLY = 0.98


def which_header(sheet: Sheet, recognition: Recognition) -> tuple[Question, ...]:
    """Ask, for each needed column that several headers may be alike, which of them it is."""
    kind = recognition.kind
    if kind is None or kind.table is None:
        return ()
    questions = []
    for name, places in recognition.rivals.items():
        match = recognition.match(name)
        if match is None:
            continue
        headers = tuple(sheet.header[index] for index in (match.index, *places))
        text = _("Which column is the {column} of {table} ({meaning}): {headers}?").format(
            column=name,
            table=kind.table,
            meaning=match.column.meaning,
            headers=_(" or ").join(f"`{header}`" for header in headers),
        )
        says = tuple((f"{kind.table}.{name}={_place(sheet)}:{header}",) for header in headers)
        questions.append(Question(name, match.header, text, headers, says))
    return tuple(questions)


def is_it(sheet: Sheet, recognition: Recognition, fit: Fit) -> Question | None:
    """Ask whether a sheet that its headers do not tell is what its values look like; None where they tell nothing."""
    if recognition.kind is not None:
        return None
    vague = recognition.nearest
    if vague is not None and not recognition.misses and vague.table is not None:
        named = [(match.column.name, match.index) for match in recognition.matches]
        if any(match.column.type in _TYPED and _reads(fit, match) for match in recognition.matches):
            return _proposal(sheet, vague.table, named)
        return None
    if sheet.header_row or sheet.rows < 2:
        return None
    return _proposal(sheet, "orders", sales_by_shape(sheet, fit))


def sales_by_shape(sheet: Sheet, fit: Fit) -> list[tuple[str, int]]:
    """Tell which columns of a sheet without headers may be sales, by what they hold: a date, money, who, how many.

    Nothing, unless exactly one column holds dates and one at least holds amounts.
    """
    orders = TABLES["orders"]
    places = range(len(sheet.header))
    dates = [at for at in places if (fit(at, orders.column("order_date")) or 0.0) >= _WHOLLY]
    numbers = [at for at in places if at not in dates and (fit(at, orders.column("amount")) or 0.0) >= _WHOLLY]
    if len(dates) != 1 or not numbers:
        return []
    return [("order_date", dates[0]), *_parts(sheet, dates[0], numbers)]


def _parts(sheet: Sheet, date: int, numbers: Sequence[int]) -> list[tuple[str, int]]:
    # Keys stand before the date and what was paid after it; of two numbers the later is the total.
    after = [at for at in numbers if at > date] or list(numbers)
    before = [at for at in range(len(sheet.header)) if at < date]
    found = [("amount", after[-1])]
    if before:
        found.append(("customer_id", before[0]))
    if len(after) > 1:
        found.append(("quantity", after[0]))
    return found


def _reads(fit: Fit, match: Match) -> bool:
    return (fit(match.index, match.column) or 0.0) >= _READS


def _proposal(sheet: Sheet, table: str, named: Sequence[tuple[str, int]]) -> Question | None:
    if not named:
        return None
    pairs = [_("`{header}` as {column}").format(header=sheet.header[at], column=name) for name, at in named]
    text = _("The headers do not say what this file holds. Is it {table} ({meaning}), with {columns}?").format(
        table=table, meaning=TABLES[table].meaning, columns=", ".join(pairs)
    )
    says = tuple(f"{table}.{name}={_place(sheet)}:{sheet.header[at]}" for name, at in named)
    return Question(named[0][0], sheet.header[named[0][1]], text, (YES,), (says,))


def _place(sheet: Sheet) -> str:
    return f"{sheet.file}:{sheet.name}" if sheet.name else sheet.file
