# `make run` and `make test` are all that a newcomer needs; `make help` lists the rest.
PORT ?= 8000
PYTHON ?= python3
export PIP_DISABLE_PIP_VERSION_CHECK = 1
RUNSERVER = DJANGO_RUNSERVER_HIDE_WARNING=true .venv/bin/python manage.py

.PHONY: help port run serve test quick mutants bench screenshots lint types format lock clean

help:  ## List what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

port:
	@$(PYTHON) -c "import socket; socket.create_server(('127.0.0.1', $(PORT))).close()" 2>/dev/null \
		|| { echo "Port $(PORT) is in use. Choose another one, for example: make $(or $(MAKECMDGOALS),run) PORT=$$(($(PORT) + 1))"; exit 1; }

run: port .venv/run .env  ## Serve the site on this machine, with its content
	@echo "Loading the content ..."
	@.venv/bin/python manage.py prepare --verbosity 0
	@echo "A first staff account: .venv/bin/python manage.py createsuperuser"
	@echo "The site: http://127.0.0.1:$(PORT)/   The admin: http://127.0.0.1:$(PORT)/admin/"
	@$(RUNSERVER) runserver 127.0.0.1:$(PORT)

serve: export DEBUG = false
serve: export HTTPS_ONLY = false
serve: export ALLOWED_HOSTS = 127.0.0.1,localhost
serve: export SECRET_KEY ?= $(shell $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))")
serve: port .venv/run  ## Serve it as in production, without a certificate
	@echo "Loading the content and collecting the static files ..."
	@.venv/bin/python manage.py prepare --verbosity 0
	@.venv/bin/python manage.py collectstatic --noinput --verbosity 0
	@echo "The site: http://127.0.0.1:$(PORT)/   The admin: http://127.0.0.1:$(PORT)/admin/"
	@BIND=127.0.0.1:$(PORT) .venv/bin/gunicorn

test: .venv/dev  ## Run all tests, on every database and browser that is here (ONLY=tests/geography for a part)
	@tests/run $(ONLY)

quick: .venv/dev  ## Run the tests that need no browser and no server, on SQLite (about a minute)
	@.venv/bin/python -m pytest --numprocesses 2 --quiet -m "not (browser or validator or postgresql or production)" $(ONLY)

mutants: .venv/dev  ## Say which small changes to MODULE= no test notices (TESTS= LIMIT=100 SECONDS=600)
	@.venv/bin/python -m tests.mutation $(MODULE) --tests $(TESTS) --limit $(or $(LIMIT),100) --seconds $(or $(SECONDS),600)

bench: .venv/dev  ## Measure how fast it is (needs wrk), and write docs/performance.md
	@if tests/with_postgresql true 2>/dev/null; then tests/with_postgresql .venv/bin/python -m benchmarks; else .venv/bin/python -m benchmarks; fi

screenshots: .venv/dev  ## Draw the pictures of docs/ again (needs Chromium)
	@.venv/bin/python docs/make_screenshots.py

lint: .venv/dev  ## Check style: Python and templates
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2 --check

types: .venv/dev  ## Check types
	@DEBUG=true .venv/bin/mypy learningcities directory

format: .venv/dev  ## Format the code
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2

LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet pyproject.toml
lock:  ## Pin the newest versions that pyproject.toml allows (needs uv)
	@command -v uv >/dev/null || { echo "uv is not here. To get it: $(PYTHON) -m pip install uv, or pipx install uv"; exit 1; }
	$(LOCK) --upgrade --output-file requirements.txt
	$(LOCK) --upgrade --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean:  ## Remove what was installed and built, never the database
	rm -rf .venv staticfiles .mypy_cache .ruff_cache test-results

.env:
	@cp .env.example .env

.venv/bin/python:
	@echo "Making an environment in .venv ..."
	@$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing the packages (under a minute) ..."
	@.venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing the packages and those of the tests (about a minute) ..."
	@.venv/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run
