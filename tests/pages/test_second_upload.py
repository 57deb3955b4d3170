"""A second drop on the Data page: what it would change is seen before anything is stored, then stored or let go."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui import storage

from .conftest import Drop
from .test_data import holds, link_of, press, tab

DEALS = (
    b"opportunity_id,status,amount,create_date,close_date\nD1,open,100,2024-01-01,2024-07-01\n"
    b"D2,open,200,2024-01-02,2024-08-01\nD3,won,300,2024-01-03,2024-02-01\n"
)
NEXT = (
    b"opportunity_id,status,amount,create_date,close_date\nD2,lost,250,2024-01-02,2024-06-01\n"
    b"D4,open,400,2024-03-01,2024-09-01\n"
)


def told(at: AppTest) -> dict[str, int]:
    """The counts of deals that the page shows."""
    frame: Any = next(frame.value for frame in at.dataframe if "Stays as it is" in frame.value)
    row: dict[str, Any] = frame[frame["Table"] == "opportunities"].iloc[0].to_dict()
    return {name: int(value) for name, value in row.items() if name != "Table"}


@pytest.fixture
def second(data_page: AppTest, drop: Drop) -> AppTest:
    drop(data_page, {"deals.csv": DEALS})
    return drop(data_page, {"next.csv": NEXT})


def choose(at: AppTest, way: str) -> AppTest:
    at.radio(key="second_way").set_value(way).run()
    assert not at.exception, at.exception
    return at


def test_it_is_seen_before_it_is_stored(second: AppTest) -> None:
    assert told(second) == {"New": 1, "Changed": 1, "Gone": 0, "Stays as it is": 2}
    assert "version 1" in " ".join(one.value for one in second.markdown)
    press(second, "Store as a new version")
    assert holds(second)["opportunities"] == 4
    assert not second.radio


def test_each_way_says_what_it_does(second: AppTest) -> None:
    assert told(choose(second, "append"))["Left out"] == 1
    assert told(choose(second, "replace"))["Gone"] == 2
    assert told(choose(second, "update"))["Changed"] == 1


def test_files_can_be_let_go(second: AppTest) -> None:
    press(second, "Discard these files")
    assert not second.radio
    assert holds(second)["opportunities"] == 3
    workspace = storage.store().by_link(link_of(second))
    assert workspace is not None
    assert len(workspace.versions) == 1


def test_two_versions_are_compared(second: AppTest) -> None:
    press(second, "Store as a new version")
    press(tab(second, "Versions"), "Compare")
    assert told(second) == {"New": 1, "Changed": 1, "Gone": 0, "Stays as it is": 2}


def test_the_pipeline_shows_what_became_of_it_to_its_owner(second: AppTest, start: Any) -> None:
    press(second, "Store as a new version")
    link = link_of(second)
    page = second.switch_page("../pages/pipeline.py").run()
    assert not page.exception, page.exception
    # 300 were open; 400 are new, 200 were lost: 500.
    assert any("The open pipeline rose by 200" in one.value for one in page.markdown)
    page.pills(key="waterfall_bar_1_2").set_value("lost").run()
    rows: Any = next(frame.value for frame in page.dataframe if "amount_before" in frame.value)
    assert rows["opportunity_id"].tolist() == ["D2"]
    # An earlier version may hold what the one on the link was made to leave out.
    seen = start(w=link).switch_page("../pages/pipeline.py").run()
    assert not any("open pipeline rose" in one.value for one in seen.markdown)
