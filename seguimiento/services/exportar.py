"""The progress of a scope as a workbook. A constant number of statements; rows are read and written by blocks."""

from __future__ import annotations

from typing import IO, Any

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Coalesce
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from wagtail.log_actions import log

from instancias.models import Asiento
from instancias.querysets import bajo

from ..consultas import ayuda, distritos, lugares
from ..consultas.ambito import Ambito, exigido, inscripcion_activa, membresias_del
from ..consultas.situacion import EMPEZO, TERMINO, Situacion
from ..leyenda_de_archivo import escribir_lecciones, escribir_leyenda
from ..planilla import Planilla

BLOQUE = 2000
Ocupantes = dict[int, dict[str, tuple[str, str]]]


def nombre_del_archivo(ambito: Ambito) -> str:
    """``avance_leoncio-prado_2026-11-23.xlsx``: the place that holds the whole scope, and the day."""
    nombres = lugares.nombres()
    comun = _comun(ambito.prefijos)
    lugar = slugify(nombres.get(comun, "")) or "ambito"
    return f"avance_{lugar}_{ambito.hoy:%Y-%m-%d}.xlsx"


def _comun(prefijos: tuple[str, ...]) -> str:
    """The longest code that holds all of them."""
    for largo in (6, 4, 2):
        cortos = {prefijo[:largo] for prefijo in prefijos}
        if len(cortos) == 1 and len(unico := cortos.pop()) == largo:
            return unico
    return ""


def escribir_avance(*, ambito: Ambito, archivo: IO[bytes], por: Any) -> int:
    """Write the workbook and leave a trace of who took it. Returns how many rows of people it has."""
    libro = Workbook(write_only=True)
    instancias = distritos.instancias(ambito)
    _resumen(libro, ambito, distritos.totales(ambito, instancias))
    _distritos(libro, instancias)
    planilla_de_asientos = Planilla(libro, _("Asientos"), _columnas_de_asientos())
    ocupantes: Ocupantes = {}
    personas = _personas(libro, ambito, ocupantes)
    _asientos(planilla_de_asientos, ambito, ocupantes)
    escribir_lecciones(libro, ambito)
    escribir_leyenda(libro)
    libro.save(archivo)
    log(
        instance=por,
        action="seguimiento.exportar",
        user=por,
        title=f"{por._meta.verbose_name} {por.pk}",
        data={"ambito": list(ambito.prefijos), "edicion": ambito.edicion_id, "personas": personas},
    )
    return personas


def _resumen(libro: Workbook, ambito: Ambito, total: distritos.Totales) -> None:
    nombres = lugares.nombres()
    planilla = Planilla(libro, _("Resumen"), [(_("Dato"), 46), (_("Cantidad"), 40), (_("De un total de"), 18)])
    edicion = f"{ambito.edicion.curso} · {ambito.edicion.nombre}" if ambito.edicion else _("Sin edición abierta")
    planilla.agregar([_("Ámbito"), ", ".join(nombres.get(uno, uno) for uno in ambito.prefijos)])
    planilla.agregar([_("Curso y edición"), edicion])
    planilla.agregar([_("Datos al"), ambito.ahora])
    planilla.agregar([_("Integrantes que terminaron"), total.terminaron, total.integrantes])
    planilla.agregar([_("Distritos con su alcaldía al día"), total.alcaldias_al_dia, total.alcaldias])
    planilla.agregar([_("Asientos sin persona"), total.sin_persona, total.asientos])
    planilla.agregar([_("Asientos completos"), total.completos, total.asientos])
    planilla.agregar(
        [_("Sin actividad en 14 días, de quienes no han terminado"), total.sin_actividad, total.pendientes]
    )
    planilla.agregar([_("Integran más de una instancia (cuentan una vez en el total)"), total.repetidas])


def _distritos(libro: Workbook, instancias: list[distritos.Instancia]) -> None:
    columnas = [
        (_("Ubigeo"), 10),
        (_("Instancia"), 28),
        (_("Nivel"), 12),
        (_("Capital"), 22),
        (_("Atendida por"), 22),
        (_("Integrantes"), 12),
        (_("Terminaron"), 12),
        (_("Terminaron este mes"), 12),
        (_("Porcentaje"), 12),
        (_("Meta"), 8),
        (_("Asientos"), 10),
        (_("Asientos con persona"), 12),
        (_("Asientos sin persona"), 12),
        (_("Asientos completos"), 12),
    ]
    planilla = Planilla(libro, _("Distritos"), columnas)
    for instancia in instancias:
        planilla.agregar(
            [
                instancia.ubigeo,
                instancia.nombre,
                _("Provincial") if instancia.es_provincial else _("Distrital"),
                instancia.capital,
                instancia.atendida_por,
                instancia.integrantes,
                instancia.terminaron,
                instancia.este_mes,
                instancia.porcentaje if instancia.integrantes else None,
                instancia.meta,
                instancia.exigidos,
                instancia.con_persona,
                instancia.sin_persona,
                instancia.completos,
            ]
        )


def _columnas_de_asientos() -> list[tuple[str, int]]:
    return [
        (_("Ubigeo"), 10),
        (_("Instancia"), 28),
        (_("Código"), 10),
        (_("Asiento"), 28),
        (_("Número"), 9),
        (_("Institución"), 36),
        (_("Aplica"), 9),
        (_("Titular"), 32),
        (_("Estado del titular"), 18),
        (_("Alterno/a"), 32),
        (_("Estado del alterno/a"), 18),
        (_("Asiento completo"), 12),
    ]


def _asientos(planilla: Planilla, ambito: Ambito, ocupantes: Ocupantes) -> None:
    """Every seat of the tables that exist; ``ocupantes`` was gathered with the people."""
    cuenta = Case(When(exigido(ambito, ""), then=True), default=False)
    filas = (
        Asiento.objects.filter(bajo(ambito.prefijos, "instancia__territorio__ubigeo"))
        .filter(instancia__atendida_por__isnull=True)
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
        )
    )
    for pk, cuenta_aqui, *datos in filas.iterator(chunk_size=BLOQUE):
        quienes = ocupantes.get(pk, {})
        titular = quienes.get("titular", ("", _("Vacante")))
        alterno = quienes.get("alterno", ("", _("Vacante")))
        completo = any(estado == Situacion.TERMINO.label for _nombre, estado in quienes.values())
        planilla.agregar([*datos, bool(cuenta_aqui), *titular, *alterno, completo])


def _personas(libro: Workbook, ambito: Ambito, ocupantes: Ocupantes) -> int:
    """One row per person and seat. No marks."""
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
        (_("En el asiento desde"), 14),
        (_("Estado"), 16),
        (_("Partes hechas"), 10),
        (_("Partes que pide"), 10),
        (_("Empezó"), 18),
        (_("Terminó"), 18),
        (_("Última actividad"), 18),
        (_("Último ingreso"), 18),
    ]
    planilla = Planilla(libro, _("Personas"), columnas)
    cuantas = 0
    calidades = {"titular": _("Titular"), "alterno": _("Alterno/a")}
    for asiento, calidad, situacion, documento, nombres, apellidos, *resto in _membresias(ambito):
        estado = str(Situacion(situacion).label)
        ocupantes.setdefault(asiento, {})[calidad] = (f"{nombres} {apellidos}", estado)
        celular, ubigeo, territorio, tipo, institucion, desde, *numeros = resto
        planilla.agregar(
            [
                documento,
                nombres,
                apellidos,
                celular,
                ubigeo,
                territorio,
                tipo,
                calidades.get(calidad, calidad),
                institucion or "",
                desde,
                estado,
                *numeros,
            ]
        )
        cuantas += 1
    return cuantas


def _membresias(ambito: Ambito) -> Any:
    situacion = Case(
        When(TERMINO, then=Value(Situacion.TERMINO)),
        When(persona__in=ayuda.personas_por_ayudar(ambito), then=Value(Situacion.AYUDA)),
        When(EMPEZO, then=Value(Situacion.EN_CURSO)),
        default=Value(Situacion.NO_EMPEZO),
        output_field=CharField(),
    )
    return (
        membresias_del(ambito)
        .annotate(insc=inscripcion_activa(ambito, "persona__"))
        .annotate(situacion=situacion, ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"))
        .order_by("asiento__instancia__territorio_id", "asiento__tipo__orden", "asiento__numero", "-calidad", "pk")
        .values_list(
            "asiento_id",
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
