"""The small app is run by its tests, and not read for examples."""

collect_ignore = ["app.py", "main.py"]
