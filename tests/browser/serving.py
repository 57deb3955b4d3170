"""Servers of the app and a Chromium for them, for tests and for whoever takes pictures of the pages."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 90


def chromium() -> str | None:
    """Give the path of this system's Chromium, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Server:
    """One `streamlit run app.py`: where it answers, its process, and the file its output goes to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        """End the server, and only it."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    said = server.log.read_text(encoding="utf-8", errors="replace")[-3000:]
    server.stop()
    raise RuntimeError(f"The app did not start within {START_SECONDS} s. It said:\n{said}")


def start(checkout: Path, log: Path, **environment: str) -> Server:
    """Start a cold server of the app with environment variables of its own, and wait until it answers."""
    port = _free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true",
             "--server.address", "127.0.0.1", "--server.port", str(port), "--server.fileWatcherType", "none"],
            cwd=checkout, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    server = Server(f"http://127.0.0.1:{port}", process, log)
    _wait_until_healthy(server)
    return server


def turn_to_data(page: Page) -> None:
    """Open the Data page as people do: its section at the top, then the page in it."""
    page.get_by_test_id("stTopNavSection").filter(has_text="Data").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Data").click()
