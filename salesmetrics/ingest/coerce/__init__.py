"""Read cells of text as dates, numbers, booleans and texts, each decided from a whole column."""

from salesmetrics.ingest.coerce.coerced import Coerced
from salesmetrics.ingest.coerce.column import ANSWERS, coerce
from salesmetrics.ingest.coerce.rates import RATES
from salesmetrics.ingest.coerce.value_shape import Shape, shape

__all__ = ["ANSWERS", "RATES", "Coerced", "Shape", "coerce", "shape"]
