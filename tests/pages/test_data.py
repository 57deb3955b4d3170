"""Dropping files: what is recognised, what is wrong, how it is corrected, and which data is on afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui import storage, uploader

from .conftest import Drop, Start

ORDERS = b"Order Date,Amount,Region,Product\n2024-01-15,10.50,North,Desk\n2024-02-20,20,South,Chair\nsoon,30,South,Chair\n"
AMBIGUOUS = b"Order Date,Amount\n01/02/2024,10\n03/04/2024,20\n05/06/2024,30\n"
REPS = b"rep_id,name,hire_date\nR1,Ann,2020-01-01\n"


def sidebar_says(at: AppTest) -> str:
    return str(at.sidebar.markdown[0].value).replace("\\", "")


def holds(at: AppTest) -> dict[str, int]:
    frame = next(frame.value for frame in at.dataframe if "Rows" in frame.value)
    return dict(zip(frame["Table"], frame["Rows"], strict=True))


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception, at.exception
    return at


def tab(at: AppTest, name: str) -> AppTest:
    at.session_state["data_parts"] = name
    return at.run()


def link_of(at: AppTest) -> str:
    value: Any = at.query_params["w"]
    return str(value[0] if isinstance(value, list) else value)


def test_dropped_files_become_a_workspace_with_a_link(data_page: AppTest, drop: Drop, start: Start) -> None:
    drop(data_page, {"june orders.csv": ORDERS})
    assert sidebar_says(data_page).startswith("**june orders.csv**")
    assert "uploaded just now" in sidebar_says(data_page)
    assert holds(data_page) == {"orders": 2}
    assert len(link_of(data_page)) > 30
    on_the_link = start(w=link_of(data_page))
    assert sidebar_says(on_the_link).startswith("**june orders.csv**")
    assert any('value="30.5"' in block.proto.body for block in on_the_link.get("html"))


def test_another_visitor_without_the_link_still_sees_the_sample(
    data_page: AppTest, drop: Drop, start: Start
) -> None:
    drop(data_page, {"mine.csv": ORDERS})
    assert sidebar_says(start()).startswith("**Sample company**")


def test_a_visitor_on_the_link_can_change_nothing(data_page: AppTest, drop: Drop, start: Start) -> None:
    drop(data_page, {"mine.csv": ORDERS})
    seen = start(w=link_of(data_page)).switch_page("../pages/data.py").run()
    labels = {button.label for button in seen.button}
    assert not labels & {
        "Save",
        "Read again with these changes",
        "This is right",
        "Go back to this",
        "Revoke the link",
    }
    assert [one.label for one in seen.tabs] == ["Files", "Versions", "Settings"]
    assert any("Only its owners may change it" in one.value for one in seen.info)


def test_a_revoked_link_is_refused_also_in_a_session_that_is_open(
    data_page: AppTest, drop: Drop, start: Start
) -> None:
    drop(data_page, {"mine.csv": ORDERS})
    link = link_of(data_page)
    open_already = start(w=link)
    press(tab(data_page, "Link and owners"), "Revoke the link")
    for seen in (open_already.run(), start(w=link), start(w=link[:-1] + "x")):
        assert [one.value for one in seen.title] == ["This link opens nothing"]
        assert not seen.get("html")
        assert not seen.sidebar.markdown
    assert sidebar_says(data_page).startswith("**mine.csv**"), "its owner goes on seeing it"
    assert link_of(data_page) != link


def test_files_are_added_to_those_that_are_there_or_take_their_place(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"orders.csv": ORDERS})
    drop(data_page, {"reps.csv": REPS})
    assert holds(data_page) == {"orders": 2, "reps": 1}
    data_page.session_state["upload_target"] = "replace"
    drop(data_page, {"later.csv": ORDERS.replace(b"soon", b"2024-03-01")})
    assert holds(data_page) == {"orders": 2, "reps": 1}, "nothing is stored before somebody says so"
    press(data_page, "Store as a new version")
    assert holds(data_page) == {"orders": 3}
    assert "version 3" in " ".join(one.value for one in data_page.markdown)


def test_an_earlier_version_can_be_put_on_again(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"orders.csv": ORDERS})
    drop(data_page, {"reps.csv": REPS})
    press(tab(data_page, "Versions"), "Go back to this")
    assert holds(tab(data_page, "Files")) == {"orders": 2}


def test_each_sheet_tells_its_table_its_mapping_and_the_rows_set_aside(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"orders.csv": ORDERS})
    titles = [box.label.replace("\\", "") for box in data_page.expander]
    assert "orders.csv: orders, 2 rows read, 1 set aside" in titles
    aside = next(frame.value for frame in data_page.dataframe if "Why" in frame.value)
    assert aside["Row"].tolist() == [4]
    assert "soon" in aside["Value"].tolist()
    assert [button.label for button in data_page.get("download_button")] == ["Download all 1 as CSV"]
    assert any("1 row is set aside" in box.label for box in data_page.expander)


def asked(at: AppTest) -> str:
    """The one question on the page."""
    [question] = [box.value for box in at.warning]
    return question


def test_a_question_is_answered_with_a_button(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"dates.csv": AMBIGUOUS})
    assert "1 February \\(day first\\) or 2 January" in asked(data_page)
    assert sidebar_says(data_page).startswith("**Sample company**"), "nothing is read by guess"
    press(data_page, "Month first")
    assert not data_page.error
    assert "Orders to 6 May 2024" in sidebar_says(data_page) or "Orders to 31 May 2024" in sidebar_says(data_page)


def test_a_question_about_half_a_table_is_answered_with_a_button_too(data_page: AppTest, drop: Drop) -> None:
    lines = b"Order No,Product,Sales\n1,Tea,5\n2,Rice,7\n"
    drop(data_page, {"heads.csv": b"Order No,Date,Buyer\n1,02/01/2024,A\n2,03/04/2024,B\n", "lines.csv": lines})
    assert "day first" in asked(data_page)
    press(data_page, "Day first")
    assert not data_page.error
    assert holds(data_page)["orders"] == 2


def test_a_visitor_sees_what_each_header_was_read_as(data_page: AppTest, drop: Drop, start: Start) -> None:
    drop(data_page, {"a.csv": ORDERS})
    at = start(w=link_of(data_page)).switch_page("../pages/data.py").run()
    [frame] = [one for one in at.dataframe if "evidence" in one.value.columns]
    assert "order_date" in set(frame.value["column"])
    said = json.loads(frame.proto.columns)["column"]
    assert said["type_config"]["type"] == "text", "a list of choices without choices shows nothing"


def test_what_is_confirmed_is_remembered_for_files_with_the_same_headers(data_page: AppTest, drop: Drop) -> None:
    vague = b"Order Date,Amount,Description\n2024-01-15,10,Desk\n"
    drop(data_page, {"a.csv": vague})
    assert any("please check" in box.label for box in data_page.expander)
    press(data_page, "This is right")
    assert not any("please check" in box.label for box in data_page.expander)
    data_page.session_state["upload_target"] = "replace"
    drop(data_page, {"b.csv": vague.replace(b"2024", b"2025")})
    press(data_page, "Store as a new version")
    mapping = {one.header: one.confidence for one in _report(data_page).sheets[0].mapping}
    assert mapping["Description"] == 1.0


def _report(at: AppTest) -> Any:
    workspace = storage.store().by_link(link_of(at))
    assert workspace is not None
    assert workspace.current is not None
    return storage.store().report(workspace.current)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.csv", b"Dear all\nthis is no table\n"),
        ("empty.csv", b""),
        ("fake.xlsx", b"\x00\x01\x02 not a workbook"),
        ("broken.xlsx", b"PK\x03\x04 cut off"),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence_and_the_data_stays(
    data_page: AppTest, drop: Drop, name: str, content: bytes
) -> None:
    drop(data_page, {name: content})
    [error] = data_page.error
    assert name.partition(".")[0] in error.value
    assert "Traceback" not in error.value
    assert sidebar_says(data_page).startswith("**Sample company**")
    press(data_page, "Leave these files")
    assert not data_page.error


def test_a_bad_file_leaves_the_version_before_on(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"good.csv": ORDERS})
    data_page.session_state["upload_target"] = "replace"
    drop(data_page, {"empty.csv": b""})
    assert len(data_page.error) == 1
    assert sidebar_says(data_page).startswith("**good.csv**")
    assert holds(data_page) == {"orders": 2}


def test_filters_of_the_data_before_do_not_stay(data_page: AppTest, drop: Drop) -> None:
    data_page.multiselect(key="filter_region").set_value(["East"]).run()
    drop(data_page, {"good.csv": ORDERS})
    assert data_page.multiselect(key="filter_region").value == []
    offered = [option.partition(" (")[0] for option in data_page.multiselect(key="filter_region").options]
    assert offered == ["North", "South"]


def test_a_deleted_workspace_is_gone_for_everyone(data_page: AppTest, drop: Drop, start: Start) -> None:
    drop(data_page, {"secret plans.csv": ORDERS})
    link = link_of(data_page)
    press(tab(data_page, "Link and owners"), "Delete for good")
    assert sidebar_says(data_page).startswith("**Sample company**")
    assert [one.value for one in start(w=link).title] == ["This link opens nothing"]
    kept = [path for path in storage.store().incoming_folder.parent.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if b"secret plans" in path.read_bytes() or "secret" in str(path)]


def test_a_setting_is_tried_in_the_link_and_kept_for_everyone(
    data_page: AppTest, drop: Drop, start: Start
) -> None:
    drop(data_page, {"good.csv": ORDERS})
    tab(data_page, "Settings")
    data_page.selectbox(key="setting_currency_").set_value("EUR")
    press(data_page, "Apply")
    assert dict(data_page.query_params)["currency"] in ("EUR", ["EUR"])
    link = link_of(data_page)
    amounts = [block.proto.body for block in start(w=link, currency="EUR").get("html")]
    assert any("€" in body for body in amounts)
    assert not any("€" in block.proto.body for block in start(w=link).get("html"))
    press(data_page, "Keep for everyone")
    assert "currency" not in dict(data_page.query_params)
    assert any("€" in block.proto.body for block in start(w=link).get("html"))


def test_a_workspace_is_renamed(data_page: AppTest, drop: Drop) -> None:
    drop(data_page, {"good.csv": ORDERS})
    [name] = [one for one in data_page.text_input if one.label == "Name"]
    name.set_value("Sales *North*").run()
    press(data_page, "Save")
    assert sidebar_says(data_page).startswith("**Sales *North***")


def test_files_that_arrive_while_another_page_is_open_are_told_there(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any("Your files are here" in one.value for one in start().markdown)
    monkeypatch.setattr(uploader, "waiting", lambda _key: True)
    assert any("Your files are here" in one.value for one in start().markdown)
