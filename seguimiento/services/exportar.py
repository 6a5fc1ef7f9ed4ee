"""The progress of a scope as a workbook. A constant number of statements; rows are read and written by blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from marco.libro_largo import LibroLargo, PlanillaLarga

from ..consultas import distritos, lugares
from ..consultas.ambito import Ambito
from ..consultas.cifras import PasosDeLaInstancia, pasos_por_instancia
from ..consultas.despues import registrado_despues
from ..consultas.modulos import modulos_del
from ..leyenda_de_archivo import escribir_lecciones, escribir_leyenda
from ..planillas_de_archivo import (
    CuentaDeModulos,
    Ocupantes,
    columnas_de_asientos,
    columnas_de_personas,
    columnas_por_modulo,
    escribir_asientos,
    escribir_personas,
)

Aviso = Callable[[int], None]


def nombre_del_archivo(ambito: Ambito) -> str:
    """``avance_leoncio-prado_2026-11-23.xlsx``: the place that holds the whole scope, and the day."""
    nombres = lugares.nombres()
    comun = _comun(ambito.prefijos)
    lugar = slugify(nombres.get(comun, "")) or "ambito"
    return f"avance_{lugar}_{ambito.dia:%Y-%m-%d}.xlsx"


def _comun(prefijos: tuple[str, ...]) -> str:
    """The longest code that holds all of them."""
    for largo in (6, 4, 2):
        cortos = {prefijo[:largo] for prefijo in prefijos}
        if len(cortos) == 1 and len(unico := cortos.pop()) == largo:
            return unico
    return ""


def escribir_avance(*, ambito: Ambito, archivo: IO[bytes], por: Any, aviso: Aviso | None = None) -> list[int]:
    """Write the workbook and leave a trace of who took it. Returns whom it names, a number a row."""
    with LibroLargo() as libro:
        personas = _escribir(libro, ambito, aviso)
        libro.encabezado = _("Al %(dia)s") % {"dia": date_format(ambito.dia)}
        libro.guardar(archivo)
    log(
        instance=por,
        action="seguimiento.exportar",
        user=por,
        title=f"{por._meta.verbose_name} {por.pk}",
        data={
            "ambito": list(ambito.prefijos),
            "edicion": ambito.edicion_id,
            "personas": len(personas),
            **({"al": ambito.al.isoformat()} if ambito.al else {}),
        },
    )
    return personas


def _escribir(libro: LibroLargo, ambito: Ambito, aviso: Aviso | None) -> list[int]:
    instancias = distritos.instancias(ambito)
    _resumen(libro, ambito, distritos.totales(ambito, instancias))
    _distritos(libro, instancias, pasos_por_instancia(ambito))
    asientos = PlanillaLarga(libro, _("Asientos"), columnas_de_asientos())
    ocupantes: Ocupantes = {}
    modulos = modulos_del(ambito)
    gente = PlanillaLarga(libro, _("Personas"), columnas_de_personas(ambito, modulos))
    por_modulo = PlanillaLarga(libro, _("Distritos por módulo"), columnas_por_modulo())
    personas = escribir_personas(gente, CuentaDeModulos(modulos, por_modulo), ambito, ocupantes, aviso)
    escribir_asientos(asientos, ambito, ocupantes)
    escribir_lecciones(libro, ambito)
    escribir_leyenda(libro, ambito)
    return personas


def _resumen(libro: LibroLargo, ambito: Ambito, total: distritos.Totales) -> None:
    nombres = lugares.nombres()
    planilla = PlanillaLarga(libro, _("Resumen"), [(_("Dato"), 46), (_("Cantidad"), 40), (_("De un total de"), 18)])
    edicion = f"{ambito.edicion.curso} · {ambito.edicion.nombre}" if ambito.edicion else _("Sin edición abierta")
    planilla.agregar([_("Ámbito"), ", ".join(nombres.get(uno, uno) for uno in ambito.prefijos)])
    planilla.agregar([_("Curso y edición"), edicion])
    if ambito.edicion:
        planilla.agregar([_("La edición inicia"), ambito.edicion.inicia])
        planilla.agregar([_("La edición termina"), ambito.edicion.termina or _("Sin fecha")])
    planilla.agregar([_("Al día"), ambito.dia])
    planilla.agregar([_("Datos al"), ambito.ahora])
    planilla.agregar([_("Integrantes que terminaron"), total.terminaron, total.integrantes])
    planilla.agregar([_("Inscritas en el curso"), total.inscritas, total.integrantes])
    planilla.agregar([_("Empezaron"), total.empezaron, total.integrantes])
    planilla.agregar([_("En curso"), total.en_curso, total.integrantes])
    planilla.agregar([_("Con certificado vigente"), total.certificadas, total.integrantes])
    planilla.agregar([_("Distritos con su alcaldía al día"), total.alcaldias_al_dia, total.alcaldias])
    planilla.agregar([_("Asientos sin persona"), total.sin_persona, total.asientos])
    planilla.agregar([_("Asientos completos"), total.completos, total.asientos])
    if ambito.al is None:
        planilla.agregar(
            [_("Sin actividad en 14 días, de quienes no han terminado"), total.sin_actividad, total.pendientes]
        )
    planilla.agregar([_("Integran más de una instancia (cuentan una vez en el total)"), total.repetidas])
    if (despues := registrado_despues(ambito)) is not None:
        planilla.agregar([_("Registrado después de ese día: asientos que alguien ya ocupaba"), despues.entradas])
        planilla.agregar([_("Registrado después de ese día: salidas"), despues.salidas])
        planilla.agregar([_("Registrado después de ese día: personas que terminaron"), despues.terminos])


def _distritos(libro: LibroLargo, instancias: list[distritos.Instancia], pasos: dict[str, PasosDeLaInstancia]) -> None:
    columnas = [
        (_("Ubigeo"), 10),
        (_("Instancia"), 28),
        (_("Nivel"), 12),
        (_("Capital"), 22),
        (_("Atendida por"), 22),
        (_("Ordenanza de creación"), 26),
        (_("Instalada el"), 13),
        (_("Integrantes"), 12),
        (_("Inscritas"), 12),
        (_("Empezaron"), 12),
        (_("Terminaron"), 12),
        (_("Terminaron, titulares"), 12),
        (_("Terminaron, alternos"), 12),
        (_("Con certificado vigente"), 12),
        (_("Terminaron este mes"), 12),
        (_("Porcentaje"), 12),
        (_("Meta"), 8),
        (_("Asientos"), 10),
        (_("Asientos con persona"), 12),
        (_("Asientos sin persona"), 12),
        (_("Asientos completos"), 12),
    ]
    planilla = PlanillaLarga(libro, _("Distritos"), columnas)
    for instancia in instancias:
        paso = pasos.get(instancia.ubigeo, PasosDeLaInstancia())
        planilla.agregar(
            [
                instancia.ubigeo,
                instancia.nombre,
                _("Provincial") if instancia.es_provincial else _("Distrital"),
                instancia.capital,
                instancia.atendida_por,
                lugares.ordenanza_de(instancia.norma) if instancia.es_propia else "",
                instancia.instalada_el,
                instancia.integrantes,
                paso.inscritas,
                paso.empezaron,
                instancia.terminaron,
                paso.titulares,
                paso.alternos,
                paso.certificadas,
                instancia.este_mes,
                instancia.porcentaje if instancia.integrantes else None,
                instancia.meta,
                instancia.exigidos,
                instancia.con_persona,
                instancia.sin_persona,
                instancia.completos,
            ]
        )
