# Praxe. `make` alone lists what can be made. Needs make, git and Python 3.11 or later; all the rest goes into .venv.

VENV   := .venv
PYTHON := $(VENV)/bin/python
PRAXE  := $(VENV)/bin/praxe
READY  := $(VENV)/.ready
LOG    := $(VENV)/setup.log
PIP    := $(PYTHON) -m pip --disable-pip-version-check -q

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup test check types deep golden demo bench clean FORCE

help: ## lista os comandos / lists the commands
	@printf 'Praxe\n\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)$$/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

setup: $(READY) ## prepara o ambiente em .venv (uma vez) / sets up .venv (once)
	@:

# The file READY holds the folder it was made in: a copied or moved folder needs an environment of its own.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
$(READY): FORCE
endif
FORCE:

$(READY): pyproject.toml hatch_build.py
	@if test -e $(READY) && test "$$(cat $(READY))" != '$(CURDIR)'; then rm -rf $(VENV); fi
	@fits='import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))'; \
	if ! $(PYTHON) -c "$$fits" >/dev/null 2>&1; then \
	  found=''; \
	  for each in $(WITH) python3.13 python3.12 python3.11 python3; do \
	    if "$$each" -c "$$fits" >/dev/null 2>&1; then found="$$each"; break; fi; \
	  done; \
	  if test -z "$$found"; then \
	    echo 'Falta o Python 3.11 ou mais novo, com o módulo venv (no Debian e no Ubuntu: pacote python3-venv).'; \
	    echo 'Python 3.11 or later is missing, with its module venv (Debian, Ubuntu: package python3-venv).'; \
	    echo 'Se ele está em outro lugar / if it is elsewhere: make setup WITH=…/python3'; \
	    exit 1; \
	  fi; \
	  echo 'Preparando o ambiente em $(VENV), só desta vez / setting up $(VENV), this once …'; \
	  "$$found" -m venv --clear $(VENV) || exit 1; \
	fi
	@# only ready-made wheels of pygraphviz: building it needs a compiler and Graphviz's own headers
	@if $(PIP) install --only-binary pygraphviz -e '.[draw,dev]' >$(LOG) 2>&1; then :; \
	elif $(PIP) install -e '.[dev]' >>$(LOG) 2>&1; then \
	  echo 'Sem pygraphviz nesta plataforma: os desenhos saem só como texto DOT.'; \
	  echo 'No pygraphviz for this platform: drawings come out as DOT text only.'; \
	else \
	  tail -n 15 $(LOG); \
	  echo 'A instalação falhou; o relato completo está em / the installation failed, all of it is told in $(LOG)'; \
	  exit 1; \
	fi
	@printf '%s' '$(CURDIR)' >$(READY)

test: setup ## confere tudo: estilo, tipos, testes / checks everything: style, types, tests
	@echo 'estilo / style'
	@$(PYTHON) -m ruff check -q .
	@$(PYTHON) -m ruff format --check -q .
	@echo 'tipos / types'
	@$(PYTHON) -m mypy --no-error-summary
	@echo 'testes / tests'
	@$(PYTHON) -m pytest -n auto --maxprocesses 4

check: test ## o mesmo que test / the same as test

types: setup ## só os tipos: o que falta tratar / only the types: what is still unhandled
	@$(PYTHON) -m mypy

deep: setup ## testes com muito mais casos ao acaso (demora) / tests with many more random cases (slow)
	@PRAXE_DEEP=1 $(PYTHON) -m pytest -n auto --maxprocesses 4

golden: setup ## reescreve os resultados esperados em tests/golden / rewrites the expected results in tests/golden
	@$(PYTHON) -m praxe.dsl.language_tables
	@$(PYTHON) -m pytest --rewrite-golden
	@git --no-pager diff --stat -- tests

# A walk through the product. `show` prints a command and runs it; `tell` prints a heading, in colour where it shows.
demo: setup ## mostra o produto em um minuto / shows the product in a minute
	@set -e; mkdir -p out; \
	tell() { if test -t 1; then printf '\n\033[1;35m━━ %s\033[0m\n' "$$1"; else printf '\n━━ %s\n' "$$1"; fi; }; \
	show() { printf '\n$$ praxe'; printf ' %s' "$$@"; printf '\n\n'; $(PRAXE) --language pt "$$@"; }; \
	{ echo 'primeira_vez_ou_duvida: não'; echo 'caso_aberto: sim'; echo 'motivo_rc: tecnico'; } >out/caso.yaml; \
	{ cat out/caso.yaml; echo 'cliente_da_abertura: sim'; echo 'apoio_necessario: [n2]'; \
	  echo 'resultado_tratativa: revertido'; } >out/caso_completo.yaml; \
	tell '1. Um procedimento é um texto, e o texto é conferido'; \
	show check policy/rc; \
	tell '2. Um caso é decidido: os passos, as cláusulas que mandam dá-los e os fatos que decidiram'; \
	printf '\n'; sed 's/^/    /' out/caso_completo.yaml; \
	show decide policy/rc --facts out/caso_completo.yaml; \
	tell '3. Falta um fato: em vez de adivinhar, pergunta'; \
	printf '\n'; sed 's/^/    /' out/caso.yaml; \
	show decide policy/rc --facts out/caso.yaml; \
	tell '4. Os casos do dono da política, conferidos a cada mudança'; \
	show test policy/rc; \
	tell '5. O fluxograma que o texto não tem, e nele o caminho do caso'; \
	show draw policy/rc -o out/; \
	show draw policy/rc --facts out/caso.yaml -o out/caso.png; \
	tell 'Veja os desenhos em out/. Para conversar: .venv/bin/praxe ask policy/rc'

bench: setup ## mede a velocidade / measures the speed
	@$(PYTHON) -m benchmarks

clean: ## apaga o que foi gerado, menos .venv / deletes what was generated, except .venv
	@rm -rf build dist out .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	@find benchmarks dsl engine policy src tests tools visualize -name __pycache__ -type d -prune -exec rm -rf {} +
