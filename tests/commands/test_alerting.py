"""`alerts`: JSON for a scheduler, words for people, limits, and what is posted to an address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from salesmetrics.commands import main


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """Two years of 30 orders a month of 10 each; in the last month they are of 2."""
    lines = ["order_id,order_date,amount,region,customer_id"]
    for place in range(24):
        month = f"{2023 + place // 12}-{place % 12 + 1:02d}"
        for number in range(30):
            amount = 2 if place == 23 else 10 + (place * 7 + number) % 3
            lines.append(f"{month}-{number},{month}-{number % 28 + 1:02d},{amount},<b>East*,C{number}")
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(lines))
    return path


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


class _Listener(BaseHTTPRequestHandler):
    answers = 204
    heard: ClassVar[list[tuple[str, str, str]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.heard.append((self.path, self.headers["Content-Type"], body))
        self.send_response(self.answers)
        if self.answers == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.heard.append((self.path, "", "followed"))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        return


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(_Listener, "heard", [])
    server = HTTPServer(("127.0.0.1", 0), _Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


def test_json_is_a_list_of_what_is_unusual(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["alerts", str(orders), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    by_metric = {one["metric"]: one for one in found}
    revenue = by_metric["revenue"]
    assert revenue["value"] == 60, "30 orders of 2"
    assert (revenue["period_start"], revenue["period_end"]) == ("2024-12-01", "2025-01-01")
    assert (revenue["kind"], revenue["direction"], revenue["good"]) == ("unusual", "below", False)
    assert revenue["low"] > 60
    assert revenue["low"] <= revenue["expected"] <= revenue["high"]
    assert "Revenue: 60 in Dec 2024, below the " in revenue["sentence"]
    # December before brought 30 orders of 10 to 12.
    assert revenue["compared_with"] == {"start": "2023-12-01", "end": "2024-01-01"}
    assert any("fell by" in said for said in revenue["drivers"])


def test_limits_are_told_beside_what_is_unusual(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--above", "orders=29", "--below", "orders=30", "--above", "return_rate=5%"]
    assert main(["alerts", str(orders), "--json", *words]) == 0
    limits = [one for one in json.loads(capsys.readouterr().out) if one["kind"] == "threshold"]
    assert [(one["metric"], one["value"], one["threshold"], one["direction"]) for one in limits] == [
        ("orders", 30, 29, "above")
    ]


def test_without_json_it_says_so_in_words(orders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["alerts", str(orders)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "looked at" in said[0]
    assert said[1].startswith("! ")
    assert any(one.startswith("Not looked at: Win rate. Add") or "Win rate" in one for one in said)


def test_the_webhook_gets_the_same_json(orders: Path, listener: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["alerts", str(orders), "--json", "--webhook", listener]) == 0
    [(path, kind, body)] = _Listener.heard
    assert path == "/hook"
    assert kind.startswith("application/json")
    assert json.loads(body) == json.loads(capsys.readouterr().out)
    assert json.loads(body)


@pytest.mark.parametrize("code", [302, 404, 500])
def test_a_webhook_that_does_not_take_it_is_an_error_in_one_line(
    orders: Path, listener: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_Listener, "answers", code)
    assert main(["alerts", str(orders), "--webhook", listener]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert str(code) in err
    assert [path for path, _kind, _body in _Listener.heard] == ["/hook"], "nobody is followed elsewhere"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--webhook", "file:///etc/hosts"], "no web address"),
        (["--webhook", "ftp://127.0.0.1/x"], "no web address"),
        (["--webhook", "127.0.0.1"], "no web address"),
        (["--webhook", "http://"], "no web address"),
        (["--webhook", "http://127.0.0.1:99999/"], "no web address"),
        (["--webhook", "http://[::1"], "no web address"),
        (["--webhook", "http://127.0.0.1/a b"], "no web address"),
        (["--webhook", "http://127.0.0.1:1/"], "did not take"),
        (["--above", "revenu=3"], "Did you mean revenue"),
        (["--above", "revenue"], "METRIC=VALUE"),
        (["--below", "revenue=much"], "is no number"),
        (["--below", "revenue=nan"], "is no number"),
        (["--below", "revenue=5%"], "is no number"),
        (["--where", "region=Eest"], "region"),
        (["--metric", "orders"], "--metric"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    orders: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["alerts", str(orders), *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err
