"""What undoing a list would do: who goes, who leaves a seat, whose data return, and who stays and why. Only reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CASCADE
from django.utils.translation import gettext as _
from wagtail import hooks

from ...models import FilaDePadron, Fusion, ImportacionDePadron, Membresia, Persona
from ..guardado.guardar import Hecho, huella
from ..planes.estado import CON_CELULAR

ANTES_BORRADO = "antes_borrado"
DESHECHA = "deshecha"  # of a row of a list that is being undone by parts: what it wrote is no more


@dataclass
class Consecuencia:
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
    """Say what undoing it would do."""
    guardadas = importacion.filas.filter(estado=FilaDePadron.Estado.GUARDADA).values_list("hecho", flat=True)
    hechos = [hecho for hecho in guardadas if DESHECHA not in hecho]
    que = prever_de(importacion, hechos)
    que.por_revisar = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR).count()
    que.cesadas = [*importacion.cesadas, *terminadas_en(hechos)]
    return que


def terminadas_en(hechos: Iterable[Hecho]) -> list[list[Any]]:
    """The memberships that rows ended, where they say it themselves."""
    return [una for hecho in hechos for una in hecho.get("terminadas", ())]


def prever_de(importacion: ImportacionDePadron, hechos: Sequence[Hecho]) -> Consecuencia:
    """The same of some rows, by what they wrote. All those of a person and of a seat come together. Reads in sets."""
    que = Consecuencia(desde=importacion.primera_en or importacion.decidida_en)
    hechos = [hecho for hecho in hechos if hecho.keys() - {"persona", "asiento", CON_CELULAR}]
    nuevas = {hecho["persona"] for hecho in hechos if hecho.get("persona_nueva")}
    numeros = [hecho["membresia"] for hecho in hechos if "membresia" in hecho]
    personas = Persona.objects.in_bulk({hecho["persona"] for hecho in hechos if hecho.get("persona")})
    suyas = list(Membresia.objects.filter(pk__in=numeros).only("persona", "desde", "hasta"))
    for membresia in suyas:
        if persona := personas.get(membresia.persona_id):  # of another, if the registers of two were made one
            membresia.persona = persona
    reparos = _reparos(personas, nuevas, numeros, desde=que.desde)
    reparos |= _unidas({*personas, *(m.persona_id for m in suyas)}, desde=que.desde)
    reparos |= {m.persona_id: _("ya dejó el asiento") for m in suyas if m.hasta and m.hasta != m.desde}
    que.retiradas = [m for m in suyas if m.persona_id not in reparos and m.hasta is None]
    que.borradas = {pk: personas[pk] for pk in nuevas if pk in personas and pk not in reparos}
    for hecho in hechos:
        _prever_datos(que, personas.get(hecho.get("persona", 0)), hecho)
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
