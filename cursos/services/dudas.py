"""A doubt: asked once, answered by who follows its person or writes its course, and said to be read."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from instancias import rastro
from instancias.models import Persona
from instancias.politica import alcance_de
from marco.restricciones import otra_vez
from marco.visibles import aviso_de_invisible

from .. import dudas as reglas
from ..consultas.dudas import dudas_que_responde
from ..errores import CursoError
from ..models import Duda, Inscripcion, Unidad


class ConDatosDeAlguien(CursoError):
    """The text holds what looks like the document or the phone of somebody: it is told once, and the person decides."""

    def __init__(self, datos: tuple[str, ...]) -> None:
        mensaje = ngettext(
            "«%(dato)s» parece un documento, un teléfono o un correo. Si es de una persona, quítelo: su duda se "
            "entiende sin él.",
            "«%(dato)s» parecen documentos, teléfonos o correos. Si son de una persona, quítelos: su duda se "
            "entiende sin ellos.",
            len(datos),
        )
        super().__init__("con_datos", mensaje % {"dato": "», «".join(datos)})
        self.huella = reglas.huella_de(datos)


@otra_vez((Duda, "duda_una_por_envio"))
def preguntar(
    *,
    inscripcion: Inscripcion,
    unidad: Unidad,
    paso: tuple[str, int, str],
    texto: str,
    operacion: uuid.UUID,
    visto: str = "",
    ahora: datetime.datetime,
) -> Duda:
    """Leave a doubt in a step: its identifier, its number and its title. The same form sent twice is one.

    ``visto`` is what the person was already told about their numbers. Raises ``sin_texto``, ``muy_largo``,
    ``mal_escrito``, ``demasiadas`` and ``ConDatosDeAlguien``.
    """
    if hecha := Duda.objects.filter(inscripcion=inscripcion, operacion=operacion).first():
        return hecha
    limpio = leer_texto(texto, falta=_("Escriba su duda."), maximo=reglas.LARGO)
    datos = reglas.datos_en(limpio)
    if datos and not reglas.ya_avisado(datos, visto):
        raise ConDatosDeAlguien(datos)
    _sin_pasarse(inscripcion.persona, ahora)
    identidad, numero, titulo = paso
    return Duda.objects.create(
        inscripcion=inscripcion,
        unidad=unidad,
        paso=identidad,
        numero_de_paso=numero,
        titulo_del_paso=titulo[:255],
        texto=limpio,
        operacion=operacion,
        hecha_en=ahora,
    )


def leer_texto(texto: str, *, falta: str, maximo: int) -> str:
    """Return a text of several lines as it is kept. Raises ``sin_texto``, ``muy_largo`` and ``mal_escrito``."""
    limpio = reglas.en_renglones(texto)
    if not limpio:
        raise CursoError("sin_texto", falta)
    if len(limpio) > maximo:
        mensaje = _("El texto es muy largo: tiene %(hay)d letras. Escriba hasta %(n)d.")
        raise CursoError("muy_largo", mensaje % {"hay": len(limpio), "n": maximo})
    if aviso := aviso_de_invisible(limpio):
        raise CursoError("mal_escrito", aviso)
    return limpio


def _sin_pasarse(persona: Persona, ahora: datetime.datetime) -> None:
    desde = timezone.localtime(ahora).replace(hour=0, minute=0, second=0, microsecond=0)
    de_hoy = Duda.objects.filter(inscripcion__persona=persona, hecha_en__gte=desde, hecha_en__lte=ahora)
    if de_hoy.count() >= reglas.POR_DIA:
        mensaje = _("Hoy ya dejó %(n)d dudas. Mañana puede dejar más; si no puede esperar, escriba o llame.")
        raise CursoError("demasiadas", mensaje % {"n": reglas.POR_DIA})


def retirar(*, persona: Persona, duda_id: int) -> bool:
    """Take back a doubt of one's own that nobody answered: nothing of it is kept. Returns whether it was there."""
    suyas = Duda.objects.por_responder().filter(pk=duda_id, inscripcion__persona=persona)
    return bool(suyas.delete()[0])


def marcar_leidas(*, persona: Persona, ahora: datetime.datetime) -> int:
    """The person says that they read every answer. Returns how many were new."""
    return Duda.objects.sin_leer().filter(inscripcion__persona=persona).update(leida_en=ahora)


@transaction.atomic
def responder(*, duda_id: int, texto: str, por: Any, ahora: datetime.datetime, sobre: str = "") -> Duda:
    """Answer a doubt, or correct its answer: then it is new again for who asked.

    ``sobre`` is the answer that was on the screen: two people who answer at once do not write over each other.
    Raises ``fuera_de_alcance``, ``ya_respondida``, and what ``leer_texto`` raises.
    """
    duda = _al_alcance(duda_id, por, ahora)
    limpio = leer_texto(texto, falta=_("Escriba la respuesta."), maximo=reglas.LARGO_DE_LA_RESPUESTA)
    if limpio == duda.respuesta:
        return duda
    if reglas.en_renglones(sobre) != duda.respuesta:
        mensaje = _("Mientras usted escribía se guardó otra respuesta: «%(otra)s». Si guarda otra vez, queda la suya.")
        raise CursoError("ya_respondida", mensaje % {"otra": duda.respuesta})
    duda.respuesta, duda.respondida_en, duda.respondida_por, duda.leida_en = limpio, ahora, por, None
    duda.save(update_fields=["respuesta", "respondida_en", "respondida_por", "leida_en"])
    de_quien = [duda.inscripcion.persona_id]
    rastro.cambio(accion="cursos.responder_duda", personas=de_quien, por=por, ahora=ahora)
    return duda


def _al_alcance(duda_id: int, por: Any, ahora: datetime.datetime) -> Duda:
    """For this act alone. Absent and out of reach are the same answer."""
    alcance = alcance_de(por, hoy=timezone.localdate(ahora))
    if not dudas_que_responde(por, alcance).filter(pk=duda_id).exists():
        raise CursoError("fuera_de_alcance", _("Esa duda no está a su cargo."))
    filas = Duda.objects.select_for_update(of=("self",)).select_related("inscripcion", "unidad__curso")
    return filas.get(pk=duda_id)
