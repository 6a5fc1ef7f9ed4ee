"""Change of authorities: who leaves a seat the day before, who takes it, and what stays vacant. One act for many seats.

``planear_relevo`` says what would happen, seat by seat, and writes nothing; ``relevar`` plans again inside its
transaction and writes it whole, or nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.errores import ErrorDeDominio
from marco.lineas import linea_limpia
from marco.restricciones import otra_vez

from ..errores import DocumentoDeOtraPersona, PersonaAjena
from ..identidad import se_escriben_igual
from ..models import Asiento, Membresia, Persona, Relevo
from ..nombres_propios import nombre_limpio
from ..politica import AlcanceEfectivo
from ..signals import membresias_creadas
from .personas import UN_SOLO_DOCUMENTO, UN_SOLO_OCUPANTE
from .turnos import Fin, apuntar, terminar, ultimo_dia_de

LOTE = 1000
# A number of each is never one of the other: a DNI has eight, a foreigner's card nine or more.
CON_NUMERO = (Persona.Documento.DNI.value, Persona.Documento.CARNE_DE_EXTRANJERIA.value)
UNA_SOLA_OPERACION = (Relevo, "operacion")


class Decision(models.TextChoices):
    """What becomes of the titular, or the alterno, of a seat."""

    SIGUE = "sigue", gettext_lazy("Sigue como está")
    PERSONA = "persona", gettext_lazy("Entra otra persona")
    ALTERNO = "alterno", gettext_lazy("Pasa a titular quien es alterno")
    VACANTE = "vacante", gettext_lazy("Aún no se sabe quién")


@dataclass(frozen=True)
class Sucesor:
    """Who comes, as typed. Of somebody in one's charge the document is enough."""

    documento: str
    nombres: str = ""
    apellidos: str = ""
    celular: str = ""
    tipo_de_documento: str = Persona.Documento.DNI.value


@dataclass(frozen=True)
class Cambio:
    """What was decided of a seat and quality. ``vistas`` are the memberships that were on the screen, if any was."""

    asiento: int
    calidad: str
    decision: str
    sucesor: Sucesor | None = None
    vistas: frozenset[int] | None = None


@dataclass
class Paso:
    """What a decision does: who leaves, who enters, and from which other quality of the same seat."""

    asiento: Asiento
    calidad: str
    decision: str
    salen: list[Membresia] = field(default_factory=list)
    entra: Persona | None = None
    deja: list[Membresia] = field(default_factory=list)
    ya_estaba: Persona | None = None
    codigo: str = ""
    problema: str = ""

    @property
    def cambia(self) -> bool:
        return bool(self.salen or self.entra)

    @property
    def queda_vacante(self) -> bool:
        return bool(self.salen) and self.entra is None

    def falla(self, codigo: str, problema: str) -> None:
        self.codigo, self.problema, self.entra, self.salen, self.deja = codigo, problema, None, [], []


class ErrorDeRelevo(ErrorDeDominio):
    """Some seats cannot change as was asked; nothing was saved. ``pasos`` says which and why."""

    def __init__(self, pasos: Sequence[Paso]) -> None:
        super().__init__(pasos[0].codigo, pasos[0].problema)
        self.pasos = pasos


def planear_relevo(
    *, cambios: Iterable[Cambio], desde: datetime.date, alcance: AlcanceEfectivo, ahora: datetime.datetime
) -> list[Paso]:
    """Return what each decision would do, in the same order. Five statements, whatever the number of seats.

    Raises ``fuera_de_alcance`` when one of the seats lies elsewhere.
    """
    cambios = list(cambios)
    numeros = {cambio.asiento for cambio in cambios}
    asientos = alcance.asientos().select_related("tipo", "instancia__territorio").in_bulk(numeros)
    if numeros - asientos.keys():
        raise ErrorDeDominio("fuera_de_alcance", _("Ese asiento está fuera de su territorio."))
    en_turno = _DesdeElDia(cambios, desde, alcance, timezone.localdate(ahora))
    pasos = [Paso(asientos[cambio.asiento], cambio.calidad, cambio.decision) for cambio in cambios]
    for cambio, paso in zip(cambios, pasos, strict=True):
        if cambio.decision != Decision.SIGUE:
            en_turno.decidir(cambio, paso)
    en_turno.revisar_repetidos(pasos)
    return pasos


class _DesdeElDia:
    """Who sits on the seats at hand from the first day on, and who is known by the documents typed."""

    def __init__(
        self, cambios: list[Cambio], desde: datetime.date, alcance: AlcanceEfectivo, hoy: datetime.date
    ) -> None:
        self.desde, self.hoy, self.alcance = desde, hoy, alcance
        self.ocupan: dict[int, list[Membresia]] = {}
        numeros = {cambio.asiento for cambio in cambios}
        sentadas = Membresia.objects.sin_terminar(desde).filter(asiento__in=numeros)
        for membresia in sentadas.select_related("persona").order_by("desde", "pk"):
            self.ocupan.setdefault(membresia.asiento_id, []).append(membresia)
        documentos = {cambio.sucesor.documento for cambio in cambios if cambio.sucesor}
        self.personas = Persona.objects.por_documento(documentos, CON_NUMERO)
        self.ajenas = alcance.ajenas(self.personas.values())
        pks = [persona.pk for persona in self.personas.values()]
        self.a_cargo = set(alcance.personas_a_cargo().filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
        self.escritas: dict[str, Persona] = {}

    def decidir(self, cambio: Cambio, paso: Paso) -> None:
        del_asiento = self.ocupan.get(cambio.asiento, [])
        suyas = [m for m in del_asiento if m.calidad == cambio.calidad]
        if paso.asiento.estado == Asiento.Estado.NO_APLICA or not paso.asiento.instancia.es_propia:
            return paso.falla("asiento_no_aplica", _("Ese asiento no se usa en este lugar."))
        if cambio.vistas is not None and cambio.vistas != {m.pk for m in suyas}:
            frase = _("Mientras tanto cambió quien ocupa este asiento. Mire quién está ahora y decida otra vez.")
            return paso.falla("cambio_mientras", frase)
        if frase := next((_ya_paso(m, m.hasta) for m in suyas if m.hasta and m.hasta < self.hoy), ""):
            return paso.falla("asiento_ocupado", frase)
        try:
            entra = self._quien_entra(cambio, del_asiento)
        except ErrorDeDominio as error:
            return paso.falla(error.codigo, str(error))
        except ValidationError as error:
            return paso.falla("nombre", " ".join(error.messages))
        if entra is not None and any(m.persona_id == entra.pk and m.desde <= self.desde for m in suyas):
            paso.ya_estaba = entra
            return None
        paso.salen, paso.entra = suyas, entra
        if entra is not None and entra.pk:
            paso.deja = [m for m in del_asiento if m.persona_id == entra.pk and m.calidad != cambio.calidad]
        return None

    def _quien_entra(self, cambio: Cambio, del_asiento: list[Membresia]) -> Persona | None:
        if cambio.decision == Decision.VACANTE:
            return None
        if cambio.decision == Decision.ALTERNO:
            alterno = next(
                (m for m in del_asiento if m.calidad == Membresia.Calidad.ALTERNO and m.desde <= self.desde), None
            )
            if alterno is None or cambio.calidad != Membresia.Calidad.TITULAR:
                raise ErrorDeDominio("sin_alterno", _("Ese día el asiento no tiene alterno que pase a titular."))
            return alterno.persona
        if cambio.sucesor is None:
            raise ErrorDeDominio("falta_sucesor", _("Escriba quién entra."))
        return self._sucesor(cambio.sucesor)

    def _sucesor(self, escrito: Sucesor) -> Persona:
        persona = self.personas.get(escrito.documento)
        if persona and persona.pk in self.ajenas:
            # Before the name is compared: the answer must not tell whether it was the right one.
            raise PersonaAjena
        solo_documento = not escrito.nombres and not escrito.apellidos
        if persona and persona.pk in self.a_cargo and solo_documento:
            return self._con_celular(persona, escrito)
        if not escrito.nombres or not escrito.apellidos:
            raise ErrorDeDominio("faltan_nombres", _("Escriba los nombres y los apellidos de quien entra."))
        nombre = nombre_limpio(escrito.nombres), nombre_limpio(escrito.apellidos)
        if persona is None:
            nueva = Persona(
                tipo_de_documento=escrito.tipo_de_documento,
                documento=escrito.documento,
                nombres=nombre[0],
                apellidos=nombre[1],
            )
            persona = self.escritas.setdefault(escrito.documento, nueva)
            if not se_escriben_igual((persona.nombres, persona.apellidos), nombre):
                raise ErrorDeDominio(
                    "dos_nombres", _("Ese documento está en otra fila con otro nombre. Revise cuál es el correcto.")
                )
        elif not se_escriben_igual((persona.nombres, persona.apellidos), nombre):
            raise DocumentoDeOtraPersona(persona, escrito.documento)
        return self._con_celular(persona, escrito)

    def _con_celular(self, persona: Persona, escrito: Sucesor) -> Persona:
        """A phone fills the one that was missing; what was known stays."""
        persona.celular = persona.celular or escrito.celular
        return persona

    def revisar_repetidos(self, pasos: list[Paso]) -> None:
        """One person takes a seat in one quality only."""
        vistos: set[tuple[int, str]] = set()
        for paso in pasos:
            quien = paso.entra or paso.ya_estaba
            if quien is None:
                continue
            clave = (paso.asiento.pk, quien.documento)
            if clave in vistos:
                frase = _("La misma persona no puede ser titular y alterno del mismo asiento.")
                paso.falla("dos_calidades", frase)
            vistos.add(clave)


def _ya_paso(membresia: Membresia, hasta: datetime.date) -> str:
    return _("El asiento tuvo %(calidad)s hasta el %(dia)s: %(nombre)s. Elija una fecha posterior.") % {
        "calidad": membresia.get_calidad_display().lower(),
        "dia": date_format(hasta),
        "nombre": membresia.persona.nombre_discreto.rstrip("."),
    }


@otra_vez(UNA_SOLA_OPERACION, UN_SOLO_DOCUMENTO, *UN_SOLO_OCUPANTE)
def relevar(
    *,
    cambios: Iterable[Cambio],
    desde: datetime.date,
    designacion: str,
    operacion: UUID,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
) -> Relevo:
    """End the holders the day before, seat their successors, and keep what it takes to undo it. Whole or not at all.

    The same operation twice returns the first act. Raises ``ErrorDeRelevo``, ``nada_que_cambiar`` and
    ``fuera_de_alcance``.
    """
    if hecho := Relevo.objects.filter(operacion=operacion).first():
        return hecho
    cambios = list(cambios)
    _esperar_turno({cambio.asiento for cambio in cambios}, desde)
    pasos = planear_relevo(cambios=cambios, desde=desde, alcance=alcance, ahora=ahora)
    if malos := [paso for paso in pasos if paso.problema]:
        raise ErrorDeRelevo(malos)
    if not any(paso.cambia for paso in pasos):
        raise ErrorDeDominio("nada_que_cambiar", _("No hay nada que cambiar: todos siguen como están."))
    designacion = linea_limpia(designacion)
    nuevas = _guardar_personas(pasos)
    terminan = {m.pk: m for paso in pasos for m in (*paso.salen, *paso.deja)}
    fines = [Fin(membresia, ultimo_dia_de(membresia, desde)) for membresia in terminan.values()]
    siguen = {m.persona_id for paso in pasos for m in paso.deja}
    terminadas = terminar(fines=fines, siguen=siguen, ahora=ahora)
    sentadas = [
        Membresia(
            persona=paso.entra,
            asiento=paso.asiento,
            calidad=paso.calidad,
            desde=desde,
            designacion=designacion,
            registrada_en=ahora,
        )
        for paso in pasos
        if paso.entra is not None
    ]
    Membresia.objects.bulk_create(sentadas, batch_size=LOTE)
    ids = [membresia.pk for membresia in sentadas]
    relevo = Relevo.objects.create(
        operacion=operacion,
        desde=desde,
        designacion=designacion,
        terminadas=terminadas,
        creadas=ids,
        registradas=[persona.pk for persona in nuevas],
        hecho_por=por,
        hecho_en=ahora,
    )
    apuntar(fines=fines, sentadas=sentadas, registradas=nuevas, de={"relevo": relevo.pk}, por=por, ahora=ahora)
    if ids:
        transaction.on_commit(lambda: membresias_creadas.send(sender=Membresia, ids=ids))
    return relevo


def _esperar_turno(asientos: set[int], desde: datetime.date) -> None:
    """Two handovers of a seat at once go one after the other; so do a handover and whoever gives a link or an end."""
    list(Asiento.objects.select_for_update().filter(pk__in=asientos).order_by("pk").values_list("pk"))
    quienes = Membresia.objects.sin_terminar(desde).filter(asiento__in=asientos).values_list("persona_id", flat=True)
    list(Persona.objects.select_for_update().filter(pk__in=list(quienes)).order_by("pk").values_list("pk"))


def _guardar_personas(pasos: list[Paso]) -> list[Persona]:
    """Register those who are new, and the phone of those who had none and let it be kept. Return the new ones."""
    entran = {paso.entra.documento: paso.entra for paso in pasos if paso.entra is not None}
    nuevas = [persona for persona in entran.values() if persona.pk is None]
    conocidas = [persona for persona in entran.values() if persona.pk is not None and persona.celular]
    Persona.objects.bulk_create(nuevas, batch_size=LOTE)
    if conocidas:
        suyas = Persona.objects.filter(pk__in=[p.pk for p in conocidas], celular="")
        sin_celular = set(suyas.values_list("pk", flat=True)) - set(suyas.sin_aceptar().values_list("pk", flat=True))
        Persona.objects.bulk_update([p for p in conocidas if p.pk in sin_celular], ["celular"], batch_size=LOTE)
    return nuevas
