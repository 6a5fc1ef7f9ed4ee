"""What a course says of itself, read once per revision and kept in the cache: it is the same for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import cache

from marco.nombres import Nombres

from .. import clases
from ..models import Curso, Unidad
from .temario import UN_DIA, clave_de_cache


@dataclass(frozen=True)
class Ficha:
    """What the page of a course says about itself."""

    titulo: str
    presentacion: str
    aprendera: tuple[str, ...]
    horas: int
    tipo_de_horas: str


def ficha_de(*, curso: Unidad) -> Ficha:
    return guardado("ficha", curso, lambda: _leer_ficha(curso))


def hay_audio(*, curso: Unidad) -> bool:
    """Whether something sounds in the course."""
    return guardado("audio", curso, lambda: "si" if _tiene_audio(curso) else "no") == "si"


def _tiene_audio(curso: Unidad) -> bool:
    paginas = Unidad.objects.vigentes().filter(curso=curso).values("pagina")
    return any(clase.hay_audio(paginas) for clase in clases.clases())


def guardado(pieza: str, curso: Unidad | None, leer: Callable[[], Any]) -> Any:
    """Return a piece of a course from the cache, or read it and keep it while the course does not change."""
    assert curso is not None  # noqa: S101 (what is done hangs from its course)
    llave = clave_de_cache(pieza, curso)
    valor = cache.get(llave)
    if valor is None:
        valor = leer()
        cache.set(llave, valor, UN_DIA)
    return valor


def guardados(piezas: Iterable[str], curso: Unidad | None) -> list[Any]:
    """Return those that the cache has, in order."""
    assert curso is not None  # noqa: S101
    llaves = [clave_de_cache(pieza, curso) for pieza in piezas]
    hallados = cache.get_many(llaves)
    return [hallados[llave] for llave in llaves if llave in hallados]


def guardar(piezas: Mapping[str, Any], curso: Unidad) -> None:
    """Keep pieces that were read on the way, as ``guardado`` does."""
    cache.set_many({clave_de_cache(pieza, curso): valor for pieza, valor in piezas.items()}, UN_DIA)


def renglones(texto: str, maximo: int = 3) -> tuple[str, ...]:
    """Lines of a field that is written one idea per line."""
    return tuple(linea.strip(" -•\t") for linea in texto.splitlines() if linea.strip(" -•\t"))[:maximo]


def _leer_ficha(curso: Unidad) -> Ficha:
    pagina = Curso.objects.get(pk=cast(int, curso.pagina_id))
    aprendera, nombres = renglones(pagina.aprendera), Nombres()
    return Ficha(
        titulo=pagina.title,
        presentacion=nombres.poner(pagina.presentacion),
        aprendera=nombres.poner_en(aprendera),
        horas=pagina.horas or 0,
        tipo_de_horas=str(pagina.get_tipo_de_horas_display()),
    )
