"""Write a programme back as the files that read the same."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from cursos.clases import clase_de
from cursos.decida import TIPO as DE_UNA

from . import opciones, prosa
from .fichas import (
    FORMATO,
    Curso,
    Edicion,
    Evaluacion,
    Guia,
    Leccion,
    Modulo,
    Nombre,
    Norma,
    Paso,
    Pregunta,
    Programa,
    Termino,
    UnidadSuelta,
    Valor,
)
from .mapeo import LECTOR
from .sonidos import CARPETA, Sonido
from .tipos import GUION, POR_BLOQUE, Campo, Forma

ANCHO = 130


def escribir_programa(programa: Programa, raiz: Path) -> list[Path]:
    """Write every file of the programme under a folder. Returns what was written."""
    textos = {raiz / "curso.yaml": curso(programa.curso), raiz / "normas.yaml": normas(programa.normas)}
    if programa.nombres:
        textos[raiz / "nombres.yaml"] = ficha_de_nombres(programa.nombres)
    for una in programa.curso.evaluaciones:
        textos[raiz / f"{una.clase}.yaml"] = ficha_de_evaluacion(una)
    if programa.glosario:
        textos[raiz / "glosario.yaml"] = ficha_del_glosario(programa.glosario)
    if programa.guia.relatos:
        textos[raiz / "guia.yaml"] = ficha_de_la_guia(programa.guia)
    for modulo in programa.curso.modulos:
        carpeta = raiz / f"modulo-{re.sub(r'^m(?=[0-9])', '', modulo.clave)}"
        textos[carpeta / "modulo.yaml"] = ficha_de_modulo(modulo)
        for numero, una in enumerate(modulo.lecciones, start=1):
            textos[carpeta / f"leccion-{numero}.md"] = leccion(una)
        nombres: Counter[str] = Counter()
        for evaluacion in modulo.evaluaciones:
            nombre = "practica" if evaluacion.clase == "practica" else "evaluacion"
            nombres[nombre] += 1
            numero_de_mas = f"-{nombres[nombre]}" if nombres[nombre] > 1 else ""
            textos[carpeta / f"{nombre}{numero_de_mas}.yaml"] = ficha_de_evaluacion(evaluacion)
        for otra in modulo.otras:
            prefijo = clase_de(otra.clase).prefijo_de_archivo
            nombres[prefijo] += 1
            textos[carpeta / f"{prefijo}-{nombres[prefijo]}.yaml"] = ficha_de_unidad(otra)
    for ruta, texto in textos.items():
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text(texto, encoding="utf-8")
    return [*textos, *_sonidos(programa, raiz)]


def _sonidos(programa: Programa, raiz: Path) -> list[Path]:
    """Write what is heard beside what is read, each once."""
    suyos = {uno.nombre: uno for _modulo, una in programa.lecciones() for paso in una.pasos for uno in paso.sonidos}
    for nombre, uno in suyos.items():
        (raiz / CARPETA).mkdir(exist_ok=True)
        (raiz / CARPETA / nombre).write_bytes(uno.octetos())
    return [raiz / CARPETA / nombre for nombre in suyos]


def _escalar(valor: object) -> str:
    """Write a value so that it is read as it is; quoted only when YAML would understand something else."""
    if valor is None:
        return "null"
    if isinstance(valor, bool):
        return "true" if valor else "false"
    if not isinstance(valor, str):
        return str(valor)
    try:
        leido = yaml.load(f"a:\n  x: {valor}\nb:\n  - {valor}", Loader=LECTOR)  # noqa: S506 - the safe one, in C
        sola = leido == {"a": {"x": valor}, "b": [valor]}
    except yaml.YAMLError:
        sola = False
    return valor if sola else json.dumps(valor, ensure_ascii=False)


def _par(clave: str, valor: object, sangria: str = "") -> str:
    return f"{sangria}{clave}: {_escalar(valor)}"


def _parrafo(clave: str, texto: str, sangria: str = "") -> list[str]:
    """Write a text of several lines as a block."""
    return [f"{sangria}{clave}: |", *(f"{sangria}  {linea}".rstrip() for linea in texto.splitlines())]


def _lista(clave: str, valores: Iterable[str], sangria: str = "") -> list[str]:
    filas = [f"{sangria}  - {_escalar(valor)}" for valor in valores]
    return [f"{sangria}{clave}:", *filas] if filas else [f"{sangria}{clave}: []"]


def _unir(lineas: Iterable[str]) -> str:
    return "\n".join(lineas) + "\n"


def curso(una: Curso) -> str:
    lineas = [
        _par("formato", FORMATO),
        _par("clave", una.clave),
        _par("titulo", una.titulo),
        *_parrafo("presentacion", una.presentacion),
        *_lista("aprendera", una.aprendera),
        _par("horas", una.horas),
        _par("tipo_de_horas", una.tipo_de_horas),
        _par("revisado_el", una.revisado_el),
        *_lista("modulos", (modulo.clave for modulo in una.modulos)),
    ]
    if una.ediciones:
        lineas.append("ediciones:")
        for edicion in una.ediciones:
            lineas += _edicion(edicion)
    return _unir(lineas)


def _edicion(una: Edicion) -> list[str]:
    return [
        f"  - nombre: {_escalar(una.nombre)}",
        *_lista("territorios", una.territorios, "    "),
        _par("inicia", una.inicia, "    "),
        _par("termina", una.termina, "    "),
    ]


def ficha_de_modulo(uno: Modulo) -> str:
    return _unir(
        [
            _par("clave", uno.clave),
            _par("titulo", uno.titulo),
            _par("horas", uno.horas),
            *([_par("rutas", uno.rutas)] if uno.rutas else []),
            *_lista("objetivos", uno.objetivos),
            *(_parrafo("tarea", uno.tarea) if uno.tarea else []),
        ]
    )


def leccion(una: Leccion) -> str:
    cabecera = [
        "---",
        _par("clave", una.clave),
        _par("titulo", una.titulo),
        _par("presentacion", una.presentacion),
        *([f"asientos: [{', '.join(una.asientos)}]"] if una.asientos else []),
        *_lista("sabe_ahora", una.sabe_ahora),
        _par("tema_dificil", una.tema_dificil),
        "---",
    ]
    pasos = (linea for paso in una.pasos for linea in ["", *_paso(paso)])
    guion = ["", f"# {GUION}", *una.guion.splitlines()] if una.guion else []
    return _unir([*cabecera, *pasos, *guion])


def _paso(paso: Paso) -> list[str]:
    tipo = POR_BLOQUE[paso.tipo]
    lineas = [f"# {tipo.rotulo}: {paso.titulo}"]
    for campo in tipo.campos:
        valor = paso.valores[campo.nombre]
        if not valor or (campo.forma is Forma.TIPO and valor == DE_UNA):
            continue
        if campo.forma is Forma.OPCIONES:
            lineas += ["", *opciones.escribir(paso.opciones)][:-1]
            continue
        if campo.seccion:
            lineas += ["", f"## {campo.seccion}"]
        lineas += (
            ["", *_campo(campo, valor)] if campo.forma is Forma.RICO and not campo.seccion else _campo(campo, valor)
        )
    return lineas


def _campo(campo: Campo, valor: Valor) -> list[str]:
    if isinstance(valor, Sonido):
        return [f"{campo.nombre}: {valor.nombre}"]
    if not isinstance(valor, str):
        return [f"- {linea}" for linea in valor]
    if campo.forma is Forma.RICO:
        return prosa.a_markdown(valor).splitlines()
    if campo.forma is Forma.CITA:
        return [f"> {valor}"]
    if campo.forma in {Forma.ARTICULO, Forma.ESQUEMA, Forma.TIPO, Forma.SEGUNDOS}:
        return [f"{campo.forma.value}: {valor}"]
    return valor.splitlines()


def ficha_de_evaluacion(una: Evaluacion) -> str:
    con_nota = una.clase in {"modulo", "final"}
    lineas = [
        _par("clave", una.clave),
        _par("clase", una.clase),
        _par("titulo", una.titulo),
        *([_par("presentacion", una.presentacion)] if una.presentacion else []),
        *([_par("nota_minima", una.nota_minima), _par("intentos", una.intentos)] if con_nota else []),
        *([_par("sortear", una.sortear)] if una.sortear else []),
        *([] if una.barajar else [_par("barajar", una.barajar)]),
        *([_par("dias_de_plazo", una.dias_de_plazo)] if una.dias_de_plazo else []),
        *([_par("dias_despues", una.dias_despues)] if una.dias_despues else []),
        _par("preguntas_de", una.preguntas_de) if una.preguntas_de else "preguntas:",
    ]
    return _unir([*lineas, *(linea for pregunta in una.preguntas for linea in _pregunta(pregunta))])


def _pregunta(una: Pregunta) -> list[str]:
    lineas = [
        f"  - clave: {_escalar(una.clave)}",
        _par("tipo", una.tipo, "    "),
        *([_par("forma", una.forma, "    ")] if una.forma else []),
        *([_par("articulo", una.articulo, "    ")] if una.articulo else []),
        *([_par("leccion", una.leccion, "    ")] if una.leccion else []),
        _par("dificultad", una.dificultad, "    "),
        _par("objetivo", una.objetivo, "    "),
        *([_par("otro_objetivo", una.otro_objetivo, "    ")] if una.otro_objetivo else []),
        *([_par("motivo_del_cambio", una.motivo_del_cambio, "    ")] if una.motivo_del_cambio else []),
        *_parrafo("texto", una.texto, "    "),
    ]
    for clave, valor in una.clase.a_archivo(una.contenido).items():
        lineas += _valor(clave, valor)
    return lineas


def _valor(clave: str, valor: Any) -> list[str]:
    """Write what a kind of question holds: a text, a list of texts, or a list of mappings of one line each."""
    if not isinstance(valor, list):
        return _parrafo(clave, valor, "    ") if "\n" in str(valor) else [_par(clave, valor, "    ")]
    if not all(isinstance(uno, dict) for uno in valor):
        return _lista(clave, valor, "    ")
    lineas = [f"    {clave}:"]
    for uno in valor:
        pares = [_par(campo, dato, "        ") for campo, dato in uno.items()]
        lineas += ["      - " + pares[0].lstrip(), *pares[1:]]
    return lineas


def ficha_de_unidad(una: UnidadSuelta) -> str:
    valores = (_par(campo, valor) for campo, valor in una.valores.items() if valor)
    return _unir([_par("clave", una.clave), _par("titulo", una.titulo), *valores])


def ficha_de_nombres(todos: Iterable[Nombre]) -> str:
    lineas = ["nombres:"]
    for uno in todos:
        lineas += [f"  - clave: {uno.clave}", _par("nombre", uno.nombre, "    "), _par("corto", uno.corto, "    ")]
        opcionales = ("antes", "norma", "desde", "numero")
        lineas += [_par(campo, getattr(uno, campo), "    ") for campo in opcionales if getattr(uno, campo)]
    return _unir(lineas)


def ficha_del_glosario(todos: Iterable[Termino]) -> str:
    lineas = ["terminos:"]
    for uno in todos:
        lineas += [
            f"  - clave: {_escalar(uno.clave)}",
            _par("termino", uno.termino, "    "),
            *_lista("variantes", uno.variantes, "    "),
            *_parrafo("definicion", _plegar(uno.definicion), "    "),
            *_parrafo("ejemplo", _plegar(uno.ejemplo), "    "),
            *([_par("articulo", uno.articulo, "    ")] if uno.articulo else []),
        ]
    return _unir(lineas)


def ficha_de_la_guia(guia: Guia) -> str:
    lineas = ["quienes:"]
    for quien in guia.quienes:
        lineas += [f"  - clave: {_escalar(quien.clave)}", _par("nombre", quien.nombre, "    ")]
    lineas.append("relatos:")
    for relato in guia.relatos:
        lineas += [
            f"  - clave: {_escalar(relato.clave)}",
            _par("nombre", relato.nombre, "    "),
            _par("diga", relato.diga, "    "),
            _par("no_diga", relato.no_diga, "    "),
            "    respuestas:",
        ]
        for una in (suya for suya in guia.orientaciones if suya.relato == relato.clave):
            lineas += [
                f"      - quien: {_escalar(una.quien)}",
                *_lista("pasos", una.pasos, "        "),
                *_lista("articulos", una.articulos, "        "),
            ]
    return _unir(lineas)


def _plegar(texto: str) -> str:
    """Cut the lines of each paragraph."""
    return "\n\n".join("\n".join(textwrap.wrap(uno, ANCHO)) for uno in texto.split("\n\n"))


def normas(todas: Iterable[Norma]) -> str:
    lineas = ["normas:"]
    for norma in todas:
        lineas += [
            f"  - clave: {_escalar(norma.clave)}",
            _par("tipo", norma.tipo, "    "),
            _par("numero", norma.numero, "    "),
            _par("titulo", norma.titulo, "    "),
            _par("publicada", norma.publicada, "    "),
            "    articulos:" if norma.articulos else "    articulos: []",
        ]
        for articulo in norma.articulos:
            lineas += [
                f"      - clave: {_escalar(articulo.clave)}",
                _par("numero", articulo.numero, "        "),
                _par("numero_tuo", articulo.numero_tuo, "        "),
                _par("titulo", articulo.titulo, "        "),
                "        redacciones:",
            ]
            for redaccion in articulo.redacciones:
                lineas += [
                    f"          - vigente_desde: {redaccion.vigente_desde}",
                    _par("vigente_hasta", redaccion.vigente_hasta, "            "),
                    _par("modificada_por", redaccion.modificada_por, "            "),
                    *_parrafo("resumen", "\n".join(textwrap.wrap(redaccion.resumen, ANCHO)), "            "),
                ]
    return _unir(lineas)
