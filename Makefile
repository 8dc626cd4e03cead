# `make` builds every document, `make test` runs all checks. Both first set up what they need.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Debian has the venv module of Python in a separate package.
CHECK_PYTHON = if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not. Type: make PYTHON=python3.11" >&2; exit 3; \
	elif ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	echo "Python's venv is missing. On Debian and Ubuntu type: apt-get install python3-venv" >&2; exit 3; fi

.DELETE_ON_ERROR:
.PHONY: all dev test quick bench faults fuzz pictures lock fonts clean help

all: .venv/ready ## set up, then make every document in build/ that is out of date
	$(BIN)/briefings build

dev: .venv/ready-dev ## only set up .venv, with everything that developers need

test: .venv/ready-dev ## lint, types and the whole test suite; installs the programs that tests call
	@tools/system-packages $(BIN)/python tests
	@$(MAKE) --no-print-directory tests/node_modules/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

quick: .venv/ready-dev ## lint, types and the tests not marked slow: about a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto -m "not slow"

bench: .venv/ready-dev ## measure and write docs/benchmarks.md: about a quarter of an hour
	@tools/system-packages $(BIN)/python tests
	$(PIP) install --require-hashes -r requirements-bench.lock
	$(BIN)/python benchmarks/run.py

faults: .venv/ready-dev ## every fault in a build at every moment, and a hundred kills: about half an hour
	BRIEFINGS_FAULTS=1 $(BIN)/pytest -n auto -rP tests/faults

fuzz: .venv/ready-dev ## feed the readers of files with changed inputs for five minutes
	$(PIP) install --require-hashes -r requirements-fuzz.lock
	$(BIN)/python tests/fuzz/run.py

# Two steps, because pip refuses to install a local project together with requirements with hashes. The lock pins the
# build backend too, so the second step needs no network.
.venv/ready: requirements.lock pyproject.toml
	@test -x $(BIN)/pip || { $(CHECK_PYTHON) && $(PYTHON) -m venv .venv; }
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@tools/system-packages $(BIN)/python build
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The HTML checker and the accessibility rules, which only the npm registry has. npm checks their hashes and does not run
# their install scripts.
tests/node_modules/.ready: tests/package-lock.json
	@if command -v npm >/dev/null; then \
	    (cd tests && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null) && touch $@; fi

# uv, because it writes one lock for all platforms, with hashes and without the address of an index.
lock: ## update the locks to the newest allowed versions (needs the network)
	@test -x .venv-lock/bin/pip || { $(CHECK_PYTHON) && $(PYTHON) -m venv .venv-lock; }
	.venv-lock/bin/pip install --quiet --upgrade uv
	$(UV) --group build --output-file requirements.lock
	$(UV) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(UV) --group bench --constraint requirements-dev.lock --output-file requirements-bench.lock
	$(UV) --group fuzz --constraint requirements-dev.lock --output-file requirements-fuzz.lock

UV = .venv-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock"

accessibility: .venv/ready-dev ## run the accessibility tests and write docs/accessibility.md
	$(BIN)/pytest -n auto --junitxml=build/accessibility.xml $(patsubst %,tests/%.py, page/test_attachment \
	    pdf/test_ua pdf/test_tags pdf/test_page_html checking/test_templates product/test_same_bytes product/test_standards product/test_web) ; \
	$(BIN)/python tools/accessibility build/accessibility.xml

fonts: ## fetch the vendored fonts again (needs the network and npm)
	$(PYTHON) tools/vendor-fonts

pictures: .venv/ready-dev ## draw the picture of the README again, from the real PDFs
	tools/pictures

clean: ## remove everything generated: documents, environments, caches
	rm -rf build dist .venv .venv-lock tests/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8
