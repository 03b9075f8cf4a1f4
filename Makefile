# Each target does its own set-up: a first `make site` or `make test` needs Python 3.11 or newer, make and a network.

VENV ?= .venv
# Where the site will be published, if that is known: `make site URL=https://example.org/archive/`.
URL ?=
# To be tried first: `make site PYTHON=/opt/python/bin/python3`.
PYTHON ?=

bin := $(VENV)/bin

.PHONY: help setup site docs serve test test-all test-lowest check generated bench rent lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s%s\n", $$1, $$2 }' Makefile

site: $(VENV)/site.stamp ## build site/ from content/ (URL=https://... where it will be published)
	$(bin)/python build.py build $(if $(URL),--url "$(URL)")

docs: $(VENV)/site.stamp ## build docs-site/, the documentation, from docs/
	$(bin)/python build.py build --content docs --config docs/glossator.toml --site docs-site

setup: $(VENV)/site.stamp ## only set up what `make site` needs

serve: $(VENV)/site.stamp ## build, then show the site and every change to it in the browser
	$(bin)/python build.py serve

# What pytest makes of the test files is kept, also where Python is told to write nothing: four processes make it.
pytest := PYTHONDONTWRITEBYTECODE= $(bin)/python -m pytest -n auto --dist worksteal
test: $(VENV)/dev.stamp ## run the tests: nine of ten cases, with few examples
	$(pytest) --randomly-seed=1

test-all: $(VENV)/dev.stamp ## run all tests, also what is slow, with all examples, in a new order and with new draws
	$(pytest) --all

# The lowest versions that pyproject.toml admits, in an environment of their own.
test-lowest: ## run the tests with the lowest versions of the libraries
	$(MAKE) VENV=.venv-lowest .venv-lowest/lowest.stamp test

check: $(VENV)/dev.stamp ## lint, formatting, types, the direction of the imports, licences, and the budget of the package
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/python requirements/licences.py --quiet requirements/site.txt requirements/dev.txt
	$(bin)/python -m requirements.budget

generated: $(VENV)/dev.stamp ## write anew what is made from the code: two pages of the documentation, the schema of the settings
	PYTHONPATH=. $(bin)/python docs/settings_schema.py > glossator/data/schemas/settings-1.json
	PYTHONPATH=. $(bin)/python docs/behaviours.py > docs/pages/behaviours.md
	$(bin)/python -m tests.template_data

bench: $(VENV)/dev.stamp $(VENV)/bench.stamp ## print what names and builds cost, beside spaCy's small model and Hugo (ten minutes; each script in bench/ tells what it measures)
	PYTHONPATH=. $(bin)/python bench/names.py
	PYTHONPATH=. $(bin)/python bench/build.py

# Which folder of the package, of what reads saved pages: `make rent STAGE=stages/extract/html/choice`.
STAGE ?= stages/extract
rent: $(VENV)/dev.stamp ## switch each rule of STAGE=stages/extract off in turn and print what it brings (hours, goes on where it was stopped)
	PYTHONPATH=. $(bin)/python bench/rent.py $(STAGE)

# The constraint keeps the tests on the very versions that the site is built with;
# the bench's own packages need no others. `uv` is the one tool not set up here.
options = --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
compile = uv pip compile pyproject.toml $(options)
lock: ## renew the locked versions in requirements/ after a change in pyproject.toml (needs uv)
	$(compile) --quiet --upgrade -o requirements/site.txt
	$(compile) --quiet --upgrade --group test --group check -c requirements/site.txt -o requirements/dev.txt
	uv pip compile --group bench $(options) --no-deps --quiet --upgrade -o requirements/bench.txt
	uv pip compile --group build $(options) --quiet --upgrade -o requirements/build.txt
	uv pip compile --group audit $(options) --quiet --upgrade -o requirements/audit.txt
	$(compile) --quiet --upgrade --resolution lowest-direct -o requirements/lowest.txt

clean: ## remove the virtual environment and what the tools remember; content/ and site/ stay
	rm -rf $(VENV) .venv-lowest .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The locks are complete, and older pips cannot resolve extras among hashes: hence --no-deps.
$(VENV)/lowest.stamp: $(VENV)/dev.stamp
$(VENV)/%.stamp: requirements/%.txt $(bin)/python
	@echo "Installing $< into $(VENV) (a few minutes the first time)"
	@$(bin)/python -m pip --disable-pip-version-check install --quiet --no-input --no-deps --require-hashes -r $<
	@$(bin)/python -m compileall -q glossator || true # or every start does it, where Python is told to write nothing
	@touch $@

# Newer Pythons than 3.13 come last: no whole run of the tests has been seen with them yet.
suits = import sys; sys.exit(sys.version_info < (3, 11))
$(bin)/python:
	@found=; \
	for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	    "$$python" -c '$(suits)' 2>/dev/null || continue; \
	    found=$$python; \
	    "$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	    exec "$$python" -m venv --clear $(VENV); \
	done; \
	if [ "$$found" ]; then \
	    echo "$$found lacks the venv module; on Debian and Ubuntu: apt install python3-venv." >&2; \
	else \
	    echo "No Python 3.11 or newer was found; install one, or name it: make PYTHON=/path/to/python3." >&2; \
	fi; exit 1
