"""Rules that no compiler holds: which way imports point, what a page may do, how long a file is."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# What each part of the package may import of the others; errors and i18n are open to all.
ARROWS: dict[str, set[str]] = {
    "model": set(),
    "engine": {"model"},
    "ingest": {"model"},
    "metrics": {"analysis", "model"},
    "query": {"analysis", "engine", "metrics", "model"},
    "analysis": {"model"},
    "commands": {"analysis", "charts", "engine", "ingest", "metrics", "model", "query"},
    "charts": {"analysis", "query", "metrics", "model"},
    "export": {"analysis", "charts", "query", "metrics", "model"},
    "workspace": {"ingest", "query", "model"},
}
OPEN_TO_ALL = {"errors", "i18n"}
TOP_LEVEL: dict[str, set[str]] = {
    "salesmetrics": set(),
    "sample_data": {"salesmetrics"},
    "ui": {"salesmetrics", "sample_data"},
    "pages": {"ui", "salesmetrics"},
    "app": {"ui", "salesmetrics"},
}
# The one place where the package reaches for the sample: the command that copies it.
COMMAND_LINE = re.compile(r"salesmetrics\.(__main__|commands?|cli)\b")
COMPUTING = {"pandas", "numpy", "ibis", "duckdb", "sqlglot", "polars", "statsmodels", "scipy"}
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "lib"}
MOST_LINES = 450
SQL = re.compile(r"\b(SELECT\b.+\bFROM|INSERT\s+INTO|CREATE\s+(TABLE|VIEW)|UPDATE\b.+\bSET)\b", re.S)
# Written so that this file does not match itself.
FOREIGN = re.compile(
    r"(?<![\w.$}/~-])/(?:work|root|home|Users)/[\w.-]+"
    r"|\b[A-Z]:\\+Users\b"
    r"|\b(?:pypi|pythonhosted|npmjs|anaconda)\.(?:org|com)\b"
    r"|\bdeb\.debian\.org\b"
    r"|--(?:extra-)?index-url",
)


def project_files() -> list[Path]:
    """The files that are in the repository or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        hidden = {".venv", ".git", "__pycache__", "build", "dist"}
        found = [path for path in ROOT.rglob("*") if not hidden & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in set(found) if path.is_file())


FILES = project_files()
MODULES = [path for path in FILES if path.suffix == ".py"]
CODE = [path for path in MODULES if path.relative_to(ROOT).parts[0].removesuffix(".py") in TOP_LEVEL]
PAGES = [path for path in CODE if path.relative_to(ROOT).parts[0] == "pages"]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(source: str, module: str, package: bool) -> Iterator[str]:
    """Name everything that a module imports, wherever in it, relative imports resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: (1 if package else 0) - node.level or None]
                base = ".".join([*above, base]).rstrip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def wrong_arrows(source: str, module: str, package: bool = False) -> list[str]:
    """Name the imports of a module that point the wrong way."""
    top, *inside = module.split(".")
    wrong = []
    for name in imports(source, module, package):
        target, *parts = name.split(".")
        if target == "streamlit" and top in {"salesmetrics", "sample_data"}:
            wrong.append(name)
        elif target in TOP_LEVEL and target != top and target not in TOP_LEVEL[top]:
            if not (target == "sample_data" and COMMAND_LINE.match(module)):
                wrong.append(name)
        elif target == top == "salesmetrics" and inside and inside[0] in ARROWS and parts:
            allowed = ARROWS[inside[0]] | OPEN_TO_ALL | {inside[0]}
            if parts[0] not in allowed:
                wrong.append(name)
        elif target == top == "pages":
            wrong.append(name)
    return wrong


def arithmetic_or_sql(source: str) -> list[str]:
    """Say where a page computes: arithmetic, a library that computes, or SQL."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BinOp(op=op) | ast.AugAssign(op=op) if not isinstance(op, ast.BitOr):
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
            case ast.Call(func=ast.Name(id="sum" | "round" | "divmod")):
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
            case ast.Constant(value=str(text)) if SQL.search(text):
                found.append(f"line {node.lineno}: SQL")
    used = imports(source, "pages.page", False)
    found += [f"imports {name}" for name in used if name.split(".")[0] in COMPUTING]
    return found


def test_the_rules_see_what_they_forbid() -> None:
    for source, module, wrong in [
        ("import streamlit as st", "salesmetrics.charts.bars", ["streamlit"]),
        ("def f():\n    from ui import cards", "salesmetrics.query.compute", ["ui.cards"]),
        ("from salesmetrics.query import run", "salesmetrics.metrics.sales", ["salesmetrics.query.run"]),
        ("from ..charts import bars", "salesmetrics.query.compute", ["salesmetrics.charts.bars"]),
        ("from salesmetrics.model.tables import TABLES", "salesmetrics.ingest.read", []),
        ("import sample_data", "salesmetrics.query.compute", ["sample_data"]),
        ("import sample_data", "salesmetrics.__main__", []),
        ("from pages import revenue", "pages.team", ["pages.revenue"]),
    ]:
        assert wrong_arrows(source, module) == wrong, (source, module)
    assert wrong_arrows("from ..charts import bars", "salesmetrics.query", True) == ["salesmetrics.charts.bars"]
    assert wrong_arrows("from . import kinds", "salesmetrics.ingest", True) == []
    assert arithmetic_or_sql("rate = won / closed") == ["line 1: won / closed"]
    assert arithmetic_or_sql("n += 1") == ["line 1: n += 1"]
    assert arithmetic_or_sql("import pandas as pd") == ["imports pandas"]
    assert arithmetic_or_sql("q = 'SELECT 1 FROM t'") == ["line 1: SQL"]
    assert arithmetic_or_sql("def f(x: int | None) -> None: ...") == []
    assert FOREIGN.search("see " + "/".join(["", "root", "notes.txt"]))
    assert not FOREIGN.search("https://example.org/home/page, ~/work/x, $HOME/work/y")


@pytest.mark.parametrize("path", CODE, ids=module_name)
def test_imports_point_one_way(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert wrong_arrows(source, module_name(path), path.name == "__init__.py") == []


@pytest.mark.parametrize("path", PAGES, ids=module_name)
def test_a_page_neither_computes_nor_asks_in_sql(path: Path) -> None:
    assert arithmetic_or_sql(path.read_text(encoding="utf-8")) == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [str(path.relative_to(ROOT)) for path in FILES if VAGUE & {path.stem, path.parent.name}] == []


def test_files_stay_short_enough_to_read() -> None:
    lines = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: count for name, count in lines.items() if count >= MOST_LINES} == {}


def test_nothing_names_a_path_of_one_machine_or_a_registry() -> None:
    found = []
    for path in FILES:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert found == []


def test_the_parts_of_the_package_are_those_with_arrows() -> None:
    parts = {path.relative_to(ROOT).parts[1] for path in CODE if len(path.relative_to(ROOT).parts) > 2}
    package = ROOT / "salesmetrics"
    known = {part for part in parts if (package / part).is_dir()}
    assert known <= set(ARROWS), "a new part of salesmetrics needs its arrows"
    assert {"model", "ingest", "query"} <= known
