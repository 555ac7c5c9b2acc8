# make help lists what there is. Everything lands in .venv, build and dist.
SHELL := bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PORT ?= 8088
PYTEST ?=
BENCH ?=
DIST ?= dist

requirements := docker/requirements
frontend := superset_kpi_plugin/frontend
bundle := superset_kpi_plugin/static/kpi-tree.js
translations := superset_kpi_plugin/translations
catalogue := --omit-header --no-wrap
sources := $(shell find $(frontend) -type f -not -path '*/node_modules/*' -not -path '*/test/*' 2>/dev/null)
# Stamps lie inside what they stand for: whoever removes .venv or node_modules removes them as well.
python := .venv/.stamp-python
plugin := .venv/.stamp-plugin
dev := .venv/.stamp-dev
packages := $(frontend)/node_modules/.stamp

.PHONY: help setup demo test check fix messages test-py test-js bench build requirements clean free-port chromium

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 22

setup: $(plugin) $(dev) $(bundle) ## .venv with Superset, the plugin, the tools, and the built frontend

demo: free-port $(plugin) $(bundle) ## Superset and the demo on http://localhost:8088 (PORT=8089, RESET=1 starts over)
	@PORT=$(PORT) RESET=$(RESET) docker/demo.sh

test: check test-js test-py ## everything that is checked, the browser tests included

test-py: setup chromium ## the Python and browser tests (PYTEST="-k wheel" passes options on)
	@python -m pytest $(PYTEST)

test-js: $(packages) ## the frontend's tests
	@npm --prefix $(frontend) test

bench: $(plugin) $(dev) $(bundle) chromium ## what evaluations and the chart cost, against charts and bare SQL (BENCH="--only forty --runs 3"); build/bench.json
	@python -m tests.bench $(BENCH)

check: $(plugin) $(dev) $(packages) ## formatting, lint and types
	@ruff format --check .
	@ruff check .
	@mypy
	@npm --prefix $(frontend) run check

fix: $(dev) ## format, and repair what can be repaired
	@ruff check --fix .
	@ruff format .

messages: $(python) ## bring translations/ up to the messages in the sources; then translate the empty ones
	@pybabel -q extract $(catalogue) --no-location --no-default-keywords -k _ -k phrase --ignore-dirs frontend \
		-o $(translations)/kpi.pot superset_kpi_plugin
	@pybabel -q update $(catalogue) --ignore-obsolete --no-fuzzy-matching -D kpi \
		-i $(translations)/kpi.pot -d $(translations)

build: $(python) $(bundle) ## wheel and sdist in dist (DIST=elsewhere)
	@python -m hatchling build -d $(abspath $(DIST))

requirements: $(python) ## compile the pinned requirements anew (UPGRADE=1 takes newer releases)
	@docker/compile-requirements.sh

clean: ## remove what was built: the demo, caches, logs, dist; not .venv
	rm -rf build dist superset_kpi_plugin/static

free-port:
	@PORT=$(PORT) docker/demo.sh check

chromium: $(dev)
	@python -m tests.support.chromium

$(python): $(requirements)/bootstrap.txt $(requirements)/superset.txt $(requirements)/demo.txt
	@docker/setup.sh python
	@touch $@

$(dev): $(python) $(requirements)/dev.txt
	@docker/setup.sh dev
	@touch $@

$(plugin): $(python) pyproject.toml
	@docker/setup.sh plugin
	@touch $@

$(packages): $(frontend)/package-lock.json | $(python)
	@docker/setup.sh node
	@docker/setup.sh frontend

$(bundle): $(packages) $(sources)
	@docker/setup.sh bundle
	@touch $@
