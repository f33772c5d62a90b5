# Everything a maintainer runs. `make demo` and `make test` work in a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Labelled sets and real pages that may not be copied in here; tests that need them skip without.
TESTDATA := $(wildcard $(CURDIR)/../shared/testdata)
ifneq ($(TESTDATA),)
export POLLWATCH_TESTDATA ?= $(TESTDATA)
endif
# What is known of the sites of the catalogue, and how.
FACTS := $(wildcard $(CURDIR)/../shared/facts)
ifneq ($(FACTS),)
export POLLWATCH_FACTS ?= $(FACTS)
endif
PACKAGES := pollwatch scheduler crawler storage digest analysis domain

.PHONY: setup demo test chaos check fix bench picture
.DELETE_ON_ERROR:

$(BIN)/pollwatch: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/tested: $(BIN)/pollwatch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

setup: $(BIN)/pollwatch

demo: setup
	$(BIN)/pollwatch demo

test: $(VENV)/tested
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term -m 'not chaos'

# POLLWATCH_CHAOS_SEED=N repeats a choice of kills and failures; the seed is printed with the counts.
chaos: $(VENV)/tested
	$(BIN)/python -m pytest --no-cov -rP tests/e2e/test_chaos.py tests/e2e/test_kills.py \
		tests/e2e/test_killed_mails.py tests/e2e/test_killed_upgrades.py

check: $(VENV)/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(VENV)/tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/tested
	$(BIN)/python bench/collecting.py
	$(BIN)/python bench/matching.py
	$(BIN)/python bench/soak.py

picture: setup
	$(BIN)/python docs/picture.py
