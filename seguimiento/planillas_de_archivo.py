"""The sheets of the workbook that name seats and people. Rows are read and written by blocks."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from openpyxl import Workbook

from instancias.models import Asiento, Institucion
from instancias.querysets import bajo

from .consultas import ayuda
from .consultas.ambito import Ambito
from .consultas.cifras import certificados_por_persona
from .consultas.definiciones import abierto, exigido, inscripcion_del_dia, membresias_del
from .consultas.situacion import Situacion, en_una_palabra
from .planilla import Planilla

BLOQUE = 2000
Ocupantes = dict[int, dict[str, tuple[str, str]]]


def columnas_de_asientos() -> list[tuple[str, int]]:
    return [
        (_("Ubigeo"), 10),
        (_("Instancia"), 28),
        (_("Código"), 10),
        (_("Asiento"), 28),
        (_("Número"), 9),
        (_("Institución"), 36),
        (_("Sector"), 22),
        (_("Aplica"), 9),
        (_("Titular"), 32),
        (_("Estado del titular"), 18),
        (_("Alterno/a"), 32),
        (_("Estado del alterno/a"), 18),
        (_("Asiento completo"), 12),
    ]


def sector_en_palabras(sector: str) -> str:
    return str(dict(Institucion.Sector.choices).get(sector, sector))


def escribir_asientos(planilla: Planilla, ambito: Ambito, ocupantes: Ocupantes) -> None:
    """Every seat of the tables that exist; ``ocupantes`` was gathered with the people."""
    cuenta = Case(When(exigido(ambito, ""), then=True), default=False)
    filas = (
        Asiento.objects.filter(bajo(ambito.prefijos, "instancia__territorio__ubigeo"))
        .filter(abierto(ambito, ""), instancia__atendida_por__isnull=True)
        .annotate(cuenta=cuenta)
        .order_by("instancia__territorio_id", "tipo__orden", "numero")
        .values_list(
            "pk",
            "cuenta",
            "instancia__territorio_id",
            "instancia__territorio__nombre",
            "tipo__codigo",
            "tipo__nombre",
            "numero",
            "institucion__nombre",
            "tipo__sector",
        )
    )
    for pk, cuenta_aqui, *datos, sector in filas.iterator(chunk_size=BLOQUE):
        quienes = ocupantes.get(pk, {})
        titular = quienes.get("titular", ("", _("Vacante")))
        alterno = quienes.get("alterno", ("", _("Vacante")))
        completo = any(estado == Situacion.TERMINO.label for _nombre, estado in quienes.values())
        planilla.agregar([*datos, sector_en_palabras(sector), bool(cuenta_aqui), *titular, *alterno, completo])


def escribir_personas(libro: Workbook, ambito: Ambito, ocupantes: Ocupantes) -> int:
    """One row per person and seat. No marks; of another day, without what is known of today only."""
    de_hoy = ambito.al is None
    columnas = [
        (_("Documento"), 14),
        (_("Nombres"), 24),
        (_("Apellidos"), 28),
        (_("Celular"), 13),
        (_("Ubigeo"), 10),
        (_("Instancia"), 26),
        (_("Asiento"), 26),
        (_("Calidad"), 11),
        (_("Institución"), 34),
        (_("Sector"), 22),
        (_("Documento de designación"), 26),
        (_("En el asiento desde"), 14),
        (_("Estado"), 16),
        (_("Empezó"), 18),
        (_("Terminó"), 18),
        (_("Certificado"), 14),
        (_("Horas del certificado"), 12),
    ]
    if de_hoy:
        columnas[13:13] = [(_("Partes hechas"), 10), (_("Partes que pide"), 10)]
        columnas += [(_("Última actividad"), 18), (_("Último ingreso"), 18)]
    planilla = Planilla(libro, _("Personas"), columnas)
    cuantas = 0
    certificados = certificados_por_persona(ambito)
    calidades = {"titular": _("Titular"), "alterno": _("Alterno/a")}
    for asiento, persona, calidad, situacion, documento, nombres, apellidos, *resto in _membresias(ambito):
        estado = str(Situacion(situacion).label)
        ocupantes.setdefault(asiento, {})[calidad] = (f"{nombres} {apellidos}", estado)
        celular, ubigeo, territorio, tipo, institucion, sector, designacion, desde, *numeros = resto
        del_asiento = [ubigeo, territorio, tipo, calidades.get(calidad, calidad), institucion or ""]
        del_asiento += [sector_en_palabras(sector), designacion, desde]
        if not de_hoy:
            numeros = [hecho if hecho and hecho < ambito.corte else None for hecho in numeros[2:4]]
        numeros[4 if de_hoy else 2 :] = [*certificados.get(persona, ("", None)), *numeros[4 if de_hoy else 2 :]]
        planilla.agregar([documento, nombres, apellidos, celular, *del_asiento, estado, *numeros])
        cuantas += 1
    return cuantas


def _membresias(ambito: Ambito) -> Any:
    palabra = en_una_palabra(ambito, por_ayudar=ayuda.personas_por_ayudar(ambito), persona="persona")
    return (
        membresias_del(ambito)
        .annotate(insc=inscripcion_del_dia(ambito, "persona__"))
        .annotate(situacion=palabra, ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"))
        .order_by("asiento__instancia__territorio_id", "asiento__tipo__orden", "asiento__numero", "-calidad", "pk")
        .values_list(
            "asiento_id",
            "persona_id",
            "calidad",
            "situacion",
            "persona__documento",
            "persona__nombres",
            "persona__apellidos",
            "persona__celular",
            "asiento__instancia__territorio_id",
            "asiento__instancia__territorio__nombre",
            "asiento__tipo__corto",
            "asiento__institucion__nombre",
            "asiento__tipo__sector",
            "designacion",
            "desde",
            "insc__hechas",
            "insc__requeridas",
            "insc__iniciada_en",
            "insc__terminada_en",
            "ultima",
            "persona__ultimo_ingreso_en",
        )
        .iterator(chunk_size=BLOQUE)
    )
