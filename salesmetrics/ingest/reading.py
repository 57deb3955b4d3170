"""Read files into a dataset and a report: what was recognised, derived and asked, and every row accounted for."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from salesmetrics.errors import MappingError
from salesmetrics.i18n import _
from salesmetrics.ingest.account import dated_after, repeated_lines, sheet_report
from salesmetrics.ingest.assemble import assemble
from salesmetrics.ingest.assembled import Assembled
from salesmetrics.ingest.assign import ByKeys
from salesmetrics.ingest.coerce.yearless import years_near
from salesmetrics.ingest.currency import in_reporting_currency
from salesmetrics.ingest.key_evidence import keys_across
from salesmetrics.ingest.maps import Said, currency_of, encodings_of, said_of
from salesmetrics.ingest.near_keys import unanswered
from salesmetrics.ingest.plain_lane import Written, read_plainly
from salesmetrics.ingest.progress import OnProgress, Stage, Watch
from salesmetrics.ingest.read import read_files
from salesmetrics.ingest.refusal import asked_for, nothing_read, stopped
from salesmetrics.ingest.relation import count_rows, has_rows
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.ingest.spellings import Spellings, spellings_of
from salesmetrics.ingest.store import Filled, store
from salesmetrics.ingest.typed import Typed, understand
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.report import Report
from salesmetrics.model.tables import TABLES

_MEMORY = "220MB"
"""What tables under way may hold in memory, wide ones aside; the interpreter and its libraries come to as much."""

_THREADS = 4
"""Each thread holds a block of every column: more of them would be no quicker, and need more room."""


@dataclass(frozen=True)
class Reading:
    """What reading files gave: the dataset, and the report that accounts for every row of them."""

    dataset: Dataset
    report: Report


def read(
    paths: Iterable[Path | str] | Path | str,
    *,
    maps: Sequence[str] = (),
    into: Path | None = None,
    read_on: date | None = None,
    on_progress: OnProgress | None = None,
) -> Reading:
    """Read files and folders as sales data and store it as canonical tables in the folder `into`.

    `maps` are a person's corrections ("orders.amount=Net", see `maps.py`). `read_on` is the day of reading, today
    by default: later dates are reported. Without `into` the tables live in a temporary folder, removed
    when Python ends. `on_progress` is told how far the reading is (else whoever
    is `listening`); what it raises ends the reading, and is raised.
    Raises FileError for a file that cannot be read, MappingError for a map that names what is not there, or when
    no table can be recognised.
    """
    day = read_on or date.today()  # noqa: DTZ011
    folder = into if into is not None else _temporary_folder()
    watch = Watch(on_progress) if on_progress else Watch()
    with _workshop(folder.parent) as (connection, beside):
        plainly = read_plainly(connection, _paths(paths), maps, beside, watch)
        if plainly is not None:
            sheets, assembled = [plainly.typed], plainly.assembled
        else:
            sheets, assembled = _tables(connection, _paths(paths), maps, watch, day)
        written = plainly.written if plainly is not None else None
        watch.enter(Stage.STORING)
        filled = {
            table: Filled(
                relation.name,
                _notes(connection, assembled, table, day, written),
                written.path if written and written.holds(relation) else None,
            )
            for table, relation in assembled.tables.items()
        }
        report = Report.worst_first(sheet_report(connection, typed, assembled, day) for typed in sheets)
        dataset = store(connection, filled, folder, day)
    return Reading(dataset, report)


def check(
    paths: Iterable[Path | str] | Path | str, *, maps: Sequence[str] = (), read_on: date | None = None
) -> Report:
    """Tell what files would be read as, and store nothing; it raises as `read` does, save for unknown tables."""
    day = read_on or date.today()  # noqa: DTZ011
    with _workshop(None) as (connection, _beside):
        sheets, assembled = _tables(connection, _paths(paths), maps, Watch(), day, must=False)
        return Report.worst_first(sheet_report(connection, typed, assembled, day) for typed in sheets)


@contextmanager
def _workshop(place: Path | None) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Open a database in memory; what does not fit goes to a folder in `place`, given too and removed with it."""
    if place is not None:
        place.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="reading-", dir=place, ignore_cleanup_errors=True) as beside,
        duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": beside}) as connection,
    ):
        threads = min(_THREADS, os.cpu_count() or 1)
        connection.execute(f"SET threads = {threads}")
        connection.execute("SET preserve_insertion_order = true")
        connection.execute("SET enable_progress_bar = false")
        yield connection, Path(beside)


def _temporary_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="salesmetrics-"))
    # Not when the Reading goes: a dataset taken from it may live on.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _paths(paths: Iterable[Path | str] | Path | str) -> list[Path]:
    return [Path(paths)] if isinstance(paths, (str, Path)) else [Path(path) for path in paths]


def _tables(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    maps: Sequence[str],
    watch: Watch,
    day: date,
    *,
    must: bool = True,
) -> tuple[list[Typed], Assembled]:
    staged = read_files(paths, connection, encodings_of(maps), watch)
    watch.enter(Stage.UNDERSTANDING)
    said, spelled = said_of(staged, maps), spellings_of(maps)
    sheets = [
        _understood(connection, n, sheet, words, spelled)
        for n, (sheet, words) in enumerate(zip(staged, said, strict=True))
    ]
    across = keys_across(connection, sheets)
    for n, keys in across.readings.items():
        sheets[n] = _understood(connection, n, staged[n], said[n], spelled, keys)
    sheets = [_with_years(across.told(typed), day) for typed in sheets]
    _check_maps(sheets, said)
    exchanged = in_reporting_currency(connection, sheets, [words.answers for words in said], currency_of(maps))
    sheets = list(exchanged.sheets)
    assembled = assemble(connection, [sheet for sheet in sheets if sheet.kind and not stopped(sheet)])
    exchanged.tell(assembled)
    for number, asked in assembled.findings.asked.items():
        assembled.findings.asked[number] = unanswered(asked, maps)
    if must and not any(has_rows(connection, relation) for relation in assembled.tables.values()):
        raise nothing_read(sheets, assembled.unused)
    return sheets, assembled


def _understood(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    sheet: Sheet,
    said: Said,
    spelled: Spellings,
    keys: Sequence[ByKeys] = (),
) -> Typed:
    typed = understand(connection, number, sheet, said.columns, said.answers, said.ignored, keys, spelled)
    if typed.kind is None and said.columns:
        # The header a person named stands in this sheet too, which is another table.
        plain = understand(connection, number, sheet, {}, said.answers, said.ignored, keys, spelled)
        return plain if plain.kind else typed
    return typed


def _with_years(typed: Typed, day: date) -> Typed:
    return replace(typed, questions=tuple(years_near(asked, typed.sheet, day) for asked in typed.questions))


def _check_maps(sheets: Sequence[Typed], said: Sequence[Said]) -> None:
    for table in {table for words in said for table in words.columns}:
        meant = [typed for typed, words in zip(sheets, said, strict=True) if table in words.columns]
        if not any(typed.table == table for typed in meant):
            message = _("With --map, {sheet} still lacks {misses} to be {table}; its headers are {headers}.")
            raise MappingError(
                message.format(
                    sheet=meant[0].sheet.label,
                    misses=asked_for(meant[0].recognition.misses),
                    table=table,
                    headers=", ".join(meant[0].sheet.header[:30]),
                )
            )


def _notes(
    connection: duckdb.DuckDBPyConnection, assembled: Assembled, table: str, day: date, written: Written | None
) -> dict[str, int]:
    relation = assembled.tables[table]
    notes = dict(assembled.findings.notes[table])
    if table == "orders":
        where = "WHERE order_id IS NULL" if relation.has("order_id") else ""
        notes["order_id_synthesized"] = count_rows(connection, f"SELECT count(*) FROM {relation.name} {where}")
        known = written is not None and written.holds(relation)
        notes["duplicate_lines"] = (
            written.repeated_lines if written and known else repeated_lines(connection, relation)
        )
    notes["dated_after_reading"] = dated_after(connection, TABLES[table], relation, day)
    return {name: rows for name, rows in notes.items() if rows}
