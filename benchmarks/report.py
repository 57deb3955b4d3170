"""The benchmark's findings as text."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.contest import YARDSTICK, Timing

NOTES = """\
prepare: what is done once for each version of the data, from its Parquet files to a ledger in memory (sales and
returns, dated orders, first purchases, tenure). first: the first request, compilation and empty caches included.
request: one more, the regions filtered by changed; the median of {runs}. vs SQL: request against hand-written SQL.
Every contestant gives the same {numbers} numbers; salesmetrics also gives numerators, coverage and warnings.
The hand-written two rest on what they know of this data: no cancelled lines, one customer an order, no gaps.
"""

_HEADS = ("order lines", "contestant", "prepare s", "first s", "request s", "vs SQL", "peak RSS GB")


def table(lines: int, timings: Sequence[Timing]) -> str:
    """Write the timings of one size in aligned columns.

    >>> from benchmarks.contest import Request
    >>> ours = Timing("pandas", 1, Request(0.3), Request(0.2), 2**30)
    >>> print(table(1000, [ours, Timing(YARDSTICK, 2, Request(0.1), Request(0.1), 2**29)]))
    order lines  contestant        prepare s  first s  request s  vs SQL  peak RSS GB
          1,000  pandas                 1.00    0.300      0.200   2.00x         1.00
          1,000  hand-written SQL       2.00    0.100      0.100   1.00x         0.50
    """
    yardstick = next(each.request.seconds for each in timings if each.name == YARDSTICK)
    rows = [_HEADS]
    for each in timings:
        ratio = f"{each.request.seconds / yardstick:.2f}x"
        seconds = (f"{each.prepare:.2f}", f"{each.first.seconds:.3f}", f"{each.request.seconds:.3f}")
        rows.append((f"{lines:,}", each.name, *seconds, ratio, f"{each.peak / 2**30:.2f}"))
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 1 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def shares(timings: Sequence[Timing]) -> list[str]:
    """Say for each contestant with a watched engine how a request divides between the engine and Python.

    >>> from benchmarks.contest import Request
    >>> shares([Timing("salesmetrics", 1, Request(0.3), Request(0.2, in_engine=0.15, answers=7), 2**30)])
    ['salesmetrics: of 0.200 s a request 0.150 s in the engine (7 answers), 0.050 s or 25 % in Python around it']
    """
    said = []
    for each in timings:
        request = each.request
        if request.answers:
            python = request.seconds - request.in_engine
            said.append(
                f"{each.name}: of {request.seconds:.3f} s a request {request.in_engine:.3f} s in the engine "
                f"({request.answers} answers), {python:.3f} s or {100 * python / request.seconds:.0f} % "
                "in Python around it"
            )
    return said
