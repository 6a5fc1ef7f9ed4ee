# A thin menu: each line calls the piece that does the work.
PUERTO ?= $(or $(KUSKA_PUERTO),8000)
PY := .venv/bin/python
.DEFAULT_GOAL := ayuda
.PHONY: ayuda demo demo-reset test test-rapido cobertura lint arreglar lock bench wheel plugin capturas mensajes version-de-prueba fallas

ayuda: ## Muestra este menú
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

demo: ## Enciende el aula con datos de ejemplo (KUSKA_PUERTO=8000); conserva lo que haga
	@.ci/entorno demo
	@exec $(PY) manage.py demo --puerto $(PUERTO)

demo-reset: ## Como demo, pero empieza de nuevo
	@.ci/entorno demo
	@exec $(PY) manage.py demo --reiniciar --puerto $(PUERTO)

test: ## Toda la puerta: estilo, capas, tipos y pruebas en SQLite, PostgreSQL y navegador
	@.ci/sistema pruebas || test $$? = 3 -a "$${CI:-}" != true
	@.ci/entorno pruebas
	@.ci/probar

test-rapido: ## Solo las pruebas sin navegador, en SQLite, reusando la base (ARGS="tests/cursos -x")
	@.ci/entorno pruebas
	@.venv/bin/pytest -q -m "not navegador" --reuse-db $(ARGS)

cobertura: ## Mide qué líneas ejecutan las pruebas; tarda el doble, por eso no es parte de la puerta
	@.ci/entorno pruebas
	@.venv/bin/pytest -q -m "not navegador" --cov --cov-report=term $(ARGS)

lint: ## Estilo, formato, capas y tipos
	@.ci/entorno pruebas
	@.ci/estilo

arreglar: ## Corrige lo que las herramientas saben corregir
	@.ci/entorno pruebas
	@.ci/estilo --arreglar

lock: ## Vuelve a cerrar las versiones de los paquetes (ARGS=--upgrade para renovarlas)
	@.ci/entorno pruebas
	@for juego in "" dev; do .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --extra servidor $(ARGS) $${juego:+--group $$juego} pyproject.toml -o requirements$${juego:+-$$juego}.txt; done
	@.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra servidor --extra s3 -c requirements.txt $(ARGS) pyproject.toml -o requirements-s3.txt
	@! grep -nE '://|^--' requirements*.txt
	@.ci/piezas

auditar: ## Pregunta qué fallas se conocen de los paquetes que sirven (necesita red)
	@.ci/entorno pruebas
	@.ci/piezas revisar

bench: ## Enciende el aula, mide lo que cuesta contra un piso y dice qué meta no cumple (ARGS="--perfiles embebido")
	@.ci/entorno pruebas
	@$(PY) manage.py bench $(ARGS)

wheel: ## Construye el paquete que se instala en otro sitio (dist/)
	@.ci/entorno pruebas
	@.ci/rueda

plugin: ## Instala el paquete en un sitio de otro y lo recorre, como dice el README
	@.ci/entorno pruebas
	@.ci/plugin $(ARGS)

capturas: ## Rehace docs/capturas con cada tipo de página a 360 y 1280 px
	@.ci/sistema pruebas
	@.ci/entorno pruebas
	@$(PY) manage.py capturas $(ARGS)

mensajes: ## Compila los catálogos de textos (ARGS="--recoger qu" junta los de otro idioma)
	@.ci/entorno pruebas
	@$(PY) manage.py mensajes $(ARGS)

version-de-prueba: ## Guarda la base de esta versión para probar las que vendrán (antes de etiquetarla)
	@.ci/entorno pruebas
	@.venv/bin/pytest -q -p no:cacheprovider tests/versiones/guardar.py
	@.ci/con-postgres .venv/bin/pytest -q -p no:cacheprovider tests/versiones/guardar.py

fallas: ## Mata, llena, traba y atrasa lo que se puede, en las dos bases, y escribe docs/confiabilidad.md (media hora o más)
	@.ci/entorno pruebas
	@$(PY) -m tests.fallas.cuadro empezar
	@KUSKA_FALLAS=larga .venv/bin/pytest -q -p no:cacheprovider tests/fallas
	@KUSKA_FALLAS=larga .ci/con-postgres .venv/bin/pytest -q -p no:cacheprovider tests/fallas
	@KUSKA_FALLAS=larga .venv/bin/pytest -q -p no:cacheprovider tests/fallas/de_pie_larga.py
	@KUSKA_FALLAS=larga .ci/con-postgres .venv/bin/pytest -q -p no:cacheprovider tests/fallas/de_pie_larga.py
	@KUSKA_FALLAS=larga .ci/con-postgres .venv/bin/pytest -q -p no:cacheprovider tests/fallas/otra_cola.py
	@KUSKA_FALLAS=larga .ci/con-postgres .venv/bin/pytest -q -p no:cacheprovider tests/fallas/base_muerta.py tests/fallas/base_llena.py
	@.venv/bin/pytest -q -p no:cacheprovider tests/cms/test_sin_redis.py tests/respaldo/test_simulacro.py
	@$(PY) -m tests.fallas.cuadro
