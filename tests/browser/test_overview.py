"""The overview in a real browser: a cold link, filters, numbers, history, and nothing fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from salesmetrics.charts.bars import STEP
from salesmetrics.query import Filter, MetricQuery, Period, compute
from tests.browser.serving import turn_to_data
from ui import datasets
from ui.state import ECHO_SECONDS

Settled = Callable[[Page], Page]
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def value_on(page: Page, metric: str) -> float:
    """Read a card's value in full."""
    return float(page.locator(f".st-key-card_{metric} data").get_attribute("value") or "nan")


def computed(metric: str, *filters: Filter, period: Period = YEAR) -> float:
    result = compute(datasets.sample().data, MetricQuery((metric,), period, where=filters))
    return float(result.frame["value"].iloc[0])


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def choose(page: Page, label: str, value: str) -> None:
    """Pick a value in one of the sidebar's filters."""
    boxes = page.locator('[data-testid="stSidebar"] [data-testid="stMultiSelect"]')
    boxes.filter(has_text=label).locator("input").click()
    page.get_by_role("option", name=re.compile(rf"^{re.escape(value)} \(")).click()
    page.keyboard.press("Escape")


def test_a_link_opened_first_on_a_cold_server_shows_what_it_asks_for(
    start_server: Callable[..., Any], page: Page, settled: Settled
) -> None:
    server = start_server()
    page.goto(f"{server.url}/?region=North&tenure=1-2y&from=2025-01-01&to=2026-01-01")
    settled(page)
    both = Filter("region", ("North",)), Filter("tenure", ("1-2y",))
    expect(page.locator(".st-key-chips")).to_contain_text("Region: North")
    expect(page.locator(".st-key-chips")).to_contain_text("Tenure: 1–2 years")
    assert value_on(page, "revenue") == pytest.approx(computed("revenue", *both), abs=0.005)
    server.stop()


def test_a_link_to_another_page_on_a_cold_server_opens_it_in_the_shell(
    start_server: Callable[..., Any], page: Page, settled: Settled
) -> None:
    server = start_server()
    page.goto(f"{server.url}/data?region=North")
    settled(page)
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    expect(page.locator('[data-testid="stSidebar"]')).to_contain_text("Sample company")
    assert asked(page) == {"region": ["North"]}
    server.stop()


def test_every_number_on_the_cards_is_the_one_that_is_computed(server: Any, page: Page, settled: Settled) -> None:
    settled(page.goto(server.url) and page)
    for metric in ("revenue", "orders", "average_transaction_value", "gross_margin", "win_rate", "pipeline_value"):
        assert value_on(page, metric) == pytest.approx(computed(metric), rel=1e-12, abs=0.005), metric


@pytest.mark.parametrize(
    ("label", "dimension", "value"), [("Region", "region", "South"), ("Tenure", "tenure", "5y+")]
)
def test_a_filter_changes_numbers_and_link_and_stays_over_pages_and_refresh(
    server: Any, page: Page, settled: Settled, label: str, dimension: str, value: str
) -> None:
    settled(page.goto(server.url) and page)
    choose(page, label, "South" if dimension == "region" else "5 years and more")
    expected = computed("revenue", Filter(dimension, (value,)))
    data = page.locator(".st-key-card_revenue data")
    expect(data).to_have_attribute("value", re.compile(rf"^{re.escape(str(round(expected, 1))[:6])}"))
    assert value_on(page, "revenue") == pytest.approx(expected, abs=0.005)
    assert asked(page) == {dimension: [value]}
    turn_to_data(page)
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    settled(page)
    assert asked(page) == {dimension: [value]}
    page.get_by_role("link", name="Overview").click()
    expect(data).to_have_attribute("value", re.compile(rf"^{re.escape(str(round(expected, 1))[:6])}"))
    settled(page.reload() and page)
    assert value_on(page, "revenue") == pytest.approx(expected, abs=0.005)


def test_a_product_and_the_way_back_in_the_browser(server: Any, page: Page, settled: Settled) -> None:
    settled(page.goto(server.url) and page)
    whole = value_on(page, "revenue")
    product = datasets.values(datasets.sample().data, "product")[0][0]
    choose(page, "Product", product)
    chips = page.locator(".st-key-chips")
    expect(chips).to_contain_text(f"Product: {product}")
    settled(page)
    assert value_on(page, "revenue") == pytest.approx(
        computed("revenue", Filter("product", (product,))), abs=0.005
    )
    # As a person would: going back at once cannot be told from an action that still carries the link before.
    page.wait_for_timeout(1000 * ECHO_SECONDS + 500)
    page.go_back()
    expect(chips).not_to_contain_text("Product")
    settled(page)
    assert value_on(page, "revenue") == whole


def test_reset_and_a_link_that_can_be_copied(server: Any, page: Page, settled: Settled) -> None:
    settled(page.goto(f"{server.url}/?region=North&period=last_month") and page)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("region=North")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator(".st-key-chips")).not_to_contain_text("North")
    settled(page)
    assert asked(page) == {}


def test_a_link_that_cannot_be_followed_says_so_and_shows_no_number(
    server: Any, page: Page, settled: Settled
) -> None:
    settled(page.goto(f"{server.url}/?region=Nrth") and page)
    expect(page.get_by_text("which is not in this data. Did you mean North?")).to_be_visible()
    assert page.locator("data").count() == 0
    page.get_by_role("button", name="Use North").click()
    expect(page.locator(".st-key-chips")).to_contain_text("Region: North")


def test_charts_are_drawn_with_words_beside_and_nothing_comes_from_elsewhere(
    server: Any, page: Page, settled: Settled
) -> None:
    hosts: set[str] = set()
    refused: list[ConsoleMessage] = []
    page.on("request", lambda request: hosts.add(urlparse(request.url).netloc))
    page.on("console", lambda said: refused.append(said) if "Content Security Policy" in said.text else None)
    answer = page.goto(server.url)
    settled(page)
    assert answer is not None
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    drawn = page.locator('[data-testid="stVegaLiteChart"][role="graphics-document"]')
    expect(drawn).to_have_count(13)
    texts = [drawn.nth(place).get_attribute("aria-label") or "" for place in range(13)]
    assert all(texts)
    expect(drawn.nth(10).locator("text", has_text="North")).to_be_visible()
    assert {host for host in hosts if host} == {urlparse(server.url).netloc}
    assert refused == []


def hit(page: Page, key: str, across: float, down: float, touch: bool = False) -> None:
    """Click or tap in the chart of a frame, at a share of its width and so many pixels from its top."""
    chart = page.locator(f".st-key-frame_{key} [data-testid=stVegaLiteChart]")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    point = box["x"] + box["width"] * across, box["y"] + down
    (page.touchscreen.tap if touch else page.mouse.click)(*point)


def marks_of(page: Page, key: str) -> list[str]:
    """Name what the bars of a frame's chart stand for, from the top."""
    drawn = page.locator(f".st-key-frame_{key} svg.marks text")
    expect(drawn.first).to_be_visible()
    texts = drawn.all_text_contents()
    regions = {value for value, _rows in datasets.values(datasets.sample().data, "region")}
    return [text for text in texts if text in regions]


def test_a_bar_that_is_clicked_narrows_the_page_to_it(server: Any, page: Page, settled: Settled) -> None:
    settled(page.goto(server.url) and page)
    third = marks_of(page, "by_region")[2]
    hit(page, "by_region", 0.7, 16 + 2 * STEP)
    row = page.locator(".st-key-picked_by_region")
    expect(row).to_contain_text(f"{third} · ")
    expect(row.get_by_role("link", name="See the rows")).to_have_attribute(
        "href", re.compile(f"metric=revenue.*at=region%3D{third}")
    )
    row.get_by_role("button", name=f"Show only {third}").click()
    expect(page.locator(".st-key-chips")).to_contain_text(f"Region: {third}")
    settled(page)
    assert asked(page) == {"region": [third]}
    assert value_on(page, "revenue") == pytest.approx(computed("revenue", Filter("region", (third,))), abs=0.005)
    expect(row).to_have_count(0)


def test_a_month_of_the_trend_is_picked_from_anywhere_above_it(
    browser: Browser, server: Any, settled: Settled
) -> None:
    context = browser.new_context(locale="en-US", viewport={"width": 390, "height": 850}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server.url}/?from=2025-01-01&to=2026-01-01")
    settled(page)
    # The last month lies at the right edge, whatever its value.
    hit(page, "trend", 0.965, 60, touch=True)
    row = page.locator(".st-key-picked_trend")
    expect(row).to_contain_text("Dec 2025 · ")
    row.get_by_role("button", name="Show only Dec 2025").click()
    expect(page.locator(".st-key-chips")).to_contain_text("Dec 2025")
    settled(page)
    assert asked(page) == {"from": ["2025-12-01"], "to": ["2026-01-01"]}
    december = Period(date(2025, 12, 1), date(2026, 1, 1))
    assert value_on(page, "revenue") == pytest.approx(computed("revenue", period=december), abs=0.005)
    context.close()


def test_a_mark_that_can_be_clicked_shows_a_hand_and_stays_picked_when_a_filter_changes(
    server: Any, page: Page, settled: Settled
) -> None:
    settled(page.goto(server.url) and page)
    hit(page, "by_region", 0.5, 16)
    picked = page.locator(".st-key-picked_by_region")
    expect(picked).to_be_visible()
    canvas = page.locator(".st-key-frame_by_region svg.marks")
    assert canvas.evaluate("svg => getComputedStyle(svg).cursor") == "pointer"
    name = picked.inner_text().partition(" · ")[0]
    canvas.evaluate("svg => svg.dataset.seen = 'before'")
    choose(page, "Tenure", "5 years and more")
    expect(page.locator(".st-key-chips")).to_contain_text("Tenure: 5 years and more")
    settled(page)
    expect(picked).to_contain_text(f"{name} · ")
    assert canvas.get_attribute("data-seen") == "before", "the chart was not drawn anew"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1366, "dark")])
def test_nothing_sticks_out_of_the_window(
    server: Any, page: Page, settled: Settled, width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    page.emulate_media(color_scheme=scheme)
    settled(page.goto(server.url) and page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    wide = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain] svg.marks, [data-testid=stMain] data')]"
        ".filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert wide == 0
    cut = page.evaluate(
        "[...document.querySelectorAll('[class*=st-key-card_]')]"
        ".filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).length"
    )
    assert cut == 0


def test_cards_of_a_row_are_equally_high(server: Any, page: Page, settled: Settled) -> None:
    settled(page.goto(f"{server.url}/?channel=Direct") and page)
    expect(page.locator("[class*=st-key-card_] svg.marks")).to_have_count(5)
    boxes = [one.bounding_box() for one in page.locator("[class*=st-key-card_]").all()]
    rows: dict[int, set[int]] = {}
    for box in boxes:
        assert box is not None
        rows.setdefault(round(box["y"]), set()).add(round(box["height"]))
    assert len(rows) == 2
    assert all(len(heights) == 1 for heights in rows.values())
