# The two commands to know: `make brief` and `make test`. `make help` lists the rest.
# Needs make and Python 3.11 or newer. Everything else goes into .venv; delete that folder to start again.

VENV ?= .venv
PYTHON ?=
DATA ?= ../shared/data
EXAMPLE := examples/tokyo-office/case.yaml
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet

# What is installed are the versions in requirements/, each file of them held against its checksum. LOCKED=no, on a new .venv,
# takes what the registry has that fits pyproject.toml: for a mirror with files of its own, or for tomorrow's versions.
LOCKED ?= yes
FREE := $(filter no,$(LOCKED))
LOCK := --no-compile --require-hashes --requirement

# What is installed is the package, built anew when one of these has changed; folders are among them, so that a file that
# was taken away counts. After `make develop` it is the checkout itself, until `make test` puts the package in its place.
PACKAGED := pyproject.toml README.md LICENSE NOTICE $(wildcard docs/man/winset.1) \
  $(shell find src -name __pycache__ -prune -o ! -name '*.pyc' -print) $(wildcard requirements/*.txt)
ifneq ($(and $(wildcard $(VENV)/.develop),$(if $(filter test,$(MAKECMDGOALS)),,yes)),)
BASE := $(VENV)/.develop
DEV := $(VENV)/.develop
else
BASE := $(VENV)/.base
DEV := $(VENV)/.wheel
endif

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: audit firedrill fuzz lock bench-ask bench-copies bench-decisions bench-desk bench-export bench-positions bench-scale help brief test develop dist pythons lint browser database r docs site bench bench-attribution bench-actors bench-aggregation clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 24

brief: $(BASE) ## set up, then make the brief of the shipped example: out/brief.html
	@mkdir -p out
	@$(BIN)/winset brief $(EXAMPLE) -o out/brief.html --json out/brief.json --markdown out/brief.md
	@echo "Open $(CURDIR)/out/brief.html (the same as Markdown and JSON: out/brief.md, out/brief.json)."

test: $(DEV) browser database r lint ## set up, then run every check and test, on the package as it would be published
	@WINSET_TESTED=wheel $(BIN)/python -m pytest -rs --pyargs winset tests docs README.md

develop: $(VENV)/.develop ## install the checkout itself, to change it and run `.venv/bin/python -m pytest PART` at once

dist: $(DEV) $(VENV)/.builder$(FREE) ## build sdist and wheel into dist/ with their bill of materials, and check them
	@$(build)
	@$(look)
	@$(BIN)/python -m supply_chain.sbom dist/winset-*.whl
	@ls -l dist

pythons: $(DEV) $(VENV)/.builder$(FREE) ## the quick part of the tests on every Python from 3.11 that is found (PYTHONS="python3.12 ...")
	@$(build)
	@LOCKED=$(LOCKED) .ci/pythons dist/winset-*.whl

lint: $(DEV) ## formatting, types and layers, of the checkout
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports

lock: $(VENV)/.tools ## write requirements/*.txt anew from pyproject.toml (UPGRADE=--upgrade takes newer versions too)
	@for lock in base dev build tools fuzz; do \
	  echo "requirements/$$lock.txt"; \
	  case $$lock in base) of=pyproject.toml;; dev) of="pyproject.toml --all-extras -c requirements/base.txt";; \
	    *) of="requirements/$$lock.in -c requirements/dev.txt";; esac; \
	  $(VENV)/tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" $(UPGRADE) $$of --output-file requirements/$$lock.txt >$(VENV)/lock.log \
	    || { tail -n 20 $(VENV)/lock.log; exit 1; }; \
	done

audit: $(VENV)/.tools ## known weaknesses of the locked versions, where a database of them can be reached
	@$(VENV)/tools/bin/python -m supply_chain.audit

fuzz: $(VENV)/.fuzzing ## throw odd bytes at everything that takes a stranger's (SECONDS=600 each, TARGETS="html rules")
	@$(BIN)/python -m fuzz run $(TARGETS) --seconds $(or $(SECONDS),600)

site: $(DEV) ## build the documentation as a web site: out/site/index.html
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build # with --quiet it would not count warnings
	@echo "Open $(CURDIR)/out/site/index.html; it needs no server and no network."

docs: $(DEV) ## write again what the documentation shows of the program: help, the registry, the example's answer
	@$(BIN)/python -m docs.write_generated

bench: $(BASE) ## time and memory of the main job, and of `winset --help`
	@$(BIN)/python -m benchmarks.bench_brief
	@$(BIN)/python -m benchmarks.bench_start

bench-attribution: $(BASE) ## who said what: figures and speed beside other libraries (DATA=../shared/data)
	@$(BIN)/python -m benchmarks.bench_attribution --data $(DATA) --write

bench-actors: $(BASE) ## who that is: registry load, 100,000 sources resolved, names found beside other libraries
	@$(BIN)/python -m benchmarks.bench_actors --data $(DATA)

bench-aggregation: $(BASE) ## positions of 200 actors on 20 issues from a kept case of a million statements (minutes)
	@$(BIN)/python -m benchmarks.bench_aggregation

bench-ask: $(BASE) ## questions: time on 100,000 passages, and how many of the coded ones are answered
	@$(BIN)/python -m benchmarks.bench_ask

bench-copies: $(BASE) ## who copied whom among 10,000 made-up syndicated documents, beside identical sentences
	@$(BIN)/python -m benchmarks.bench_copies

bench-decisions: $(BASE) ## what the rule makes of it: backtest, power, models and draws beside other libraries (minutes)
	@$(BIN)/python -m benchmarks.bench_decisions --data $(DATA)

firedrill: $(DEV) database ## kill, fill, starve and damage winset in the middle of its work, and look at what is left (a quarter of an hour)
	@WINSET_FIREDRILL=full $(BIN)/python -m pytest -rs -m firedrill tests

bench-desk: $(DEV) ## the desk: acts on a million statements, eight coders at once, and kill -9 (half an hour)
	@$(BIN)/python -m benchmarks.bench_desk

bench-export: $(DEV) ## a case of 100,000 statements as a file of every other program (minutes)
	@$(BIN)/python -m benchmarks.bench_export

bench-positions: $(BASE) ## where they stand: stance and positions on coded sets, against what must be reached
	@$(BIN)/python -m benchmarks.bench_positions --data $(DATA)

bench-scale: $(DEV) ## many documents: speed, memory, interruptions, cluster, big cases (SIZES="1000 10000", PARTS="throughput")
	@$(BIN)/python -m benchmarks.bench_scale --data $(DATA) --write $(if $(SIZES),--sizes $(SIZES)) $(if $(PARTS),--parts $(PARTS))

clean: ## remove what these commands made
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Python compiles what it first imports; compiling all of it at once would make the environment a fifth larger.
# A stamp is newer than what it stands for once that has ended well, so each is done once.
$(VENV)/.base: $(PACKAGED) $(VENV)/.builder$(FREE)
	@echo "Installing winset into $(VENV) (the first time a minute or two) ..."
	@$(if $(FREE),,$(PIP) install $(LOCK) requirements/base.txt)
	@$(if $(FREE),$(PIP) install --no-compile .,$(wheel) && $(PIP) uninstall --yes winset && \
	  $(PIP) install --no-compile --no-deps $(VENV)/built/winset-*.whl)
	@touch $@

# As it would be published: sources to sdist, sdist to wheel, wheel into the environment.
$(VENV)/.wheel: $(PACKAGED) $(VENV)/.builder$(FREE)
	@echo "Installing the test tools into $(VENV) (the first time a minute or two) ..."
	@$(PIP) install $(if $(FREE),--no-compile twine,$(LOCK) requirements/dev.txt)
	@$(build)
	@$(look)
	@echo "Installing the wheel ..."
	@$(PIP) uninstall --yes winset
	@wheel=$$(echo dist/winset-*.whl) && $(PIP) install --no-compile $(if $(FREE),"$$wheel[dev]",--no-deps "$$wheel")
	@rm -f $(VENV)/.develop
	@touch $@ $(VENV)/.base

$(VENV)/.develop: pyproject.toml $(wildcard requirements/*.txt) $(VENV)/.made
	@echo "Installing the checkout and its test tools into $(VENV) (the first time a minute or two) ..."
	@$(if $(FREE),,$(PIP) install $(LOCK) requirements/dev.txt --requirement requirements/build.txt)
	@$(PIP) install --no-compile $(if $(FREE),--editable '.[dev]',--no-deps --no-build-isolation --editable .)
	@rm -f $(VENV)/.wheel $(VENV)/.base
	@touch $@

# Builds happen in an environment of their own, so nothing but what pyproject.toml asks for, in its locked version, is used.
$(VENV)/.builder$(FREE): $(if $(FREE),,requirements/build.txt) $(VENV)/.made
	@$(BIN)/python -m venv $(VENV)/builder
	@$(VENV)/builder/bin/python -m pip -qq install $(if $(FREE),--no-compile build,$(LOCK) requirements/build.txt)
	@touch $@

$(VENV)/.tools: requirements/tools.txt $(VENV)/.made
	@$(BIN)/python -m venv $(VENV)/tools
	@$(VENV)/tools/bin/python -m pip -qq install $(LOCK) requirements/tools.txt
	@touch $@

$(VENV)/.fuzzing: requirements/fuzz.txt $(DEV)
	@$(PIP) install $(LOCK) requirements/fuzz.txt
	@touch $@

define build
{ echo "Building sdist and wheel ..."; rm -rf dist; \
$(VENV)/builder/bin/python -m build $(if $(FREE),,--no-isolation) >$(VENV)/build.log 2>&1 \
  || { tail -n 20 $(VENV)/build.log; exit 1; }; }
endef

define wheel
{ rm -rf $(VENV)/built; $(VENV)/builder/bin/python -m build --wheel --no-isolation --outdir $(VENV)/built \
  >$(VENV)/build.log 2>&1 || { tail -n 20 $(VENV)/build.log; exit 1; }; }
endef

define look
$(BIN)/twine --no-color check --strict dist/*.whl dist/*.tar.gz >$(VENV)/twine.log || { cat $(VENV)/twine.log; exit 1; }
endef

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

# The test of the R example needs R with jsonlite. RLANG=no leaves the system as it is.
r: $(VENV)/.made
	@if Rscript -e 'library(jsonlite)' >/dev/null 2>&1; then exit 0; fi; \
	skip="the test of the R example will be skipped"; \
	if [ "$(RLANG)" = no ]; then echo "RLANG=no: $$skip"; exit 0; fi; \
	command -v apt-get >/dev/null || { echo "No R with jsonlite and no apt-get: $$skip"; exit 0; }; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root="sudo -n"; \
	else echo "No R with jsonlite, and no right to install it: $$skip (apt-get install r-base-core r-cran-jsonlite)"; exit 0; fi; \
	echo "Installing R for the test of the R example (RLANG=no leaves it out) ..."; \
	log=$(VENV)/r.log; \
	install() { $$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install \
	  r-base-core r-cran-jsonlite </dev/null; }; \
	{ $$as_root apt-get -qq update </dev/null && install; } >$$log 2>&1; \
	Rscript -e 'library(jsonlite)' >/dev/null 2>&1 \
	  || { echo "R was not installed: $$skip. The end of $$log:"; tail -n 3 $$log; }
