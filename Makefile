# Everything from nothing: Python 3.11 or newer and make are all it takes. `make help` lists it.
SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# Minutes that `make test-slow` may start tests for; 0 is no limit. Those left over are skipped.
MINUTES ?= 0
TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: help run test test-slow lint bench screenshots lock clean app dev read-tests

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name words; \
	  do printf '  make %-12s %s\n' "$$name" "$$words"; done

# One stamp for each of the two sets of packages, so that a second run has nothing to do.
$(VENV)/app.stamp: requirements.lock pyproject.toml packaging/make_venv.sh
	@sh packaging/make_venv.sh $(VENV)
	@echo "Installing what the app needs (about 300 MB, the first time only)."
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@# The build copies resources/ beside the link; run from source, the ones in the tree are used.
	@rm -rf $(VENV)/lib/python3*/site-packages/mhin_ppi
	@touch $@

$(VENV)/dev.stamp: $(VENV)/app.stamp requirements-dev.lock
	@echo "Installing what the tests need."
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

app: ; @sh packaging/system_packages.sh run; $(MAKE) --no-print-directory $(VENV)/app.stamp
dev: ; @sh packaging/system_packages.sh test; $(MAKE) --no-print-directory $(VENV)/dev.stamp

run: app ## Open the app on the sample board (with no screen: build it and write its report)
	@sh packaging/run_sample.sh $(BIN)/mhin-ppi sample

lint: dev ## Style, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: ## Lint, then every test but the slow ones, in random order, warnings as errors
	@$(MAKE) --no-print-directory -j 2 lint read-tests
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow" $(TESTS)

# pytest writes each test file anew before it runs one, which takes it 18 s and is kept. Done beside
# the lint, that uses one core only; done by the two that run the tests, both would do all of it.
read-tests: dev
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --collect-only -qq $(TESTS) >/dev/null 2>&1 || true

test-slow: dev ## The tests that take minutes (MINUTES=25 stops starting new ones after that)
	@sh packaging/system_packages.sh slow
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m slow --minutes $(MINUTES) $(TESTS) \
	  || { code=$$?; test $$code -eq 5 && echo "There are no slow tests yet." || exit $$code; }

bench: dev ## Measure against named floors and print the ratios
	$(BIN)/python -m benchmarks

screenshots: dev ## Save a picture of every page in screenshots/
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ] && command -v xvfb-run >/dev/null; then \
	  QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1920x1200x24" $(BIN)/python -m tests.screenshots; \
	else QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots; fi

lock: $(VENV)/app.stamp ## Pin the newest versions that pyproject.toml allows
	sh packaging/make_locks.sh $(BIN)/python

clean: ## Remove what was built (the environment too, not sample boards)
	rm -rf $(VENV) build dist screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
