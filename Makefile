# `make` makes every paper, `make test` checks everything; both set up what they need first.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Debian keeps the part of Python that makes environments in a package of its own.
CHECK_PYTHON = if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not. Type: make PYTHON=python3.11" >&2; exit 3; \
	elif ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	echo "Python's venv is missing. On Debian and Ubuntu type: apt-get install python3-venv" >&2; exit 3; fi

.DELETE_ON_ERROR:
.PHONY: all dev test quick bench pictures lock fonts clean help

all: .venv/ready ## set up, then build/: every paper that is out of date
	$(BIN)/briefings build

dev: .venv/ready-dev ## set up .venv with all that developers need, and nothing else

test: .venv/ready-dev ## lint, types and the whole test suite, with the programs that tests call
	@tools/system-packages $(BIN)/python tests
	@$(MAKE) --no-print-directory tests/node_modules/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

quick: .venv/ready-dev ## lint, types and the tests not marked slow: under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto -m "not slow"

bench: .venv/ready-dev ## measure and write docs/benchmarks.md: about a quarter of an hour
	@tools/system-packages $(BIN)/python tests
	$(PIP) install --require-hashes -r requirements-bench.lock
	$(BIN)/python benchmarks/run.py

# Two steps, for pip refuses a local project beside requirements with hashes. The lock pins the build
# backend too, so the second step needs no network.
.venv/ready: requirements.lock pyproject.toml
	@test -x $(BIN)/pip || { $(CHECK_PYTHON) && $(PYTHON) -m venv .venv; }
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@tools/system-packages $(BIN)/python build
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# What only the npm registry has: the HTML checker and the accessibility rules, by hash, their install scripts not run.
tests/node_modules/.ready: tests/package-lock.json
	@if command -v npm >/dev/null; then \
	    (cd tests && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null) && touch $@; fi

# uv writes one lock for all platforms, with hashes and without an index address; pip-compile does neither.
lock: ## pin the newest allowed versions anew (needs the network)
	@test -x .venv-lock/bin/pip || { $(CHECK_PYTHON) && $(PYTHON) -m venv .venv-lock; }
	.venv-lock/bin/pip install --quiet --upgrade uv
	$(UV) --group build --output-file requirements.lock
	$(UV) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(UV) --group bench --constraint requirements-dev.lock --output-file requirements-bench.lock

UV = .venv-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock"

accessibility: .venv/ready-dev ## run what proves that everybody can read the papers, and write docs/accessibility.md
	$(BIN)/pytest -n auto --junitxml=build/accessibility.xml $(patsubst %,tests/%.py, page/test_attachment \
	    pdf/test_ua pdf/test_tags check/test_templates product/test_same_bytes product/test_standards product/test_web) ; \
	$(BIN)/python tools/accessibility build/accessibility.xml

fonts: ## fetch the vendored fonts anew (needs the network and npm)
	$(PYTHON) tools/vendor-fonts

pictures: .venv/ready-dev ## draw the pictures in the README and on the index anew, from the real PDFs
	@tools/system-packages $(BIN)/python tests
	tools/pictures

clean: ## remove all that was made: papers, environments, caches
	rm -rf build dist .venv .venv-lock tests/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8
