"""Documents of figures that somebody may open: those of which every territory is theirs."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from certificados.models import DocumentoDeCifras
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
