# One word for each thing a developer does; CI uses the same. `make` alone lists them.

PY := .venv/bin/python
LOCKED := pyproject.toml constraints.txt
PORT ?= 8501

.PHONY: help run test lint lock bench clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/installed  ## start the app on http://127.0.0.1:8501 (PORT=8600 for another port)
	@.venv/bin/coach index
	@exec .venv/bin/coach run --port $(PORT)

test: .venv/installed-test  ## all tests, with a real browser (ARGS="tests/domain -k name" for some)
	@browser=$$($(PY) scripts/ensure_browser) && COACH_BROWSER="$$browser" $(PY) -m pytest $(ARGS)

lint: .venv/installed-test  ## style, types, and who may import whom
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

lock: .venv/installed-test  ## write constraints.txt anew from pyproject.toml
	@scripts/lock

bench: .venv/installed-bench  ## measurements: speed, load, retrieval beside other libraries (6 to 12 minutes)
	@$(PY) -m pytest tests/benchmarks --override-ini=addopts="--import-mode=importlib -ra -s" $(ARGS)

clean:  ## remove what can be made again; conversations in data/ stay
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find coach tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: $(LOCKED)
	@scripts/install

.venv/installed-test: $(LOCKED)
	@scripts/install test

.venv/installed-bench: $(LOCKED)
	@scripts/install test,contestants
	@touch .venv/installed-test $@
