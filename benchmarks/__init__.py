"""The Overview's request on millions of generated order lines: this package, hand-written DuckDB SQL, pandas."""
