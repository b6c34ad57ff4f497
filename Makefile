# On a fresh machine: Python 3.11 or newer and make. Everything else is fetched into this folder.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

.PHONY: demo test test-slow check lint types architecture bench messages screenshots setup

demo: setup  ## Start everything with demo businesses (PORT, HORARIUM_DATA)
	@$(BIN)/horarium demo

RECKONING := src/horarium/kit src/horarium/modules src/horarium/workflows src/horarium/api tests/properties

test: setup  ## All tests, and those of what reckons with time again in a zone with summer time
	@$(BIN)/python -m tests.bed.chromium
	@$(BIN)/pytest -q -n $(WORKERS)
	@TZ=America/Santiago $(BIN)/pytest -q -n $(WORKERS) -m "not slow and not concurrency" $(RECKONING)

test-slow: setup  ## The exhaustive tests
	@$(BIN)/pytest -q -n $(WORKERS) -m slow

check: lint types architecture test  ## What the continuous integration runs

lint: setup
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: setup
	@HORARIUM_ENV=test $(BIN)/mypy

architecture: setup
	@$(BIN)/lint-imports --no-logo

bench: setup  ## Measure, beside the floors of this machine
	@$(BIN)/python -m bench

messages: setup  ## Collect the texts to translate into the .po files
	@$(BIN)/python tools/messages.py collect

screenshots: setup  ## Take the pictures of the README
	@$(BIN)/python -m tools.screenshots

setup:
	@$(PYTHON) tools/setup.py
