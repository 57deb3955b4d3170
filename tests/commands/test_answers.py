"""What the command line answers: JSON of the stable form, tables, records, the catalogue and the sample."""

import csv
import io
import json
from pathlib import Path

import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.commands import main
from salesmetrics.metrics.models import MODELS

ORDERS = """order_id,order_date,amount,region,customer_id
1,2023-01-05,10,East,A
2,2024-01-05,30,East,A
3,2024-02-05,20,West,B
4,2024-02-15,-5,West,B
"""


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)

    def run(command: str, *words: str) -> str:
        assert main([command, str(path), *words]) == 0
        return capsys.readouterr().out

    return run


def test_json_has_the_form_that_scripts_depend_on(said):
    answer = json.loads(
        said(
            "compute", "--metric", "revenue", "--by", "region", "--grain", "month", "--from", "2024-01-01",
            "--to", "2024-03-01", "--compare", "both", "--where", "region=East", "--format", "json",
        )
    )  # fmt: skip
    assert answer["as_of"] == "2024-02-15"
    assert answer["period"] == {"start": "2024-01-01", "end": "2024-03-01"}
    assert answer["filters"] == {"region": ["East"]}
    january, february = answer["results"]
    assert {
        "metric",
        "period_start",
        "region",
        "value",
        "reason",
        "n",
        "numerator",
        "denominator",
        "warnings",
    } <= set(january)
    assert (january["period_start"], january["value"]) == ("2024-01-01", 30)
    assert january["compare"]["last_year"]["value"] == 10
    assert january["compare"]["last_year"]["growth"] == pytest.approx(2)
    assert february["value"] == 0
    assert february["compare"]["previous"]["period_start"] == "2024-01-01"


def test_several_values_of_one_dimension_widen_and_two_dimensions_narrow(said):
    both = json.loads(
        said(
            "compute",
            "--metric",
            "revenue",
            "--where",
            "region=East",
            "--where",
            "region=West",
            "--format",
            "json",
        )
    )
    assert both["results"][0]["value"] == 55
    narrowed = json.loads(
        said(
            "compute", "--metric", "revenue", "--where", "region=East", "--where", "customer=B", "--format", "json"
        )
    )
    assert narrowed["results"][0]["value"] == 0


def test_csv_of_the_records_adds_up_to_the_number(said):
    rows = list(csv.DictReader(io.StringIO(said("records", "--metric", "revenue", "--format", "csv"))))
    assert sum(float(row["revenue"]) for row in rows) == 55
    assert len(rows) == 4


def test_check_tells_what_was_recognised_and_what_would_unlock_more(said):
    answer = json.loads(said("check", "--json"))
    [sheet] = answer["sheets"]
    assert (sheet["table"], sheet["rows"], sheet["kept"]) == ("orders", 4, 4)
    available = {entry["metric"]: entry for entry in answer["metrics"]}
    assert available["revenue"]["available"]
    assert available["gross_profit"]["reason"] == "missing_column:orders.cost"
    assert "orders.cost would unlock" in said("check")


def test_the_catalogue_tells_each_metric_and_its_parameters(capsys):
    assert main(["metrics", "--json"]) == 0
    entries = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert set(entries) == {*sm.CATALOGUE, *MODELS}
    assert entries["sales_cycle_length"]["parameters"]["outcome"]["options"] == ["won", "closed"]
    assert main(["metrics", "revenue"]) == 0
    assert "销售额" in capsys.readouterr().out


def test_sample_writes_files_that_compute(tmp_path, capsys):
    assert main(["sample", str(tmp_path / "company")]) == 0
    assert len(capsys.readouterr().out.split()) == len(list(sample_data.folder().glob("*.csv")))
    assert (tmp_path / "company" / "orders.csv").stat().st_size > 100_000


def test_python_reads_and_computes_what_the_command_line_does(said, tmp_path):
    data = sm.read([tmp_path / "orders.csv"])
    frame = sm.compute(data, sm.MetricQuery(metrics=("revenue",), by=("region",))).frame
    assert dict(zip(frame["region"], frame["value"], strict=True)) == {"East": 40, "West": 15}


def test_models_answer_beside_metrics_in_the_same_form(said, tmp_path):
    months = "".join(f"{n},{2022 + n // 12}-{n % 12 + 1:02}-15,{100 + n},East,A\n" for n in range(5, 36))
    (tmp_path / "orders.csv").write_text(ORDERS.splitlines()[0] + "\n" + months)
    told = json.loads(said("compute", "--metric", "forecast,revenue", "--format", "json"))
    found = [row["metric"] for row in told["results"]]
    assert found == ["revenue", *["forecast"] * len(found[1:])]
    assert set(told["results"][0]) == set(told["results"][1])
    # December is known to its 15th day only.
    assert told["results"][1]["period_start"] == "2024-12-01"
    assert told["results"][1]["details"]["low_80"] < told["results"][1]["value"]
    table = said("compute", "--metric", "revenue", "--metric", "forecast", "--set", "currency=EUR")
    assert table.count("EUR") == len(found)


def test_settings_move_quarters_and_name_the_currency(said):
    asked = ("--metric", "revenue", "orders", "--grain", "quarter", "--from", "2024-01-01", "--to", "2024-03-01")
    fiscal = json.loads(said("compute", *asked, "--set", "fiscal_year_start=2", "--format", "json"))
    revenue = {row["period_start"]: row["value"] for row in fiscal["results"] if row["metric"] == "revenue"}
    assert revenue == {"2024-01-01": 30, "2024-02-01": 15}
    rows = json.loads(said("records", *asked, "--set", "fiscal_year_start=2", "--format", "json"))
    assert {row["period_start"][:10] for row in rows} == {"2024-01-01", "2024-02-01"}
    table = said("compute", *asked, "--set", "currency=eur")
    assert table.count("EUR") == 1
    assert "currency" not in said("compute", *asked)


def test_a_parameter_may_be_set_either_way(said):
    asked = ("--metric", "growth_yoy", "--from", "2024-01-01", "--to", "2024-02-01", "--format", "json")
    ways = [said("compute", *asked, option, "growth_yoy.metric=orders") for option in ("--param", "--set")]
    assert ways[0] == ways[1]
    assert json.loads(ways[0])["results"][0]["denominator"] == 1
