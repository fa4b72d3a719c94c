# Everything a newcomer needs; see README.md.
PYTHON ?= python3.11
BIN := .venv/bin
SHARED ?= ../shared/benchmarks

.PHONY: setup demo test check fmt constraints

setup: .venv/.installed

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: setup
	$(BIN)/parallax demo

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The versions that are installed now, by name only.
constraints: setup
	$(BIN)/python -m benchmarks.constraints > constraints.new
	mv constraints.new constraints.txt
