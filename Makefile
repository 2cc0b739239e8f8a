# `make demo` and `make test` need Python 3.11 or newer and make; everything else they install into .venv.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: demo run test test-browser test-fuzz test-long bench lint lock clean help

help:  ## Say what can be done here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/installed  ## Start Concord with the demo register on http://127.0.0.1:8000 (PORT=8123 chooses another port)
	@PORT=$(PORT) $(BIN)/python -m config.demo

run: .venv/installed  ## Start a development server that reloads on changes, on the database of your environment
	DEBUG=1 $(BIN)/python manage.py migrate
	DEBUG=1 $(BIN)/python manage.py runserver $(PORT)

test: .venv/installed-dev  ## Run the tests (on PostgreSQL with DATABASE_URL=postgres://...)
	$(BIN)/python -m pytest -n auto

test-browser: .venv/installed-dev  ## Run the tests that drive a real Chromium (CHROMIUM=/path/to/chromium)
	$(BIN)/python -m pytest -m browser -n auto --dist worksteal tests/browser

bench: .venv/installed  ## Measure the API beside its limit and beside plain DRF (SIZE=1000000 stories; on PostgreSQL with DATABASE_URL)
	$(BIN)/python -m tests.bench $(if $(SIZE),--size $(SIZE)) $(ARGS)

test-fuzz: .venv/installed-dev  ## Ask the API thousands of questions made from its description
	$(BIN)/python -m pytest -m fuzz tests/api/test_fuzz.py

test-long: .venv/installed-dev  ## Do by the thousand what the tests do by the dozen: a few minutes
	$(BIN)/python -m pytest -m long -n auto

lint: .venv/installed-dev  ## Check style, templates, migrations and deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	DEBUG=1 DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		EMAIL_URL=smtp://localhost:25 SITE_URL=https://register.example.org \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	DEBUG=1 $(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

lock: .venv/installed-dev  ## Compile requirements*.in to requirements*.txt with hashes, for Python 3.11 to 3.14
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		requirements.in -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		requirements-dev.in -o requirements-dev.txt

clean:  ## Remove the demo's database and what was built; the environment stays
	rm -rf var .pytest_cache .ruff_cache htmlcov .coverage
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Concord needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
