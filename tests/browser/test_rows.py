"""The rows behind a number in a real browser: from a cold link, with a search, as a file, and the way back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server

LINK = (
    "/rows?metric=revenue&at=region%3DNorth&at=period%3D2025-11-01%2F2025-12-01&back=revenue&product=Rise+Desk+140"
)


def shown_number(page: Page) -> float:
    return float(page.locator("data[value]").first.get_attribute("value") or "nan")


def downloaded(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download all as CSV").click()
    text = Path(caught.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_cold_link_leads_to_the_rows_their_file_and_back(
    page: Page, server: Server, settled: Callable[[Page], Page]
) -> None:
    page.goto(f"{server.url}{LINK}")
    settled(page)
    expect(page.get_by_text(re.compile(r"These \d+ rows add up to"))).to_be_visible()
    value = shown_number(page)
    rows = downloaded(page)
    assert abs(sum(float(row["revenue"]) for row in rows) - value) < 0.005
    assert {(row["region"], row["product"]) for row in rows} == {("North", "Rise Desk 140")}
    assert all(row["date"].startswith("2025-11-") for row in rows)
    page.get_by_label("Search these rows").fill(rows[-1]["order_id"])
    page.get_by_label("Search these rows").press("Enter")
    expect(page.get_by_text(re.compile(r"^Showing (1|all \d) rows?$"))).to_be_visible()
    assert shown_number(page) == value, "a search tells rows apart and changes no number"
    page.get_by_test_id("stMain").get_by_role("link", name="Revenue").click()
    expect(page).to_have_url(re.compile(r"/revenue\?product=Rise(\+|%20)Desk(\+|%20)140$"))


def test_a_step_up_widens_the_rows_and_keeps_the_rest(
    page: Page, server: Server, settled: Callable[[Page], Page]
) -> None:
    page.goto(f"{server.url}{LINK}")
    settled(page)
    narrow = shown_number(page)
    page.get_by_test_id("stMain").get_by_role("button", name="Revenue", exact=True).click()
    expect(page).not_to_have_url(re.compile("at="))
    expect(page).to_have_url(re.compile("product=Rise"))
    settled(page)
    expect(page.locator("data[value]").first).not_to_have_attribute("value", repr(narrow))
    assert shown_number(page) > narrow


def test_it_fits_a_phone(page: Page, server: Server, settled: Callable[[Page], Page]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/rows?metric=average_transaction_value")
    settled(page)
    expect(page.get_by_text("÷")).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth + 1")
