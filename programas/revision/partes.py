"""The parts: norms in force, hours that add up, modules, lessons and steps of the right size, easy to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from marco.marcas import cambiar

from .. import medidas
from ..errores import Problema
from ..fichas import Leccion, Modulo, Paso, Programa
from ..textos import palabras_a_la_vista, prosa_de, texto_de
from ..tipos import POR_BLOQUE, Forma
from . import decida

LIX_MAXIMO = 35
PALABRAS_POR_PASO = 120
PASOS = (4, 9)
LECCIONES = (5, 7)
CASOS = {"decida", "caso"}
CASOS_POR_MODULO = 3
SABE_AHORA = 3
OBJETIVOS = 3
PALABRAS_DE_RESUMEN = 80
PALABRAS_DE_GUION = (100, 240)
NOMBRA_ARTICULO = re.compile(r"\barts?\.|\bartículo|\bdisposición complementaria", re.IGNORECASE)


def revisar(programa: Programa) -> Iterator[Problema]:
    formas = programa.formas()
    yield from _normas(programa)
    yield from _curso(programa)
    for modulo in programa.curso.modulos:
        yield from _modulo(modulo)
    for _de, leccion in programa.lecciones():
        yield from _leccion(leccion, formas)


def _normas(programa: Programa) -> Iterator[Problema]:
    dia = programa.curso.revisado_el
    for articulo in programa.articulos().values():
        vigente = articulo.vigente
        if vigente is None or (dia and vigente.vigente_desde > dia):
            mensaje = _("%(clave)s: no tiene una redacción que rija hoy. Añada la vigente.")
            yield Problema(articulo.archivo, articulo.linea, mensaje % {"clave": articulo.clave})
        for redaccion in articulo.redacciones:
            cuantas = medidas.contar(redaccion.resumen)
            if cuantas > PALABRAS_DE_RESUMEN:
                mensaje = _("%(clave)s: el resumen tiene %(n)d palabras; acorte a %(maximo)d.")
                datos = {"clave": articulo.clave, "n": cuantas, "maximo": PALABRAS_DE_RESUMEN}
                yield Problema(articulo.archivo, articulo.linea, mensaje % datos)


def _curso(programa: Programa) -> Iterator[Problema]:
    curso = programa.curso
    suma = sum(modulo.horas for modulo in curso.modulos)
    if suma != curso.horas:
        mensaje = _("dice %(horas)d horas y sus módulos suman %(suma)d.")
        yield Problema(curso.archivo, 0, mensaje % {"horas": curso.horas, "suma": suma})
    if len(curso.aprendera) > OBJETIVOS:
        yield Problema(curso.archivo, 0, _("«aprendera» lleva tres líneas como máximo."))
    if curso.revisado_el is None:
        yield Problema(curso.archivo, 0, _("falta «revisado_el», la fecha de la última revisión legal."))


def _modulo(modulo: Modulo) -> Iterator[Problema]:
    def falta(mensaje: str) -> Problema:
        return Problema(modulo.archivo, 0, mensaje)

    if not 1 <= len(modulo.objetivos) <= OBJETIVOS:
        yield falta(_("debe tener de 1 a 3 objetivos."))
    yield from _rutas(modulo)
    if modulo.rutas:
        return
    if not LECCIONES[0] <= len(modulo.lecciones) <= LECCIONES[1]:
        yield falta(_("tiene %(n)d lecciones; van de 5 a 7.") % {"n": len(modulo.lecciones)})
    casos = sum(paso.tipo in CASOS for leccion in modulo.lecciones for paso in leccion.pasos)
    if casos < CASOS_POR_MODULO:
        yield falta(_("tiene %(n)d casos de nuestra zona; necesita 3 o más.") % {"n": casos})
    clases = Counter(evaluacion.clase for evaluacion in modulo.evaluaciones)
    if clases["practica"] != 1 or clases["modulo"] != 1:
        yield falta(_("necesita una práctica y una evaluación."))
    textos = Counter(p.texto.casefold() for evaluacion in modulo.evaluaciones for p in evaluacion.preguntas)
    for texto, veces in textos.items():
        if veces > 1:
            yield falta(_("una pregunta está %(n)d veces: «%(texto)s…».") % {"n": veces, "texto": texto[:50]})


def _rutas(modulo: Modulo) -> Iterator[Problema]:
    """What is for some seats is optional: it goes together, apart from what everybody does."""
    for leccion in modulo.lecciones:
        if modulo.rutas and not leccion.asientos:
            yield Problema(leccion.archivo, 0, _("falta «asientos»: su módulo es de rutas."))
        if leccion.asientos and not modulo.rutas:
            mensaje = _("lleva «asientos» y su módulo no es de rutas. Quítelos o ponga «rutas: true» en modulo.yaml.")
            yield Problema(leccion.archivo, leccion.linea_de_asientos, mensaje)
    if modulo.rutas and modulo.evaluaciones:
        yield Problema(modulo.archivo, 0, _("es de rutas: no lleva práctica ni evaluación."))


def _leccion(leccion: Leccion, formas: dict[str, str]) -> Iterator[Problema]:
    def falta(mensaje: str, linea: int = 0) -> Problema:
        return Problema(leccion.archivo, linea, mensaje)

    if not PASOS[0] <= len(leccion.pasos) <= PASOS[1]:
        yield falta(
            _("tiene %(n)d pasos; van de %(desde)d a %(hasta)d.")
            % {"n": len(leccion.pasos), "desde": PASOS[0], "hasta": PASOS[1]}
        )
    if [paso.tipo for paso in leccion.pasos].count("resumen") != 1 or leccion.pasos[-1].tipo != "resumen":
        yield falta(_("debe terminar con un «Resumen», y tener solo uno."))
    if len(leccion.sabe_ahora) != SABE_AHORA:
        yield falta(_("«sabe_ahora» lleva tres líneas, y tiene %(n)d.") % {"n": len(leccion.sabe_ahora)})
    texto = prosa_de(leccion)
    if not any(paso.tipo == "cita" for paso in leccion.pasos) and not NOMBRA_ARTICULO.search(texto):
        yield falta(_("no cita ni nombra ningún artículo."))
    nivel = medidas.lix(cambiar(texto, formas))
    if nivel >= LIX_MAXIMO:
        mensaje = _("cuesta leerla: LIX %(lix).1f, y debe ser menor de %(maximo)d. Acorte oraciones y palabras.")
        yield falta(mensaje % {"lix": nivel, "maximo": LIX_MAXIMO})
    del_guion = medidas.contar(leccion.guion)
    if not PALABRAS_DE_GUION[0] <= del_guion <= PALABRAS_DE_GUION[1]:
        mensaje = _("su «Guion de audio» tiene %(n)d palabras; van de %(desde)d a %(hasta)d.")
        yield falta(mensaje % {"n": del_guion, "desde": PALABRAS_DE_GUION[0], "hasta": PALABRAS_DE_GUION[1]})
    for paso in leccion.pasos:
        for mensaje in _paso(paso):
            yield falta(mensaje, paso.linea)


def _paso(paso: Paso) -> Iterator[str]:
    a_la_vista = palabras_a_la_vista(paso)
    if a_la_vista > PALABRAS_POR_PASO:
        mensaje = _("«%(paso)s» muestra %(n)d palabras; el máximo es %(maximo)d. Pártalo en dos.")
        yield mensaje % {"paso": paso.titulo, "n": a_la_vista, "maximo": PALABRAS_POR_PASO}
    yield from decida.revisar(paso)
    for campo in POR_BLOQUE[paso.tipo].campos:
        if campo.forma is Forma.OPCIONES:
            continue
        cuantas = medidas.contar(texto_de(paso, campo)) if campo.palabras else 0
        if cuantas > campo.palabras:
            donde = f"«{paso.titulo}»" + (f", «{campo.seccion}»" if campo.seccion else "")
            mensaje = _("%(donde)s tiene %(n)d palabras; el máximo es %(maximo)d.")
            yield mensaje % {"donde": donde, "n": cuantas, "maximo": campo.palabras}
