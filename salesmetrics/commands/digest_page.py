"""A digest as a page that needs nothing else, and as Markdown; what comes from data is never read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from salesmetrics.i18n import current_language

if TYPE_CHECKING:
    from salesmetrics.charts.digest_words import Document, Grid, Section

_STYLE = """
:root { color-scheme: light dark; --text: #1f2933; --quiet: #5b6770; --back: #ffffff; --line: #d9dfe4;
  --good: #1d7a46; --bad: #b3362b; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaee; --quiet: #a3adb6; --back: #12171c; --line: #333c45;
  --good: #5fc48c; --bad: #f08a7e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 46rem; background: var(--back); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
p, ul { margin: .5rem 0; } ul { padding-left: 1.25rem; } li { margin: .35rem 0; }
.quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .3rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 600; color: var(--quiet); font-size: .8125rem; }
th:first-child, td:first-child { text-align: left; }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
@media (max-width: 30rem) { td, th { padding: .35rem .2rem; font-size: .875rem; } th { font-size: .75rem; } }
"""

MARKED = 2
"""The cell of a row whose colour says whether it is good news: the change against the period before."""


def html(told: Document) -> str:
    """Write a digest as one HTML page, light or dark as its reader's device is."""
    return "\n".join(
        [
            "<!doctype html>", f'<html lang="{escape(current_language()[:2])}">', "<head>", '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(told.title)}</title>", f"<style>{_STYLE}</style>", "</head>", "<body>",
            f"<h1>{escape(told.title)}</h1>", f'<p class="quiet">{escape(told.lead)}</p>',
            *(line for section in told.sections for line in _section(section)), "</body>", "</html>", "",
        ]
    )  # fmt: skip


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>"
    yield from (f"<p>{escape(said)}</p>" for said in section.sentences)
    if section.grid is not None:
        yield from _table(section.grid)
    if section.steps:
        yield "<ul>"
        yield from (f"<li>{escape(step)}</li>" for step in section.steps)
        yield "</ul>"


def _table(grid: Grid) -> Iterator[str]:
    yield "<table><thead><tr>"
    yield from (f'<th scope="col">{escape(head)}</th>' for head in grid.heads)
    yield "</tr></thead><tbody>"
    for row, good in zip(grid.rows, grid.marks, strict=True):
        look = {True: ' class="good"', False: ' class="bad"', None: ""}[good]
        cells = (f"<td{look if place == MARKED else ''}>{escape(cell)}</td>" for place, cell in enumerate(row))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table>"


def markdown(told: Document) -> str:
    """Write a digest as Markdown."""
    blocks = [f"# {_plain(told.title)}", _plain(told.lead)]
    for section in told.sections:
        blocks.append(f"## {_plain(section.title)}")
        blocks += [_plain(said) for said in section.sentences]
        if section.grid is not None:
            rows = (section.grid.heads, ("---", *("---:" for _head in section.grid.heads[1:])), *section.grid.rows)
            lines = (row if place == 1 else tuple(map(_plain, row)) for place, row in enumerate(rows))
            blocks.append("\n".join(f"| {' | '.join(cells)} |" for cells in lines))
        if section.steps:
            blocks.append("\n".join(f"- {_plain(step)}" for step in section.steps))
    return "\n\n".join(blocks) + "\n"


def _plain(text: str) -> str:
    """Escape what Markdown reads as formatting wherever it stands, and break no line."""
    one_line = re.sub(r"[\r\n\v\f\x85\u2028\u2029]+", " ", text)
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~&!])", r"\\\1", one_line)
    # Some readers make links of bare addresses.
    escaped = re.sub(r"(?=://)|(?<=www)(?=\.)", r"\\", escaped)
    # Signs of a list count at the start of a line only.
    return re.sub(r"^(\s*)([-+])|^(\s*\d+)([.)])", r"\1\3\\\2\4", escaped)
