"""The programme in a table, as ``docs/programa.md`` shows it."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from cursos.blocks import CON_PREGUNTA, SEGUNDOS_POR_PREGUNTA
from cursos.esquemas import disponibles
from cursos.unidades import PALABRAS_POR_MINUTO, redondear_minutos

from . import medidas
from .fichas import Evaluacion, Leccion, Modulo, Programa
from .textos import palabras_del_paso, prosa_de

CABECERA = (
    "# El programa, en números\n\n"
    "Lo escribe `manage.py tabla_del_programa` a partir de los archivos de `cms/programa/ley-30364/`.\n"
    "No se edita a mano.\n"
)


def escribir(programa: Programa) -> str:
    """Return the page."""
    curso = programa.curso
    partes = [CABECERA, _resumen(programa), _del_curso(programa), *(_modulo(modulo) for modulo in curso.modulos)]
    return "\n".join(partes)


def _fila(*celdas: object) -> str:
    return "| " + " | ".join(str(celda) for celda in celdas) + " |"


def _resumen(programa: Programa) -> str:
    curso = programa.curso
    lineas = [
        f"**{curso.titulo}**. {_('Revisión legal')}: {curso.revisado_el}.\n",
        _fila(
            _("Módulo"),
            _("Horas"),
            _("Lecciones"),
            _("Pasos"),
            _("Palabras"),
            _("LIX medio"),
            _("Preguntas"),
            _("Artículos"),
        ),
        _fila("---", *["---:"] * 7),
    ]
    lineas += [_fila(f"{modulo.clave} · {modulo.titulo}", *_cuentas(modulo)) for modulo in curso.modulos]
    totales = [_cuentas(modulo) for modulo in curso.modulos]
    sumas = [sum(int(fila[n]) for fila in totales) for n in (0, 1, 2, 3)]
    lixes = [medidas.lix(prosa_de(leccion)) for _m, leccion in programa.lecciones()]
    preguntas = sum(int(fila[5]) for fila in totales)
    articulos = len({clave for modulo in curso.modulos for clave in _articulos(modulo)})
    lineas.append(_fila(f"**{_('Todo')}**", *sumas, _numero(sum(lixes) / len(lixes)), preguntas, articulos))
    lineas.append("\n" + _leyenda(programa) + "\n")
    if any(modulo.rutas for modulo in curso.modulos):
        lineas.append(_("Lo que es por asiento es opcional: no suma horas ni tiempo en pantalla.") + "\n")
    return "\n".join(lineas)


def _leyenda(programa: Programa) -> str:
    """Say what the numbers are, and how much of the hours happens on the screen."""
    pedidas = [leccion for modulo, leccion in programa.lecciones() if not modulo.rutas]
    preguntas = sum(_se_preguntan(una, programa) for _m, una in programa.evaluaciones())
    minutos = sum(_minutos(leccion) for leccion in pedidas) + preguntas * SEGUNDOS_POR_PREGUNTA / 60
    return _(
        "Las horas son académicas (45 minutos) y cuentan lo leído, las preguntas y la tarea de cada módulo.\n"
        "En pantalla, leer a %(ritmo)d palabras por minuto, pensar cada caso %(pausa)d segundos y responder una vez\n"
        "todo toma unos %(minutos)d minutos; el resto es para releer y hacer la tarea. La entidad que certifica\n"
        "confirma las horas.\n\n"
        "Min: lo que dice el aula de cada lección, redondeado a 5.\n\n"
        "KB: lo que pesan, comprimidos, los textos y los dibujos de la lección. El marco de la página se baja una vez\n"
        "y queda en el celular.\n\n"
        "LIX: medida de lectura del editor; menos de 35 es «buena». Se mide lo propio, sin las citas literales.\n"
        "Artículos: los que citan los pasos «Cita de la ley» y las preguntas, cada uno una vez.\n"
        "Glosario: %(terminos)d términos, con definición y ejemplo."
    ) % {
        "ritmo": PALABRAS_POR_MINUTO,
        "pausa": SEGUNDOS_POR_PREGUNTA,
        "minutos": round(minutos, -1),
        "terminos": len(programa.glosario),
    }


def _cuentas(modulo: Modulo) -> tuple[object, ...]:
    pasos = [paso for leccion in modulo.lecciones for paso in leccion.pasos]
    lixes = [medidas.lix(prosa_de(leccion)) for leccion in modulo.lecciones]
    return (
        modulo.horas,
        len(modulo.lecciones),
        len(pasos),
        sum(palabras_del_paso(paso) for paso in pasos),
        _numero(sum(lixes) / len(lixes)),
        sum(len(evaluacion.preguntas) for evaluacion in modulo.evaluaciones),
        len(_articulos(modulo)),
    )


def _articulos(modulo: Modulo) -> set[str]:
    de_pasos = {str(p.valores["articulo"]) for le in modulo.lecciones for p in le.pasos if p.valores.get("articulo")}
    return de_pasos | {p.articulo for e in modulo.evaluaciones for p in e.preguntas if p.articulo}


def _minutos(leccion: Leccion) -> float:
    """Minutes of a lesson, as the course counts them."""
    preguntas = sum(paso.tipo in CON_PREGUNTA for paso in leccion.pasos)
    palabras = sum(palabras_del_paso(paso) for paso in leccion.pasos)
    return palabras / PALABRAS_POR_MINUTO + preguntas * SEGUNDOS_POR_PREGUNTA / 60


def _se_preguntan(evaluacion: Evaluacion, programa: Programa) -> int:
    """How many questions a person answers in an attempt."""
    fuente = next((una for _m, una in programa.evaluaciones() if una.clave == evaluacion.preguntas_de), evaluacion)
    una_forma = [pregunta for pregunta in fuente.preguntas if pregunta.forma != "B"]
    return evaluacion.sortear or len(una_forma)


def _del_curso(programa: Programa) -> str:
    """What is of the whole course: entry, final, survey."""
    lineas = ["## " + _("Todo el curso") + "\n"]
    for una in programa.curso.evaluaciones:
        cuantas = _("%(n)d preguntas") % {"n": _se_preguntan(una, programa)}
        if una.preguntas_de:
            cuantas += _(", las de `%(clave)s` en la otra forma") % {"clave": una.preguntas_de}
        elif any(pregunta.forma for pregunta in una.preguntas):
            cuantas += _(" en cada una de dos formas gemelas")
        lineas.append(f"* {una.clave} · {una.titulo}: {cuantas}.")
    return "\n".join(lineas) + "\n"


def _peso(leccion: Leccion) -> str:
    """Kilobytes that a lesson adds to the pages: each step comes alone, so each is compressed alone."""
    total = 0
    for paso in leccion.pasos:
        textos = "\n".join(valor if isinstance(valor, str) else "\n".join(valor) for valor in paso.valores.values())
        total += len(gzip.compress(f"{paso.titulo}\n{textos}".encode()))
        if dibujo := disponibles().get(str(paso.valores.get("esquema") or "")):
            total += len(gzip.compress(Path(str(finders.find(dibujo.ruta))).read_bytes()))
    return _numero(total / 1024)


def _numero(valor: float) -> str:
    return f"{valor:.1f}".replace(".", ",")


def _modulo(modulo: Modulo) -> str:
    lineas = [
        f"## {modulo.clave} · {modulo.titulo}\n",
        _fila(_("Lección"), _("Pasos"), _("Palabras"), _("Min"), "LIX", "KB"),
        _fila("---", *["---:"] * 5),
    ]
    for leccion in modulo.lecciones:
        palabras = sum(palabras_del_paso(paso) for paso in leccion.pasos)
        nivel = _numero(medidas.lix(prosa_de(leccion)))
        para = f" ({', '.join(leccion.asientos)})" if leccion.asientos else ""
        minutos = redondear_minutos(_minutos(leccion))
        titulo = f"{leccion.clave} · {leccion.titulo}{para}"
        lineas.append(_fila(titulo, len(leccion.pasos), palabras, minutos, nivel, _peso(leccion)))
    for evaluacion in modulo.evaluaciones:
        cuantas = _("%(n)d preguntas") % {"n": len(evaluacion.preguntas)}
        if evaluacion.sortear:
            cuantas += _(", salen %(n)d en cada intento; se aprueba con %(nota)d %%") % {
                "n": evaluacion.sortear,
                "nota": evaluacion.nota_minima,
            }
        lineas.append(f"\n{evaluacion.clave} · {evaluacion.titulo}: {cuantas}.")
    lineas.append(
        "\n" + _("Artículos que cita: %(lista)s.") % {"lista": ", ".join(f"`{c}`" for c in sorted(_articulos(modulo)))}
    )
    return "\n".join(lineas) + "\n"
