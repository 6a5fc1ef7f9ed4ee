"""Norms, articles and wordings of the files, as rows."""

from __future__ import annotations

from typing import Any

from cursos.models import Articulo, Norma, RedaccionDeArticulo

from . import fichas, prosa
from .registro import Decision, Registro

CAMPOS_DE_NORMA = ("tipo", "numero", "titulo", "publicada")


def cargar(normas: tuple[fichas.Norma, ...], registro: Registro) -> set[int]:
    """Write what changed. Returns the ids of the articles whose wording people will now read differently."""
    filas = {norma.clave: _norma(norma) for norma in normas}
    existentes = {uno.clave: uno for uno in Articulo.objects.prefetch_related("redacciones__modificada_por")}
    cambiados: set[int] = set()
    for norma in normas:
        for ficha in norma.articulos:
            fila = existentes.get(ficha.clave)
            decision = registro.decidir(
                ficha.clave, ficha, lambda fila=fila: leer_articulo(fila), existe=fila is not None, borrador=False
            )
            if decision in {Decision.CREAR, Decision.CAMBIAR}:
                cambiados.add(_poner(fila, ficha, filas[norma.clave], filas))
                registro.resumen.articulos += 1
            if decision in {Decision.CREAR, Decision.CAMBIAR, Decision.ANOTAR}:
                registro.anotar(ficha.clave, ficha)
    return cambiados


def _norma(ficha: fichas.Norma) -> Norma:
    campos = {campo: getattr(ficha, campo) for campo in CAMPOS_DE_NORMA}
    fila, creada = Norma.objects.get_or_create(clave=ficha.clave, defaults=campos)
    if not creada and any(getattr(fila, campo) != valor for campo, valor in campos.items()):
        for campo, valor in campos.items():
            setattr(fila, campo, valor)
        fila.save()
    return fila


def _poner(fila: Articulo | None, ficha: fichas.Articulo, norma: Norma, normas: dict[str, Norma]) -> int:
    articulo = fila or Articulo(clave=ficha.clave)
    articulo.norma, articulo.numero, articulo.numero_tuo = norma, ficha.numero, ficha.numero_tuo
    articulo.titulo = ficha.titulo
    articulo.save()
    # Wordings are no evidence (an attempt keeps the text it showed): they are written again, the past ones first.
    RedaccionDeArticulo.objects.filter(articulo=articulo).delete()
    for una in reversed(ficha.redacciones):
        RedaccionDeArticulo.objects.create(
            articulo=articulo,
            vigente_desde=una.vigente_desde,
            vigente_hasta=una.vigente_hasta,
            modificada_por=normas[una.modificada_por] if una.modificada_por else None,
            resumen=una.resumen,
        )
    return articulo.pk


def leer_articulo(fila: Any) -> fichas.Articulo:
    return fichas.Articulo(
        clave=fila.clave,
        numero=fila.numero,
        numero_tuo=fila.numero_tuo,
        titulo=fila.titulo,
        redacciones=tuple(
            fichas.Redaccion(
                vigente_desde=una.vigente_desde,
                vigente_hasta=una.vigente_hasta,
                modificada_por=una.modificada_por.clave if una.modificada_por else None,
                resumen=prosa.parrafos(una.resumen),
            )
            for una in sorted(fila.redacciones.all(), key=lambda una: una.vigente_desde, reverse=True)
        ),
    )


def leer_normas() -> tuple[fichas.Norma, ...]:
    """Return every norm here as fichas."""
    normas = Norma.objects.order_by("pk").prefetch_related("articulos__redacciones__modificada_por")
    return tuple(
        fichas.Norma(
            clave=norma.clave,
            tipo=norma.tipo,
            numero=norma.numero,
            titulo=norma.titulo,
            publicada=norma.publicada,
            articulos=tuple(leer_articulo(uno) for uno in sorted(norma.articulos.all(), key=lambda uno: uno.pk)),
        )
        for norma in normas
    )
