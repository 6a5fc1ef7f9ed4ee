"""One table: whom to help today and how, where each person stopped, and its seats."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from instancias import rastro
from instancias.acceso.guardas import personal_requerido

from .. import chispa, mensajes
from ..consultas import actividad, ayuda, capacitadas, contadas, distritos, donde, personas, plazos, recordar
from ..consultas.ambito import Ambito
from ..consultas.distritos import Instancia
from ..consultas.instancia import asientos_abiertos, asientos_de_la_instancia
from ..forms_plazos import PlazoForm
from .comun import ambito_de, base, en_el_lugar, exigir_en_alcance, firma_de
from .mensajes_de_filas import con_mensaje, con_su_mensaje
from .paginas import pagina_por_clave, por_pk

SILLAS_POR_PAGINA = 16  # each with its titular and its alterno
A_QUIENES_HOY = 5


@require_safe
@personal_requerido
def ver(request: HttpRequest, ubigeo: str) -> HttpResponse:
    exigir_en_alcance(request.alcance, ubigeo)
    ambito = en_el_lugar(ambito_de(request), ubigeo)
    suyas = contadas.del_ambito(ambito)
    instancia = next(iter(suyas.instancias() if suyas else distritos.instancias(ambito)), None)
    if instancia is None:
        raise Http404
    por_ayudar = suyas.por_ayudar() if suyas else ayuda.personas_por_ayudar(ambito)
    sillas = asientos_abiertos(ambito)
    pagina = pagina_por_clave(
        request,
        sillas,
        por_pk(sillas, "tipo__orden", "numero"),
        lambda cuales: asientos_de_la_instancia(ambito, por_ayudar=por_ayudar, sillas=cuales),
        contados=sum(fila.exigidos + fila.no_aplican for fila in instancia.asientos),
        cuantas=SILLAS_POR_PAGINA,
    )
    turnos = [turno for asiento in pagina.filas for turno in asiento.turnos.values()]
    vistas = [una.id for turno in turnos for una in (turno.persona, turno.siguiente) if una]
    sentadas = [turno.persona for turno in turnos if turno.persona]
    de_hoy = _de_hoy(request, ambito, suyas, instancia, por_ayudar, sentadas) if ambito.al is None else {}
    rastro.se_vio(request, [*vistas, *de_hoy.pop("vistas", [])])
    semanas = actividad.por_semana(ambito).get(ubigeo, [0] * actividad.SEMANAS)
    contexto = {
        **base(request, ambito),
        "instancia": instancia,
        "nombre": mensajes.nombre_de_la_instancia(instancia),
        "asientos": pagina.filas,
        "pagina": pagina,
        "chispa": chispa.dibujar(semanas),
        "chispa_en_palabras": chispa.contar(semanas),
        "para_el_grupo": mensajes.al_grupo(instancia, ahora=ambito.dia, **mensajes.como_esta(ambito)),
        "para_el_papel": mensajes.personas_sin_nombre(instancia, **mensajes.como_esta(ambito)),
        **de_hoy,
    }
    return render(request, "kuska/seguimiento/distrito.html", contexto)


def _de_hoy(
    request: HttpRequest,
    ambito: Ambito,
    suyas: contadas.DeLasInstancias | None,
    instancia: Instancia,
    por_ayudar: list[int],
    sentadas: list[personas.FilaDePersona],
) -> dict[str, Any]:
    """Whom to help and where each one stopped: known of today only."""
    gente = _primeras(ambito, suyas, por_ayudar)
    van = donde.donde_van(ambito, por_ayudar=por_ayudar)
    de_los_modulos = [fila for parada in van.paradas for fila in parada.filas]
    personas.poner_asientos(ambito, [*gente, *de_los_modulos])
    con_su_mensaje([*sentadas, *de_los_modulos], firma_de(request), ambito)
    return {
        "vistas": [fila.id for fila in (*gente, *de_los_modulos)],
        "por_recordar": con_mensaje(gente[:A_QUIENES_HOY], firma_de(request), ambito),
        "hay_mas_por_recordar": len(gente) > A_QUIENES_HOY,
        "por_ayudar": len(por_ayudar),
        "paradas": van.paradas,
        "sin_empezar": van.sin_empezar,
        "en_otra": van.en_otra,
        "estado": capacitadas.estados_de(ambito, [instancia]).get(instancia.ubigeo),
        "prorrogas": plazos.del_territorio(ambito),
        "form_de_plazo": _form_de_plazo(ambito),
        "ocultos_del_plazo": [("edicion", ambito.edicion_id)],
    }


def _primeras(
    ambito: Ambito, suyas: contadas.DeLasInstancias | None, por_ayudar: list[int]
) -> list[personas.FilaDePersona]:
    """Whom to remind first, and one more where there are more."""
    if suyas is None:
        return recordar.filas(recordar.personas(ambito, por_ayudar=por_ayudar)[: A_QUIENES_HOY + 1])
    claves = contadas.juntar(suyas.en_espera()).claves[: A_QUIENES_HOY + 1]
    return recordar.estas(ambito, {pk: orden for orden, _espera, pk in claves}) if claves else []


def _form_de_plazo(ambito: Ambito) -> PlazoForm | None:
    """To give more days, where the edition has a last one and the course is there to go on with."""
    if ambito.al or ambito.retirado or not ambito.edicion or not ambito.edicion.termina:
        return None
    return PlazoForm(hoy=ambito.hoy, alcanzadas=plazos.alcanzadas(ambito), auto_id="plazo-%s")
