# Anexa: `make` lists what can be made. Every target does its own set-up in .venv.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# The first Python from 3.11 on that has pip; looked for only when .venv is missing.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
# SYSTEM=0: never install Debian packages, skip what needs them.
SYSTEM ?= 1

.PHONY: help run demo test test-long check templates bench i18n lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: demo ## set up, fill the demo and serve it on http://127.0.0.1:5000 with its worker
	@ANEXA_DEMO=1 $(FLASK) serve

demo: .venv/.runtime ## the same without serving: writes and names every generated file
	@ANEXA_DEMO=1 $(FLASK) init
	@ANEXA_DEMO=1 $(FLASK) demo

test: .venv/.dev system ## every test but the long ones
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-long: .venv/.dev system ## the long tests
	$(BIN)/python -m pytest -n 2 --dist loadfile -m long

check: .venv/.dev ## ruff, mypy strict, import contracts, catalogues complete, templates current
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/catalogues.py check
	$(FLASK) templates --check

templates: .venv/.runtime ## write a new edition of each Word template whose form changed
	$(FLASK) templates

bench: .venv/.dev ## measure against the named peers and print the table
	$(BIN)/python -m benchmarks.run

i18n: .venv/.dev ## bring the catalogues up to date with the wording in the code
	$(BIN)/python tools/catalogues.py update

lock: ## resolve the dependencies of setup.cfg again (needs uv)
	uv pip compile setup.cfg --quiet --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements.lock
	uv pip compile setup.cfg --quiet --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra dev --extra bench -o requirements-dev.lock

clean: ## remove the environment and caches; the data in instance/ and generated/ stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Debian's python3-venv is not needed: pip from outside installs into the environment.
.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with pip is needed: apt-get install python3 python3-pip"; exit 1; }
	$(PYTHON) -m venv --without-pip .venv

.venv/.runtime: requirements.lock | .venv/bin/python
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements.lock
	touch $@

.venv/.dev: requirements-dev.lock | .venv/bin/python
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements-dev.lock
	touch $@ .venv/.runtime

.PHONY: system
system:
	@SYSTEM=$(SYSTEM) tools/system-programs
