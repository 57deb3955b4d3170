"""What files leave open is one question on the data page, and a press of a button answers it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from .conftest import Drop
from .test_data import holds, press

NO_HEADERS = b"00004 19970101 2 29.33\n00004 19970118 2 29.73\n00021 19970102 3 63.34\n"
DATES = b"created on,timestamp,sales\n2024-01-02,2024-01-09,5\n2024-01-03,2024-01-08,6\n"
PRODUCTS = b"product,list price\nGTX Pro,10\nGTX-Pro,20\n"
SALES = b"order date,sales,product\n2024-01-02,5,GTXPro\n2024-01-03,6,GTX Pro\n"


def asked(at: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in at.warning]


def test_a_file_without_headers_is_read_after_one_yes(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"transactions.txt": NO_HEADERS})
    [question] = [text for text in asked(data_page) if "Is it orders" in text]
    assert "column 2” as order_date" in question
    press(data_page, "Yes")
    assert not data_page.error
    assert holds(data_page)["orders"] == 3


def test_which_of_two_headers_is_meant_is_answered_by_its_name(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"sales.csv": DATES})
    assert any("Which column is the order_date" in text for text in asked(data_page))
    press(data_page, "timestamp")
    assert holds(data_page)["orders"] == 2
    assert not asked(data_page)


def test_a_name_that_could_be_two_is_answered_and_not_asked_again(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"products.csv": PRODUCTS, "sales.csv": SALES})
    assert any("names the product “GTXPro”" in text for text in asked(data_page))
    press(data_page, "GTX-Pro")
    assert not asked(data_page)
    assert holds(data_page)["orders"] == 2
