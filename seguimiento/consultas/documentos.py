"""Documents of figures that somebody may open: those of which every territory is theirs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from certificados.models import Certificado, DocumentoDeCifras
from instancias.politica import AlcanceEfectivo


def documentos_de(alcance: AlcanceEfectivo, *, clase: str = "") -> QuerySet[DocumentoDeCifras]:
    """The list, newest first, without the figures themselves: a closing is long."""
    filas = DocumentoDeCifras.objects.dentro_de(alcance.prefijos)
    if clase:
        filas = filas.filter(clase=clase)
    return (
        filas.annotate(titulo=KT("datos__publico__titulo"), lugar=KT("datos__publico__lugar"))
        .defer("datos")
        .select_related("edicion", "emitido_por")
    )


def documento_de(alcance: AlcanceEfectivo, pk: int) -> DocumentoDeCifras | None:
    """One of them. Absent and out of reach are the same answer."""
    filas = DocumentoDeCifras.objects.dentro_de(alcance.prefijos)
    return filas.select_related("edicion__curso", "emitido_por", "anulado_por").filter(pk=pk).first()


def nombradas(documento: DocumentoDeCifras) -> tuple[list[int], int]:
    """Whom a document names: by their certificates, and how many names somebody wrote. A statement, if it names any."""
    secciones = documento.datos["papel"]["secciones"]
    escritas = sum(bool(nombre) for una in secciones if una["titulo"] == _("Asistencia") for nombre in _celdas(una))
    registros = [fila[0].split("-") for una in documento.datos.get("anexo", []) for fila in una["filas"]]
    if not registros:
        return [], escritas
    por_anio: dict[str, list[int]] = {}
    for numero, anio in registros:
        por_anio.setdefault(anio, []).append(int(numero))
    suyos = Q(pk__in=[])
    for anio, numeros in por_anio.items():
        suyos |= Q(anio=anio, numero__in=numeros)
    return list(Certificado.objects.filter(suyos).values_list("persona_id", flat=True)), escritas


def _celdas(seccion: dict[str, Any]) -> list[str]:
    return [celda for fila in seccion["filas"] for celda in fila]
