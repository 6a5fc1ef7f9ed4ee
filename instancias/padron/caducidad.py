"""What a list keeps of people is not kept for ever, whether or not anybody came back to it."""

from __future__ import annotations

import datetime

from django.db import transaction

from ..models import CeldasDePadron, FilaDePadron, ImportacionDePadron
from .planes.renglones import escribir_filas
from .recibir import SE_GUARDA


def olvidar_listas(*, ahora: datetime.datetime) -> int:
    """Take away the rows of lists that nobody confirmed in time, and former names that an undo might set back.

    Running it again, or late, changes nothing. Returns how many lists were touched.
    """
    hechas = 0
    for pk in list(ImportacionDePadron.objects.vencidas(ahora).values_list("pk", flat=True)):
        with transaction.atomic():
            importacion = ImportacionDePadron.objects.select_for_update().get(pk=pk)
            if not importacion.vencio(ahora):
                continue
            CeldasDePadron.objects.filter(importacion=importacion).delete()
            importacion.filas.exclude(estado=FilaDePadron.Estado.GUARDADA).delete()
            algo = importacion.filas.exists()
            importacion.estado = ImportacionDePadron.Estado.CONFIRMADA if algo else ImportacionDePadron.Estado.VENCIDA
            importacion.fase, importacion.turno, importacion.detenida = ImportacionDePadron.Fase.NINGUNA, "", False
            importacion.save(update_fields=["estado", "fase", "turno", "detenida"])
        hechas += 1
    viejas = FilaDePadron.objects.filter(
        importacion__decidida_en__lte=ahora - SE_GUARDA, estado=FilaDePadron.Estado.GUARDADA
    )
    for fila in viejas.filter(hecho__has_key="antes").iterator():
        fila.hecho = {clave: valor for clave, valor in fila.hecho.items() if clave not in ("antes", "ahora")}
        fila.hecho["antes_borrado"] = True
        escribir_filas([fila])
        hechas += 1
    return hechas
