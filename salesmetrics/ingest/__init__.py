"""From files as people have them to canonical tables: read, map, coerce, validate, report."""
