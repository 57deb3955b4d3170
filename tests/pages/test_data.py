"""Dropping files: what is recognised, what is wrong, and which data is on afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"

ORDERS = b"Order Date,Amount,Region,Product\n2024-01-15,10.50,North,Desk\n2024-02-20,20,South,Chair\nsoon,30,South,Chair\n"
AMBIGUOUS = b"Order Date,Amount\n01/02/2024,10\n03/04/2024,20\n05/06/2024,30\n"


@pytest.fixture
def data_page() -> AppTest:
    at = AppTest.from_file(MAIN, default_timeout=120).run()
    at.switch_page("../pages/data.py").run()
    assert not at.exception
    return at


def drop(at: AppTest, name: str, content: bytes) -> AppTest:
    at.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not at.exception, at.exception
    return at


def sidebar_says(at: AppTest) -> str:
    return str(at.sidebar.markdown[0].value).replace("\\", "")


def test_dropped_files_become_the_data_of_this_session(data_page: AppTest) -> None:
    drop(data_page, "june orders.csv", ORDERS)
    assert sidebar_says(data_page).startswith("**june orders.csv**")
    holds = next(frame.value for frame in data_page.dataframe if "Rows" in frame.value)
    assert holds.set_index("Table").loc["orders", "Rows"] == 2
    data_page.switch_page("../pages/overview.py").run()
    assert any('value="30.5"' in block.proto.body for block in data_page.get("html"))


def test_another_session_still_sees_the_sample(data_page: AppTest) -> None:
    drop(data_page, "mine.csv", ORDERS)
    other = AppTest.from_file(MAIN, default_timeout=120).run()
    assert sidebar_says(other).startswith("**Sample company**")


def test_each_sheet_tells_its_table_its_mapping_and_the_rows_set_aside(data_page: AppTest) -> None:
    drop(data_page, "orders.csv", ORDERS)
    assert "orders.csv: orders, 2 rows read, 1 set aside" in [
        box.label.replace("\\", "") for box in data_page.expander
    ]
    mapping = next(frame.value for frame in data_page.dataframe if "Header" in frame.value)
    assert dict(zip(mapping["Header"], mapping["Read as"], strict=True))["Amount"] == "amount"
    assert mapping["Sure"].between(0, 1).all()
    aside = next(frame.value for frame in data_page.dataframe if "Why" in frame.value)
    assert aside["Row"].tolist() == [4]
    assert "soon" in aside["Value"].tolist()
    assert [button.label for button in data_page.get("download_button")] == ["Download all 1 as CSV"]


def test_a_question_is_answered_with_a_button(data_page: AppTest) -> None:
    drop(data_page, "dates.csv", AMBIGUOUS)
    assert "1 February or 2 January" in data_page.error[0].value
    assert sidebar_says(data_page).startswith("**Sample company**"), "nothing is read by guess"
    next(button for button in data_page.button if button.label == "Month first").click().run()
    assert not data_page.error
    assert "Orders to 6 May 2024" in sidebar_says(data_page) or "Orders to 31 May 2024" in sidebar_says(data_page)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.csv", b"Dear all\nthis is no table\n"),
        ("empty.csv", b""),
        ("fake.xlsx", b"\x00\x01\x02 not a workbook"),
        ("broken.xlsx", b"PK\x03\x04 cut off"),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence_and_the_data_stays(
    data_page: AppTest, name: str, content: bytes
) -> None:
    drop(data_page, name, content)
    [error] = data_page.error
    assert name.partition(".")[0] in error.value
    assert "Traceback" not in error.value
    assert sidebar_says(data_page).startswith("**Sample company**")


def test_a_bad_file_leaves_the_files_read_before_on(data_page: AppTest) -> None:
    drop(data_page, "good.csv", ORDERS)
    drop(data_page, "empty.csv", b"")
    assert len(data_page.error) == 1
    assert sidebar_says(data_page).startswith("**good.csv**")


def test_the_way_back_to_the_sample(data_page: AppTest) -> None:
    drop(data_page, "good.csv", ORDERS)
    data_page.button(key="back_to_sample").click().run()
    assert sidebar_says(data_page).startswith("**Sample company**")


def test_filters_of_the_data_before_do_not_stay(data_page: AppTest) -> None:
    data_page.multiselect(key="filter_region").set_value(["East"]).run()
    drop(data_page, "good.csv", ORDERS)
    assert data_page.multiselect(key="filter_region").value == []
    assert [option.partition(" (")[0] for option in data_page.multiselect(key="filter_region").options] == [
        "North",
        "South",
    ]


def test_a_name_with_a_path_stays_inside_the_sessions_folder(data_page: AppTest, tmp_path: Path) -> None:
    drop(data_page, "../../../escape.csv", ORDERS)
    assert sidebar_says(data_page).startswith("**escape.csv**")
    assert not list(tmp_path.parents[2].glob("escape.csv"))
