"""«Personas y asientos»: the filters of the address, and whom they let through. The queue reads the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, Q, Value, When

from marco.numeros import entero_de
from marco.textos import con_palabras

from ..acceso.invitaciones import Invitacion, con_invitacion, en_camino, por_invitar
from ..models import FilaDePadron, Membresia, Persona
from ..politica import AlcanceEfectivo
from ..querysets import MembresiaQuerySet, PersonaQuerySet

LARGO_DE_LO_BUSCADO = 60


@dataclass(frozen=True)
class Pedido:
    """What an address asks for: words, a table, how far the invitation is, and who counts.

    ``lista``, the number of a list that was saved: only those it names, also whoever begins another day.
    """

    q: str = ""
    distrito: str = ""
    entro: str = ""
    quienes: str = ""
    lista: str = ""

    @classmethod
    def de(cls, datos: Mapping[str, str]) -> Pedido:
        campos = {campo: datos.get(campo, "") for campo in ("q", "distrito", "entro", "quienes", "lista")}
        lista = campos["lista"] if entero_de(campos["lista"]) is not None else ""
        return cls(**{**campos, "q": campos["q"].strip()[:LARGO_DE_LO_BUSCADO], "lista": lista})

    @property
    def vacio(self) -> bool:
        return self == Pedido()

    @property
    def consulta(self) -> str:
        return urlencode({"q": self.q, "distrito": self.distrito, "entro": self.entro, "quienes": self.quienes})

    @property
    def consulta_de_la_cola(self) -> str:
        """The same people, as the queue asks for them: who is in it, it knows by itself."""
        partes = {"q": self.q, "distrito": self.distrito, "quienes": self.quienes, "lista": self.lista}
        return urlencode({clave: valor for clave, valor in partes.items() if valor})

    def membresias(self, alcance: AlcanceEfectivo) -> MembresiaQuerySet:
        """Whom the words, the table and «Quiénes» let through."""
        if self.lista:
            nombradas = FilaDePadron.objects.filter(importacion=int(self.lista), persona__isnull=False)
            membresias = alcance.membresias().sin_terminar().filter(persona__in=nombradas.values("persona"))
        else:
            membresias = _de_quienes(alcance.membresias(), self.quienes)
        if self.q:
            membresias = membresias.filter(con_palabras(self.q, "persona__busqueda", "asiento__institucion__busqueda"))
        return membresias.filter(asiento__instancia__territorio_id=self.distrito) if self.distrito else membresias


def listar(alcance: AlcanceEfectivo, pedido: Pedido, *, ahora: datetime.datetime) -> MembresiaQuerySet:
    """The rows of the list, each with the state of its ``invitacion``: by table and seat, or by surname if searched."""
    por_asiento = ("asiento__instancia__territorio_id", "asiento__tipo__orden", "asiento__numero", "-calidad", "-desde")
    por_nombre = ("persona__orden_alfabetico", "persona_id", "-desde")
    membresias = con_invitacion(pedido.membresias(alcance), ahora=ahora, ruta="persona__")
    if pedido.entro in {"si", "no"}:
        membresias = membresias.filter(persona__ultimo_ingreso_en__isnull=pedido.entro == "no")
    elif pedido.entro in Invitacion.values:
        membresias = membresias.filter(invitacion=pedido.entro)
    return membresias.select_related(
        "persona", "asiento__tipo", "asiento__institucion", "asiento__instancia__territorio"
    ).order_by(*(por_nombre if pedido.q else por_asiento))


def cola(alcance: AlcanceEfectivo, pedido: Pedido, *, ahora: datetime.datetime) -> PersonaQuerySet:
    """Whom one may invite and nobody did yet, by surname; those whose phone nobody has, at the end."""
    sin_celular = Case(When(celular="", then=Value(True)), default=Value(False))
    de_la_lista = pedido.membresias(alcance).values("persona_id")
    personas = alcance.personas_a_cargo().filter(pk__in=de_la_lista)
    return (
        por_invitar(personas, ahora=ahora)
        .exclude(en_camino())
        .annotate(sin_celular=sin_celular)
        .order_by("sin_celular", "orden_alfabetico", "pk")
    )


def poner_asientos(personas: list[Persona], alcance: AlcanceEfectivo) -> None:
    """Tell each person where they sit, or will, inside the scope: ``asientos``. One statement."""
    for persona in personas:
        persona.asientos = []
    por_numero = {persona.pk: persona for persona in personas}
    de_ellas: MembresiaQuerySet = alcance.membresias().sin_terminar().filter(persona__in=por_numero)
    membresias = de_ellas.select_related("asiento__tipo", "asiento__instancia__territorio")
    for membresia in membresias.order_by("asiento__instancia__territorio_id", "asiento__tipo__orden"):
        asiento = membresia.asiento
        por_numero[membresia.persona_id].asientos.append(f"{asiento.tipo.corto} · {asiento.instancia.territorio}")


def de_la_institucion(palabra: str, *, prefijos: Iterable[str]) -> Q:
    """Condition on what has a person: they sit, or sat, for an institution of these territories with this word."""
    membresias = Membresia.objects.bajo(prefijos).filter(asiento__institucion__busqueda__contains=palabra)
    return Q(persona__in=membresias.values("persona_id"))


def _de_quienes(membresias: MembresiaQuerySet, quienes: str) -> MembresiaQuerySet:
    """Those in force today: the people that the panel counts. If asked, who begins later, or also who left."""
    if quienes == "por_empezar":
        return membresias.por_empezar()
    return membresias if quienes == "todas" else membresias.vigentes()
