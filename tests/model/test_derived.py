"""Derived relations hold what they declare: their key, their dimensions, no row too many."""

from datetime import date

import pytest

import salesmetrics as sm
import sample_data
from salesmetrics.engine import default_engine
from salesmetrics.model.derived import RELATIONS
from salesmetrics.query.prepare import Prepared
from tests.company import AS_OF, example_company

KEYED = [name for name, relation in RELATIONS.items() if relation.key]


@pytest.fixture(scope="module")
def sample() -> sm.Dataset:
    return sm.read(sample_data.folder(), read_on=date(2026, 1, 15))


@pytest.mark.parametrize("name", KEYED)
@pytest.mark.parametrize("company", ["example", "sample"])
def test_the_declared_key_is_unique(name, company, sample):
    prepared = Prepared(default_engine(), example_company() if company == "example" else sample)
    rows = default_engine().run(prepared.relation(name))
    # The sample company has every table; the example lacks some.
    assert company == "example" or len(rows) > 0
    assert not rows.duplicated(list(RELATIONS[name].key)).any()


@pytest.mark.parametrize("name", list(RELATIONS))
def test_a_relation_has_the_columns_of_its_dimensions(name):
    relation = Prepared(default_engine(), example_company(), AS_OF).relation(name)
    columns = set(relation.columns)
    for dimension in RELATIONS[name].dimensions:
        if dimension == "tenure":
            assert any(column.startswith("tenure_at_") for column in columns) or RELATIONS[name].state
        elif dimension == "new_or_returning":
            assert "first_purchase" in columns
        else:
            assert dimension in columns


def test_every_line_that_was_not_cancelled_stands_once_in_the_ledger(sample):
    engine = default_engine()
    ledger = engine.run(Prepared(engine, sample).relation("ledger"))
    orders = engine.run(engine.table(sample, "orders"))
    counted = orders[~orders["status"].fillna("").str.lower().isin(["cancelled", "void", "draft"])]
    assert (ledger["kind"] == "sale").sum() == (counted["amount"] >= 0).sum()
    credits_of_file = counted.loc[counted["amount"] < 0, "amount"].sum()
    flagged = counted.loc[
        (counted["amount"] >= 0) & counted["returned"].fillna(False).astype(bool), "amount"
    ].sum()
    back = ledger.loc[ledger["kind"] == "return", "amount"].sum()
    # Each return once: no less than the credit notes, no more than these and all flags.
    assert credits_of_file - flagged <= back <= credits_of_file
