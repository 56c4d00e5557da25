# One obvious command for everything: `make help`.
.DEFAULT_GOAL := help
.PHONY: help chat test serve train check evaluate compare load soak bench fuzz lint fix docs sbom install clean

# uv installs Python packages from the lock file. If it is not here yet, it goes into a folder of its own.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
PYTHON := $(shell command -v python3.11 2>/dev/null || command -v python3)
RUN := $(UV) run --frozen --no-sync
export RASA_TELEMETRY_ENABLED := false

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

chat: install ## talk with Lantern in the terminal (installs and trains what is missing)
	@$(RUN) lantern chat

test: install ## run every check and test: style, types, data, Rasa's own validation, conversations
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@$(RUN) lantern check
	@$(RUN) pytest

serve: install ## serve the page on http://127.0.0.1:8080 (see .env.example)
	@$(RUN) lantern train
	@$(RUN) lantern serve

train: install ## train the model, if the data changed since the last one
	@$(RUN) lantern train

check: install ## check everything in data/ and say what is wrong, by file
	@$(RUN) lantern check

evaluate: install ## measure understanding and write docs/evaluation.md (FILE=… for labelled messages of your own)
	@$(RUN) lantern evaluate $(FILE)

compare: install ## train other pipelines on the same messages, for docs/evaluation.md (half an hour; installs TensorFlow)
	@UV_PROJECT_ENVIRONMENT=.venv-compare $(UV) run --frozen --group compare --python $(PYTHON) lantern compare

load: install ## let more and more simulated people talk, and write docs/load.md (at most 12 minutes)
	@$(RUN) lantern train
	@$(RUN) lantern load

soak: install ## let 32 simulated people talk for 10 minutes (MINUTES=…), and write docs/load.md
	@$(RUN) lantern train
	@$(RUN) lantern load --soak $(or $(MINUTES),10)

bench: install ## measure Lantern beside stock Rasa and write docs/benchmarks.md (under 45 minutes; installs Rasa in .bench)
	@$(RUN) lantern bench $(if $(QUICK),--quick)

fuzz: install ## send anything to the HTTP surface, by docs/openapi.yml, and check what comes back (EXAMPLES=…)
	@UV=$(UV) EXAMPLES=$(EXAMPLES) tools/fuzz.sh

lint: install ## check style and types only
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

fix: install ## mend what the style checker can mend by itself
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .

docs: install ## build the documentation as a site in site/; fails where a link leads nowhere
	@$(RUN) python tools/reference.py
	@$(RUN) mkdocs build --quiet

sbom: $(UV) ## write sbom.cdx.json: every package that runs here, with its hashes, as CycloneDX (needs no network)
	@$(UV) export --frozen --offline --no-dev --format cyclonedx1.5 --preview-features sbom-export --quiet --output-file sbom.cdx.json

install: .venv/installed ## install what is missing, uv included

.venv/installed: uv.lock pyproject.toml | $(UV)
	@echo "Installing Lantern's packages (some minutes the first time)…"
	@$(UV) sync --frozen --python $(PYTHON)
	@touch $@

.uv/bin/uv:
	@echo "Installing uv…"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-cache-dir --target .uv uv

clean: ## remove the virtual environments, models and caches
	rm -rf .venv .venv-compare .uv models site .mypy_cache .pytest_cache .ruff_cache .hypothesis .rasa .bench
