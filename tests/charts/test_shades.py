"""Text that can be read on every colour a heat map fills a cell with."""

from __future__ import annotations

from typing import get_args

import pytest

from salesmetrics.charts.heatmap import FAINT
from salesmetrics.charts.shades import between, ink_on, lightness
from salesmetrics.charts.theme import PALETTES, Theme


def contrast(one: str, other: str) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", get_args(Theme))
def test_ink_can_be_read_on_every_cell(theme: Theme) -> None:
    fills = [between(FAINT[theme], PALETTES[theme].main, step / 50) for step in range(51)]
    assert min(contrast(fill, ink_on(fill)) for fill in fills) >= 4.5


def test_lightness_is_that_of_the_web_guidelines() -> None:
    # W3C's own example: #767676 on white is the darkest grey that just passes 4.5 to 1.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
