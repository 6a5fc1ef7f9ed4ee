"""No code outside the folder of a kind of unit names the kind."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cursos import clases
from tests.en_cada import en_cada

RAIZ = Path(__file__).resolve().parent.parent
SALAS = ["instancias", "cursos", "evaluaciones", "certificados", "seguimiento", "cms", "marco", "programas"]
# The folder of each kind, and the doors by which Django asks for what is inside.
CARPETAS = {"leccion": "cursos/clases/leccion", "evaluacion": "evaluaciones/unidad"}
PUERTAS = {"apps.py", "urls.py"}
PREGUNTAN = {"clase_de", "de_clase", "esta_registrada", "acceder"}  # calls that take the key of a kind
LA_ESCRIBE = re.compile(rf"[\"']({'|'.join(CARPETAS)})[\"']")  # without it no module is read any further
DE_UNIDAD = re.compile(r"(^|__)clase(__in)?$")


def modulos():
    for sala in SALAS:
        for ruta in sorted((RAIZ / sala).rglob("*.py")):
            relativa = ruta.relative_to(RAIZ).as_posix()
            if "/migrations/" not in relativa:
                yield pytest.param(ruta, id=relativa)


def claves_en(nodo: ast.AST) -> set[str]:
    textos = {parte.value for parte in ast.walk(nodo) if isinstance(parte, ast.Constant)}
    return {clave for clave in CARPETAS if clave in textos}


def nombradas(arbol: ast.AST) -> set[str]:
    """Keys of kinds that are compared, filtered by, asked for, or set as the kind of something."""
    encontradas: set[str] = set()
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.Compare) and any(
            isinstance(lado, ast.Attribute) and lado.attr == "clase" for lado in (nodo.left, *nodo.comparators)
        ):
            encontradas |= claves_en(nodo)
        elif isinstance(nodo, ast.keyword) and nodo.arg and DE_UNIDAD.search(nodo.arg):
            encontradas |= claves_en(nodo.value)
        elif isinstance(nodo, ast.Call):
            nombre = getattr(nodo.func, "attr", getattr(nodo.func, "id", ""))
            if nombre in PREGUNTAN:
                encontradas |= {clave for uno in nodo.args for clave in claves_en(uno)}
        elif isinstance(nodo, ast.Dict):
            for clave, valor in zip(nodo.keys, nodo.values, strict=True):
                if isinstance(clave, ast.Constant) and DE_UNIDAD.search(str(clave.value)):
                    encontradas |= claves_en(valor)
    return encontradas


@en_cada(modulos)
def test_no_module_names_the_key_of_a_kind_outside_its_folder(ruta):
    suya = {clave for clave, carpeta in CARPETAS.items() if (RAIZ / carpeta) in ruta.parents}
    texto = ruta.read_text(encoding="utf-8")
    if LA_ESCRIBE.search(texto):
        assert nombradas(ast.parse(texto)) <= suya


@pytest.mark.parametrize(
    "codigo",
    [
        'fila.clase == "leccion"',
        'fila.clase in {"leccion", "otra"}',
        'Unidad.objects.filter(unidad__clase="leccion")',
        'Unidad.objects.exclude(clase__in=["leccion"])',
        'clase_de("leccion").url()',
        'acceder(request, 1, 2, clase="leccion")',
        'opciones = {"clase": "leccion"}',
    ],
)
def test_the_ways_of_naming_a_kind_are_seen(codigo):
    assert LA_ESCRIBE.search(codigo)
    assert nombradas(ast.parse(codigo)) == {"leccion"}


def plantillas():
    for ruta in sorted((RAIZ / "templates").rglob("*.html")):
        yield pytest.param(ruta, id=str(ruta.relative_to(RAIZ)))


@en_cada(plantillas)
def test_no_template_asks_what_kind_a_unit_is(ruta):
    assert not re.search(r"\bclase\s*[!=]=\s*[\"'](leccion|evaluacion)[\"']", ruta.read_text(encoding="utf-8"))


def test_every_kind_of_the_project_has_its_folder():
    assert {clase.clase for clase in clases.clases()} == set(CARPETAS)
    for clave, carpeta in CARPETAS.items():
        modulo = type(clases.clase_de(clave)).__module__
        assert modulo.startswith(carpeta.replace("/", ".") + ".")


def test_only_the_doors_of_a_room_import_the_class_of_a_kind():
    """What a kind answers is asked of the registry: importing its class would be naming it."""
    culpables = []
    for parametro in modulos():
        (ruta,) = parametro.values
        texto = ruta.read_text(encoding="utf-8")
        dentro = any((RAIZ / carpeta) in ruta.parents for carpeta in CARPETAS.values())
        if not dentro and ruta.name not in PUERTAS and re.search(r"\b(Leccion|Evaluacion)ComoUnidad\b", texto):
            culpables.append(parametro.id)
    assert culpables == []
