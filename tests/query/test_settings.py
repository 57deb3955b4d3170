"""Settings as names and texts: what they may be, what is said of others, and that nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.errors import QueryError
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.conventions import Conventions
from salesmetrics.query.settings import SETTINGS, Kind, Settings, read_settings


def _texts(name: str) -> st.SearchStrategy[str]:
    setting = SETTINGS[name]
    match setting.kind:
        case Kind.CURRENCY:
            return st.sampled_from(["", "EUR", "cny", " USD "])
        case Kind.SHARE:
            return st.floats(0, 0.5).map(repr) if name.startswith("low") else st.floats(0.5, 1).map(repr)
        case Kind.NUMBER:
            return st.integers(setting.least, setting.most).map(str)
        case Kind.WEEKDAYS:
            return st.sets(st.sampled_from("1234567"), min_size=1).map(", ".join)
        case Kind.WORD:
            return st.sampled_from(setting.options)


GIVEN = st.sets(st.sampled_from(sorted(SETTINGS))).flatmap(
    lambda names: st.fixed_dictionaries({name: _texts(name) for name in names})
)


@given(GIVEN)
def test_what_is_read_and_written_is_read_as_the_same(given_texts):
    read = read_settings(given_texts)
    changed = read.changed()
    assert read_settings(changed) == read
    assert hash(read_settings(changed)) == hash(read)
    assert set(changed) <= set(given_texts)
    assert all(text != SETTINGS[name].default for name, text in changed.items())


def test_nothing_set_is_nothing_changed():
    assert read_settings({}) == Settings()
    assert Settings().changed() == {}
    assert read_settings({name: setting.default for name, setting in SETTINGS.items()}) == Settings()


def test_each_setting_reaches_its_place():
    read = read_settings(
        {
            "currency": "eur", "fiscal_year_start": "4", "week_start": "7", "working_days": "7,1,2",
            "left_edge_days": "0", "low_coverage": "0.25", "full_coverage": "1", "hhi.of": "rep",
            "new_product_units.months": "12",
        }
    )  # fmt: skip
    assert read.currency == "EUR"
    assert read.conventions == Conventions(4, 7, (1, 2, 7), 0, 0.25, 1.0)
    assert read.params == (("new_product_units.months", "12"), ("hhi.of", "rep"))


def test_every_parameter_of_every_metric_can_be_set():
    parameters = {f"{metric.id}.{one.name}" for metric in CATALOGUE.values() for one in metric.parameters}
    assert parameters == {name for name in SETTINGS if "." in name}
    assert parameters


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("curency", "EUR", "Did you mean currency?"),
        ("currency", "EURO", "EUR"),
        ("fiscal_year_start", "13", "from 1 to 12"),
        ("fiscal_year_start", "April", "from 1 to 12"),
        ("week_start", "0", "from 1 to 7"),
        ("working_days", "", "1 is Monday"),
        ("working_days", "1,8", "1 is Monday"),
        ("left_edge_days", "-1", "whole number"),
        ("left_edge_days", "9" * 5000, "whole number"),
        ("low_coverage", "nan", "from 0 to 1"),
        ("low_coverage", "50", "from 0 to 1"),
        ("low_coverage", "0.99", "full_coverage"),
        ("new_product_units.months", "0", "whole number"),
        ("hhi.of", "customers", "Did you mean customer?"),
        ("hhi.off", "customer", "Did you mean hhi.of?"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(name, text, said):
    with pytest.raises(QueryError) as refused:
        read_settings({name: text})
    assert said in str(refused.value)
