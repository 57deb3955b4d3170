"""Wide sheets, one column a month or quarter, become quotas, spend or sales with one row a period."""

# ruff: noqa: DTZ001 -- spreadsheets hold no time zone

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from salesmetrics.errors import MappingError
from salesmetrics.ingest import Reading, read

QUOTAS = "SELECT scope, scope_id, period_start, period_end, amount FROM quotas ORDER BY scope_id, period_start"


def reading(path: Path, tmp_path: Path) -> Reading:
    return read([path], into=tmp_path / "data", read_on=date(2024, 12, 31))


def sql(result: Reading, query: str) -> list[tuple]:
    with duckdb.connect() as connection:
        for table in result.dataset.tables:
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{result.dataset.folder / table}.parquet'")
        return connection.execute(query).fetchall()


def month(year: int, number: int) -> tuple[date, date]:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def quarter(year: int, number: int) -> tuple[date, date]:
    return month(year, number * 3 - 2)[0], month(year, number * 3)[1]


def expected(scope: str, amounts: dict[str, list[int]], periods: list[tuple[date, date]]) -> list[tuple]:
    return [
        (scope, who, *period, Decimal(amount))
        for who in sorted(amounts)
        for period, amount in zip(periods, amounts[who], strict=True)
    ]


AMOUNTS = {"Anna": [100, 110, 120], "Bo": [200, 210, 220]}
FIRST_MONTHS = [month(2024, number) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    "headers",
    [
        "Jan-24,Feb-24,Mar-24", "Jan 2024,Feb 2024,Mar 2024", "2024-01,2024-02,2024-03", "202401,202402,202403",
        "2024年1月,2024年2月,2024年3月", "24年1月,24年2月,24年3月", "2024/1,2024/2,2024/3", "1/1/2024,2/1/2024,3/1/2024",
        "01/01/2024,01/02/2024,01/03/2024", "45292,45323,45352", "Jan Target 2024,Feb Target 2024,Mar Target 2024",
        "2024年一月,2024年二月,2024年三月", "2024-01-01,2024-02-01,2024-03-01", "January '24,February '24,March '24",
    ],
)  # fmt: skip
def test_every_way_to_name_months(given, headers):
    lines = [f"{who},{','.join(map(str, row))}" for who, row in AMOUNTS.items()]
    found = given({"quotas.csv": "\n".join([f"Rep,{headers}", *lines])})
    assert found.sql(QUOTAS) == expected("rep", AMOUNTS, FIRST_MONTHS)
    [note, *_more] = [note for note in found.sheet("quotas.csv").notes if "turned into rows" in note]
    assert "6 rows of quotas" in note


@pytest.mark.parametrize(
    "headers",
    ["Q1 2024,Q2 2024,Q3 2024", "2024Q1,2024Q2,2024Q3", "2024-Q1,2024-Q2,2024-Q3", "1Q24,2Q24,3Q24",
     "2024年第一季度,2024年第二季度,2024年第三季度", "2024年一季度,2024年二季度,2024年三季度", "Q1'24,Q2'24,Q3'24"],
)  # fmt: skip
def test_every_way_to_name_quarters(given, headers):
    lines = [f"{who},{','.join(map(str, row))}" for who, row in AMOUNTS.items()]
    found = given({"targets.csv": "\n".join([f"Region,{headers}", *lines])})
    assert found.sql(QUOTAS) == expected("region", AMOUNTS, [quarter(2024, number) for number in (1, 2, 3)])


def test_fiscal_quarters_are_read_as_calendar_quarters_and_it_is_said(given):
    found = given({"quotas.csv": "Rep,FY24 Q1,FY24 Q2\nAnna,5,6\n"})
    assert found.sql(QUOTAS) == expected("rep", {"Anna": [5, 6]}, [quarter(2024, 1), quarter(2024, 2)])
    assert any("fiscal year" in note for note in found.sheet("quotas.csv").notes)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Quotas 2025.csv", "Rep,Jan,Feb,Mar\nAnna,100,110,120\nBo,200,210,220\n"),
        ("quotas.csv", "Quotas 2025,,,\nRep,Jan,Feb,Mar\nAnna,100,110,120\nBo,200,210,220\n"),
        ("销售目标2025.csv", "销售员,1月,2月,3月\nAnna,100,110,120\nBo,200,210,220\n"),
        ("數據.csv", "2025年銷售目標,,,\n\n業務員,一月,二月,三月\nAnna,100,110,120\nBo,200,210,220\n"),
    ],
)
def test_the_year_of_bare_months_comes_from_a_title_or_the_file(given, name, text):
    found = given({name: text})
    assert found.sql(QUOTAS) == expected("rep", AMOUNTS, [month(2025, number) for number in (1, 2, 3)])
    assert any("2025" in note and "taken from" in note for note in found.sheet(name).notes)


def test_the_day_of_an_export_is_not_the_year_of_its_months(given):
    with pytest.raises(MappingError, match="in which year is Jan"):
        given({"quotas.csv": "Exported on 2025-01-31,,,\nRep,Jan,Feb,Mar\nAnna,1,2,3\n"})


def test_one_plain_question_where_nothing_names_the_year(given):
    files = {
        "quotas.csv": "Rep,Nov,Dec,Jan\nAnna,100,110,120\nBo,200,210,220\n",
        "more.csv": "Order Date,Sales\n2024-05-01,5\n",
    }
    found = given(files)
    [question] = found.sheet("quotas.csv").questions
    assert "in which year is Nov" in question.text
    assert question.choices == ("2022", "2023", "2024", "2025")
    answered = given(files, maps=[f"quotas.{question.column}=quotas.csv:{question.header}:2023"])
    periods = [month(2023, 11), month(2023, 12), month(2024, 1)]
    assert answered.sql(QUOTAS) == expected("rep", AMOUNTS, periods)


def test_months_that_cross_a_year_take_both_years_of_the_title(given):
    found = given({"q.csv": "Quota 2024/25,,,\nRep,Nov,Dec,Jan\nAnna,100,110,120\nBo,200,210,220\n"})
    assert found.sql(QUOTAS) == expected("rep", AMOUNTS, [month(2024, 11), month(2024, 12), month(2025, 1)])


def test_totals_of_months_are_left_out(given):
    text = """
        Rep,Region,Jan 2024,Feb 2024,Mar 2024,Q1 2024,Total,FY24,Annual target
        Anna,East,100,110,120,330,330,330,999
        Bo,West,200,210,220,630,630,630,999
        Total,,300,320,340,960,960,960,1998
    """
    found = given({"quotas.csv": text})
    assert found.sql(QUOTAS) == expected("rep", AMOUNTS, FIRST_MONTHS)
    sheet = found.sheet("quotas.csv")
    assert any("Q1 2024, Total, FY24, Annual target" in note for note in sheet.notes)
    assert [(aside.row, "total" in aside.reason) for aside in sheet.set_aside] == [(4, True)]


def test_blank_and_dashed_figures_make_no_quota_and_a_row_without_any_is_set_aside(given):
    found = given({"quotas.csv": "Rep,Jan 2024,Feb 2024,Mar 2024\nAnna,100,,120\nBo,-,210,n/a\nCy,,,\n"})
    assert found.sql("SELECT scope_id, amount FROM quotas ORDER BY 1, 2") == [
        ("Anna", 100),
        ("Anna", 120),
        ("Bo", 210),
    ]
    assert [aside.row for aside in found.sheet("quotas.csv").set_aside] == [4]


def test_actual_figures_beside_quotas_are_no_quotas(given):
    text = "Rep,Jan 2024 Quota,Jan 2024 Actual,Feb 2024 Quota,Feb 2024 Actual\nAnna,100,90,110,95\n"
    found = given({"performance.csv": text})
    assert found.sql("SELECT amount FROM quotas ORDER BY period_start") == [(100,), (110,)]


def test_quotas_and_actuals_under_group_headers(tmp_path: Path):
    path = tmp_path / "Attainment 2024.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Plan")
        sheet.merge_range(0, 1, 0, 2, "Target")
        sheet.merge_range(0, 3, 0, 4, "Actual")
        sheet.write_row(1, 0, ["Rep", "Q1", "Q2", "Q1", "Q2"])
        sheet.write_row(2, 0, ["Anna", 100, 110, 90, 95])
        sheet.write_row(3, 0, ["Bo", 200, 210, 190, 195])
    found = reading(path, tmp_path)
    assert sql(found, QUOTAS) == expected(
        "rep", {"Anna": [100, 110], "Bo": [200, 210]}, [quarter(2024, 1), quarter(2024, 2)]
    )


def test_years_above_quarters_in_merged_cells_and_typed_dates(tmp_path: Path):
    path = tmp_path / "Quotas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("By region")
        sheet.merge_range(0, 0, 1, 0, "Region")
        sheet.merge_range(0, 1, 0, 2, 2024)
        sheet.merge_range(0, 3, 0, 4, 2025)
        sheet.write_row(1, 1, ["Q1", "Q2", "Q1", "Q2"])
        sheet.write_row(2, 0, ["East", 1, 2, 3, 4])
        sheet.write_row(3, 0, ["West", 5, 6, 7, 8])
    quarters = [quarter(year, number) for year in (2024, 2025) for number in (1, 2)]
    assert sql(reading(path, tmp_path), QUOTAS) == expected(
        "region", {"East": [1, 2, 3, 4], "West": [5, 6, 7, 8]}, quarters
    )


def test_headers_that_are_typed_dates(tmp_path: Path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "mmm yy"}) as book:
        sheet = book.add_worksheet("销售目标")
        sheet.write(0, 0, "产品")
        for number in (1, 2, 3):
            sheet.write_datetime(0, number, datetime(2024, number, 1))
        for row, (who, amounts) in enumerate(AMOUNTS.items(), start=1):
            sheet.write_row(row, 0, [who, *amounts])
    assert sql(reading(path, tmp_path), QUOTAS) == expected("product", AMOUNTS, FIRST_MONTHS)


def test_spend_by_channel(given):
    found = given(
        {
            "Marketing budget 2024.csv": "Lead source,Jan,Feb,Total\nWeb,10,20,30\nFair,5.5,,5.5\nTotal,15.5,20,35.5\n"
        }
    )
    assert found.sql("SELECT date, lead_source, kind, amount FROM spend ORDER BY 2, 1") == [
        (date(2024, 1, 1), "Fair", "marketing", Decimal("5.5")),
        (date(2024, 1, 1), "Web", "marketing", Decimal(10)),
        (date(2024, 2, 1), "Web", "marketing", Decimal(20)),
    ]


def test_sales_by_rep(given):
    found = given({"Sales by rep 2024.csv": "Sales rep,Jan,Feb,Mar\nAnna,100,110,120\nBo,200,210,220\n"})
    assert found.one("SELECT sum(amount) FROM orders") == sum(map(sum, AMOUNTS.values()))
    assert any("not single orders" in note for note in found.sheet("Sales by rep 2024.csv").notes)


def test_figures_that_nothing_names_are_not_taken_for_quotas(given):
    with pytest.raises(MappingError):
        given({"data.csv": "Rep,2024-01,2024-02,2024-03\nAnna,1,2,3\n"})
    found = given(
        {"data.csv": "Rep,2024-01,2024-02,2024-03\nAnna,1,2,3\n"}, maps=["quotas.amount=Value by period"]
    )
    assert found.sql(QUOTAS) == expected("rep", {"Anna": [1, 2, 3]}, FIRST_MONTHS)


def test_quotas_of_nobody_named_are_not_the_companys(given):
    with pytest.raises(MappingError):
        given({"quotas 2024.csv": "Who,Jan,Feb,Mar\nAnna,1,2,3\nBo,4,5,6\n"})


def test_company_quotas_without_a_name_column(given):
    found = given({"quotas 2024.csv": "Jan,Feb,Mar\n100,110,120\n"})
    assert found.sql(QUOTAS) == expected("company", {"company": [100, 110, 120]}, FIRST_MONTHS)


def test_questions_of_a_survey_are_no_quarters(given):
    text = "Customer ID,Date,Score,Q1,Q2,Q3\nC1,2024-05-01,9,1,2,3\nC2,2024-05-02,8,1,2,3\n"
    found = given({"nps survey.csv": text})
    assert found.one("SELECT count(*) FROM feedback") == 2
