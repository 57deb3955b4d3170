"""How much of a file is read: what lies beyond is refused in a sentence, or its row set aside, and never held."""

from __future__ import annotations

MEGABYTE = 1 << 20

MOST_COLUMNS = 500
"""Columns of a table: as many as the engine takes within the memory that a reading is given, with some to spare."""

LONGEST_CELL = 1_000_000
"""Characters of a cell; the longest text field of a CRM holds 131,072."""

LONGEST_LINE = 8 * MEGABYTE
"""Bytes of a text between two line ends."""

MOST_UNPACKED = 4096 * MEGABYTE
"""Bytes that an archive may unpack to, all its files together; they go to disk, not to memory."""

MOST_WORKBOOK = 1024 * MEGABYTE
"""Bytes that the parts of one workbook may unpack to."""

MOST_TEXT = 512 * MEGABYTE
"""Bytes of a file of a kind that is read as one piece: JSON, a web page, an XML spreadsheet."""

MOST_RATIO = 200
"""How many times its packed size a file may unpack to; tables reach some fifty, bombs begin at a thousand."""

RATIO_FROM = 32 * MEGABYTE
"""Up to here it does no harm however tightly it was packed."""

MOST_MEMBERS = 500
"""Tables in one archive."""

MOST_DIRECTORY = 8 * MEGABYTE
"""Bytes of an archive's list of contents."""

MOST_CELLS = 30_000_000
"""Cells of the smallest rectangle around all filled cells of a sheet, which its reader holds at once."""

MOST_DEPTH = 200
"""How deep elements stand in each other in an XML document."""

MOST_ROWS = 100_000_000
"""Rows of a Parquet file, which a few bytes can promise."""
