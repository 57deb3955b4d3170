"""Colours that lie between two others, and text that can be read on them."""

from __future__ import annotations


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def between(low: str, high: str, place: float) -> str:
    """Give the colour that lies at `place` (0 to 1) between two.

    >>> between("#000000", "#ffffff", 0.5)
    '#808080'
    """
    mixed = (round(a + (b - a) * place) for a, b in zip(_parts(low), _parts(high), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def lightness(colour: str) -> float:
    """Give the relative luminance of a colour, as contrast is measured by.

    >>> round(lightness("#ffffff"), 3), lightness("#000000")
    (1.0, 0.0)
    """
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour: str) -> str:
    """Give the colour of text that can be read on `colour`: black or white, whichever stands out more.

    >>> ink_on("#e9effb"), ink_on("#2f62c9")
    ('#000000', '#ffffff')
    """
    light = lightness(colour)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"
