# make app: the app on the sample company.  make test: every check and test.  Each sets up what it needs, once.

PYTHON ?= python3
BIN := .venv/bin
APP := .venv/.app-ready
DEV := .venv/.dev-ready

.DEFAULT_GOAL := app
.PHONY: app test lint bench screens tour sample messages lock clean

app: $(APP)
	$(BIN)/streamlit run app.py

test: lint
	@sh scripts/chromium.sh
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(DEV)
	$(BIN)/python -m benchmarks

# Takes pictures of every page into docs/screens.
screens: $(DEV)
	@sh scripts/chromium.sh
	$(BIN)/python -m tests.browser.screens

# Takes the pictures of the README's tour into docs/tour.
tour: $(DEV)
	@sh scripts/chromium.sh
	$(BIN)/python -m tests.browser.tour

# Writes sample_data/*.csv again; the tests hold that they come out the same.
sample: $(APP)
	$(BIN)/python -m sample_data.generate

# Collects every string that users read, for translators to start from.
messages: $(DEV)
	mkdir -p salesmetrics/locale
	$(BIN)/pybabel -q extract --project salesmetrics --copyright-holder "" --msgid-bugs-address "" \
		-o salesmetrics/locale/salesmetrics.pot app.py salesmetrics ui pages

# Pins what requirements*.txt allow today, for every supported Python and system at once.
lock: $(DEV)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-header --no-annotate --quiet --upgrade \
		requirements.txt -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-header --no-annotate --quiet --upgrade \
		-c requirements.lock requirements-dev.txt -o requirements-dev.lock

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(APP): requirements.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV): requirements-dev.lock $(APP)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

.venv/bin/pip:
	@PYTHON="$(PYTHON)" sh scripts/venv.sh
