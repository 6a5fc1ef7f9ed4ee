"""What people said in the surveys of an edition, counted by place, month and sector. Sets, never people."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Count, DateField, F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncMonth

from instancias.querysets import bajo
from marco.nombres import Nombres

from .. import reglas
from ..encuesta import Cuenta, Encuesta, Pregunta
from ..models import Intento, Respuesta, VersionDePregunta


def encuestas_de(edicion: int, *, prefijos: Iterable[str], dia: datetime.date) -> list[Encuesta]:
    """Return the surveys of an edition that somebody answered. Two statements, however many people.

    Whole provinces are read, also when only a part of one is asked for: lots are made in each of them.
    """
    filas = (
        Respuesta.objects.filter(
            bajo({prefijo[:4] for prefijo in prefijos}, "intento__inscripcion__territorio__ubigeo"),
            definitiva=True,
            intento__estado=Intento.Estado.ENVIADO,
            intento__inscripcion__edicion=edicion,
            intento__unidad__variante__in=sorted(reglas.ENCUESTAS),
        )
        .order_by()
        .annotate(
            lugar=F("intento__inscripcion__territorio_id"),
            mes=TruncMonth("intento__enviado_en", output_field=DateField()),
            sector=KeyTextTransform("sector", "intento__reglas"),
        )
        .values_list("version_id", "lugar", "mes", "sector", "valor")
        .annotate(personas=Count("pk"))
    )
    por_version: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for version, *fila in filas:
        por_version[version].append(tuple(fila))
    if not por_version:
        return []
    versiones = VersionDePregunta.objects.filter(
        evaluacion__in=VersionDePregunta.objects.filter(pk__in=por_version).values("evaluacion")
    )
    por_encuesta: dict[Any, dict[str, list[VersionDePregunta]]] = defaultdict(lambda: defaultdict(list))
    for version in versiones.select_related("evaluacion").order_by("evaluacion__orden", "orden", "numero"):
        por_encuesta[version.evaluacion][str(version.clave)].append(version)
    nombres = Nombres()
    return [
        Encuesta(
            unidad.pk,
            unidad.titulo,
            unidad.variante,
            [_pregunta(suyas, por_version, nombres, dia) for suyas in _respondidas(por_clave.values(), por_version)],
        )
        for unidad, por_clave in por_encuesta.items()
    ]


def _respondidas(
    preguntas: Iterable[list[VersionDePregunta]], por_version: Collection[int]
) -> list[list[VersionDePregunta]]:
    """Those that somebody was asked, in the order of today; those that are asked no more, at the end."""
    con_respuestas = [suyas for suyas in preguntas if any(una.pk in por_version for una in suyas)]
    return sorted(con_respuestas, key=lambda suyas: (not suyas[-1].vigente, suyas[-1].orden))


def _pregunta(
    versiones: Sequence[VersionDePregunta],
    por_version: dict[int, list[tuple[Any, ...]]],
    nombres: Nombres,
    dia: datetime.date,
) -> Pregunta:
    """All the versions of a question together: editing words keeps the answers."""
    cuentas: dict[tuple[str, datetime.date, str], Cuenta] = defaultdict(Cuenta)
    textos: dict[str, str] = {}
    for version in versiones:
        contenido = version.contenido
        clase, suyo = contenido.clase, contenido.contenido
        textos |= {clave: nombres.poner(texto) for clave, texto in clase.opciones(suyo)}
        for lugar, mes, sector, valor, personas in por_version.get(version.pk, ()):
            cuenta = cuentas[lugar, mes, sector or ""]
            cuenta.personas += personas
            for clave in clase.marcadas(suyo, valor):
                cuenta.marcadas[clave] += personas
            if escrito := clase.en_libre(suyo, valor):
                cuenta.escritos += [escrito] * personas
    ultima = max(versiones, key=lambda version: version.numero).contenido
    return Pregunta(ultima.con_textos(nombres.poner_en), textos, dict(cuentas), dia)
