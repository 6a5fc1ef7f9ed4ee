"""What becomes of the rows of this room that are of a person, when two registers are made one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.errores import ErrorDeDominio

from ..fusiones import Movido, Parte, Reparto, pasan_las_que_caben
from ..models import (
    Consentimiento,
    DatoDeclarado,
    EnlaceDeAcceso,
    EnvioPorCorreo,
    FilaDePadron,
    Membresia,
    PedidoDeDatos,
    Persona,
)
from ..politica import AlcanceEfectivo

UN_DIA = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Turno:
    """A membership as days: what is compared, and cut where the same person would hold one seat twice."""

    pk: int
    asiento: int
    calidad: str
    desde: datetime.date
    hasta: datetime.date | None
    suya: bool  # of the register that stays

    @property
    def peso(self) -> tuple[bool, bool]:
        return self.calidad == Membresia.Calidad.TITULAR, self.suya

    @property
    def vacio(self) -> bool:
        """Never held: see ``querysets.vigente``."""
        return self.hasta == self.desde

    def choca_con(self, otro: Turno) -> bool:
        if self.vacio or otro.vacio or self.asiento != otro.asiento:
            return False
        return (self.hasta is None or otro.desde <= self.hasta) and (otro.hasta is None or self.desde <= otro.hasta)

    def sin_los_de(self, otro: Turno) -> Turno:
        """The days that are not of the other: those after it, if there are; else those before; else none."""
        if otro.hasta is not None and (self.hasta is None or self.hasta > otro.hasta):
            return replace(self, desde=otro.hasta + UN_DIA)
        if self.desde < otro.desde:
            return replace(self, hasta=otro.desde - UN_DIA)
        return replace(self, hasta=self.desde)


def encajar(turnos: Iterable[Turno]) -> list[Turno]:
    """The turns that must be cut so that nobody holds one seat twice on a day, as they are left.

    Of two, the one as titular stays whole; of two alike, that of the register that stays.
    """
    firmes: list[Turno] = []
    cortados = []
    for turno in sorted(turnos, key=lambda uno: (*(not parte for parte in uno.peso), uno.desde, uno.pk)):
        queda = turno
        for otro in firmes:
            if queda.suya != otro.suya and queda.choca_con(otro):
                queda = queda.sin_los_de(otro)
        firmes.append(queda)
        if queda != turno:
            cortados.append(queda)
    return cortados


def _turnos(queda: Persona, absorbida: Persona) -> list[Turno]:
    filas = Membresia.objects.filter(persona__in=(queda.pk, absorbida.pk)).order_by("pk")
    return [Turno(m.pk, m.asiento_id, m.calidad, m.desde, m.hasta, suya=m.persona_id == queda.pk) for m in filas]


class Asientos(Parte):
    """Every seat passes, with its days. Where both held one seat at once, the days counted twice are taken away."""

    modelo = Membresia
    titulo = gettext_lazy("Asientos")
    restricciones = ("membresia_una_vigente_por_calidad", "membresia_una_vigente_por_persona")

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return Reparto(pasan=tuple(self.de(absorbida)))

    def decir(self, reparto: Reparto, queda: Persona, absorbida: Persona, alcance: AlcanceEfectivo) -> dict[int, str]:
        filas = Membresia.objects.filter(persona__in=(queda.pk, absorbida.pk))
        de_aqui = set(alcance.membresias().filter(pk__in=filas.values("pk")).values_list("pk", flat=True))
        filas = filas.select_related("asiento__tipo", "asiento__instancia__territorio").order_by("-desde", "pk")
        return {m.pk: _en_palabras(m) if m.pk in de_aqui else _("Un asiento en otro lugar") for m in filas}

    def notar(self, reparto: Reparto, queda: Persona, absorbida: Persona) -> dict[int, str]:
        return {
            turno.pk: _("Queda sin efecto: esos días ya tiene ese mismo asiento.")
            if turno.vacio
            else _("Queda %(dias)s: los demás días ya tiene ese mismo asiento.")
            % {"dias": _dias(turno.desde, turno.hasta)}
            for turno in encajar(_turnos(queda, absorbida))
        }

    def preparar(self, reparto: Reparto, queda: Persona, absorbida: Persona, ahora: datetime.datetime) -> Any:
        turnos = {turno.pk: turno for turno in _turnos(queda, absorbida)}
        notas = []
        for queda_asi in encajar(turnos.values()):
            era = turnos[queda_asi.pk]
            suya = Membresia.objects.filter(pk=era.pk)
            motivo = suya.values_list("motivo_de_cese", flat=True).get()
            nuevo = _("Se unió con otro registro de la misma persona") if queda_asi.hasta else motivo
            suya.update(desde=queda_asi.desde, hasta=queda_asi.hasta, motivo_de_cese=nuevo)
            antes, ahora_es = ([_iso(uno.desde), _iso(uno.hasta)] for uno in (era, queda_asi))
            notas.append([era.pk, *antes, motivo, *ahora_es])
        return notas

    def reponer(self, preparado: Any) -> list[str]:
        dichas = []
        for pk, desde, hasta, motivo, nuevo_desde, nuevo_hasta in preparado:
            membresia = Membresia.objects.filter(pk=pk).select_related("asiento__tipo").first()
            if membresia is None:
                continue
            if [_iso(membresia.desde), _iso(membresia.hasta)] != [nuevo_desde, nuevo_hasta]:
                frase = _("El asiento «%(asiento)s» cambió después: queda como está.")
                dichas.append(frase % {"asiento": membresia.asiento})
                continue
            membresia.desde, membresia.hasta = _dia(desde) or membresia.desde, _dia(hasta)
            if _alguien_mas(membresia):
                frase = _("No se puede deshacer: otra persona tomó después el asiento «%(asiento)s».")
                raise ErrorDeDominio("ya_cambio", frase % {"asiento": membresia.asiento})
            membresia.motivo_de_cese = motivo
            membresia.save(update_fields=["desde", "hasta", "motivo_de_cese"])
        return dichas


def _alguien_mas(membresia: Membresia) -> bool:
    """Whether somebody holds the seat, in the same quality, on one of these days."""
    otras = Membresia.objects.sin_terminar(membresia.desde).exclude(pk=membresia.pk)
    otras = otras.filter(asiento=membresia.asiento_id, calidad=membresia.calidad)
    if membresia.hasta == membresia.desde:
        return False
    return (otras.filter(desde__lte=membresia.hasta) if membresia.hasta else otras).exists()


def _en_palabras(membresia: Membresia) -> str:
    return _("%(calidad)s · %(asiento)s, %(lugar)s, %(dias)s") % {
        "calidad": membresia.get_calidad_display(),
        "asiento": membresia.asiento.tipo.corto,
        "lugar": membresia.asiento.instancia.territorio,
        "dias": _dias(membresia.desde, membresia.hasta),
    }


def _dias(desde: datetime.date, hasta: datetime.date | None) -> str:
    if hasta == desde:
        return _("sin efecto")
    if hasta is None:
        return _("desde el %(desde)s") % {"desde": date_format(desde)}
    return _("del %(desde)s al %(hasta)s") % {"desde": date_format(desde), "hasta": date_format(hasta)}


def _iso(dia: datetime.date | None) -> str:
    return dia.isoformat() if dia else ""


def _dia(iso: str) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


class Avisos(Parte):
    """What the person accepted passes, but what the register that stays accepted too."""

    modelo = Consentimiento
    restricciones = ("consentimiento_vigente_unico",)

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return pasan_las_que_caben(self, queda, absorbida, ("version",))


class Declarados(Parte):
    """What the person said of themselves passes, but what the register that stays says too."""

    modelo = DatoDeclarado
    restricciones = ("dato_declarado_uno_por_campo",)

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return pasan_las_que_caben(self, queda, absorbida, ("campo",))


class Enlaces(Parte):
    """The link that was open opens nothing any more: it would open a register that does not come in."""

    modelo = EnlaceDeAcceso

    def preparar(self, reparto: Reparto, queda: Persona, absorbida: Persona, ahora: datetime.datetime) -> Any:
        abiertos = EnlaceDeAcceso.objects.filter(persona=absorbida, usado_en__isnull=True, anulado_en__isnull=True)
        abiertos.update(anulado_en=ahora)
        return None


class Envios(Parte):
    """What was about to go out by e-mail does not: its link would open nothing."""

    modelo = EnvioPorCorreo

    def preparar(self, reparto: Reparto, queda: Persona, absorbida: Persona, ahora: datetime.datetime) -> Any:
        por_salir = EnvioPorCorreo.objects.filter(persona=absorbida, estado=EnvioPorCorreo.Estado.POR_ENVIAR)
        por_salir.update(estado=EnvioPorCorreo.Estado.NO_SALIO)
        return None


class Pedidos(Parte):
    """What the person asked about their data passes, but a second one of the same kind that waits for its answer."""

    modelo = PedidoDeDatos
    restricciones = ("pedido_uno_por_responder_de_cada_clase",)

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        esperan = PedidoDeDatos.objects.filter(persona=queda, estado=PedidoDeDatos.Estado.RECIBIDO)
        ya = set(esperan.values_list("clase", flat=True))
        pasan: list[int] = []
        quedan: list[int] = []
        suyos = PedidoDeDatos.objects.filter(persona=absorbida).order_by("pk")
        for pk, clase, estado in suyos.values_list("pk", "clase", "estado"):
            (quedan if estado == PedidoDeDatos.Estado.RECIBIDO and clase in ya else pasan).append(pk)
        return Reparto(pasan=tuple(pasan), quedan=tuple(quedan))


class Absorbidas(Parte):
    """Registers that were hidden before behind the one that is hidden now: they name the one that stays."""

    modelo = Persona
    campo = "absorbida_por"

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return Reparto(pasan=tuple(self.de(absorbida)))


class FilasGuardadas(Parte):
    """Rows of lists already saved that say by number whom they are about."""

    modelo = FilaDePadron

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return Reparto(pasan=tuple(self.de(absorbida)))


def de_esta_sala() -> list[Parte]:
    return [
        Asientos(),
        Avisos(),
        Declarados(),
        Enlaces(),
        Envios(),
        Pedidos(),
        Absorbidas(),
        FilasGuardadas(),
    ]
