"""`digest`: a page and a Markdown file that say the same, and read nothing from data as markup."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from salesmetrics.commands import main

EVIL = "1. <script>alert(1)</script> [x](y) *Ann* | `z` https://a.b"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links += [str(value) for name, value in attrs if name in ("href", "src", "action")]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Orders of two reps, one with a name that holds markup, and two deals past their expected close."""
    orders = ["order_id,order_date,amount,rep_id,customer_id"]
    for month in range(1, 13):
        for day in (1, 15, 28):
            orders += [f"{month}-{day}-A,2024-{month:02d}-{day:02d},{month * 10},R1,C{day}",
                       f"{month}-{day}-B,2024-{month:02d}-{day:02d},5,R2,C{day}"]  # fmt: skip
    reps = ["rep_id,name,hire_date", f'R1,"{EVIL}",2020-01-01', "R2,Bo Berg,2021-01-01"]
    deals = ["opportunity_id,created_date,expected_close,amount,stage,status,rep_id",
             "D1,2024-09-01,2024-11-01,700,Demo,open,R1", "D2,2024-09-01,2024-12-01,300,Demo,open,R2",
             "D3,2024-12-30,,50,Demo,open,R2"]  # fmt: skip
    found = []
    for name, lines in (("orders", orders), ("reps", reps), ("opportunities", deals)):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(lines))
        found.append(str(path))
    return found


def written(files: list[str], out: Path, *words: str) -> str:
    assert main(["digest", *files, "--period", "month", "-o", str(out), *words]) == 0
    return out.read_text(encoding="utf-8")


def test_a_page_needs_nothing_else_and_reads_no_markup_from_data(files: list[str], tmp_path: Path) -> None:
    page = written(files, tmp_path / "digest.html")
    tags = _Tags()
    tags.feed(page)
    assert tags.names <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "table",
                          "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    assert tags.links == []
    assert "url(" not in page
    assert "http" not in page.replace("https://a.b", "")
    assert EVIL in unescape(page)
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page


def test_its_figures_are_those_of_the_files(files: list[str], tmp_path: Path) -> None:
    page = unescape(written(files, tmp_path / "digest.html"))
    row = re.search(r"<tr><td>Revenue</td><td>([^<]*)</td><td[^>]*>([^<]*)</td>", page)
    assert row is not None
    # December: 3 x (120 + 5), November: 3 x (110 + 5).
    assert row[1] == "375"
    assert row[2] == f"+{(375 / 345 - 1) * 100:.1f}\u00a0%"
    assert "move or close deal D1" in page
    assert page.index("deal D1") < page.index("deal D2"), "the larger first"


def test_markdown_says_the_same_without_markup_of_data(files: list[str], tmp_path: Path) -> None:
    said = written(files, tmp_path / "digest.md")
    assert said.startswith("# Sales digest, Dec 2024\n")
    assert "| Revenue | 375 |" in said
    step = next(line for line in said.splitlines() if "deal D1" in line)
    bare = re.sub(r"\\.", "", step)
    assert not set("<>[]*`|") & set(bare)
    assert EVIL in re.sub(r"\\(.)", r"\1", step)


def test_a_rep_reads_of_their_own_deals_alone(files: list[str], tmp_path: Path) -> None:
    said = written(files, tmp_path / "digest.md", "--rep", "Bo Berg")
    assert "Bo Berg" in said.splitlines()[0]
    assert "| Revenue | 15 |" in said
    assert "D2" in said
    assert "D1" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "x.pdf"], ".html or .md"),
        (["-o", "x.md", "--rep", "Bo Borg"], "Did you mean Bo Berg?"),
        (["-o", "no/such/folder/x.md"], "cannot be written"),
        (["-o", "x.md", "--period", "year"], "--period"),
        ([], "-o"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    files: list[str], tmp_path: Path, words: list[str], said: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["digest", *files, *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err
