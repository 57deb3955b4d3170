"""Long files that are written plainly: parsed once into types and written once; all others are read as ever.

What is not plain anywhere in a file (a blank around a text, a word for nothing, a total, a date of another form)
ends the attempt, and the file is read in the usual way. What comes out is the same either way.
"""

from salesmetrics.ingest.plain_lane.lane import Plainly, read_plainly
from salesmetrics.ingest.plain_lane.written import Written

__all__ = ["Plainly", "Written", "read_plainly"]
