"""The sheet that an office would upload, filled with invented people."""

from __future__ import annotations

import datetime
import io

from openpyxl import Workbook

from instancias.models import Asiento, Territorio

from .personas import Invento, Plaza

COLUMNAS = (
    "DNI",
    "Nombres",
    "Apellidos",
    "Celular",
    "Distrito",
    "Instancia",
    "Asiento",
    "Número de asiento",
    "Calidad",
    "Institución",
    "Designación",
    "Desde",
)


def plazas() -> list[Plaza]:
    """Return every seat that is asked for, in legal order."""
    asientos = Asiento.objects.exigidos().select_related("instancia__territorio", "tipo")
    return [
        Plaza(
            territorio=asiento.instancia.territorio_id,
            tipo=asiento.tipo.codigo,
            numero=asiento.numero,
            corto=asiento.tipo.corto,
            lugar=asiento.instancia.territorio.capital or asiento.instancia.territorio.nombre,
        )
        for asiento in asientos.order_by("instancia__territorio_id", "tipo__orden", "numero")
    ]


def hoja(gente: list[Invento], *, hoy: datetime.date, antes: int = 0) -> bytes:
    """Return the people as an XLSX sheet, as somebody would have typed it. ``antes``: weeks that they sat before."""
    nombres = dict(Territorio.objects.values_list("ubigeo", "nombre"))
    libro = Workbook()
    pagina = libro.active
    pagina.title = "Padrón"
    pagina.append(COLUMNAS)
    for persona in gente:
        provincial = len(persona.territorio) == 4
        pagina.append(
            (
                persona.documento,
                persona.nombres,
                persona.apellidos,
                persona.celular,
                nombres[persona.territorio],
                "provincial" if provincial else "distrital",
                persona.tipo,
                persona.numero,
                persona.calidad,
                persona.institucion,
                f"Oficio {int(persona.documento[4:]):03d}-{hoy.year}",
                (hoy - datetime.timedelta(weeks=persona.desde_semana + 2 + antes)).isoformat(),
            )
        )
    archivo = io.BytesIO()
    libro.save(archivo)
    return archivo.getvalue()
