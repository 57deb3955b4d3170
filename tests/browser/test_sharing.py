"""A team on a link: one browser uploads and corrects, another on another server sees the same, until it is revoked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import turn_to_data

Settled = Callable[[Page], Page]


@pytest.fixture
def another(browser: Browser) -> Iterator[Page]:
    """A second browser: no cookies of the first, another screen."""
    context = browser.new_context(locale="en-US", viewport={"width": 1600, "height": 1000})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def cards(page: Page) -> dict[str, str]:
    """Read the full value of every card that has one."""
    found = page.locator('[class*="st-key-card_"] data').all()
    named = {
        str(one.get_attribute("aria-label")).partition(":")[0]: str(one.get_attribute("value")) for one in found
    }
    return {name: value for name, value in named.items() if value}


def choose(page: Page, label: str, value: str) -> None:
    boxes = page.locator('[data-testid="stSidebar"] [data-testid="stMultiSelect"]')
    boxes.filter(has_text=label).locator("input").click()
    page.get_by_role("option", name=re.compile(rf"^{re.escape(value)} \(")).click()
    page.keyboard.press("Escape")


@pytest.mark.reference
def test_a_team_sees_the_same_on_a_link_until_it_is_revoked(
    start_server: Callable[..., Any],
    page: Page,
    another: Page,
    settled: Settled,
    trial_files: Path,
    tmp_path: Path,
) -> None:
    storage = str(tmp_path / "storage")
    first = start_server(SALESMETRICS_STORAGE=storage)
    page.goto(f"{first.url}/data")
    settled(page)
    files = [
        *sorted((trial_files / "maven_crm").glob("*.csv")),
        trial_files / "superstore_us" / "Sample - Superstore.xls",
    ]
    page.locator('input[type="file"]').set_input_files(files)
    sidebar = page.locator('[data-testid="stSidebar"]')
    expect(sidebar).to_contain_text("and 5 more", timeout=120_000)
    settled(page)

    # A correction: sectors of accounts are what this company calls segments.
    correct(page, "accounts.csv", 1, "segment")
    page.get_by_role("button", name="Read again with these changes").click()
    expect(page.get_by_text("version 2")).to_be_visible(timeout=120_000)
    settled(page)

    expect(page.get_by_text("Confirmed: files with these headers")).to_be_attached()
    page.get_by_role("link", name="Overview").click()
    expect(page.locator(".st-key-card_revenue data")).to_be_visible()
    settled(page)
    choose(page, "Region", "West")
    expect(page.locator(".st-key-chips")).to_contain_text("Region: West")
    settled(page)
    seen = cards(page)
    page.get_by_role("button", name="Copy link").click()
    link = page.locator('[data-testid="stCode"] code').inner_text()
    page.keyboard.press("Escape")
    token = parse_qs(urlparse(link).query)["w"][0]
    assert len(token) >= 32

    second = start_server(SALESMETRICS_STORAGE=storage)
    another.goto(link.replace(first.url, second.url))
    settled(another)
    expect(another.locator(".st-key-chips")).to_contain_text("Region: West")
    assert cards(another) == seen
    assert len(seen) >= 5

    turn_to_data(page)
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    page.get_by_role("tab", name="Link and owners").click()
    page.get_by_role("button", name="Revoke the link").click()
    expect(page.get_by_text("nobody but you sees this data")).to_be_visible()
    another.reload()
    expect(another.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    assert cards(another) == {}
    first.stop()
    second.stop()


def correct(page: Page, sheet: str, row: int, column: str) -> None:
    """Say in the table of a sheet what the header in a row (from 0) is read as."""
    part = page.locator('[data-testid="stExpander"]').filter(has_text=sheet)
    part.locator("summary").click()
    table = part.locator('[data-testid="stDataFrame"]')
    expect(table).to_be_visible()
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    # The table is a canvas: its second column, below the line of titles.
    box = table.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + 250, box["y"] + 35 * (row + 1) + 17)
    page.wait_for_timeout(1000)
    page.keyboard.type(column, delay=30)
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
