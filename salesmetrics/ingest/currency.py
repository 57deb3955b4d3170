"""One reporting currency: amounts in several are converted by a table of rates, or the sheet is refused."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.assembled import Assembled
from salesmetrics.ingest.coerce.currency_signs import CODE_OF, code_of
from salesmetrics.ingest.derive.periods import whole_period
from salesmetrics.ingest.derive.step import quote
from salesmetrics.ingest.exchange_rates import KIND, Rates, rates_of
from salesmetrics.ingest.relation import Relation, select
from salesmetrics.ingest.sheet import SetAside
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.report import Question
from salesmetrics.model.tables import ColumnType

_CONVERTED = re.compile(r"company currency|converted|base currency|\(base\)|reporting currency|本位币|本币", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]{3}|[$€£¥₹₩]|美元|欧元|人民币|英镑|日元|港币")
_CODE = re.compile("[A-Z]{3}")
_DAYS: Mapping[str, tuple[str, ...]] = {
    "orders": ("order_date",),
    "opportunities": ("closed_date", "won_date", "lost_date", "close_date", "expected_close_date", "created_date"),
    "spend": ("date",),
    "quotas": ("period_start",),
    "market_size": ("period_start",),
}
"""For each table the dates of its events, the first that is filled counting."""

_ANY_DAY = "DATE '9999-12-31'"


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


@dataclass(frozen=True)
class _Money:
    """The columns of a sheet that hold money, with the SQL that tells the currency of each and the codes that occur."""

    typed: Typed
    currencies: Mapping[str, str]
    codes: frozenset[str]
    asked: str
    source: str
    header_day: bool

    @property
    def index(self) -> int:
        """The place of the header that a person is asked about."""
        match = self.typed.recognition.match(self.asked)
        return match.index if match else -1

    @property
    def header(self) -> str:
        return self.typed.sheet.header[self.index]


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
    money = {typed.number: found for typed in sheets if (found := _money(connection, typed, sheets)) is not None}
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


def _money(connection: duckdb.DuckDBPyConnection, typed: Typed, sheets: Sequence[Typed]) -> _Money | None:
    if typed.relation is None or typed.table is None or typed.kind == KIND:
        return None
    columns = [
        match
        for match in typed.recognition.matches
        if match.column.type is ColumnType.MONEY and typed.rows.has(match.column.name)
    ]
    if not columns:
        return None
    header = _header_of(connection, typed, sheets)
    source, expression, asked = _source(connection, typed, header)
    header_day = header is not None and header.has("order_date")
    currencies, codes = {}, set()
    for match in columns:
        fixed = _of_header(match.header)
        read = typed.coerced[match.column.name]
        if _CONVERTED.search(match.header):
            continue
        if fixed:
            currencies[match.column.name] = quote(fixed)
            codes.add(fixed)
        elif expression:
            currencies[match.column.name] = expression
        elif read.sign:
            currencies[match.column.name] = _qualified(read.sign)
            codes |= set(read.currencies)
            asked = asked or match.column.name
    if expression and expression in currencies.values():
        codes |= {code for (code,) in connection.execute(f"SELECT DISTINCT {expression} {source}").fetchall() if code}
    if not codes:
        return None
    return _Money(typed, currencies, frozenset(codes), asked or columns[0].column.name, source, header_day)


def _source(
    connection: duckdb.DuckDBPyConnection, typed: Typed, header: Relation | None
) -> tuple[str, str, str]:
    """Give the FROM of a sheet's rows (t, staged as s, their order's header as h), its currency's SQL and column."""
    source = f"FROM {typed.rows.name} t JOIN {typed.sheet.relation} s ON s.row = t.row"
    if header is not None:
        source += f" LEFT JOIN {header.name} h ON h.order_id = t.order_id"
    if typed.rows.has("currency"):
        codes = _codes(connection, typed.rows, "t")
        return source, codes, "currency" if codes else ""
    if header is not None and header.has("currency"):
        return source, _codes(connection, header, "h"), ""
    return source, "", ""


def _header_of(
    connection: duckdb.DuckDBPyConnection, typed: Typed, sheets: Sequence[Typed]
) -> Relation | None:
    """Give one row an order with its date and currency, for lines that stand without them."""
    if typed.kind != "order_lines" or not typed.rows.has("order_id"):
        return None
    for other in sheets:
        if other.kind in ("order_headers", "orders") and other.relation is not None and other.rows.has("order_id"):
            columns = [column for column in ("order_date", "currency") if other.rows.has(column)]
            picked = ", ".join(f"arg_min({column}, row) AS {column}" for column in columns)
            query = f"SELECT order_id, {picked} FROM {other.rows.name} WHERE order_id IS NOT NULL GROUP BY 1"
            return select(connection, query, columns, keep=True) if columns else None
    return None


def _codes(connection: duckdb.DuckDBPyConnection, relation: Relation, alias: str) -> str:
    words = connection.execute(
        f"SELECT DISTINCT currency FROM {relation.name} WHERE currency IS NOT NULL"
    ).fetchall()
    codes = {word: code_of(word) for (word,) in words}
    if not any(code in CODE_OF or _CODE.fullmatch(code) for code in codes.values()):
        # Nothing in it is a currency, whatever its header says.
        return ""
    cases = " ".join(f"WHEN {quote(word)} THEN {quote(code)}" for word, code in codes.items())
    return f"CASE {alias}.currency {cases} END"


def _qualified(expression: str) -> str:
    """Write an expression over staged cells so that it is over those of `s`."""
    return re.sub(r"\bc(\d+)\b", r"s.c\1", expression)


def _of_header(header: str) -> str:
    """Give the one currency that a header names, empty where it names none.

    >>> _of_header("Amount USD"), _of_header("金额(美元)"), _of_header("Net amount")
    ('USD', 'USD', '')
    """
    codes = {CODE_OF[word] for word in _WORD.findall(header) if word in CODE_OF}
    return codes.pop() if len(codes) == 1 else ""


def _refused(money: _Money, codes: set[str], rates: Rates | None) -> Typed:
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


def _only(connection: duckdb.DuckDBPyConnection, money: _Money, chosen: str) -> Typed:
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
    connection: duckdb.DuckDBPyConnection, money: _Money, rates: Rates, target: str
) -> tuple[Typed, list[str]]:
    """Give the sheet with its amounts in `target`, rows without a rate set aside, and what to say of it."""
    if money.codes == {target}:
        return money.typed, []
    one = quote(next(iter(money.codes))) if len(money.codes) == 1 else "NULL"
    columns = list(money.currencies)
    codes = ", ".join(f'coalesce({money.currencies[c]}, {one}) AS "code_{n}"' for n, c in enumerate(columns))
    base = select(
        connection, f"SELECT t.*, {_day(money)} AS day_of_event, {codes} {money.source}", (), keep=True
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
        num, den = f"r{n}.num", f"r{n}.den"
        into = f"CASE WHEN b.code_{n} = {quote(rates.base)} THEN 1 ELSE {num} END", f"CASE WHEN b.code_{n} = {quote(rates.base)} THEN 1 ELSE {den} END"
        up, down = (f"CAST({part} AS DECIMAL(18, 10))" for part in into)
        exact = f'CAST(CAST(b."{column}" AS DECIMAL(28, 6)) * {up} AS DECIMAL(18, 6))'
        divided = f'CAST(CAST(b."{column}" AS DOUBLE) * {up} / {down} AS DECIMAL(18, 6))'
        value = f"CASE WHEN {down} = 1 THEN {exact} ELSE {divided} END"
        if cross:
            value = f'CAST(CAST(b."{column}" AS DOUBLE) * ({up} / {down}) / (x.num / x.den) AS DECIMAL(18, 6))'
        values.append(f'CASE WHEN b.code_{n} = {quote(target)} THEN b."{column}" ELSE TRY({value}) END AS "{column}"')
        known = f"(b.code_{n} = {quote(target)} OR ((b.code_{n} = {quote(rates.base)} OR r{n}.num IS NOT NULL)"
        known += " AND x.num IS NOT NULL))" if cross else "))"
        missing.append(f'WHEN b."{column}" IS NOT NULL AND NOT coalesce({known}, false) THEN coalesce(b.code_{n}, \'\')')
    kept = ", ".join(f'b."{c}"' for c in ("sheet_no", "row", *sorted(money.typed.rows.columns - set(columns))))
    done = select(
        connection,
        f"SELECT {kept}, {', '.join(values)}, b.day_of_event AS day_of_event, CASE {' '.join(missing)} END AS without_rate "
        f"FROM {base.name} b {joins}",
        money.typed.rows.columns,
        keep=True,
    )
    rows = connection.execute(
        f"SELECT row, without_rate, nullif(day_of_event, {_ANY_DAY}) FROM {done.name} WHERE without_rate IS NOT NULL ORDER BY 1"
    ).fetchall()
    aside = [(row, code, _no_rate(code, day)) for row, code, day in rows]
    [(changed,)] = connection.execute(
        f"SELECT count(*) FROM {base.name} WHERE " + " OR ".join(f"code_{n} <> {quote(target)}" for n in range(len(columns)))
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


def _day(money: _Money) -> str:
    """SQL for the day whose rate holds for a row; the last there is where a row has no day."""
    typed = money.typed
    days = [f't."{column}"' for column in _DAYS.get(typed.table or "", ()) if typed.rows.has(column)]
    if not days and money.header_day:
        days = ["h.order_date"]
    if not days and typed.table in ("quotas", "market_size") and typed.rows.has("period"):
        days = [whole_period(typed.rows.columns).columns["period_start"]]
    return f"coalesce({', '.join(f'CAST({day} AS DATE)' for day in days)}, {_ANY_DAY})" if days else _ANY_DAY


def _without(money: _Money, kept: Relation, aside: Sequence[tuple[int, str, str]]) -> Typed:
    typed = money.typed
    sheet = typed.sheet
    out = tuple(
        SetAside(sheet.file, sheet.name, row, money.header, value or None, reason) for row, value, reason in aside
    )
    return replace(typed, relation=kept, sheet=replace(sheet, set_aside=(*sheet.set_aside, *out)))
