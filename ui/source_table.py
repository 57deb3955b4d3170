"""The table of lead sources as HTML: a figure in each cell over a bar, readable in both themes and on a phone."""

from __future__ import annotations

from html import escape

from salesmetrics.charts.sources import Cell, Line, Table
from salesmetrics.charts.theme import PALETTES, Palette, Theme

_WHOLE = (
    '<div role="region" aria-label="{title}" tabindex="0" style="overflow-x:auto">'
    '<table style="width:{width}rem;max-width:100%;min-width:{least}rem;table-layout:fixed;'
    'border-collapse:collapse;font-size:.875rem;line-height:1.35">'
    "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
)
_HEAD = (
    '<th scope="col" style="padding:.25rem .5rem;{look}vertical-align:bottom;font-weight:600;'
    'color:{text}">{name}<div style="font-weight:400;font-size:.75rem;color:{quiet}">{more}</div></th>'
)
_NAMES, _NARROW, _WIDE = 8, 5.5, 12
"""How wide the names are, and each column at least and at most, in rem."""
_FIRST = f"width:clamp(5.5rem,26vw,{_NAMES}rem);position:sticky;left:0;background:{{background}};"
_NAME = (
    '<th scope="row" style="padding:.4rem .5rem .4rem 0;text-align:left;font-weight:{weight};position:sticky;left:0;'
    'background:{background};overflow-wrap:anywhere">{name}</th>'
)
_CELL = (
    '<td style="padding:.4rem .5rem;text-align:right;white-space:nowrap;font-weight:{weight}{look}" title="{hint}">'
    "{text}{bar}{below}</td>"
)
_BAR = (
    '<div style="height:5px;margin-top:2px;border-radius:2px;background:{track}">'
    '<div style="height:5px;border-radius:2px;width:{width:.1f}%;background:{colour}"></div></div>'
)
_BELOW = '<div style="font-size:.75rem;white-space:normal">{text}</div>'


def _cell(cell: Cell, weight: int, colours: Palette) -> str:
    bar = "" if cell.bar is None else _BAR.format(track=colours.grid, width=100 * cell.bar, colour=colours.main)
    look = (";opacity:.55" if cell.pale else "") + (f";color:{colours.worse}" if cell.loss else "")
    below = _BELOW.format(text=escape(cell.below)) if cell.below else ""
    return _CELL.format(
        weight=weight, look=look, hint=escape(cell.hint), text=escape(cell.text), bar=bar, below=below
    )


def _line(line: Line, weight: int, border: str, colours: Palette) -> str:
    name = _NAME.format(weight=weight, name=escape(line.name), background=colours.background)
    cells = "".join(_cell(cell, weight, colours) for cell in line.cells)
    return f'<tr style="border-top:{border}">{name}{cells}</tr>'


def as_html(table: Table, theme: Theme) -> str:
    """Write the table; the last line, in bold, is all sources together."""
    colours = PALETTES[theme]
    heads = [("", ""), *table.heads]
    first, other = _FIRST.format(background=colours.background), "text-align:right;"
    head = "".join(
        _HEAD.format(
            look=other if place else first,
            name=escape(name),
            more=escape(more),
            text=colours.text,
            quiet=colours.quiet,
        )
        for place, (name, more) in enumerate(heads)
    )
    body = "".join(_line(line, 400, f"1px solid {colours.grid}", colours) for line in table.lines)
    body += _line(table.whole, 600, f"2px solid {colours.compared}", colours)
    # Few columns need not reach across the whole page, many scroll on a phone.
    columns = len(table.heads)
    return _WHOLE.format(
        title=escape(table.title), head=head, body=body, width=_NAMES + _WIDE * columns, least=_NAMES + _NARROW * columns,
    )  # fmt: skip
