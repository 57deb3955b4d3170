"""One look for every chart, light and dark, the same on a page and in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Theme = Literal["light", "dark"]

FONT = "Source Sans, Source Sans Pro, Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of one theme. `better` and `worse` are never used for categories."""

    text: str
    quiet: str
    grid: str
    background: str
    main: str
    compared: str
    better: str
    worse: str
    other: str
    categories: tuple[str, ...]
    ordered: tuple[str, ...]


PALETTES: Mapping[Theme, Palette] = {
    "light": Palette(
        text="#1f2733", quiet="#5c6673", grid="#e6e9ee", background="#ffffff", main="#2f62c9", compared="#a9b4c4",
        better="#0b6b45", worse="#b3261e", other="#aeb6c1",
        categories=("#3b6fd4", "#d07a1f", "#8257c9", "#1b8a99", "#b3478c", "#9a7b1a", "#4b9cd3", "#9c6644", "#5d6fa8",
                    "#5e2a52"),
        ordered=("#a8c3f2", "#86a9ea", "#658fdf", "#4876d2", "#2f5fbd", "#1f4796"),
    ),
    "dark": Palette(
        text="#e8ebf0", quiet="#a8b0bb", grid="#2b323c", background="#14171c", main="#7aa2f0", compared="#5b6675",
        better="#7ed5b0", worse="#f5a09a", other="#5f6a78",
        categories=("#6f9bf0", "#eba154", "#ab88e8", "#4fb8c6", "#dd7fba", "#cfae4c", "#7fc3ee", "#c99775", "#93a3d6",
                    "#eccbe0"),
        ordered=("#3c5a94", "#486cb2", "#5880cd", "#6f96e2", "#8fb0ef", "#b4cbf7"),
    ),
}  # fmt: skip
"""The colours by theme; categories stand in the same order in both, and in .streamlit/config.toml."""


def config(theme: Theme) -> dict[str, Any]:
    """Give the Vega-Lite configuration of `theme`."""
    colours = PALETTES[theme]
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "padding": 4,
        "title": {
            "anchor": "start", "color": colours.text, "fontSize": 15, "fontWeight": 600,
            "subtitleColor": colours.quiet, "subtitleFontSize": 12, "offset": 12, "frame": "group",
        },
        "axis": {
            "labelColor": colours.quiet, "titleColor": colours.quiet, "labelFontSize": 12, "titleFontSize": 12,
            "titleFontWeight": 400, "gridColor": colours.grid, "domain": False, "ticks": False, "labelPadding": 8,
        },
        "axisX": {"grid": False},
        "legend": {
            "labelColor": colours.text, "labelFontSize": 12, "title": None, "orient": "top", "direction": "horizontal",
            "offset": 4, "symbolType": "stroke", "symbolStrokeWidth": 3, "columnPadding": 16, "labelLimit": 260,
        },
        "text": {"color": colours.text, "fontSize": 12},
    }  # fmt: skip
