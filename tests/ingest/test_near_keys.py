"""Names that are nearly the same: one where that is plain, with the rows affected; else a question, and its answers."""

from __future__ import annotations

from salesmetrics.model.finding import Severity
from tests.ingest.conftest import Given

PRODUCTS = "product,list price\nGTX Pro,10\nGTX Plus,20\n"
SALES = (
    "order_id,order_date,amount,product\n1,2024-01-02,5,GTXPro\n2,2024-01-03,6,gtx-pro\n3,2024-01-04,7,GTX Pro\n"
)


def test_other_case_spaces_and_signs_are_one_name_and_the_rows_are_told(given: Given) -> None:
    read = given({"products.csv": PRODUCTS, "orders.csv": SALES})
    assert read.sql("SELECT product, count(*) FROM orders GROUP BY 1") == [("GTX Pro", 3)]
    [found] = [one for one in read.sheet("orders.csv").findings if one.code == "near_keys"]
    assert (found.rows, found.severity, found.column) == (2, Severity.INFORMATION, "product")
    assert set(found.samples) == {"GTXPro → GTX Pro", "gtx-pro → GTX Pro"}
    assert read.reading.report.questions == ()


def test_names_of_two_files_without_a_list_take_the_spelling_of_most_rows(given: Given) -> None:
    deals = "opportunity_id,status,amount,close date,customer\n" + "\n".join(
        f'{n},won,{n},2024-01-0{n},"ACME, Inc"' for n in range(1, 4)
    )
    sales = "order_id,order_date,amount,customer\n1,2024-01-02,5,Acme Inc.\n2,2024-01-03,6,Beta\n"
    read = given({"deals.csv": deals, "orders.csv": sales})
    assert read.sql("SELECT customer_id FROM orders ORDER BY order_id") == [("ACME, Inc",), ("Beta",)]
    [found] = [one for one in read.sheet("orders.csv").findings if one.code == "near_keys"]
    assert found.rows == 1


def test_spellings_that_one_file_has_side_by_side_stay_apart(given: Given) -> None:
    deals = "opportunity_id,status,amount,close date,customer\n1,won,5,2024-01-02,A1\n2,won,5,2024-01-02,A-1\n"
    sales = "order_id,order_date,amount,customer\n1,2024-01-02,5,a1\n"
    read = given({"deals.csv": deals, "orders.csv": sales})
    assert read.sql("SELECT customer_id FROM orders") == [("a1",)]


def test_a_name_that_could_be_two_is_asked_for_and_stays_until_it_is_answered(given: Given) -> None:
    products = "product,list price\nGTX Pro,10\nGTX-Pro,20\n"
    files = {"products.csv": products, "orders.csv": SALES}
    read = given(files)
    questions = {one.header: one for one in read.reading.report.questions}
    assert set(questions) == {"GTXPro", "gtx-pro"}
    assert questions["GTXPro"].choices == ("GTX Pro", "GTX-Pro", "apart")
    assert read.one("SELECT count(*) FROM orders WHERE product = 'GTXPro'") == 1
    assert read.reading.dataset.tables["orders"].rows == 3

    chosen = [*questions["GTXPro"].says[1], *questions["gtx-pro"].says[0]]
    answered = given(files, chosen)
    assert answered.reading.report.questions == ()
    assert answered.sql("SELECT product FROM orders ORDER BY order_id") == [
        ("GTX-Pro",),
        ("GTX Pro",),
        ("GTX Pro",),
    ]

    apart = given(files, [*questions["GTXPro"].says[2], *questions["gtx-pro"].says[2]])
    assert apart.reading.report.questions == ()
    assert apart.one("SELECT count(DISTINCT product) FROM orders") == 3


def test_a_slip_of_one_letter_is_asked_for_but_another_number_is_not(given: Given) -> None:
    customers = "customer_id,name\nMiller Ltd,Miller Ltd\nStation 12,Station 12\n"
    sales = "order_id,order_date,amount,customer\n1,2024-01-02,5,Milller Ltd\n2,2024-01-03,6,Station 13\n"
    files = {"customers.csv": customers, "orders.csv": sales}
    [question] = given(files).reading.report.questions
    assert (question.header, question.choices) == ("Milller Ltd", ("Miller Ltd", "apart"))
    assert "1 row names the customer_id `Milller Ltd`" in question.text
    answered = given(files, question.says[0])
    assert answered.sql("SELECT customer_id FROM orders ORDER BY order_id") == [("Miller Ltd",), ("Station 13",)]
