"""What reading a column came to: the expression for its values and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass

EMPTY = (
    "", "-", "--", "---", "–", "—", ".", "?", "null", "(null)", "\\n", "none", "nan", "nil", "n/a", "n.a.",
    "n.a", "na", "#n/a", "#na", "(blank)", "(none)", "无", "暂无", "空", "select", "-- select --", "--select--",
    "- select -", "please select", "--none--", "-- none --", "-none-", "- none -", "请选择", "請選擇", "--请选择--",
)  # fmt: skip
"""Words, folded to lower case, that stand for an empty cell wherever a value other than text is expected."""

EMPTY_TEXT = (
    "NULL", "null", "(NULL)", "(null)", "#N/A", "\\N", "N/A", "n/a", "-", "--", "-- Select --", "--Select--",
    "- Select -", "Please select", "Please Select", "--None--", "-- None --", "-None-", "- None -", "请选择", "請選擇",
    "--请选择--",
)  # fmt: skip
"""Texts that stand for an empty cell where text is expected: `NA` may be a region and `None` a value there."""


@dataclass(frozen=True)
class Coerced:
    """How to read a column: `expression` is DuckDB SQL over the staging relation's columns, null where empty.

    `filled` counts the cells that hold something, `unreadable` those of them that the expression cannot read.
    `notes` say what was decided, each as `code: sentence`; `question` is set where the column cannot decide,
    and then the cells whose readings differ are null (they count as unreadable) until it is answered with one of
    `choices`. `currencies` are those whose signs stand beside the numbers, and `sign` is SQL for the sign of a
    cell; `offsets` are the distances from UTC, in minutes, that stand beside the times.
    """

    expression: str
    filled: int
    unreadable: int
    notes: tuple[str, ...] = ()
    question: str | None = None
    choices: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    sign: str = ""
    offsets: tuple[int, ...] = ()


def literal(text: str) -> str:
    """Write `text` as an SQL string.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def literals(texts: tuple[str, ...] | list[str]) -> str:
    """Write `texts` as the inside of an SQL list."""
    return ", ".join(literal(text) for text in texts)


def is_filled(cell: str) -> str:
    """SQL that tells whether a cell holds a value, where text is not what is expected."""
    # Most cells are longer than any word for nothing, and are spared the comparison.
    words = f"lower({cell}) NOT IN ({literals(EMPTY)})"
    return f"({cell} IS NOT NULL AND CASE WHEN length({cell}) > {max(map(len, EMPTY))} THEN true ELSE {words} END)"
