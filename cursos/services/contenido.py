"""What a step shows, read once per revision of the course and kept in the cache: it is the same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import swapper
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from instancias.nombres import Nombres

from ..models import Unidad
from .glosario import formas_para
from .primer_uso import Glosas, glosas_de
from .temario import UN_DIA, clave_de_cache
from .tipografia import juntar

AVISO = "aviso"  # identifier of the step that warns of a hard subject


@dataclass(frozen=True)
class PasoMostrado:
    """One screen of a lesson. ``html`` carries its title as the h1 of the page."""

    numero: int
    total: int
    id: str
    tipo: str
    titulo: str
    html: SafeString
    hay_resumen: bool = False

    @property
    def es_aviso(self) -> bool:
        return self.tipo == AVISO


@dataclass(frozen=True)
class CierreMostrado:
    """What the end of a lesson says."""

    titulo: str
    sabe_ahora: tuple[str, ...]
    resumen: tuple[str, ...]


@dataclass(frozen=True)
class Ficha:
    """What the page of a course says about itself."""

    titulo: str
    presentacion: str
    aprendera: tuple[str, ...]


def paso_de(*, unidad: Unidad, numero: int, hoy: date, ahorro: bool = False) -> PasoMostrado:
    """Return a step of a lesson; past the end, the last. Two statements at most when the cache does not have it."""
    numero = min(max(numero, 1), max(unidad.pasos, 1))
    pieza = f"paso:{unidad.pk}:{numero}:{int(ahorro)}:{hoy:%Y%m%d}"
    return guardado(pieza, unidad.curso, lambda: _leer_paso(unidad, numero, ahorro, hoy))


def audio_de(*, unidad: Unidad, numero: int, alterno: bool = False) -> Any:
    """Return the sound file of a step, or nothing when the step has none."""
    leccion = _leccion(unidad)
    lugar = numero - 1 - (1 if leccion.tema_dificil else 0)
    if not 0 <= lugar < len(leccion.pasos) or leccion.pasos[lugar].block_type != "audio":
        return None
    return leccion.pasos[lugar].value["audio_alterno" if alterno else "audio"]


def cierre_de(*, unidad: Unidad) -> CierreMostrado:
    return guardado(f"cierre:{unidad.pk}", unidad.curso, lambda: _leer_cierre(unidad))


def ficha_de(*, curso: Unidad) -> Ficha:
    return guardado("ficha", curso, lambda: _leer_ficha(curso))


def renglones(texto: str, maximo: int = 3) -> tuple[str, ...]:
    """Lines of a field that is written one idea per line."""
    return tuple(linea.strip(" -•\t") for linea in texto.splitlines() if linea.strip(" -•\t"))[:maximo]


def lineas_del_resumen(leccion: Any) -> tuple[str, ...]:
    """Lines of the step that sums up a lesson; nothing when it has none."""
    lineas: tuple[str, ...] = ()
    for bloque in leccion.pasos.raw_data:
        if bloque["type"] == "resumen":
            lineas = tuple(
                str(uno.get("value", uno) if isinstance(uno, dict) else uno) for uno in bloque["value"]["lineas"]
            )
    return lineas


def pasos_mostrados(leccion: Any, *, hoy: date, ahorro: bool = False, nivel: int = 1) -> list[PasoMostrado]:
    """Return every step of a lesson, published or not: what a preview shows."""
    glosas = _glosas(leccion)
    return [_armar(leccion, n, ahorro, hoy, glosas, nivel) for n in range(1, leccion.numero_de_pasos + 1)]


def guardado(pieza: str, curso: Unidad | None, leer: Callable[[], Any]) -> Any:
    """Return a piece of a course from the cache, or read it and keep it while the course does not change."""
    assert curso is not None  # noqa: S101 (a lesson hangs from its course)
    llave = clave_de_cache(pieza, curso)
    valor = cache.get(llave)
    if valor is None:
        valor = leer()
        cache.set(llave, valor, UN_DIA)
    return valor


def _leccion(unidad: Unidad) -> Any:
    return swapper.load_model("cursos", "Leccion").objects.get(pk=unidad.pagina_id)


def _leer_paso(unidad: Unidad, numero: int, ahorro: bool, hoy: date) -> PasoMostrado:
    leccion = _leccion(unidad)
    # The page may have lost steps since the unit was read: what is asked for past the end is the last.
    numero = min(numero, max(leccion.numero_de_pasos, 1))
    curso = cast(Unidad, unidad.curso)  # only a course has none
    direccion = (curso.numero, unidad.numero, numero)
    return _armar(leccion, numero, ahorro, hoy, _glosas(leccion, curso), direccion=direccion)


def _glosas(leccion: Any, curso: Unidad | None = None) -> Glosas:
    return glosas_de(leccion.pasos.raw_data, formas_para(curso), reverse("cursos:glosario"))


def _armar(
    leccion: Any,
    numero: int,
    ahorro: bool,
    hoy: date,
    glosas: Glosas,
    nivel: int = 1,
    direccion: tuple[int, int, int] | None = None,
) -> PasoMostrado:
    total = max(leccion.numero_de_pasos, 1)
    tipos = [bloque["type"] for bloque in leccion.pasos.raw_data]
    hay_resumen = bool(tipos) and tipos[-1] == "resumen"
    lugar = numero - 1 - (1 if leccion.tema_dificil else 0)
    contexto = {"nivel": nivel, "ahorro": ahorro, "hoy": hoy, "direccion": direccion}
    if lugar < 0 or lugar >= len(tipos):
        aviso = render_to_string("cursos/pasos/aviso.html", {**contexto, "leccion": leccion})
        html = glosas.nombres.poner_en_html(aviso)
        return PasoMostrado(numero, total, AVISO, AVISO, leccion.title, mark_safe(html), hay_resumen)  # noqa: S308
    bloque = leccion.pasos[lugar]
    titulo = bloque.value.get("titulo", "")
    html = juntar(glosas.poner(lugar, glosas.nombres.poner_en_html(bloque.render(contexto))))
    return PasoMostrado(
        numero=numero,
        total=total,
        id=bloque.id or "",
        tipo=bloque.block_type,
        titulo=str(titulo),
        html=html,
        hay_resumen=hay_resumen,
    )


def _leer_cierre(unidad: Unidad) -> CierreMostrado:
    leccion = _leccion(unidad)
    lineas = lineas_del_resumen(leccion)
    sabe_ahora, nombres = renglones(leccion.sabe_ahora), Nombres()
    return CierreMostrado(leccion.title, nombres.poner_en(sabe_ahora), nombres.poner_en(lineas))


def _leer_ficha(curso: Unidad) -> Ficha:
    pagina = swapper.load_model("cursos", "Curso").objects.get(pk=curso.pagina_id)
    aprendera, nombres = renglones(pagina.aprendera), Nombres()
    return Ficha(pagina.title, nombres.poner(pagina.presentacion), nombres.poner_en(aprendera))
