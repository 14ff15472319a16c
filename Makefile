# Run `make` with no word for the list of commands.

PYTHON ?= python3
PORT ?= 8000
UV_VERSION = 0.13.9

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet --quiet
PYTEST = $(BIN)/python -m pytest
PURE = courseware/questions/*,courseware/content/*,courseware/*/rules.py,courseware/core/permissions.py

.DEFAULT_GOAL = help
.PHONY: help setup demo run check test unit postgresql browser chromium format lock wheel
.DELETE_ON_ERROR:

help: ## list the commands
	@awk -F ': .*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/project ## serve the course with a demonstration class on port 8000, or on PORT
	@$(BIN)/courseware demo --port $(PORT)

run: $(VENV)/project ## bring the database up to date and serve it on port 8000, or on PORT
	@$(BIN)/courseware migrate
	@$(BIN)/courseware serve --port $(PORT)

setup: $(VENV)/tools ## install everything that development needs into .venv

test: check chromium unit postgresql browser ## every check and every test, in Chromium and on PostgreSQL too
	@echo "Everything passed. What was skipped stands above, with its reason."

check: $(VENV)/tools ## style, floors, types, templates, course files; cheapest first
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/courseware content check --strict
	$(BIN)/mypy

unit: $(VENV)/tools ## every test that needs no browser, on SQLite, and how much of the code it ran
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -n 2 --ignore tests/browser
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under 90
	$(BIN)/coverage report --include '$(PURE)' --fail-under 100

postgresql: $(VENV)/tools ## every test that uses a database, on PostgreSQL
	$(PYTEST) -n 2 --ignore tests/browser --database postgresql

browser: $(VENV)/tools ## every test in a browser
	$(PYTEST) -n 2 tests/browser

chromium: $(VENV)/tools ## find a Chromium, or install one where that is allowed
	@$(BIN)/python -m tests.browser.chromium

format: $(VENV)/tools ## put the code into its usual form
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

lock: ## write the lock files anew; UPGRADE=--upgrade takes newer versions
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv==$(UV_VERSION)
	$(COMPILE) --output-file requirements/run.lock
	$(COMPILE) --extra postgres --group lint --group test \
		--constraints requirements/run.lock --output-file requirements/test.lock

COMPILE = UV_PYTHON_DOWNLOADS=never build/lock/bin/uv pip compile pyproject.toml --quiet $(UPGRADE) \
	--group build --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

wheel: $(VENV)/project ## build the wheel into dist/
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

# A changed lock file makes .venv anew, so that nothing stays that is no longer wanted.
$(VENV)/locked: requirements/run.lock
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python is missing. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This Python is older than 3.11. Install a newer one, or name it: make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make virtual environments. Install its venv package (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Installing packages into $(VENV). This takes about a minute."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/run.lock
	@touch $@

$(VENV)/project: $(VENV)/locked pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tools: $(VENV)/project requirements/test.lock
	@echo "Installing what the tests need. This takes about a minute."
	@$(PIP) install --require-hashes -r requirements/test.lock
	@touch $@
