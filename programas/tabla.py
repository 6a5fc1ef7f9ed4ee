"""The programme in a table, as ``docs/programa.md`` shows it."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from cursos import tiempo
from cursos.blocks import SEGUNDOS_POR_PREGUNTA
from cursos.esquemas import disponibles

from . import medidas, tiempos
from .fichas import Leccion, Modulo, Programa
from .textos import palabras_del_paso, prosa_de, texto_de
from .tipos import POR_BLOQUE

CABECERA = (
    "# El programa, en números\n\n"
    "Lo escribe `manage.py tabla_del_programa` a partir de los archivos del programa.\n"
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
    """Say what the numbers are, and what is declared beside what is measured."""
    horas = tiempos.horas_del(programa)
    partes = _(
        "Las horas son las que declara la entidad que certifica. En pantalla se miden %(pantalla)s: leer a %(ritmo)d\n"
        "palabras por minuto, oír los audios, pensar cada caso y responder cada pregunta una vez, %(pausa)d segundos\n"
        "en cada una. "
        "El aula dice ese tiempo en el curso, en cada módulo y en cada lección; suma segundos y redondea al final.\n\n"
        "%(aviso)s"
        "Min: minutos en pantalla de cada lección.\n\n"
        "KB: lo que pesan, comprimidos, los textos y los dibujos de la lección. El marco de la página se baja una vez\n"
        "y queda en el celular.\n\n"
        "LIX: medida de lectura del editor; menos de 35 es «buena». Se mide lo propio, sin las citas literales.\n"
        "Artículos: los que citan los pasos y las preguntas, cada uno una vez.\n"
        "Glosario: %(terminos)d términos, con definición y ejemplo."
    )
    return partes % {
        "pantalla": horas.en_pantalla,
        "ritmo": tiempo.PALABRAS_POR_MINUTO,
        "pausa": SEGUNDOS_POR_PREGUNTA,
        "aviso": f"**{_('Aviso')}.** {horas.aviso}\n\n" if horas.aviso else "",
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


def _del_curso(programa: Programa) -> str:
    """What is of the whole course: entry, final, survey."""
    lineas = ["## " + _("Todo el curso") + "\n"]
    for una in programa.curso.evaluaciones:
        cuantas = _("%(n)d preguntas") % {"n": tiempos.se_preguntan(una, programa)}
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
        textos = "\n".join(texto_de(paso, campo) for campo in POR_BLOQUE[paso.tipo].campos)
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
        minutos = tiempo.minutos(tiempos.de_leccion(leccion))
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
