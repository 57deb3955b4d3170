"""A recognised sheet with its columns read as what they stand for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.asking import is_it, which_header
from salesmetrics.ingest.assign import ByKeys, Match
from salesmetrics.ingest.coerce import RATES, Coerced, coerce
from salesmetrics.ingest.derive.options import option_of
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.one_currency import in_one_currency
from salesmetrics.ingest.recognise import Recognition, recognise
from salesmetrics.ingest.relation import Relation, select
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.ingest.spellings import Spellings, respelled
from salesmetrics.model.report import Question
from salesmetrics.model.tables import Column, ColumnType

_MOSTLY = 0.8
LOOKED_AT = 5_000
_OFTEN_ENOUGH = 0.5
_SLOW = ("regexp", "strptime")


@dataclass(frozen=True)
class Typed:
    """A sheet, what it was recognised as, and (when it was) its rows with typed canonical columns.

    `held` says that nothing of it can be used until its first question is answered, `as_it_stands` that no cell of
    it reads as anything other than what is written there.
    """

    number: int
    sheet: Sheet
    recognition: Recognition
    relation: Relation | None
    coerced: Mapping[str, Coerced]
    questions: tuple[Question, ...] = ()
    held: bool = False
    as_it_stands: bool = False

    @property
    def rows(self) -> Relation:
        """The typed rows of a recognised sheet; raises ValueError where it was not recognised."""
        if self.relation is None:
            raise ValueError(self.sheet.label)
        return self.relation

    @property
    def kind(self) -> str | None:
        """What the sheet is for, by name."""
        return self.recognition.kind.name if self.recognition.kind else None

    @property
    def table(self) -> str | None:
        """The canonical table its rows go into."""
        return self.recognition.kind.table if self.recognition.kind else None


class _Values:
    """The cells of one sheet, each column coerced to a type once; how well they fit is told from a sample."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, sheet: Sheet, answers: Mapping[int, str]) -> None:
        self.connection, self.sheet, self.answers = connection, sheet, answers
        self.sample = _sample(connection, sheet)
        self._known: dict[tuple[str, int, ColumnType, str], Coerced] = {}

    def as_type(self, index: int, column: Column) -> Coerced:
        return self._coerced(self.sheet, index, column, column.name)

    def fit(self, index: int, column: Column) -> float | None:
        # A share of one and a key are read in their own way; other columns of a type all fit alike.
        apart = column.name if column.name in RATES else str(column.name.endswith("_id"))
        read = self._coerced(self.sample, index, column, apart)
        if not read.filled:
            return None
        # What an open question leaves unread may well be read once it is answered.
        return 1.0 if read.question else (read.filled - read.unreadable) / read.filled

    def _coerced(self, sheet: Sheet, index: int, column: Column, apart: str) -> Coerced:
        key = (sheet.relation, index, column.type, apart)
        if key not in self._known:
            self._known[key] = coerce(
                self.connection, sheet, index, column.type, name=column.name, answer=self.answers.get(index)
            )
        return self._known[key]

    def on_one_clock(self, matches: Sequence[Match], read: dict[str, Coerced]) -> None:
        """Bring times to UTC where the columns of the sheet differ in their offsets: a span needs one clock."""
        times = [match for match in matches if match.column.type is ColumnType.TIMESTAMP]
        if len({offset for match in times for offset in read[match.column.name].offsets}) < 2:
            return
        for match in times:
            if read[match.column.name].offsets:
                read[match.column.name] = coerce(
                    self.connection, self.sheet, match.index, match.column.type, name=match.column.name,
                    answer=self.answers.get(match.index), utc=True,
                )  # fmt: skip


def _sample(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Sheet:
    """Give every n-th row of a large sheet, enough to tell what its columns hold."""
    step = sheet.rows // LOOKED_AT
    if step < 2:
        return sheet
    query = f"SELECT * FROM {sheet.relation} WHERE row % {step} = 0"
    return replace(sheet, relation=select(connection, query, (), keep=True).name)


def understand(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    sheet: Sheet,
    forced: Mapping[str, Mapping[str, int]],
    answers: Mapping[int, str],
    ignored: Collection[int] = (),
    keys: Sequence[ByKeys] = (),
    spelled: Spellings | None = None,
) -> Typed:
    """Recognise `sheet` and read its columns.

    `forced` (table -> column -> place of the header), `answers` (place of the header -> dmy, mdy, point, ...)
    and `ignored` (places of headers not to be read) are what a person said of it; `keys` is what the keys of
    other files say of its values, `spelled` what a person said of single names.
    """
    values = _Values(connection, sheet, answers)
    name = sheet.name if sheet.name and not fold(sheet.name).startswith("sheet") else sheet.file.rsplit(".", 1)[0]
    recognition = _settle(values, recognise(sheet.header, (name,), values.fit, forced, ignored, keys))
    if not forced and _repeats_its_keys(values, recognition):
        recognition = recognition.refused()
    if recognition.kind is None:
        asked = is_it(sheet, recognition, values.fit)
        return Typed(number, sheet, recognition, None, {}, (asked,) if asked else ())
    coerced = {match.column.name: values.as_type(match.index, match.column) for match in recognition.matches}
    values.on_one_clock(recognition.matches, coerced)
    written = (
        Question(match.column.name, match.header, read.question, read.choices)
        for match in recognition.matches
        if (read := coerced[match.column.name]).question
    )
    questions = (*which_header(sheet, recognition), *written)
    # A column that cannot decide how it is to be read stays out until a person decides.
    open_columns = [question.column for question in questions]
    used = {name: read for name, read in coerced.items() if name not in open_columns}
    table, spellings = recognition.kind.table, spelled or {}
    typed = ", ".join(
        f'{respelled(read.expression, table, name, used, spellings)} AS "{name}"' for name, read in used.items()
    )
    relation = select(
        connection,
        f"SELECT {number} AS sheet_no, row, {typed or 'NULL AS nothing'} FROM {sheet.relation}",
        used,
        # What is quickly read is read again rather than held twice.
        keep=any(word in typed for word in _SLOW),
        as_staged=True,
    )
    return Typed(number, sheet, recognition, relation, coerced, questions)


def _repeats_its_keys(values: _Values, recognition: Recognition) -> bool:
    """Tell whether what its headers make a list of customers, products or reps has each of them many times."""
    kind = recognition.kind
    if kind is None or kind.name not in ("customers", "products", "reps"):
        return False
    keys = [m for name in (kind.columns.key[0], "name", "last_name") if (m := recognition.match(name))]
    row = values.connection.execute(
        f"SELECT count(DISTINCT c{keys[0].index}), count(c{keys[0].index}) FROM {values.sheet.relation}"
    ).fetchone()
    return row is not None and row[0] < _OFTEN_ENOUGH * row[1]


def _settle(values: _Values, recognition: Recognition) -> Recognition:
    """Decide from the values what two columns of one header leave open."""
    if recognition.kind is None:
        return recognition
    table = recognition.kind.table
    recognition = in_one_currency(values.connection, values.sheet, recognition, values.fit)
    matches = list(recognition.matches)
    for place, match in enumerate(matches):
        if match.column.name == "discount" and match.confidence < 1 and recognition.match("discount_rate") is None:
            matches[place] = _rate_or_money(values, recognition, match)
        if match.column.name == "status" and table == "opportunities":
            matches[place] = _status_or_stage(values, recognition, match)
    return replace(recognition, matches=tuple(matches))


def _rate_or_money(values: _Values, recognition: Recognition, match: Match) -> Match:
    assert recognition.kind is not None  # noqa: S101
    if fold(match.header) not in {"discount", "discounts", "lineitemdiscount", "discountapplied", "折扣", "优惠"}:
        return match
    rate = next(column for column in recognition.kind.columns.readable if column.name == "discount_rate")
    read = values.as_type(match.index, match.column)
    row = values.connection.execute(
        f"SELECT max(abs(v)), count(*) FILTER (v > 0 AND v < 1) FROM (SELECT {read.expression} AS v "
        f"FROM {values.sheet.relation})"
    ).fetchone()
    if row is None or row[0] is None or row[0] > 1 or not row[1]:
        return match
    evidence = _("header `{header}` with values from 0 to 1 is a share of the price").format(header=match.header)
    return replace(match, column=rate, evidence=evidence)


def _status_or_stage(values: _Values, recognition: Recognition, match: Match) -> Match:
    assert recognition.kind is not None  # noqa: S101
    if recognition.match("stage") or match.confidence == 1:
        return match
    words = values.connection.execute(
        f"SELECT c{match.index}, count(*) FROM {values.sheet.relation} WHERE c{match.index} IS NOT NULL GROUP BY 1"
    ).fetchall()
    known = sum(rows for word, rows in words if option_of("opportunities.status", word))
    if known >= _MOSTLY * sum(rows for _word, rows in words):
        return match
    evidence = _("header `{header}` holds names of stages").format(header=match.header)
    return replace(match, column=recognition.kind.columns.column("stage"), evidence=evidence)
