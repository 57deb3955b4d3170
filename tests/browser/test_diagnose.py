"""From a number to why it changed, in a real browser: one click on the card, then three levels deep, and a link to it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.serving import Server

Settled = Callable[[Page], Page]


def test_from_the_revenue_card_to_the_third_level_and_back_by_its_link(
    page: Page, server: Server, settled: Settled
) -> None:
    page.goto(server.url)
    settled(page)
    page.locator(".st-key-card_revenue").get_by_role("link", name="Why?").click()
    page.wait_for_url("**/diagnose?*")
    expect(page.get_by_role("heading", name="Why did it change?")).to_be_visible()
    told = page.locator(".st-key-why_told")
    expect(told).to_contain_text("Region South went the other way")
    page.get_by_role("button", name="Look inside region South").click()
    crumbs = page.locator(".st-key-inside_crumbs")
    expect(crumbs).to_contain_text("Region: South")
    for depth in (2, 3):
        settled(page)
        page.locator(".st-key-inside_0").get_by_role("button").click()
        expect(crumbs.get_by_role("button")).to_have_count(depth)
    expect(page.get_by_text("This is as deep as it goes")).to_be_visible()
    settled(page)
    at = parse_qs(urlsplit(page.url).query)["at"]
    assert len(at) == 3
    assert at[0] == "region=South"
    said = told.inner_text()
    page.reload()
    settled(page)
    expect(told).to_contain_text(said.split("\n")[0])
    crumbs.get_by_role("button", name="All").click()
    expect(told).to_contain_text("Region South went the other way")
