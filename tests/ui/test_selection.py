"""What a link asks for: read in full, written back the same, and never widened in silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.query.request import Compare, Grain
from ui.periods import CUSTOM, PRESETS
from ui.selection import FILTERS, Choice, Problem, read_link, to_link, unknown_value

NAMES = st.text(min_size=1, max_size=12).filter(lambda text: "–" not in text)
CHOICES = st.builds(
    Choice,
    preset=st.sampled_from([None, *PRESETS]),
    compare=st.sampled_from([(), (Compare.PREVIOUS,), (Compare.LAST_YEAR,), tuple(Compare)]),
    grain=st.sampled_from([None, *Grain]),
    filters=st.dictionaries(
        st.sampled_from(FILTERS), st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple), max_size=3
    ),
    language=st.sampled_from([None, "en", "zh"]),
)
CUSTOM_CHOICES = st.builds(Choice, preset=st.just(CUSTOM), start=st.dates(), end=st.dates())


@given(CHOICES | CUSTOM_CHOICES)
def test_a_choice_survives_its_link(choice: Choice) -> None:
    assert read_link(to_link(choice)) == choice


def test_a_link_of_nothing_is_what_is_usual() -> None:
    assert read_link({}) == Choice()
    assert to_link(Choice()) == {}


def test_a_link_uses_the_words_of_the_command_line() -> None:
    link = {"from": ("2025-01-01",), "to": ("2025-04-01",), "region": ("North", "South"), "grain": ("week",)}
    choice = read_link(link | {"compare": ("previous",)})
    assert (choice.start, choice.end) == (date(2025, 1, 1), date(2025, 4, 1))
    assert choice.filters == {"region": ("North", "South")}
    assert (choice.grain, choice.compare) == (Grain.WEEK, (Compare.PREVIOUS,))
    assert read_link({"compare": ("both",)}).compare == tuple(Compare)
    assert read_link({"compare": ("none",)}).compare == ()


def test_a_tenure_band_may_have_the_dash_that_people_read() -> None:
    assert read_link({"tenure": ("0–3m",)}).filters == {"tenure": ("0-3m",)}


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"regon": ("North",)}, "The link asks for “regon”, which is no filter here. Did you mean region?"),
        ({"period": ("last_month_",)}, "The link asks for period “last_month_”, which there is not. Did you mean"),
        ({"grain": ("fortnight",)}, "The link asks for grain “fortnight”, which there is not."),
        ({"compare": ("yesterday",)}, "The link asks for compare “yesterday”, which there is not."),
        ({"from": ("2025-13-01",)}, "The link asks for the date “2025-13-01”, which is no date."),
    ],
)
def test_what_a_link_cannot_have_is_said_and_stays_in_it(link: dict[str, tuple[str, ...]], sentence: str) -> None:
    choice = read_link(link)
    assert [problem.sentence.startswith(sentence) for problem in choice.problems] == [True]
    assert dict(to_link(choice)) == link


def test_what_mail_programs_add_is_no_problem() -> None:
    assert read_link({"utm_source": ("mail",), "embed": ("true",)}).problems == ()


def test_an_unknown_value_is_told_with_the_nearest() -> None:
    found = unknown_value("region", "Nrth", ["South", "North"])
    assert found == Problem(
        "region",
        "Nrth",
        "The link asks for region “Nrth”, which is not in this data. Did you mean North?",
        ("North",),
    )
    assert unknown_value("channel", "Web", []).sentence == (
        "The link asks for channel “Web”, but this data has no channel."
    )
