"""Read files as people have them into staged sheets: every cell as text, every row accounted for."""

from salesmetrics.ingest.read.files import read_files

__all__ = ["read_files"]
