# Everything that a newcomer or CI types: `make run`, `make test`, `make check`, `make bench`, `make soak`.
PYTHON ?= python3
BIN = .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run install test check format bench soak lock docs

run: install
	@$(BIN)/jalon run --sample

install: .venv/installed

test: .venv/installed-dev
	@$(BIN)/pytest --numprocesses=auto

check: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports

format: .venv/installed-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/installed-dev
	@$(BIN)/python -m tests.bench

# Some minutes of kills and lost answers while the bot says things by itself.
soak: .venv/installed-dev
	@$(BIN)/python -m tests.soak

# The parts of the README and of docs/ that are made from the code.
docs: .venv/installed-dev
	@$(BIN)/python -m tests.generated

# Pins, with hashes and without the addresses they were downloaded from. Needs uv.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group build pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group build --group dev pyproject.toml -o requirements/dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info < (3, 14); ok or sys.exit("Jalon needs Python 3.11, 3.12 or 3.13; this is %d.%d. Name one with: make PYTHON=python3.12" % sys.version_info[:2])'
	@$(PYTHON) -m venv .venv

.venv/installed: requirements/run.txt pyproject.toml | .venv/bin/python
	@$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements/dev.txt .venv/installed
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
