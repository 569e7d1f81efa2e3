# `make demo` and `make test` need nothing but Python 3.11 or later and make: each makes the
# virtual environment that it uses. PYTHON=… names another Python, VENV=… another folder.
VENV ?= .venv
WORKERS ?= 2
PORT ?= 8000
DEMO ?= build/demo
DEMO_SERVE ?= 1
BIN := $(VENV)/bin
SAMPLES := src/sagsgang/samples
# A module's tests run in one process, so that what they share is made once.
SIDE_BY_SIDE := -n $(WORKERS) --dist loadscope --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo test lint types format bench docs clean

help:
	@echo 'make demo    put the sample minutes into an archive in build/demo, and show it as a site,'
	@echo '             with links into the working house as each role, until Ctrl-C (PORT=… another port; DEMO_SERVE=0 only fills the archive)'
	@echo 'make test    run everything that must hold: lint, types, layers, tests with coverage,'
	@echo '             those of the archive on SQLite and on PostgreSQL where it is installed'
	@echo 'make lint    ruff (lint and format) and the layers of the house'
	@echo 'make types   mypy, strict'
	@echo 'make format  let ruff put the code in order'
	@echo 'make bench   measure speed and memory (not part of the tests)'
	@echo 'make docs    build the documentation into site/'
	@echo 'make clean   remove everything that the commands above have made'

# The version stands in the package, so a new one calls for a new installation.
INSTALLS := pyproject.toml src/sagsgang/__init__.py bin/environment

$(VENV)/installed: $(INSTALLS)
	@bin/environment $(VENV) seal
	@touch $@

$(VENV)/installed-for-tests: $(INSTALLS)
	@bin/environment $(VENV) test
	@touch $(VENV)/installed $@

demo: $(VENV)/installed
	@echo 'The sample minutes of Lindvig Kommune (invented, like everyone in them), in an archive of their own:'
	@env -u DATABASE_URL $(BIN)/sagsgang import $(SAMPLES) --name 'Lindvig Kommunes referater (opdigtede)' --data $(DEMO)
	@env -u DATABASE_URL $(BIN)/sagsgang demo --address http://127.0.0.1:$(PORT) --data $(DEMO)
	@echo 'A tour of it all, in Danish and with pictures: docs/da/rundtur.md'
ifeq ($(DEMO_SERVE),1)
	@env -u DATABASE_URL $(BIN)/sagsgang serve --open --port $(PORT) --data $(DEMO)
else
	@echo 'To look at it: $(BIN)/sagsgang serve --data $(DEMO)'
endif

test: lint types
	@bin/system-packages
	$(BIN)/pytest $(SIDE_BY_SIDE) --cov --cov-report=
	bin/with-postgresql $(BIN)/pytest $(SIDE_BY_SIDE) -m archive
	$(BIN)/coverage report

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: $(VENV)/installed-for-tests
	$(BIN)/mypy

format: $(VENV)/installed-for-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/installed-for-tests
	$(BIN)/python -m bench
	bin/with-postgresql $(BIN)/python -m bench archive

docs: $(VENV)/installed-for-tests
	$(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) build dist site .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
