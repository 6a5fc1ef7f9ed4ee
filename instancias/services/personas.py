"""Acts on people and the seats they hold: register, correct, take over, leave. One function each."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.lineas import linea_limpia
from marco.restricciones import choco_con, otra_vez

from .. import rastro
from ..acceso.services.cuenta import exigir_que_acepte
from ..acceso.services.enlaces import acabar_con_el_asiento
from ..errores import DocumentoDeOtraPersona, PersonaAjena
from ..identidad import se_escriben_igual
from ..models import Asiento, Membresia, Persona
from ..nombres_propios import nombre_limpio
from ..politica import AlcanceEfectivo
from ..signals import membresias_creadas
from .asientos import abrir_asiento, completar_institucion, exigir_alcance

UN_SOLO_DOCUMENTO = (Persona, "persona_documento_unico")
UN_SOLO_OCUPANTE = (
    (Membresia, "membresia_una_vigente_por_calidad"),
    (Membresia, "membresia_una_vigente_por_persona"),
)


@transaction.atomic
def sentar(
    *,
    persona: Persona,
    asiento: Asiento,
    calidad: str,
    designacion: str,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    desde: datetime.date | None = None,
) -> Membresia:
    """Give a seat to a person from today, or from the day given; doing it twice returns the first membership.

    Nobody may hold it on any day from then on. The database keeps one membership without end for each seat and
    quality, and an end only ever comes closer, so what was free when it was asked stays free.

    Raises ``fuera_de_alcance``, ``asiento_ocupado``, ``asiento_no_aplica`` and ``otra_calidad``.
    """
    exigir_alcance(asiento, alcance)
    persona = _quien_queda(persona)
    if asiento.estado == Asiento.Estado.NO_APLICA or not asiento.instancia.es_propia:
        raise ErrorDeDominio("asiento_no_aplica", _("Ese asiento no se usa en este lugar."))
    desde = desde or timezone.localdate(ahora)
    de_ese_asiento = Membresia.objects.sin_terminar(desde).filter(asiento=asiento)
    vigentes = list(de_ese_asiento.order_by("desde").select_related("persona"))
    for vigente in vigentes:
        if vigente.persona_id == persona.pk:
            if vigente.calidad == calidad:
                if vigente.desde <= desde and not (vigente.hasta and vigente.hasta < timezone.localdate(ahora)):
                    return vigente
                continue
            raise ErrorDeDominio("otra_calidad", _("Esa persona ya está en el asiento con la otra calidad."))
    ocupante = next((m for m in vigentes if m.calidad == calidad), None)
    if ocupante:
        raise ErrorDeDominio("asiento_ocupado", _ocupado_por_dias(ocupante, desde) or _ocupado(ocupante))
    try:
        with transaction.atomic():
            membresia = Membresia.objects.create(
                persona=persona,
                asiento=asiento,
                calidad=calidad,
                designacion=linea_limpia(designacion),
                desde=desde,
                registrada_en=ahora,
            )
    except IntegrityError as error:
        if not choco_con(error, *UN_SOLO_OCUPANTE):
            raise
        # Two clicks at once: if the one that won is of this same person, both did the same.
        suya = de_ese_asiento.filter(persona=persona, calidad=calidad, desde__lte=desde).first()
        if suya is not None:
            return suya
        raise ErrorDeDominio("asiento_ocupado", _("Otra persona acaba de tomar ese asiento.")) from error
    rastro.anotar(accion="instancias.sentar", persona=persona, por=por, datos={"asiento": asiento.pk})
    transaction.on_commit(lambda: membresias_creadas.send(sender=Membresia, ids=[membresia.pk]))
    return membresia


def _quien_queda(persona: Persona) -> Persona:
    """The person, for this act alone; of a register that was hidden at this very moment, the one that stays."""
    tomada = Persona.objects.select_for_update(of=("self",)).get(pk=persona.pk)
    return Persona.objects.get(pk=tomada.absorbida_por_id) if tomada.absorbida_por_id else persona


def _ocupado(membresia: Membresia) -> str:
    return _("El asiento ya tiene %(calidad)s: %(nombre)s. Si lo dejó, toque «Entregar el asiento» en su página.") % {
        "calidad": membresia.get_calidad_display().lower(),
        "nombre": membresia.persona.nombre_discreto.rstrip("."),
    }


def _ocupado_por_dias(membresia: Membresia, dia: datetime.date) -> str:
    """Say which days are taken, when they are not all: whose turn comes later, or who has not left yet."""
    espera = membresia.desde > dia
    limite = membresia.desde if espera else membresia.hasta
    if limite is None:
        return ""
    frase = (
        _(
            "Desde el %(dia)s el asiento ya tiene %(calidad)s: %(nombre)s. "
            "Si no lo tomará, toque «Entregar el asiento» en su página."
        )
        if espera
        else _("El asiento tiene %(calidad)s hasta el %(dia)s: %(nombre)s. Elija una fecha posterior.")
    )
    return frase % {
        "dia": date_format(limite),
        "calidad": membresia.get_calidad_display().lower(),
        "nombre": membresia.persona.nombre_discreto.rstrip("."),
    }


@otra_vez(UN_SOLO_DOCUMENTO)
def registrar_persona(
    *,
    documento: str,
    nombres: str,
    apellidos: str,
    celular: str,
    asiento: Asiento,
    calidad: str,
    designacion: str,
    institucion: str = "",
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    desde: datetime.date | None = None,
    tipo_de_documento: str = Persona.Documento.DNI.value,
) -> Persona:
    """Register a person and their seat at once, opening the seat if it was not.

    A document already known is given the seat, and the phone if there was none and they did not refuse that it be
    kept: what was known stays.

    Raises what ``sentar`` raises; ``documento_ajeno`` when another place answers for that person,
    ``documento_de_otra_persona`` when the document has another name; and ValidationError for what is no name.
    """
    nombres, apellidos = nombre_limpio(nombres), nombre_limpio(apellidos)
    persona = Persona.objects.por_documento([documento], [tipo_de_documento]).get(documento)
    if persona and alcance.ajenas([persona]):
        # Before the name is compared: the answer must not tell whether it was the right one.
        raise PersonaAjena
    if persona and not se_escriben_igual((persona.nombres, persona.apellidos), (nombres, apellidos)):
        raise DocumentoDeOtraPersona(persona, documento)
    if persona is None:
        exigir_alcance(asiento, alcance)
        persona = Persona.objects.create(
            tipo_de_documento=tipo_de_documento,
            documento=documento,
            nombres=nombres,
            apellidos=apellidos,
            celular=celular,
        )
        rastro.anotar(accion="instancias.registrar", persona=persona, por=por)
    elif celular and not persona.celular and not persona.no_acepta():
        persona.celular = celular
        persona.save(update_fields=["celular"])
        rastro.anotar(accion="instancias.cambiar_celular", persona=persona, por=por)
    if asiento.pk is None:
        asiento = abrir_asiento(asiento=asiento, alcance=alcance)
    sentar(
        persona=persona,
        asiento=asiento,
        calidad=calidad,
        designacion=designacion,
        alcance=alcance,
        por=por,
        ahora=ahora,
        desde=desde,
    )
    completar_institucion(asiento=asiento, nombre=institucion)
    return persona


@transaction.atomic
def corregir_datos(
    *,
    persona: Persona,
    nombres: str,
    apellidos: str,
    celular: str,
    documento: str = "",
    correo: str | None = None,
    por: Any,
) -> Persona:
    """Correct name, phone and, if they are given, DNI and e-mail. A certificate keeps what it was issued with.

    Raises ``documento_repetido`` when somebody else has that DNI, ``no_acepta`` when this person answered that no
    phone or e-mail of them be kept, and ValidationError for what is no name.
    """
    escrito = {"nombres": nombre_limpio(nombres), "apellidos": nombre_limpio(apellidos), "celular": celular}
    if documento:
        escrito["documento"] = documento
    if correo is not None:
        escrito["correo"] = correo
    cambios = {campo: valor for campo, valor in escrito.items() if getattr(persona, campo) != valor}
    if cambios.get("celular") or cambios.get("correo"):
        exigir_que_acepte(persona)
    try:
        with transaction.atomic():
            if "documento" in cambios:
                _tomar_el_de_su_otro_registro(persona, cambios["documento"])
            Persona.objects.filter(pk=persona.pk).update(**cambios)
    except IntegrityError as error:
        if not choco_con(error, UN_SOLO_DOCUMENTO):
            raise
        raise ErrorDeDominio(
            "documento_repetido", _("Ese documento ya está registrado para otra persona. Revise el número.")
        ) from error
    for campo, valor in cambios.items():
        setattr(persona, campo, valor)
    rastro.anotar(accion="instancias.corregir", persona=persona, por=por, datos={"campos": sorted(cambios)})
    return persona


def _tomar_el_de_su_otro_registro(persona: Persona, documento: str) -> None:
    """Of a person with two registers made one, the hidden one had this document: it keeps the one that is left."""
    suyas = Persona.objects.filter(absorbida_por=persona, tipo_de_documento=persona.tipo_de_documento)
    if otra := suyas.filter(documento=documento).first():
        de_antes = Persona.objects.values_list("documento", flat=True).get(pk=persona.pk)
        Persona.objects.filter(pk=otra.pk).update(documento=f"~{otra.pk}")
        Persona.objects.filter(pk=persona.pk).update(documento=documento)
        Persona.objects.filter(pk=otra.pk).update(documento=de_antes)


@transaction.atomic
def cesar(
    *,
    membresia: Membresia,
    motivo: str,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    ultimo_dia: datetime.date | None = None,
) -> None:
    """End a membership. The person's progress and certificates stay; the seat is free for the next one.

    A personal link that was open ends with the seat: whoever made it may answer for that person no longer.

    Without a last day the seat is free now, and today is already of whoever takes it (see ``querysets.vigente``).
    Raises ``fuera_de_alcance``; ending it twice changes nothing, and an end can be brought closer, never put off.
    """
    exigir_alcance(membresia.asiento, alcance)
    # A link that is being made now waits, and counts with this end.
    Persona.objects.select_for_update().get(pk=membresia.persona_id)
    motivo = linea_limpia(motivo)
    ayer = timezone.localdate(ahora) - datetime.timedelta(days=1)
    hasta = max(ultimo_dia or ayer, membresia.desde)
    por_terminar = Q(hasta__isnull=True) | Q(hasta__gt=hasta) & Q(hasta__gt=ayer)
    tocadas = Membresia.objects.filter(por_terminar, pk=membresia.pk).update(
        hasta=hasta, motivo_de_cese=motivo, cese_registrado_en=ahora
    )
    if tocadas:
        ultimo = hasta if hasta > membresia.desde else ayer
        acabar_con_el_asiento(persona=membresia.persona, ultimo_dia=ultimo, ahora=ahora)
        rastro.anotar(accion="instancias.cesar", persona=membresia.persona, por=por, datos={"membresia": membresia.pk})
