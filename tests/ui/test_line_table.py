"""A table with a line for each thing."""

from __future__ import annotations

import re

from ui import line_table


def test_every_line_has_as_many_cells_as_the_head() -> None:
    whole = line_table.name("Revenue") + line_table.figure("8") + line_table.figure("+1 %")
    lines = [
        whole + line_table.said("mind", 1, "#000"),
        line_table.name("Cost") + line_table.said("none", 3, "#000"),
    ]
    html = line_table.as_html("Number", ["Value", "vs 2024"], "To mind", lines, "light")
    head, *rows = html.split("<tr")[1:]
    assert head.count("<th") == 4
    for row in rows:
        spans = [int(span) for span in re.findall(r'colspan="(\d+)"', row)]
        assert row.count("<th") + row.count("<td") - len(spans) + sum(spans) == 4


def test_a_table_without_sentences_has_no_column_for_them() -> None:
    html = line_table.as_html("Product", ["Now"], "", [line_table.name("Desk") + line_table.figure("1")], "dark")
    assert html.count("<th") - html.count("<thead") == 3
    assert 'class="said"' not in html


def test_titles_and_hints_are_text_and_no_markup() -> None:
    html = line_table.as_html("<b>", ["<i>"], "", [line_table.figure("1", hint='"<u>')], "light")
    assert not {"<b>", "<i>", "<u>"} & set(re.findall(r"<[a-z]>", html))
