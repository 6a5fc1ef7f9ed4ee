"""Undo a whole list: what it wrote goes, while nothing rests on it. What stays is said, by name and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import CASCADE, F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from marco.errores import ErrorDeDominio

from .. import rastro
from ..acceso.services.enlaces import acabar_con_los_asientos
from ..models import Asiento, FilaDePadron, Fusion, ImportacionDePadron, Institucion, Membresia, Persona
from ..politica import AlcanceEfectivo
from ..services.turnos import devolver, quitar_personas_sin_nada
from ..signals import asientos_deshechos
from .banco import exigir_ambito
from .estado import CON_CELULAR
from .guardar import DE_PERSONA, LOTE, huella

ANTES_BORRADO = "antes_borrado"


@dataclass
class Consecuencia:
    """What undoing a list does: who goes, who leaves a seat, whose data return, and who stays and why."""

    desde: datetime.datetime | None = None
    borradas: dict[int, Persona] = field(default_factory=dict)
    retiradas: list[Membresia] = field(default_factory=list)
    corregidas: dict[int, tuple[Persona, dict[str, str]]] = field(default_factory=dict)
    cesadas: list[list[Any]] = field(default_factory=list)
    quedan: list[tuple[Persona, str]] = field(default_factory=list)
    por_revisar: int = 0

    @property
    def hace_algo(self) -> bool:
        return bool(self.borradas or self.retiradas or self.corregidas or self.cesadas)


def se_puede_deshacer(importacion: ImportacionDePadron) -> bool:
    estados = (ImportacionDePadron.Estado.POR_REVISAR, ImportacionDePadron.Estado.CONFIRMADA)
    return importacion.estado in estados and bool(
        importacion.cesadas or importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).exists()
    )


def prever(importacion: ImportacionDePadron) -> Consecuencia:
    """Say what undoing it would do. Only reads, in sets."""
    que = Consecuencia()
    que.por_revisar = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR).count()
    hechos = [
        hecho
        for hecho in importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).values_list("hecho", flat=True)
        if hecho.keys() - {"persona", "asiento", CON_CELULAR}
    ]
    que.cesadas = [*importacion.cesadas, *(una for hecho in hechos for una in hecho.get("terminadas", ()))]
    nuevas = {hecho["persona"] for hecho in hechos if hecho.get("persona_nueva")}
    numeros = [hecho["membresia"] for hecho in hechos if "membresia" in hecho]
    personas = Persona.objects.in_bulk({hecho["persona"] for hecho in hechos if hecho.get("persona")})
    suyas = list(Membresia.objects.filter(pk__in=numeros).only("persona", "desde", "hasta"))
    for membresia in suyas:
        if persona := personas.get(membresia.persona_id):  # of another, if the registers of two were made one
            membresia.persona = persona
    que.desde = importacion.primera_en or importacion.decidida_en
    reparos = _reparos(personas, nuevas, numeros, desde=que.desde)
    reparos |= _unidas({*personas, *(m.persona_id for m in suyas)}, desde=que.desde)
    reparos |= {m.persona_id: _("ya dejó el asiento") for m in suyas if m.hasta and m.hasta != m.desde}
    que.retiradas = [m for m in suyas if m.persona_id not in reparos and m.hasta is None]
    que.borradas = {pk: personas[pk] for pk in nuevas if pk in personas and pk not in reparos}
    for hecho in hechos:
        _prever_datos(que, personas.get(hecho.get("persona")), hecho)
    tocadas = nuevas | {m.persona_id for m in suyas}
    personas |= {m.persona_id: m.persona for m in suyas}
    que.quedan += [(personas[pk], motivo) for pk, motivo in reparos.items() if pk in tocadas and pk in personas]
    return que


def _unidas(personas: set[int], *, desde: datetime.datetime | None) -> dict[int, str]:
    """Those who were made one with another register since then: what the list gave is not only theirs any more."""
    hechas = Fusion.objects.filter(hecha_en__gte=desde) if desde else Fusion.objects.all()
    pares = hechas.filter(deshecha_en__isnull=True).values_list("queda", "absorbida")
    return {quien: _("se unió con otro registro") for par in pares for quien in par if quien in personas}


def _prever_datos(que: Consecuencia, persona: Persona | None, hecho: dict[str, Any]) -> None:
    if persona is None:
        return
    if hecho.get(ANTES_BORRADO):
        que.quedan.append((persona, _("sus datos de antes ya no se guardan")))
    for campo, antes in hecho.get("antes", {}).items():
        if huella(getattr(persona, campo)) == hecho["ahora"][campo]:
            que.corregidas.setdefault(persona.pk, (persona, {}))[1][campo] = antes
        else:
            que.quedan.append((persona, _("sus datos se corrigieron después")))


def _reparos(
    personas: dict[int, Persona], nuevas: set[int], membresias: list[int], *, desde: datetime.datetime | None
) -> dict[int, str]:
    """Why a person keeps what the list gave them, by their number. The rooms above say what rests on a seat."""
    reparos: dict[int, str] = {}
    respondidos = {Membresia}
    for pregunta in hooks.get_hooks("en_que_descansa_un_asiento"):
        modelo, dichos = pregunta(list(personas), desde)
        respondidos.add(modelo)
        reparos |= dichos
    otras = Membresia.objects.filter(persona__in=nuevas).exclude(pk__in=membresias)
    reparos |= dict.fromkeys(otras.values_list("persona_id", flat=True), _("tiene otro asiento"))
    for relacion in Persona._meta.related_objects:
        modelo, campo = relacion.related_model, relacion.field
        if relacion.on_delete is CASCADE or modelo in respondidos:
            continue
        con_algo = modelo._base_manager.filter(**{f"{campo.name}__in": nuevas})
        texto = _("tiene registrado: %(que)s") % {"que": modelo._meta.verbose_name_plural}
        reparos |= dict.fromkeys(con_algo.values_list(campo.attname, flat=True), texto)
    entraron = (pk for pk in nuevas if pk in personas and (personas[pk].cuenta_id or personas[pk].ultimo_ingreso_en))
    return reparos | dict.fromkeys(entraron, _("ya entró al aula"))


@transaction.atomic
def deshacer(*, importacion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> Consecuencia:
    """Take back what a list wrote, once. Raises ``no_se_deshace`` and ``fuera_de_alcance``."""
    importacion = ImportacionDePadron.objects.select_for_update().get(pk=importacion_id)
    exigir_ambito(importacion, alcance)
    if not se_puede_deshacer(importacion):
        raise ErrorDeDominio("no_se_deshace", _("Esta lista ya se deshizo, o no guardó nada."))
    personas = importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).values("persona")
    # Whoever opens a link at this moment waits, and is seen: they entered first, or there is no link any more.
    list(Persona.objects.select_for_update().filter(pk__in=personas).order_by("pk").values_list("pk"))
    que = prever(importacion)
    _retirar(que, ahora)
    for persona, antes in que.corregidas.values():
        for campo, valor in antes.items():
            setattr(persona, campo, valor)
    Persona.objects.bulk_update([uno for uno, _antes in que.corregidas.values()], DE_PERSONA, batch_size=LOTE)
    rastro.anotar_lineas(_lineas(que, importacion), por=por, ahora=ahora)
    if que.retiradas:
        sentadas = {m.persona_id for m in que.retiradas}
        asientos_deshechos.send(sender=Membresia, personas=list(sentadas), desde=que.desde or ahora, ahora=ahora)
    _limpiar(importacion, que)
    que.cesadas = _devolver(que)
    importacion.filas.exclude(estado=FilaDePadron.Estado.GUARDADA).delete()
    importacion.filas.update(hecho={}, persona=None)
    importacion.estado, importacion.decidida_en = ImportacionDePadron.Estado.DESHECHA, ahora
    importacion.resumen = {
        **importacion.resumen,
        "deshecho": {
            "borradas": len(que.borradas),
            "retiradas": len(que.retiradas),
            "corregidas": len(que.corregidas),
            "devueltas": len(que.cesadas),
            "quedan": [[persona.pk, motivo] for persona, motivo in que.quedan],
        },
    }
    importacion.save(update_fields=["estado", "decidida_en", "resumen"])
    return que


def _retirar(que: Consecuencia, ahora: datetime.datetime) -> None:
    """Memberships of who stays registered were never held; those of who goes are no more."""
    ayer = timezone.localdate(ahora) - datetime.timedelta(days=1)
    numeros = [m.pk for m in que.retiradas]
    retiradas = Membresia.objects.filter(pk__in=numeros)
    retiradas.update(hasta=F("desde"), motivo_de_cese=_("Se deshizo la lista"), cese_registrado_en=ahora)
    acabar_con_los_asientos(personas={m.persona_id for m in que.retiradas}, ultimo_dia=ayer, ahora=ahora)


def _limpiar(importacion: ImportacionDePadron, que: Consecuencia) -> None:
    """Take away people, seats and institutions that the list brought, if nothing is left in them."""
    Membresia.objects.filter(pk__in=[m.pk for m in que.retiradas], persona__in=que.borradas).delete()
    quitar_personas_sin_nada(list(que.borradas))
    hechos = list(importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).values_list("hecho", flat=True))
    vigentes = set(Membresia.objects.exclude(hasta=F("desde")).values_list("asiento_id", flat=True))
    abiertos = {hecho["asiento"] for hecho in hechos if hecho.get("asiento_nuevo")} - vigentes
    Membresia.objects.filter(asiento__in=abiertos, pk__in=[m.pk for m in que.retiradas]).delete()
    _borrar_libres(Asiento, abiertos)
    for hecho in hechos:
        if "institucion_puesta" in hecho and hecho["asiento"] not in vigentes:
            Asiento.objects.filter(pk=hecho["asiento"], institucion=hecho["institucion_puesta"]).update(
                institucion=None
            )
    _borrar_libres(Institucion, {hecho["institucion_nueva"] for hecho in hechos if "institucion_nueva" in hecho})


def _borrar_libres(modelo: Any, numeros: Iterable[int]) -> None:
    """Delete those that nothing points at. One statement for each relation, however many rows."""
    libres = set(numeros)
    for relacion in modelo._meta.related_objects if libres else ():
        campo = relacion.field
        usados = relacion.related_model._base_manager.filter(**{f"{campo.name}__in": libres})
        libres -= set(usados.values_list(campo.attname, flat=True))
    modelo.objects.filter(pk__in=libres).delete()


def _devolver(que: Consecuencia) -> list[list[Any]]:
    """Give their seat back to those whom a complete list took it from, unless somebody else has it now."""
    devueltas = []
    for cesada in que.cesadas:
        try:
            with transaction.atomic():
                devolver(terminadas=[cesada], creadas=[])
            devueltas.append(cesada)
        except (ErrorDeDominio, ProtectedError):
            if membresia := Membresia.objects.filter(pk=cesada[0]).select_related("persona").first():
                que.quedan.append((membresia.persona, _("su asiento ya cambió otra vez")))
    return devueltas


def _lineas(que: Consecuencia, importacion: ImportacionDePadron) -> Iterable[rastro.Linea]:
    de_esta = {"importacion": importacion.pk}
    for membresia in que.retiradas:
        yield "instancias.deshacer_lista", membresia.persona, {"membresia": membresia.pk, **de_esta}
    for persona, antes in que.corregidas.values():
        yield "instancias.deshacer_lista", persona, {"campos": sorted(antes), **de_esta}
