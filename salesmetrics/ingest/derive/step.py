"""What one derivation adds to a relation: expressions for columns, and what to tell the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """Columns to add or replace (name -> SQL expression), sentences for the report, notes for the metrics."""

    columns: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    notes: Mapping[str, int] = field(default_factory=dict)


def money(expression: str) -> str:
    """Make `expression` an exact amount of money; null where it is too large to be one.

    >>> money("a * b")
    'TRY(CAST(a * b AS DECIMAL(18, 6)))'
    """
    return f"TRY(CAST({expression} AS DECIMAL(18, 6)))"


def wide(column: str) -> str:
    """Write the SQL for a factor of a product: two of 18 digits would overflow at a million.

    >>> wide("amount")
    'CAST(amount AS DECIMAL(28, 6))'
    """
    return f"CAST({column} AS DECIMAL(28, 6))"


def quote(text: str) -> str:
    """Write `text` as an SQL string.

    >>> quote("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def folded(expression: str) -> str:
    """Write the SQL that folds a name to its letters and digits, so that "GTX Pro" and "GTXPro" are one.

    >>> folded("name")
    "regexp_replace(lower(name), '[^\\\\p{L}\\\\p{N}]', '', 'g')"
    """
    return f"regexp_replace(lower({expression}), '[^\\p{{L}}\\p{{N}}]', '', 'g')"
