"""From files as people have them to canonical tables: read, map, coerce, validate, report."""

from salesmetrics.ingest.reading import Reading, check, read

__all__ = ["Reading", "check", "read"]
