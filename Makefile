# One word a task. Everything happens in .venv, which the first task makes.
# PYTHON picks the interpreter (3.11 to 3.13) that .venv is made with.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLASS ?= classroom
DUE ?= 2026-11-15T23:59+00:00
grade desk: override export CLASS := $(value CLASS)
grade: export DUE := $(DUE)
no_classdir = $(if $(CLASSDIR),$(error say make $@ CLASS=$(CLASSDIR)))

.PHONY: setup lab desk site serve build grade test test-site test-desk bench diagnosis seeds attacks attacks-everywhere kills walk large screenshots lint lock clean help

help:
	@echo "make lab     open the chapter in JupyterLab (LAB=--allow-root and the like are passed on)"
	@echo "make desk    open a graded class in JupyterLab, with the formgrader (CLASS=dir)"
	@echo "make site    build the site that needs nothing installed, into site/ (PYODIDE=dir puts Python into it)"
	@echo "make serve   show that site on this machine"
	@echo "make grade   grade the sample class (CLASS=dir for another, DUE=time)"
	@echo "make test    lint, and run all tests"
	@echo "make test-site   fetch Pyodide, and run the lessons in Chromium"
	@echo "make test-desk   work in a student's JupyterLab in Chromium, and have axe look at it"
	@echo "make build   build solutions/ and notebooks/ from the Markdown"
	@echo "make bench   measure a check, and a class beside nbgrader and Otter: docs/speed.md"
	@echo "make diagnosis   measure what cards say of wrong answers: docs/diagnosis.md"
	@echo "make seeds   judge all known answers with fifty seeds each: always the same words"
	@echo "make attacks   run the attacks on nbgrader and on ours: docs/attacks.md"
	@echo "make attacks-everywhere   run them on ours as root and as a user, in both sandboxes"
	@echo "make kills   kill grading runs at eighty moments and compare gradebooks"
	@echo "make walk    go through a class from hand-out to feedback, with two users and a browser"
	@echo "make large   measure the desk of 10,000 students on SQLite and PostgreSQL: docs/large.md"
	@echo "make screenshots   take the pictures in the README, and those of the report"
	@echo "make lint    ruff and mypy"
	@echo "make lock    compile requirements*.txt from pyproject.toml"

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	$(BIN)/python -m compileall -q grader  # else each process does it anew where PYTHONDONTWRITEBYTECODE is set
	touch $@

# The chapters are worked on in work/: notebooks/ is built, and what a student writes is kept.
lab: setup
	@$(BIN)/python -m grader lab work $(LAB)

# The class of an instructor, with nbgrader's formgrader.
desk: setup
	$(no_classdir)
	@$(BIN)/python -m grader desk "$$CLASS" $(LAB)

# The chapter in a browser. PYODIDE is a folder whose files become part of it; else a CDN has them.
site: setup
	$(BIN)/python -m tools.site $(if $(PYODIDE),--pyodide $(PYODIDE)) site

serve:
	$(PYTHON) -m http.server --bind 127.0.0.1 --directory site

build: setup
	$(BIN)/python -m grader build

# The sample class is graded in a copy, so that the repository stays as it is.
grade: setup
	$(no_classdir)
	@if [ "$$CLASS" = classroom ]; then \
	  mkdir -p classroom && rm -rf classroom/submitted && cp -R tests/classroom/submitted classroom/submitted; \
	  $(BIN)/python -m grader grade classroom --due "$$DUE"; \
	else $(BIN)/python -m grader grade "$$CLASS" $(if $(filter command line,$(origin DUE)),--due "$$DUE"); fi

screenshots: setup
	$(BIN)/python -m tools.screenshot
	$(BIN)/python -m tools.screenshot_report

# Otter-Grader is only measured against, so it has an environment of its own. SCALE="1000 10000:1" adds
# larger classes, which take more than half an hour.
bench: setup
	test -x .venv-otter/bin/otter || { $(PYTHON) -m venv .venv-otter && .venv-otter/bin/python -m pip install \
	  --quiet --disable-pip-version-check otter-grader==7.0.0 nnfs matplotlib ipykernel; }
	$(BIN)/python -m tools.bench
	$(BIN)/python -m tools.bench_class --scale $(SCALE) --write

test: lint
	$(BIN)/python -m pytest --nbval-lax notebooks
	$(BIN)/python -m pytest --nbval --nbval-sanitize-with tests/nbval.cfg solutions tests

# Pyodide's files, a download of 110 MB, are kept in build/pyodide/. What was measured stands at the end.
test-site: setup
	SITE=1 $(BIN)/python -m pytest -rP tests/test_site_in_browser.py tests/test_site_verdicts.py

# A student's JupyterLab in Chromium: every lesson is looked at, where `make test` looks at the first.
test-desk: setup
	DESK=all $(BIN)/python -m pytest tests/test_desk_in_browser.py

# A class from hand-out to feedback, with two users of this machine and a browser; pictures for docs/term.md.
walk: setup
	WALK=1 PICTURES=$(CURDIR)/docs $(BIN)/python -m pytest tests/test_walk.py

# Kills at eighty moments of a run, its workers and its warm parents; then the gradebook is compared.
kills: setup
	KILLS=20 $(BIN)/python -m pytest tests/test_interrupted.py -k again_and_again

# What cards say of mutants of right answers, and how long they take.
diagnosis: setup
	$(BIN)/python -m tools.diagnosis

# All known answers, fifty seeds each: the verdict and its words never depend on the cases drawn.
seeds: setup
	WHOLE=1 $(BIN)/python -m pytest tests/test_seeds.py tests/test_slips.py

# The attacks on nbgrader as it comes and on ours, side by side: writes docs/attacks.md.
attacks: setup
	$(BIN)/python -m tests.attacks

# The same against ours only, as root and as a user, in both sandboxes.
attacks-everywhere: setup
	$(BIN)/python -m tests.attacks.set_ups

# Reports, exports and the formgrader's lists of a large class, on both databases: writes docs/large.md.
large: setup
	$(BIN)/python -m tools.bench_report --write

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A maintainer's pins; a grader's and a student's are the same versions of fewer packages.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --custom-compile-command "make lock"

lock: setup
	$(LOCK) --extra test --output-file requirements.txt pyproject.toml
	$(LOCK) --extra grade --constraint requirements.txt --output-file requirements-grade.txt pyproject.toml
	$(LOCK) --extra site --constraint requirements.txt --output-file requirements-site.txt pyproject.toml
	$(LOCK) --extra student --constraint requirements.txt --output-file requirements-student.txt pyproject.toml

clean:
	rm -rf $(VENV) .venv-otter classroom site
