"""One reporting currency: amounts in several are converted by a table of rates, or the sheet is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.assembled import Assembled
from salesmetrics.ingest.derive.step import quote
from salesmetrics.ingest.exchange_rates import Rates, rates_of
from salesmetrics.ingest.money import ANY_DAY, Money, day_of, money_of
from salesmetrics.ingest.relation import Relation, select
from salesmetrics.ingest.sheet import SetAside
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.report import Question


@dataclass(frozen=True)
class Exchanged:
    """The sheets with their amounts in one currency, what is to be said of each, and which rates served which table."""

    sheets: tuple[Typed, ...]
    said: Mapping[int, Sequence[str]] = field(default_factory=dict)
    completes: Mapping[int, str] = field(default_factory=dict)

    def tell(self, assembled: Assembled) -> None:
        """Say in `assembled` what was done to each sheet, and that the rates have served."""
        for number, table in self.completes.items():
            assembled.unused.pop(number, None)
            assembled.completes[number] = table
        for number, sentences in self.said.items():
            assembled.findings.say([number], sentences)


def in_reporting_currency(
    connection: duckdb.DuckDBPyConnection,
    sheets: Sequence[Typed],
    answers: Sequence[Mapping[int, str]],
    currency: str = "",
) -> Exchanged:
    """Bring every amount to one currency: `currency`, or that of the table of rates among the sheets.

    Without rates, rows in several currencies that would be added stop their sheets with a question; `answers` (for
    each sheet, place of the header -> code) may say of which currency the rows are kept.
    """
    rates = rates_of(connection, sheets)
    money = {typed.number: found for typed in sheets if (found := money_of(connection, typed, sheets)) is not None}
    tables: dict[str, set[str]] = defaultdict(set)
    for found in money.values():
        tables[found.typed.table or ""] |= found.codes
    said: dict[int, list[str]] = defaultdict(list)
    completes: dict[int, str] = {}
    result = []
    for typed, answer in zip(sheets, answers, strict=True):
        found = money.get(typed.number)
        codes = tables[typed.table or ""] if found else set()
        chosen = answer.get(found.index, "") if found else ""
        usable = rates is not None and not rates.doubt
        if found is None or not codes:
            result.append(typed)
        elif chosen in codes:
            result.append(_only(connection, found, chosen))
        elif usable and rates is not None:
            target = currency or rates.base
            done, words = _converted(connection, found, rates, target)
            result.append(done)
            said[typed.number] += words
            if words:
                for number in rates.numbers:
                    completes[number] = typed.table or ""
                    said[number] = [rates.said]
        elif len(codes) > 1:
            result.append(_refused(found, codes, rates))
        else:
            result.append(typed)
    return Exchanged(tuple(result), said, completes)


def _refused(money: Money, codes: set[str], rates: Rates | None) -> Typed:
    listed = ", ".join(sorted(codes))
    message = _(
        "Amounts are in several currencies ({currencies}), which cannot be added. Give a file of exchange rates with "
        "the columns currency, rate and, where they change, date, or say of which currency the rows are kept."
    )
    text = message.format(currencies=listed)
    if rates is not None and rates.doubt:
        text = f"{rates.doubt} {text}"
    question = Question(money.asked, money.header, text, tuple(sorted(codes)))
    return replace(money.typed, questions=(question, *money.typed.questions), held=True)


def _only(connection: duckdb.DuckDBPyConnection, money: Money, chosen: str) -> Typed:
    """Keep the rows whose amounts are in one currency, and set the others aside."""
    others = " OR ".join(
        f'(t."{column}" IS NOT NULL AND coalesce({code}, {quote(chosen)}) <> {quote(chosen)})'
        for column, code in money.currencies.items()
    )
    first = next(iter(money.currencies.values()))
    rows = connection.execute(f"SELECT t.row, {first} {money.source} WHERE {others} ORDER BY 1").fetchall()
    kept = select(
        connection,
        f"SELECT t.* {money.source} WHERE NOT coalesce({others}, false)",
        money.typed.rows.columns,
        keep=True,
    )
    reason = _("the amount is in {currency}, and only {chosen} is kept")
    aside = [(row, code or "", reason.format(currency=code, chosen=chosen)) for row, code in rows]
    return _without(money, kept, aside)


def _converted(
    connection: duckdb.DuckDBPyConnection, money: Money, rates: Rates, target: str
) -> tuple[Typed, list[str]]:
    """Give the sheet with its amounts in `target`, rows without a rate set aside, and what to say of it."""
    if money.codes == {target}:
        return money.typed, []
    one = quote(next(iter(money.codes))) if len(money.codes) == 1 else "NULL"
    columns = list(money.currencies)
    codes = ", ".join(f'coalesce({money.currencies[c]}, {one}) AS "code_{n}"' for n, c in enumerate(columns))
    base = select(
        connection, f"SELECT t.*, {day_of(money)} AS day_of_event, {codes} {money.source}", (), keep=True
    )
    joins, values, missing = "", [], []
    cross = target != rates.base
    if cross:
        of_target = f"SELECT * FROM {rates.relation.name} WHERE code = {quote(target)}"
        joins += f" ASOF LEFT JOIN ({of_target}) x ON b.day_of_event >= x.valid_from"
    for n, column in enumerate(columns):
        joins = (
            f" ASOF LEFT JOIN {rates.relation.name} r{n} ON r{n}.code = b.code_{n} AND b.day_of_event >= r{n}.valid_from"
            + joins
        )
        exact = f'CAST(CAST(b."{column}" AS DECIMAL(28, 6)) * r{n}.num AS DECIMAL(18, 6))'
        double = f'CAST(b."{column}" AS DOUBLE) * r{n}.num / r{n}.den'
        value = f"CASE WHEN r{n}.den = 1 THEN {exact} ELSE CAST({double} AS DECIMAL(18, 6)) END"
        if cross:
            value = f"CAST({double} * x.den / x.num AS DECIMAL(18, 6))"
        is_target = f"b.code_{n} = {quote(target)}"
        values.append(f'CASE WHEN {is_target} THEN b."{column}" ELSE TRY({value}) END AS "{column}"')
        known = f"({is_target} OR (r{n}.num IS NOT NULL{' AND x.num IS NOT NULL' if cross else ''}))"
        missing.append(
            f"WHEN b.\"{column}\" IS NOT NULL AND NOT coalesce({known}, false) THEN coalesce(b.code_{n}, '')"
        )
    kept = ", ".join(f'b."{c}"' for c in ("sheet_no", "row", *sorted(money.typed.rows.columns - set(columns))))
    done = select(
        connection,
        f"SELECT {kept}, {', '.join(values)}, b.day_of_event AS day_of_event, CASE {' '.join(missing)} END AS without_rate "
        f"FROM {base.name} b {joins}",
        money.typed.rows.columns,
        keep=True,
    )
    rows = connection.execute(
        f"SELECT row, without_rate, nullif(day_of_event, {ANY_DAY}) FROM {done.name} "
        "WHERE without_rate IS NOT NULL ORDER BY row"
    ).fetchall()
    aside = [(row, code, _no_rate(code, day)) for row, code, day in rows]
    [(changed,)] = connection.execute(
        f"SELECT count(*) FROM {base.name} WHERE "
        + " OR ".join(f"code_{n} <> {quote(target)}" for n in range(len(columns)))
    ).fetchall()
    names = ", ".join(sorted(column.replace("_", " ") for column in columns))
    words = ngettext(
        "{n} row is converted to {target} ({columns}), at the rate of its day.",
        "{n} rows are converted to {target} ({columns}), at the rate of their day.",
        changed,
    ).format(n=f"{changed - len(aside):,}", target=target, columns=names)
    kept_rows = select(
        connection,
        f"SELECT * EXCLUDE (day_of_event, without_rate) FROM {done.name} WHERE without_rate IS NULL",
        money.typed.rows.columns,
    )
    return _without(money, kept_rows, aside), [words]


def _no_rate(code: str, day: object) -> str:
    if not code:
        return _("the row names no currency")
    if day is None:
        return _("there is no exchange rate for {currency}").format(currency=code)
    return _("there is no exchange rate for {currency} on or before {day}").format(currency=code, day=day)


def _without(money: Money, kept: Relation, aside: Sequence[tuple[int, str, str]]) -> Typed:
    typed = money.typed
    sheet = typed.sheet
    out = tuple(
        SetAside(sheet.file, sheet.name, row, money.header, value or None, reason) for row, value, reason in aside
    )
    return replace(typed, relation=kept, sheet=replace(sheet, set_aside=(*sheet.set_aside, *out)))
