.DEFAULT_GOAL := help
.PHONY: help ask chat fuzz serve test test-model eval screenshots check bench lint clean
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.installed

Q ?= Is an interlaminar epidural injection (CPT 62321) medically necessary for a patient with radiculopathy (M54.12) who has already received a cervical epidural steroid injection (CESI) with minimal relief and is currently taking gabapentin?

# Passed through the environment: a question may hold quotes, dollars and parentheses.
export QUESTION := $(value Q)

help: ## show this list
	@echo "make ask              answer the example question"
	@echo "make ask Q=\"...\"      answer your own question"
	@echo "make chat             open the page in the browser"
	@echo "make serve            serve the API (PORT=8700)"
	@echo "make test             run the tests"
	@echo "make fuzz             many more generated questions, and wrong and hostile requests (a quarter of an hour)"
	@echo "make test-model       try the guards on a real language model of this machine (1.1 GB, half an hour)"
	@echo "make screenshots      make the pictures of the README anew"
	@echo "make check            check every file of the corpus"
	@echo "make eval             measure everything on labelled data into $(EVAL) (about a quarter of an hour)"
	@echo "make bench            measure speed and memory (some minutes; FORMAT=json for JSON)"
	@echo "make lint             style, formatting and types"
	@echo "make clean            remove the virtual environment and tool caches"
	@echo "The first of these installs what is needed into $(VENV) (Python 3.11 or newer)."

$(READY): requirements.lock pyproject.toml tools/install.py
	@$(PYTHON) tools/install.py --venv $(VENV) --stamp $(READY)

ask: $(READY)
	@$(VENV)/bin/guideline-qa ask "$$QUESTION"

chat: $(READY)
	@$(VENV)/bin/guideline-qa chat

PORT ?= 8700
serve: $(READY)
	@$(VENV)/bin/guideline-qa serve --port $(PORT)

test: $(READY)
	@$(VENV)/bin/python tools/browser.py
	@$(VENV)/bin/python -m pytest -q -n 2 --dist loadfile

fuzz: $(READY)
	@FUZZ=1 $(VENV)/bin/python -m pytest -q -s tests/app/api/test_schemathesis.py tests/app/api/test_hostile.py tests/rag/test_generated.py

screenshots: $(READY)
	@$(VENV)/bin/python tools/browser.py
	@SCREENSHOTS=docs/screenshots $(VENV)/bin/python -m pytest -q tests/app/chat/pages/test_page_screenshots.py

# What is recorded here is what the tests replay.
RECORDING ?= tests/rag/recorded/exchanges.jsonl
test-model: $(READY)
	@rm -f $(RECORDING).new
	@$(VENV)/bin/python tools/model_server.py -- sh -c '$(VENV)/bin/python -m evals.prose --model "$$TEST_MODEL" --model-seconds 900 --record $(RECORDING).new'
	@mv $(RECORDING).new $(RECORDING)

check: $(READY)
	@$(VENV)/bin/guideline-qa check

# After a break `make eval RESUME=--resume` goes on with the suites that were not done.
EVAL ?= eval-report
RESUME ?=
eval: $(READY)
	@$(VENV)/bin/guideline-qa eval --jobs 2 --output $(EVAL) $(RESUME)

bench: FORMAT ?= text
bench: $(READY)
	@$(VENV)/bin/python -m evals.bench --format $(FORMAT) -- "$$QUESTION"

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis .mypy_cache .ruff_cache build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
