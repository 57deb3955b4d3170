"""A column whose values are keys of another file's list refers to it, even where its header says little."""

from __future__ import annotations

from tests.ingest.conftest import Given

CUSTOMERS = "customer_id,name,segment\n" + "\n".join(f"K{n:03},Firm {n},{'AB'[n % 2]}" for n in range(1, 41))
HEAD = "order_id,order_date,amount,who\n"


def orders(keys: list[str]) -> str:
    return HEAD + "\n".join(f"O{n},2024-01-{n % 28 + 1:02},{n},{key}" for n, key in enumerate(keys, 1))


def test_a_column_is_known_by_its_keys_and_says_how_many(given: Given) -> None:
    keys = [f"K{n % 40 + 1:03}" for n in range(97)] + ["X1", "X2", "X3"]
    read = given({"customers.csv": CUSTOMERS, "orders.csv": orders(keys)})
    [column] = [one for one in read.sheet("orders.csv").mapping if one.header == "who"]
    assert column.column == "customer_id"
    assert "97% of its values are customer_id of customers.csv" in column.evidence
    assert read.one("SELECT count(*) FROM orders WHERE customer_id LIKE 'K%'") == 97


def test_names_of_a_list_are_known_too(given: Given) -> None:
    reps = "rep_id,name\n1,Ann Lee\n2,Bob Ray\n3,Cy Fox"
    lines = HEAD + "a,2024-01-02,5,Ann Lee\nb,2024-01-03,6,Bob Ray\nc,2024-01-04,7,Ann Lee"
    read = given({"reps.csv": reps, "orders.csv": lines})
    assert read.sql("SELECT rep_id FROM orders ORDER BY order_id") == [("1",), ("2",), ("1",)]


def test_a_sheet_without_a_known_key_is_recognised_by_the_keys_in_it(given: Given) -> None:
    heads = "order_id,order_date\n" + "\n".join(f"SO-{n},2024-02-{n:02}" for n in range(1, 11))
    lines = "belongs to,sku,qty,unit price\n" + "\n".join(f"SO-{n},P{n},2,3" for n in range(1, 11))
    read = given({"heads.csv": heads, "lines.csv": lines})
    assert read.sheet("lines.csv").role == "order_lines"
    assert read.one("SELECT sum(amount) FROM orders") == 60


def test_too_few_keys_are_no_reference(given: Given) -> None:
    keys = [f"K{n % 40 + 1:03}" for n in range(60)] + [f"X{n}" for n in range(40)]
    read = given({"customers.csv": CUSTOMERS, "orders.csv": orders(keys)})
    assert "who" in read.sheet("orders.csv").unmapped


def test_counts_are_not_taken_for_small_numbers_that_are_keys(given: Given) -> None:
    reps = "rep_id,name\n" + "\n".join(f"{n},Rep {n}" for n in range(1, 10))
    lines = "order_id,order_date,amount,boxes on the van\n" + "\n".join(
        f"O{n},2024-01-{n:02},{n * 10},{n}" for n in range(1, 10)
    )
    read = given({"reps.csv": reps, "orders.csv": lines})
    assert "boxes on the van" in read.sheet("orders.csv").unmapped


def test_small_numbers_under_a_header_for_keys_are_keys(given: Given) -> None:
    reps = "rep_id,name\n" + "\n".join(f"{n},Rep {n}" for n in range(1, 10))
    lines = "order_id,order_date,amount,handler id\n" + "\n".join(
        f"O{n},2024-01-{n:02},{n * 10},{n}" for n in range(1, 10)
    )
    read = given({"reps.csv": reps, "orders.csv": lines})
    assert read.one("SELECT count(*) FROM orders WHERE rep_id = '7'") == 1


def test_keys_that_two_lists_have_tell_nothing(given: Given) -> None:
    reps = "rep_id,name\n" + "\n".join(f"K{n:03},Rep {n}" for n in range(1, 41))
    read = given(
        {"customers.csv": CUSTOMERS, "reps.csv": reps, "orders.csv": orders([f"K{n:03}" for n in range(1, 21)])}
    )
    assert "who" in read.sheet("orders.csv").unmapped


def test_a_header_that_says_plainly_what_it_is_stays(given: Given) -> None:
    lines = "order_id,order_date,amount,customer_id,who\n" + "\n".join(
        f"O{n},2024-01-{n:02},{n},K{n:03},K{n + 1:03}" for n in range(1, 20)
    )
    read = given({"customers.csv": CUSTOMERS, "orders.csv": lines})
    assert read.one("SELECT customer_id FROM orders WHERE order_id = 'O3'") == "K003"
    assert "who" in read.sheet("orders.csv").unmapped
