# The two commands to know: `make brief` and `make test`. `make help` lists the rest.
# Needs make and Python 3.11 or newer. Everything else goes into .venv; delete that folder to start again.

VENV ?= .venv
PYTHON ?=
DATA ?= ../shared/data
EXAMPLE := examples/tokyo-office/case.yaml
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: bench-ask bench-copies bench-decisions bench-desk bench-positions help brief test lint browser database docs bench bench-attribution bench-actors bench-aggregation clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 24

brief: $(VENV)/.base ## set up, then make the brief of the shipped example: out/brief.html
	@mkdir -p out
	@$(BIN)/winset brief $(EXAMPLE) -o out/brief.html --json out/brief.json --markdown out/brief.md
	@echo "Open $(CURDIR)/out/brief.html (the same as Markdown and JSON: out/brief.md, out/brief.json)."

test: $(VENV)/.dev browser database lint ## set up, then run every check and test
	@$(BIN)/python -m pytest -rs

lint: $(VENV)/.dev ## formatting, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: $(VENV)/.dev ## write again what the documentation shows of the program: help, the registry, the example's answer
	@$(BIN)/python -m docs.write_generated

bench: $(VENV)/.base ## time and memory of the main job, and of `winset --help`
	@$(BIN)/python -m benchmarks.bench_brief
	@$(BIN)/python -m benchmarks.bench_start

bench-attribution: $(VENV)/.base ## who said what: figures and speed beside other libraries (DATA=../shared/data)
	@$(BIN)/python -m benchmarks.bench_attribution --data $(DATA) --write

bench-actors: $(VENV)/.base ## who that is: registry load, 100,000 sources resolved, names found beside other libraries
	@$(BIN)/python -m benchmarks.bench_actors --data $(DATA)

bench-aggregation: $(VENV)/.base ## positions of 200 actors on 20 issues from a kept case of a million statements (minutes)
	@$(BIN)/python -m benchmarks.bench_aggregation

bench-ask: $(VENV)/.base ## questions: time on 100,000 passages, and how many of the coded ones are answered
	@$(BIN)/python -m benchmarks.bench_ask

bench-copies: $(VENV)/.base ## who copied whom among 10,000 made-up syndicated documents, beside identical sentences
	@$(BIN)/python -m benchmarks.bench_copies

bench-decisions: $(VENV)/.base ## what the rule makes of it: backtest, power, models and draws beside other libraries (minutes)
	@$(BIN)/python -m benchmarks.bench_decisions --data $(DATA)

bench-desk: $(VENV)/.dev ## the desk: acts on a million statements, eight coders at once, and kill -9 (half an hour)
	@$(BIN)/python -m benchmarks.bench_desk

bench-positions: $(VENV)/.base ## where they stand: stance and positions on coded sets, against what must be reached
	@$(BIN)/python -m benchmarks.bench_positions --data $(DATA)

clean: ## remove what these commands made
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Python compiles what it first imports; compiling all of it at once would make the environment a fifth larger.
# A stamp is newer than pyproject.toml once its installation has ended well, so each is done once.
$(VENV)/.base: pyproject.toml $(VENV)/.made
	@echo "Installing winset into $(VENV) (once, a minute or two) ..."
	@$(PIP) install --no-compile --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.made
	@echo "Installing winset and its test tools into $(VENV) (once, a minute or two) ..."
	@$(PIP) install --no-compile --editable '.[dev]'
	@touch $@ $(VENV)/.base

# Each candidate is run, not only looked up: a version manager may put names on the path that do not start.
$(VENV)/.made:
	@bare=; \
	for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python3.14; do \
	  version=$$($$python -c 'import sys; print(*sys.version_info[:2], sep="."); sys.exit(sys.version_info < (3, 11))' \
	    2>/dev/null) || continue; \
	  if $$python -c 'import venv, ensurepip' 2>/dev/null; then \
	    echo "Python $$version: making $(VENV)"; \
	    $$python -m venv $(VENV) && touch $@; exit $$?; \
	  fi; \
	  bare=$${bare:-$$version}; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "Python $$bare is here without ensurepip. On Debian or Ubuntu: apt-get install python$$bare-venv" >&2; \
	else \
	  echo "No Python 3.11 or newer was found. Install one, or name it: make brief PYTHON=/path/to/python3" >&2; \
	fi; \
	exit 1

# The browser tests need Chromium. BROWSER=no leaves the system as it is.
browser: $(VENV)/.made
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; \
	  then exit 0; fi; \
	skip="the browser tests will be skipped"; \
	if [ "$(BROWSER)" = no ]; then echo "BROWSER=no: $$skip"; exit 0; fi; \
	command -v apt-get >/dev/null || { echo "No Chromium and no apt-get: $$skip"; exit 0; }; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root="sudo -n"; \
	else echo "No Chromium, and no right to install it: $$skip (apt-get install chromium)"; exit 0; fi; \
	echo "Installing Chromium for the browser tests (BROWSER=no leaves it out) ..."; \
	log=$(VENV)/chromium.log; \
	install() { $$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install \
	  chromium fonts-dejavu-core </dev/null; }; \
	{ $$as_root apt-get -qq update </dev/null && install; } >$$log 2>&1 \
	  || { echo "Chromium was not installed: $$skip. The end of $$log:"; tail -n 3 $$log; }

# The tests of cases on a server need PostgreSQL's programs; they start a server of their own in a temporary folder, and
# leave alone the one that Debian's package sets up. DATABASE=no leaves the system as it is.
database: $(VENV)/.made
	@if [ -n "$$WINSET_TEST_POSTGRES" ] || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; \
	  then exit 0; fi; \
	skip="the tests on PostgreSQL will be skipped"; \
	if [ "$(DATABASE)" = no ]; then echo "DATABASE=no: $$skip"; exit 0; fi; \
	command -v apt-get >/dev/null || { echo "No PostgreSQL and no apt-get: $$skip"; exit 0; }; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root="sudo -n"; \
	else echo "No PostgreSQL, and no right to install it: $$skip (apt-get install postgresql)"; exit 0; fi; \
	echo "Installing PostgreSQL for the tests of cases on a server (DATABASE=no leaves it out) ..."; \
	log=$(VENV)/postgresql.log; \
	install() { $$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install \
	  postgresql </dev/null; }; \
	{ $$as_root apt-get -qq update </dev/null && install; } >$$log 2>&1; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
	  || { echo "PostgreSQL was not installed: $$skip. The end of $$log:"; tail -n 3 $$log; }
