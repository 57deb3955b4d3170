"""A table with a line for each thing: figures beside its name where there is room, below it where not."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from salesmetrics.charts.theme import PALETTES, Theme

NARROW = "22rem"
"""Narrower than this a table sets each name on a line of its own, above its figures."""

_STYLE = f"""<style>
.lines {{ container-type: inline-size; font-size: .875rem }}
.lines table {{ width: 100%; border-collapse: collapse }}
.lines th, .lines td {{ padding: 6px 12px 6px 0; text-align: right; font-weight: 400 }}
.lines thead th {{ font-weight: 500; padding-block: 4px }}
.lines .figure {{ white-space: nowrap; font-variant-numeric: tabular-nums }}
.lines .name, .lines .said {{ text-align: left; overflow-wrap: break-word }}
.lines .name {{ min-width: 6rem }}
@container (max-width: {NARROW}) {{
  .lines table, .lines thead, .lines tbody {{ display: block }}
  .lines tr {{ display: flex; flex-wrap: wrap; padding: 5px 0 }}
  .lines th, .lines td {{ flex: 1 1 0; padding: 1px 0 }}
  .lines .name, .lines .said {{ flex: 1 0 100% }}
  .lines thead .name, .lines thead .said, .lines .said:empty {{ display: none }}
}}
</style>"""
_TABLE = (
    '<div class="lines">{style}<table><thead><tr style="color:{quiet}">{head}</tr></thead>'
    "<tbody>{body}</tbody></table></div>"
)


def name(html: str, tag: str = "th") -> str:
    """Write what a line is about, from markup."""
    return f'<{tag} scope="row" class="name">{html}</{tag}>'


def figure(html: str, look: str = "", hint: str = "") -> str:
    """Write a figure from markup; `look` are properties of style and `hint` a text, both plain."""
    return f'<td class="figure" style="{look}" title="{escape(hint)}">{html}</td>'


def said(html: str, columns: int, colour: str) -> str:
    """Write a sentence from markup, across as many `columns` as it may take."""
    return f'<td class="said" colspan="{columns}" style="color:{colour}">{html}</td>'


def as_html(first: str, figures: Sequence[str], last: str, lines: Sequence[str], theme: Theme) -> str:
    """Write a table from the plain titles of its columns and its lines, each the markup of its cells.

    `last` is the title of the sentences; empty where there are none.
    """
    colours = PALETTES[theme]
    head = f'<th scope="col" class="name">{escape(first)}</th>'
    head += "".join(f'<th scope="col">{escape(title)}</th>' for title in figures)
    head += f'<th scope="col" class="said">{escape(last)}</th>' if last else ""
    body = "".join(f'<tr style="border-top:1px solid {colours.grid}">{cells}</tr>' for cells in lines)
    return _TABLE.format(style=_STYLE, quiet=colours.quiet, head=head, body=body)
