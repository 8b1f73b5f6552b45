# Everything sets itself up: a virtual environment with what pyproject.toml names, and for the tests a browser.
#   make demo    build an archive of the samples and serve it   (make demo PORT=9000)
#   make test    everything that must hold: lint, types, layers, tests, examples in the docs
#   make bench   speed and scores
#   make bench-large   an archive of 100,000 articles beside other ways to search them; takes an hour
#   make docs    write docs/cli.md from the command line's own help

PYTHON ?= python3
PORT ?= 8321
SERVE_ARGS ?=
BENCH_ARTICLES ?= 100000

VENV := .venv
BIN := $(VENV)/bin
ARCHIVE := build/demo.sijill
UNDATED := samples/2016-10-04-patience-run-out.txt
DATED := $(filter-out $(UNDATED),$(wildcard samples/*.html samples/*.txt))

.PHONY: demo test lint bench bench-large docs browser clean
.DELETE_ON_ERROR:

demo: $(ARCHIVE)
	$(BIN)/sijill serve --archive $(ARCHIVE) --port $(PORT) $(SERVE_ARGS)

$(ARCHIVE): $(VENV)/.ready $(DATED) $(UNDATED) $(shell find src -type f -not -name '*.pyc')
	@mkdir -p build && rm -f $(ARCHIVE) $(ARCHIVE)-wal $(ARCHIVE)-shm
	$(BIN)/sijill add --archive $(ARCHIVE) $(DATED)
	$(BIN)/sijill add --archive $(ARCHIVE) --published 2016-10-04 $(UNDATED)

test: lint browser
	$(BIN)/python -m pytest

lint: $(VENV)/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: $(VENV)/.ready-bench
	$(BIN)/python -m benchmarks

bench-large: $(VENV)/.ready-bench
	$(BIN)/python -m benchmarks.archive --articles $(BENCH_ARTICLES)
	$(BIN)/python -m benchmarks.search_quality

docs: $(VENV)/.ready
	$(BIN)/typer sijill.cli utils docs --name sijill --output docs/cli.md

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sijill needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(call apt_install,python3-venv)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --editable . --group dev
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready
	$(BIN)/pip install --quiet --group bench
	@touch $@

# The site's tests drive a browser that shows Arabic; without one they are skipped.
browser:
	@command -v chromium >/dev/null || $(call apt_install,chromium)
	@test -d /usr/share/fonts/truetype/noto || $(call apt_install,fonts-noto-core)

clean:
	rm -rf build $(VENV)

define apt_install
{ command -v apt-get >/dev/null || { echo "$(1) is missing, and there is no apt-get to install it" >&2; exit 0; }; \
	  as_root=; test "$$(id -u)" = 0 || as_root="sudo -n"; \
	  $$as_root apt-get update --quiet --quiet && \
	  DEBIAN_FRONTEND=noninteractive $$as_root apt-get install --quiet --quiet --yes --no-install-recommends $(1) || \
	  echo "$(1) could not be installed" >&2; }
endef
