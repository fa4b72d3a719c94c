# Everything a newcomer needs; see README.md.
PYTHON ?= python3.11
BIN := .venv/bin
SHARED ?= ../shared/benchmarks
# Test files are shared out among so many processes; a crawl waits more than it works.
WORKERS ?= 2
# Some machines' images set this; each worker, and each of the tests' hundreds of processes, would compile its modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup crossfit demo test test-covered test-fast test-random test-durability check docs dist fmt constraints bench bench-matching bench-coverage bench-extraction bench-editorial bench-gating bench-grouping bench-speed floors screenshots

setup: .venv/.installed

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: setup
	$(BIN)/parallax demo

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# All of it, and which lines it ran.
test-covered: setup
	mkdir -p build
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --cov --cov-report=term

# Without the sample web, a browser or the model, and without what measures costs at length: `make test` does.
test-fast: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
		-m "not web and not browser and not model and not shared and not cost" tests/unit tests/property

# New examples for the properties, where `make test` tries the same ones every time.
test-random: setup
	HYPOTHESIS_PROFILE=random $(BIN)/python -m pytest tests/property

# Many kills at random moments of a crawl, a watch, a report, a comparison, corrections, sheets, a cache, a store and a batch; `make test` does a few.
test-durability: setup
	PARALLAX_KILLS=$(or $(KILLS),25) $(BIN)/python -m pytest tests/integration/test_durability.py tests/integration/test_watch.py tests/unit/parallax/stores/test_faults.py tests/unit/parallax/commands/test_batch_faults.py

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/unused.py
	$(BIN)/python .ci/long_modules.py
	mkdir -p build && $(BIN)/python .ci/names_in_use.py > build/names_in_use.py
	$(BIN)/python -m vulture
	$(BIN)/python -m deptry .

# The reference pages (docs/cli.md, docs/formats.md, the schemas), from the program itself.
docs: setup
	UPDATE_DOCS=1 $(BIN)/python -m pytest -q -p no:randomly tests/unit/test_reference.py

fmt: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What is uploaded to a package index, with README's links led from HOME_URL (https://.../blob/TAG/).
dist: setup
	$(BIN)/python .ci/dist.py $(HOME_URL) dist

# The versions that are installed now, by name only.
constraints: setup
	$(BIN)/python .ci/constraints.py > constraints.new
	mv constraints.new constraints.txt

# What the README and docs/method.md say of quality and speed. The labelled data lies in SHARED.
bench: bench-matching bench-coverage bench-extraction bench-gating bench-grouping bench-editorial bench-speed

# Adapters with a quarter of the labelled events left out of each: what figures of left-out events are read with.
crossfit: $(foreach fold,0 1 2 3,build/crossfit/fold$(fold).npz)

build/crossfit/fold%.npz: | setup
	mkdir -p $(@D)
	$(BIN)/python -m benchmarks.fit.adapter --fold $* --out $@

# With whole events left out of every fit.
bench-matching: setup crossfit
	$(BIN)/python -m benchmarks.quality.matching
	$(BIN)/python -m benchmarks.quality.conflicts

# As shipped: fitted on these pages, so read the figures of sites left out that it prints as well.
# Rows, statuses, conflicts and loaded words on events of four to six outlets.
bench-coverage: setup crossfit
	$(BIN)/python -m benchmarks.quality.coverage

bench-extraction: setup
	$(BIN)/python -m benchmarks.quality.extraction

bench-gating: setup
	$(BIN)/python -m benchmarks.fit.gate

bench-grouping: setup
	$(BIN)/python -m benchmarks.fit.grouping

bench-editorial: setup
	$(BIN)/python -m benchmarks.fit.editorial
	$(BIN)/parallax flag $(SHARED)/editorial/sentences.jsonl --out build/flags.jsonl
	$(BIN)/python $(SHARED)/score_editorial.py $(SHARED)/editorial/labels.jsonl build/flags.jsonl --sentences $(SHARED)/editorial/sentences.jsonl
	$(BIN)/parallax sources $(SHARED)/attribution/articles.jsonl --out build/sources.jsonl
	$(BIN)/python $(SHARED)/score_attribution.py $(SHARED)/attribution/truth.jsonl build/sources.jsonl

bench-speed: setup
	$(BIN)/python -m benchmarks.speed.compare
	$(BIN)/python -m benchmarks.speed.crawl
	$(BIN)/python -m benchmarks.speed.report
	$(BIN)/python -m benchmarks.speed.grouping
	$(BIN)/python -m benchmarks.speed.batch

floors: setup
	$(BIN)/python -m benchmarks.quality.floors

# The pictures in README.md, of the demo's report (needs Chromium).
screenshots: setup
	rm -rf build/demo
	$(BIN)/parallax demo --out build/demo
	$(BIN)/python .ci/screenshots.py build/demo/report docs/images
