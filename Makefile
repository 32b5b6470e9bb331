# `make` lists what one can do. Each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest
STAMP := $(VENV)/.ready
BROWSER_VENV := .venv-browser
BROWSER_STAMP := $(BROWSER_VENV)/.ready
BENCH_VENV := .venv-bench
BENCH_STAMP := $(BENCH_VENV)/.ready
RELEASE_VENV := .venv-release
RELEASE_STAMP := $(RELEASE_VENV)/.ready
HUB_VENV := .venv-hub
HUB_STAMP := $(HUB_VENV)/.ready
EDITION ?= participant

.DEFAULT_GOAL := help
.PHONY: help setup book site test test-fast test-browser-pins test-all lab bench data lock lint format wheel release clean

help: ## list everything one can do
	@echo "PCQA teaching kit. On a fresh clone any of these sets up .venv/ by itself."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv/ with the locked packages and the kit itself

$(STAMP): requirements.lock requirements-axe.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else f"Python 3.11, 3.12 or 3.13 is needed; this is {v[0]}.{v[1]}. Name another: make setup PYTHON=python3.12")'
	@echo "Setting up $(VENV)/ (a few minutes the first time) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "Python could not make $(VENV)/. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements-axe.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

book: $(STAMP) ## execute the lessons and build the book (EDITION=facilitator for coaches)
	@$(BIN)/pcqa book --edition $(EDITION)

site: $(STAMP) ## build the book with lessons that run in the browser, in _build/site
	@$(BIN)/pcqa site -o _build/site

test: $(STAMP) test-fast test-browser-pins ## what any change can break: about 20 minutes on two cores

test-fast: $(STAMP)
	$(PYTEST) -m "not slow" -n 2 --dist loadfile --no-loadscope-reorder

test-browser-pins: $(BROWSER_STAMP) ## floors 0-3 with the browser's pandas, numpy and matplotlib
	@if [ -e $(BROWSER_STAMP) ]; then \
	  $(BROWSER_VENV)/bin/python -m pytest -q -p no:cacheprovider -m "not slow" -n 2 --dist loadfile --no-loadscope-reorder $$(cat tests/browser_floors.txt); fi

# Floors 0-3 with the versions that the browser has. Where no ready wheels exist for this Python
# it says so and writes no stamp: the tests are skipped, and asked for again the next time.
$(BROWSER_STAMP): requirements-browser.lock
	@if $(PYTHON) -c 'import sys; sys.exit(sys.version_info >= (3, 13))'; then \
	  rm -rf $(BROWSER_VENV) && $(PYTHON) -m venv $(BROWSER_VENV) && \
	  $(BROWSER_VENV)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all: -r requirements-browser.lock && : > $@; \
	else \
	  echo "SKIPPED: floors 0-3 with the browser's versions: matplotlib 3.8.4 has no ready wheel for Python 3.13 (name another: make test PYTHON=python3.12)."; \
	fi

# A hub of its own for the round trip. Without npm it says so, and the round trip is skipped.
$(HUB_STAMP): deploy/jupyterhub/requirements.txt
	@if command -v npm >/dev/null; then \
	  rm -rf $(HUB_VENV) && $(PYTHON) -m venv $(HUB_VENV) && \
	  $(HUB_VENV)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r deploy/jupyterhub/requirements.txt && \
	  npm install --silent --global --prefix $(HUB_VENV) configurable-http-proxy@5.3.0 && : > $@; \
	else echo "SKIPPED: the round trip on a hub: there is no npm to fetch its proxy."; fi

test-all: $(STAMP) $(HUB_STAMP) ## the long run, beside `make test`: the browser's lab, a hub, fuzzing, many seeds, scale
	$(PYTEST) -m "(slow or hypothesis) and not more" -n 2 --dist loadfile --no-loadscope-reorder

lab: $(STAMP) ## lay out a participant's workbook and open JupyterLab
	@$(BIN)/pcqa lab

bench: $(STAMP) $(BENCH_STAMP) ## time the kit beside its peers, ratios in one run
	@status=0; \
	for file in startup read kernels site grading; do $(BIN)/python benchmarks/$$file.py || status=1; done; \
	$(BENCH_VENV)/bin/python benchmarks/spc.py || status=1; exit $$status

# The kit's core and the peers from the package index, in an environment of their own.
$(BENCH_STAMP): requirements-bench.lock
	@rm -rf $(BENCH_VENV)
	@$(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-bench.lock
	@echo "$(CURDIR)" > "$$($(BENCH_VENV)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pcqa.pth"
	@touch $@

data: $(STAMP) ## rebuild data/synthetic, byte for byte
	@$(BIN)/python -m pcqa_teach.data.synthetic -o data/synthetic

lock: $(STAMP) ## rebuild the six files of locked versions
	@UV="$(BIN)/uv" sh tools/lock.sh

lint: $(STAMP) ## ruff, mypy --strict, the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(STAMP) ## build the wheel: participant notebooks and small data, never sources
	@$(BIN)/python -m hatchling build -t wheel

release: $(STAMP) $(RELEASE_STAMP) ## wheel, site, PDFs, bill of materials and checksums, in dist/
	@$(BIN)/python tools/release.py $(RELEASE_VENV)/bin/cyclonedx-py

# What writes the bill of materials, apart: the kit does not need it, and it would change what the kit has.
$(RELEASE_STAMP): requirements-release.lock
	@rm -rf $(RELEASE_VENV)
	@$(PYTHON) -m venv $(RELEASE_VENV)
	@$(RELEASE_VENV)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-release.lock
	@touch $@

clean: ## remove what was built (not your work, not .venv/)
	rm -rf _build dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
