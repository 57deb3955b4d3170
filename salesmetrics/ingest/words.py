"""Words of a header and what their abbreviations stand for: "Cust No", "ordDt", "OPP_AMT"."""

from __future__ import annotations

import re
import unicodedata

_FULL = {
    "acct": "account", "addr": "address", "amnt": "amount", "amt": "amount", "bal": "balance",
    "cat": "category", "catg": "category", "cd": "code", "clnt": "client", "cr": "created",
    "crncy": "currency", "ccy": "currency", "curr": "currency", "cust": "customer", "cstmr": "customer",
    "dept": "department", "desc": "description", "descr": "description", "disc": "discount", "dlvry": "delivery",
    "dlv": "delivery", "dt": "date", "emp": "employee", "est": "estimated", "exp": "expected", "ext": "extended",
    "fname": "first name", "grp": "group", "inv": "invoice", "itm": "item", "lname": "last name", "loc": "location",
    "mgr": "manager", "mkt": "market", "mth": "month", "nbr": "number", "nm": "name", "num": "number",
    "no": "number", "oppty": "opportunity", "opty": "opportunity", "opp": "opportunity", "ord": "order",
    "org": "organization", "pct": "percent", "prc": "price", "prd": "product", "prob": "probability",
    "prod": "product", "prsn": "person", "prof": "profit", "qnty": "quantity", "qty": "quantity", "qtr": "quarter",
    "reg": "region", "rev": "revenue", "rgn": "region", "rtn": "return", "seg": "segment", "sls": "sales",
    "slsman": "salesman", "slsp": "salesperson", "slsprsn": "salesperson", "sp": "salesperson", "src": "source",
    "stat": "status", "stg": "stage", "sts": "status", "subcat": "subcategory", "terr": "territory",
    "tot": "total", "tran": "transaction", "trans": "transaction", "trx": "transaction", "txn": "transaction",
    "ttl": "total", "typ": "type", "unt": "unit", "val": "value", "yr": "year",
}  # fmt: skip

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_KEYS = re.compile(r"(?:id|编码|代码|代号|号码|序号|号)$")


def spelled_out(header: str) -> str | None:
    """Write the abbreviations of a header in full; None where it has none.

    >>> spelled_out("Cust No"), spelled_out("ordDt"), spelled_out("OPP_AMT"), spelled_out("Order Date")
    ('customer number', 'order date', 'opportunity amount', None)
    """
    if not header.isascii():
        return None
    found = [word.casefold() for word in _WORD.findall(header.replace("#", " no "))]
    full = [_FULL.get(word, word) for word in found]
    return " ".join(full) if full != found else None


def keys_alike(folded: str) -> str | None:
    """Give one form to Chinese headers that end in one of the words for a key; None for other headers.

    >>> keys_alike("客户代码"), keys_alike("存货id"), keys_alike("客户")
    ('客户编号', '存货编号', None)
    """
    found = _KEYS.search(folded)
    stem = folded[: found.start()] if found else ""
    return f"{stem}编号" if stem and unicodedata.name(stem[-1], "").startswith("CJK") else None
