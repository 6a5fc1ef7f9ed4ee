"""What a content of the programme must meet before people read it: the voice, the sizes, the law behind each answer.

Reading a folder already refuses what cannot be loaded; this is what would load and still not be good enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from instancias.nombres import MARCA, poner

from . import medidas
from .errores import Problema
from .fichas import Evaluacion, Leccion, Modulo, Paso, Pregunta, Programa
from .textos import palabras_a_la_vista, prosa_de, texto_de, textos
from .tipos import POR_BLOQUE

VOZ = Path(__file__).with_name("voz.yaml")
PALABRAS_POR_ORACION = 30
LIX_MAXIMO = 35
PALABRAS_POR_PASO = 120
PASOS = (4, 8)
LECCIONES = (5, 7)
CASOS_POR_MODULO = 3
SABE_AHORA = 3
OBJETIVOS = 3
PREGUNTAS_DE_PRACTICA = 6
PREGUNTAS_DE_EVALUACION = 15
DE_CADA_TIPO = 2
PALABRAS_DE_PREGUNTA = 60
PALABRAS_DE_RESUMEN = 80
PALABRAS_DE_GUION = (100, 240)
NOMBRA_ARTICULO = re.compile(r"\barts?\.|\bartículo|\bdisposición complementaria", re.IGNORECASE)
DIALOGO = re.compile(r"«[^»]*»")
MARQUE_TODAS = "Marque todas las que correspondan."


def revisar(programa: Programa) -> list[Problema]:
    """Return everything to mend, in the order of the files."""
    formas = programa.formas()
    return sorted(
        [
            *_normas(programa),
            *_curso(programa),
            *(problema for modulo in programa.curso.modulos for problema in _modulo(modulo)),
            *(problema for _m, una in programa.lecciones() for problema in _leccion(una, formas)),
            *(problema for modulo, una in programa.evaluaciones() for problema in _evaluacion(una, modulo, programa)),
            *_voz(programa),
            *_nombres(programa),
        ]
    )


# --- Text -----------------------------------------------------------------------------------------------------------


@cache
def _prohibidas() -> list[tuple[re.Pattern[str], str, bool, bool]]:
    filas = yaml.safe_load(VOZ.read_text(encoding="utf-8"))["palabras"]
    return [
        (
            re.compile(fila["patron"], re.IGNORECASE),
            fila["en_su_lugar"],
            fila.get("en_dialogos", False),
            fila.get("en_normas", False),
        )
        for fila in filas
    ]


def _voz(programa: Programa) -> Iterator[Problema]:
    formas = programa.formas()
    for archivo, linea, donde, texto, de_norma in textos(programa):
        for oracion in medidas.oraciones(poner(texto, formas)):
            cuantas = medidas.contar(oracion)
            if cuantas > PALABRAS_POR_ORACION:
                mensaje = _("%(donde)s: oración de %(n)d palabras. Pártala en dos: «%(inicio)s…».")
                yield Problema(archivo, linea, mensaje % {"donde": donde, "n": cuantas, "inicio": oracion[:50]})
        for patron, en_su_lugar, en_dialogos, en_normas in _prohibidas():
            if en_normas and de_norma:
                continue
            if encaja := patron.search(DIALOGO.sub("", texto) if en_dialogos else texto):
                mensaje = _("%(donde)s: no use «%(palabra)s». En su lugar: %(en_su_lugar)s.")
                datos = {"donde": donde, "palabra": encaja[0], "en_su_lugar": en_su_lugar}
                yield Problema(archivo, linea, mensaje % datos)


def _nombres(programa: Programa) -> Iterator[Problema]:
    """A mark between braces must be known, and never in a title: titles are also read where names are not put."""
    formas = programa.formas()
    for archivo, linea, donde, texto, _de_norma in textos(programa):
        for marca in MARCA.findall(texto):
            if marca not in formas:
                mensaje = _("%(donde)s: «{%(marca)s}» no está en nombres.yaml.")
                yield Problema(archivo, linea, mensaje % {"donde": donde, "marca": marca})
    titulos = [(programa.curso.archivo, programa.curso.titulo)]
    titulos += [(uno.archivo, uno.titulo) for uno in programa.curso.modulos]
    titulos += [(una.archivo, una.titulo) for _m, una in (*programa.lecciones(), *programa.evaluaciones())]
    titulos += [(una.archivo, paso.titulo) for _m, una in programa.lecciones() for paso in una.pasos]
    for archivo, titulo in titulos:
        if MARCA.search(titulo):
            yield Problema(archivo, 0, _("el título «%(titulo)s» no puede llevar llaves.") % {"titulo": titulo})


# --- Law ------------------------------------------------------------------------------------------------------------


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


# --- Counts ---------------------------------------------------------------------------------------------------------


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
    if not LECCIONES[0] <= len(modulo.lecciones) <= LECCIONES[1]:
        yield falta(_("tiene %(n)d lecciones; van de 5 a 7.") % {"n": len(modulo.lecciones)})
    casos = sum(paso.tipo == "caso" for leccion in modulo.lecciones for paso in leccion.pasos)
    if casos < CASOS_POR_MODULO:
        yield falta(_("tiene %(n)d casos de nuestra zona; necesita 3 o más.") % {"n": casos})
    clases = Counter(evaluacion.clase for evaluacion in modulo.evaluaciones)
    if clases["practica"] != 1 or clases["modulo"] != 1:
        yield falta(_("necesita una práctica y una evaluación."))
    textos = Counter(p.texto.casefold() for evaluacion in modulo.evaluaciones for p in evaluacion.preguntas)
    for texto, veces in textos.items():
        if veces > 1:
            yield falta(_("una pregunta está %(n)d veces: «%(texto)s…».") % {"n": veces, "texto": texto[:50]})


def _leccion(leccion: Leccion, formas: dict[str, str]) -> Iterator[Problema]:
    def falta(mensaje: str, linea: int = 0) -> Problema:
        return Problema(leccion.archivo, linea, mensaje)

    if not PASOS[0] <= len(leccion.pasos) <= PASOS[1]:
        yield falta(_("tiene %(n)d pasos; van de 4 a 8.") % {"n": len(leccion.pasos)})
    if [paso.tipo for paso in leccion.pasos].count("resumen") != 1 or leccion.pasos[-1].tipo != "resumen":
        yield falta(_("debe terminar con un «Resumen», y tener solo uno."))
    if len(leccion.sabe_ahora) != SABE_AHORA:
        yield falta(_("«sabe_ahora» lleva tres líneas, y tiene %(n)d.") % {"n": len(leccion.sabe_ahora)})
    texto = prosa_de(leccion)
    if not any(paso.tipo == "cita" for paso in leccion.pasos) and not NOMBRA_ARTICULO.search(texto):
        yield falta(_("no cita ni nombra ningún artículo."))
    nivel = medidas.lix(poner(texto, formas))
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
    for campo in POR_BLOQUE[paso.tipo].campos:
        cuantas = medidas.contar(texto_de(paso, campo)) if campo.palabras else 0
        if cuantas > campo.palabras:
            donde = f"«{paso.titulo}»" + (f", «{campo.seccion}»" if campo.seccion else "")
            mensaje = _("%(donde)s tiene %(n)d palabras; el máximo es %(maximo)d.")
            yield mensaje % {"donde": donde, "n": cuantas, "maximo": campo.palabras}


def _evaluacion(evaluacion: Evaluacion, modulo: Modulo, programa: Programa) -> Iterator[Problema]:
    def falta(mensaje: str) -> Problema:
        return Problema(evaluacion.archivo, 0, mensaje)

    de_practica = evaluacion.clase == "practica"
    minimo = PREGUNTAS_DE_PRACTICA if de_practica else PREGUNTAS_DE_EVALUACION
    total = len(evaluacion.preguntas)
    if total < minimo:
        yield falta(_("tiene %(n)d preguntas; necesita %(minimo)d.") % {"n": total, "minimo": minimo})
    if not de_practica:
        tipos = Counter(pregunta.tipo for pregunta in evaluacion.preguntas)
        for tipo in ("varias", "verdadero_falso"):
            if tipos[tipo] < DE_CADA_TIPO:
                yield falta(_("necesita 2 preguntas «%(tipo)s», y tiene %(n)d.") % {"tipo": tipo, "n": tipos[tipo]})
        sin_preguntar = set(range(1, len(modulo.objetivos) + 1)) - {p.objetivo for p in evaluacion.preguntas}
        for objetivo in sorted(sin_preguntar):
            yield falta(_("ninguna pregunta es del objetivo %(n)d del módulo.") % {"n": objetivo})
    yield from _lugares(evaluacion)
    for pregunta in evaluacion.preguntas:
        for mensaje in _pregunta(pregunta, modulo, programa):
            donde = _("pregunta %(clave)s: ") % {"clave": pregunta.clave}
            yield Problema(evaluacion.archivo, pregunta.linea, donde + mensaje)


def _lugares(evaluacion: Evaluacion) -> Iterator[Problema]:
    """The place and the length of the right option must not give it away."""
    de_una = [pregunta for pregunta in evaluacion.preguntas if pregunta.tipo == "una"]
    lugares = Counter(next(n for n, a in enumerate(p.alternativas, start=1) if a.correcta) for p in de_una)
    for lugar, veces in lugares.items():
        if veces > 2 and veces * 2 > len(de_una):
            mensaje = _("en %(n)d de %(total)d preguntas la correcta está en el lugar %(lugar)d. Cámbielas de lugar.")
            yield Problema(evaluacion.archivo, 0, mensaje % {"n": veces, "total": len(de_una), "lugar": lugar})
    largas = sum(_delata_por_larga(pregunta) for pregunta in de_una)
    if largas > 2 and largas * 5 > len(de_una) * 3:
        mensaje = _("en %(n)d de %(total)d preguntas la correcta es la más larga. Iguale el largo de las alternativas.")
        yield Problema(evaluacion.archivo, 0, mensaje % {"n": largas, "total": len(de_una)})


def _delata_por_larga(pregunta: Pregunta) -> bool:
    largos = [(len(alternativa.texto), alternativa.correcta) for alternativa in pregunta.alternativas]
    return max(largo for largo, correcta in largos if correcta) > max(
        largo for largo, correcta in largos if not correcta
    )


def _pregunta(pregunta: Pregunta, modulo: Modulo, programa: Programa) -> Iterator[str]:
    if not pregunta.articulo:
        yield _("falta «articulo», la norma en que se apoya.")
    if not pregunta.leccion:
        yield _("falta «leccion», la que conviene repasar si se falla.")
    elif pregunta.leccion not in {leccion.clave for leccion in modulo.lecciones}:
        yield _("su lección no es de este módulo.")
    if pregunta.objetivo > len(modulo.objetivos):
        yield _("el módulo no tiene el objetivo %(n)d.") % {"n": pregunta.objetivo}
    cuantas = medidas.contar(pregunta.texto)
    if cuantas > PALABRAS_DE_PREGUNTA:
        yield _("tiene %(n)d palabras; acorte a %(maximo)d.") % {"n": cuantas, "maximo": PALABRAS_DE_PREGUNTA}
    if pregunta.tipo == "varias" and MARQUE_TODAS not in pregunta.texto:
        yield _("debe decir «%(frase)s»") % {"frase": MARQUE_TODAS}
    if pregunta.tipo == "verdadero_falso" and [a.texto for a in pregunta.alternativas] != ["Verdadero", "Falso"]:
        yield _("sus alternativas deben ser «Verdadero» y «Falso», en ese orden.")
    for alternativa in pregunta.alternativas:
        if not alternativa.explicacion:
            yield _("la alternativa «%(texto)s» no explica por qué.") % {"texto": alternativa.texto[:40]}
