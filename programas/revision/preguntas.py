"""The evaluations: enough questions of each kind, each with its article, its lesson and a reason for every option."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from evaluaciones.clases import clases
from evaluaciones.variantes import ENCUESTAS

from .. import medidas
from ..errores import Problema
from ..fichas import Evaluacion, Modulo, Pregunta, Programa

PREGUNTAS_DE_PRACTICA = 6
PREGUNTAS_DE_EVALUACION = 15
PREGUNTAS_DE_FORMA = 20
PALABRAS_DE_PREGUNTA = 60


def revisar(programa: Programa) -> Iterator[Problema]:
    modulo_de = {leccion.clave: modulo for modulo, leccion in programa.lecciones()}
    for modulo, evaluacion in programa.evaluaciones():
        if not evaluacion.preguntas:
            continue
        yield from (Problema(evaluacion.archivo, 0, mensaje) for mensaje in _conjunto(evaluacion, modulo))
        if modulo is None:
            yield from (Problema(evaluacion.archivo, 0, mensaje) for mensaje in _gemelas(evaluacion, modulo_de))
        for pregunta in evaluacion.preguntas:
            mensajes = [*_forma(pregunta)]
            if evaluacion.clase not in ENCUESTAS:
                mensajes += [*_sustento(pregunta), *_lugar_en_el_curso(pregunta, modulo, modulo_de)]
            donde = _("pregunta %(clave)s: ") % {"clave": pregunta.clave}
            yield from (Problema(evaluacion.archivo, pregunta.linea, donde + mensaje) for mensaje in mensajes)


def _conjunto(evaluacion: Evaluacion, modulo: Modulo | None) -> Iterator[str]:
    """What the questions must be together."""
    if evaluacion.clase in ENCUESTAS:
        return
    de_practica, total = evaluacion.clase == "practica", len(evaluacion.preguntas)
    minimo = PREGUNTAS_DE_PRACTICA if de_practica else PREGUNTAS_DE_EVALUACION
    if total < minimo:
        yield _("tiene %(n)d preguntas; necesita %(minimo)d.") % {"n": total, "minimo": minimo}
    if not de_practica:
        tipos = Counter(pregunta.tipo for pregunta in evaluacion.preguntas)
        for clase in clases():
            tipo, minimo = clase.clave, clase.en_cada_evaluacion
            if tipos[tipo] < minimo:
                mensaje = _("necesita %(minimo)d preguntas «%(tipo)s», y tiene %(n)d.")
                yield mensaje % {"minimo": minimo, "tipo": tipo, "n": tipos[tipo]}
        objetivos = set(range(1, len(modulo.objetivos) + 1)) if modulo else set()
        for objetivo in sorted(objetivos.difference(*(p.objetivos for p in evaluacion.preguntas))):
            yield _("ninguna pregunta es del objetivo %(n)d del módulo.") % {"n": objetivo}
    yield from _lugares(evaluacion)


def _gemelas(evaluacion: Evaluacion, modulo_de: dict[str, Modulo]) -> Iterator[str]:
    """Twin forms: the same size, and each pair («g01-a», «g01-b») alike in what makes a question hard."""
    formas = {
        letra: {p.clave.rpartition("-")[0]: p for p in evaluacion.preguntas if p.forma == letra} for letra in "AB"
    }
    if not formas["A"] and not formas["B"]:
        return
    for letra, suyas in formas.items():
        if len(suyas) != PREGUNTAS_DE_FORMA:
            datos = {"forma": letra, "n": len(suyas), "van": PREGUNTAS_DE_FORMA}
            yield _("la forma %(forma)s tiene %(n)d preguntas; van %(van)d.") % datos
        for clave, objetivo in _sin_preguntar(suyas.values(), modulo_de):
            datos = {"forma": letra, "modulo": clave, "n": objetivo}
            yield _("la forma %(forma)s no pregunta por el objetivo %(n)d del módulo %(modulo)s.") % datos
    for par in sorted(formas["A"].keys() | formas["B"].keys()):
        una, otra = formas["A"].get(par), formas["B"].get(par)
        if una is None or otra is None:
            yield _("la pareja %(par)s está incompleta: van «%(par)s-a» y «%(par)s-b».") % {"par": par}
        elif _rasgos(una, modulo_de) != _rasgos(otra, modulo_de):
            mensaje = _("la pareja %(par)s no es gemela: iguale módulo, objetivo, tipo, dificultad y alternativas.")
            yield mensaje % {"par": par}


def _sin_preguntar(preguntas: Iterable[Pregunta], modulo_de: dict[str, Modulo]) -> list[tuple[str, int]]:
    """Module and number of the objectives that nobody would be asked about. Lessons by seat are not for everybody."""
    todos = {
        (modulo.clave, n)
        for modulo in modulo_de.values()
        if not modulo.rutas
        for n in range(1, len(modulo.objetivos) + 1)
    }
    preguntados = {
        (modulo_de[una.leccion].clave, n) for una in preguntas if una.leccion in modulo_de for n in una.objetivos
    }
    return sorted(todos - preguntados)


def _rasgos(pregunta: Pregunta, modulo_de: dict[str, Modulo]) -> tuple[object, ...]:
    modulo = modulo_de.get(pregunta.leccion)
    de_modulo = modulo.clave if modulo else ""
    return (
        de_modulo,
        pregunta.objetivos,
        pregunta.tipo,
        pregunta.dificultad,
        pregunta.clase.tamano(pregunta.contenido),
    )


def _lugares(evaluacion: Evaluacion) -> Iterator[Problema]:
    """The place and the length of the right option must not give it away."""
    pistas = [una.clase.pista(una.contenido) for una in evaluacion.preguntas]
    de_una = [pista for pista in pistas if pista is not None]
    lugares = Counter(pista.lugar for pista in de_una)
    for lugar, veces in lugares.items():
        if veces > 2 and veces * 2 > len(de_una):
            mensaje = _("en %(n)d de %(total)d preguntas la correcta está en el lugar %(lugar)d. Cámbielas de lugar.")
            yield Problema(evaluacion.archivo, 0, mensaje % {"n": veces, "total": len(de_una), "lugar": lugar})
    largas = sum(pista.por_larga for pista in de_una)
    if largas > 2 and largas * 5 > len(de_una) * 3:
        mensaje = _("en %(n)d de %(total)d preguntas la correcta es la más larga. Iguale el largo de las alternativas.")
        yield Problema(evaluacion.archivo, 0, mensaje % {"n": largas, "total": len(de_una)})


def _sustento(pregunta: Pregunta) -> Iterator[str]:
    """The law behind the answer, and a reason for every option."""
    if not pregunta.articulo:
        yield _("falta «articulo», la norma en que se apoya.")
    yield from pregunta.clase.sin_sustento(pregunta.contenido)


def _lugar_en_el_curso(pregunta: Pregunta, modulo: Modulo | None, modulo_de: dict[str, Modulo]) -> Iterator[str]:
    suyo = modulo_de.get(pregunta.leccion)
    if suyo is None:
        yield _("falta «leccion», la que conviene repasar si se falla.")
    elif modulo is not None and suyo is not modulo:
        yield _("su lección no es de este módulo.")
    else:
        for objetivo in sorted(n for n in pregunta.objetivos if n > len(suyo.objetivos)):
            yield _("el módulo no tiene el objetivo %(n)d.") % {"n": objetivo}
        if pregunta.otro_objetivo == pregunta.objetivo:
            yield _("«objetivo» y «otro_objetivo» dicen lo mismo. Quite el segundo.")


def _forma(pregunta: Pregunta) -> Iterator[str]:
    cuantas = medidas.contar(pregunta.texto)
    if cuantas > PALABRAS_DE_PREGUNTA:
        yield _("tiene %(n)d palabras; acorte a %(maximo)d.") % {"n": cuantas, "maximo": PALABRAS_DE_PREGUNTA}
    yield from pregunta.clase.revisar(pregunta.texto, pregunta.contenido)
