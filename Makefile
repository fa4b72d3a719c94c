# Everything a newcomer needs; see README.md.
PYTHON ?= python3.11
BIN := .venv/bin
SHARED ?= ../shared/benchmarks

.PHONY: setup demo test check fmt constraints bench bench-matching bench-extraction bench-editorial bench-gating bench-speed floors screenshots

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

# What the README and docs/method.md say of quality and speed. The labelled data lies in SHARED.
bench: bench-matching bench-extraction bench-gating bench-editorial bench-speed

# With whole events left out of every fit.
bench-matching: setup
	$(BIN)/python -m benchmarks.matching
	$(BIN)/python -m benchmarks.conflicts

# As shipped: fitted on these pages, so read the figures of sites left out that it prints as well.
bench-extraction: setup
	$(BIN)/python -m benchmarks.extraction

bench-gating: setup
	$(BIN)/python -m benchmarks.fit_gate

bench-editorial: setup
	$(BIN)/python -m benchmarks.fit_editorial $(SHARED)/matching/events $(SHARED)/matching/gold
	$(BIN)/python -m benchmarks.fit_editorial $(SHARED)/matching/events $(SHARED)/matching/gold --alone
	$(BIN)/python -m benchmarks.fit_editorial $(SHARED)/matching/events $(SHARED)/matching/gold --plain
	$(BIN)/parallax flag $(SHARED)/editorial/sentences.jsonl --out build/flags.jsonl
	$(BIN)/python $(SHARED)/score_editorial.py $(SHARED)/editorial/labels.jsonl build/flags.jsonl --sentences $(SHARED)/editorial/sentences.jsonl

bench-speed: setup
	$(BIN)/python -m benchmarks.comparing
	$(BIN)/python -m benchmarks.crawling
	$(BIN)/python -m benchmarks.reporting

floors: setup
	$(BIN)/python -m benchmarks.floors

# The pictures in README.md, of the demo's report (needs Chromium).
screenshots: setup
	rm -rf build/demo
	$(BIN)/parallax demo --out build/demo
	$(BIN)/python -m benchmarks.screenshots build/demo/report docs/images
