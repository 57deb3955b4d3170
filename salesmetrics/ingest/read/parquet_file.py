"""Read Parquet: typed values become text that loses nothing, in the engine, so that large files stay out of memory."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import duckdb

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.bounds import LONGEST_CELL, MOST_RATIO, MOST_ROWS, MOST_UNPACKED
from salesmetrics.ingest.read.named import header_of
from salesmetrics.ingest.read.stage import BLANKS
from salesmetrics.ingest.sheet import SetAside, Sheet

_SHOWN = 200
_HIDDEN = (
    r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FEFF}]"
)
_WHOLE = 1e18
# pandas stores the numbers of a frame's rows under such names.
_INDEX = "__index_level_"
_relations = count(1)


def read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> Sheet | None:
    """Stage the table that the Parquet file at `path` holds; None when it has no column.

    A row's number counts records from 1. Raises FileError when the file is damaged, too wide or too long.
    """
    try:
        return _staged(connection, path, file)
    except duckdb.Error as error:
        message = _("{file} is a damaged Parquet file; export it again.")
        raise FileError(message.format(file=file)) from error


def _staged(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> Sheet | None:
    source = f"read_parquet({_quoted(str(path))}, binary_as_string => true, file_row_number => true)"
    columns = _columns(connection, source)
    if not columns:
        return None
    header = header_of([name for name, _text in columns], file)
    cells = ", ".join(f"{text} AS c{at}" for at, (_name, text) in enumerate(columns))
    texts = f"(SELECT file_row_number + 1 AS row, {cells} FROM {source})"
    _check_size(connection, path, source, texts, len(columns), file)
    relation = f"parquet_{next(_relations)}"
    every = [f"c{at}" for at in range(len(columns))]
    longest = f"greatest({', '.join(f'coalesce(length({one}), 0)' for one in every)})"
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT row, {', '.join(map(_trimmed, every))} FROM {texts} "
        f"WHERE coalesce({', '.join(every)}) IS NOT NULL AND {longest} <= {LONGEST_CELL}",
        {"blanks": BLANKS},
    )
    connection.execute(f"DELETE FROM {relation} WHERE coalesce({', '.join(every)}) IS NULL")
    too_long = connection.execute(
        f"SELECT row, {longest} FROM {texts} WHERE {longest} > {LONGEST_CELL} ORDER BY row"
    ).fetchall()
    reason = _("A cell of this row has {found} characters; at most {most} are read.")
    aside = [
        SetAside(file, None, row, None, "", reason.format(found=f"{found:,}", most=f"{LONGEST_CELL:,}"))
        for row, found in too_long
    ]
    [(kept,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    return Sheet(file, None, header, 0, relation, kept + len(aside), set_aside=tuple(aside))


def _check_size(
    connection: duckdb.DuckDBPyConnection, path: Path, source: str, texts: str, width: int, file: str
) -> None:
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {source}").fetchall()
    if rows > MOST_ROWS:
        message = _("{file} has {rows} rows; at most {most} are read: split it.")
        raise FileError(message.format(file=file, rows=f"{rows:,}", most=f"{MOST_ROWS:,}"))
    # A dictionary lets a few bytes stand for millions of long cells: they are added up before they are kept.
    sizes = ", ".join(f"sum(strlen(c{at}))" for at in range(width))
    [found] = connection.execute(f"SELECT {sizes} FROM {texts}").fetchall()
    size = sum(filter(None, found))
    if size > MOST_UNPACKED and size > MOST_RATIO * path.stat().st_size:
        message = _("{file} unpacks to more than {size} MB; split it.")
        raise FileError(message.format(file=file, size=f"{MOST_UNPACKED >> 20:,}"))


def _columns(connection: duckdb.DuckDBPyConnection, source: str) -> list[tuple[str, str]]:
    """Give each column's name with the expression for its text; a record within a record is taken apart once."""
    described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {source}").fetchall()
    columns = []
    for name, kind, *_rest in described:
        if name.startswith(_INDEX):
            continue
        column = _identifier(name)
        if not kind.startswith("STRUCT("):
            columns.append((name, _as_text(column, kind)))
            continue
        inner = connection.execute(f"DESCRIBE SELECT unnest({column}) FROM {source}").fetchall()
        columns += [
            (f"{name}.{one}", _as_text(f"{column}.{_identifier(one)}", held)) for one, held, *_rest in inner
        ]
    return columns


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _as_text(column: str, kind: str) -> str:
    """Give the expression that writes a value of the engine's type `kind` as text that loses nothing."""
    text = f"CAST({column} AS VARCHAR)"
    if kind == "VARCHAR":
        shown = f"regexp_replace({column}, '{_HIDDEN}', '', 'g')"
        return f"CASE WHEN regexp_matches({column}, '{_HIDDEN}') THEN {shown} ELSE {column} END"
    if kind in ("DOUBLE", "FLOAT"):
        exact = f"rtrim(rtrim(CAST(TRY_CAST({text} AS DECIMAL(38, 20)) AS VARCHAR), '0'), '.')"
        return (
            f"CASE WHEN NOT isfinite({column}) THEN NULL "
            f"WHEN {column} = trunc({column}) AND abs({column}) < {_WHOLE} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) "
            f"WHEN contains({text}, 'e') THEN coalesce({exact}, {text}) ELSE {text} END"
        )
    if kind == "TIMESTAMP WITH TIME ZONE":
        # What moment it was is kept, in universal time, whatever zone this machine is in.
        return _moment(f"make_timestamp(epoch_us({column}))")
    if kind.startswith("TIMESTAMP"):
        return _moment(f"CAST({column} AS TIMESTAMP)")
    return text


def _moment(moment: str) -> str:
    return (
        f"CASE WHEN {moment} = date_trunc('day', {moment}) THEN CAST(CAST({moment} AS DATE) AS VARCHAR) "
        f"ELSE CAST({moment} AS VARCHAR) END"
    )


def _trimmed(column: str) -> str:
    return f"nullif(trim({column}, $blanks), '') AS {column}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
