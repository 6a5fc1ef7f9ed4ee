"""People behind a number: the lists. Each filter of the address is here, and says in words what it lets through."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateTimeField, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cursos.models import Avance, RequisitoDeVersion
from instancias.acceso.accesos import Acceso, acceso
from instancias.acceso.invitaciones import Invitacion, con_invitacion
from instancias.models import Persona
from marco.de_estos import en_fila
from marco.preparadas import Preparada

from ..models import Recordatorio
from . import definiciones as d
from . import motivos
from .ambito import Ambito
from .ayuda import entre, personas_por_ayudar
from .de_una import de_un_lugar
from .plazos import sigue
from .situacion import FORMAS, Situacion, con_situacion, sin_actividad

Condicion = Callable[[Ambito], Q]


@dataclass(frozen=True)
class Filtro:
    """A list that an address may ask for. ``contrario`` is the rest of the same people.

    ``solo_de_hoy``: what it asks is not known of another day. ``por_ayudar``: only those who need help.
    """

    clave: str
    titulo: str | Promise
    condicion: Condicion
    contrario: str = ""
    solo_de_hoy: bool = False
    por_ayudar: bool = False


def _tarde(ambito: Ambito) -> Q:
    tardias = d.membresias_del(ambito).filter(d.supo_despues(ambito))
    return Q(pk__in=tardias.order_by().values("persona_id"))


FILTROS = {
    filtro.clave: filtro
    for filtro in (
        Filtro("integrantes", _("Integrantes"), lambda ambito: Q()),
        Filtro("terminaron", _("Terminaron"), d.termino, "pendientes"),
        Filtro("este_mes", _("Terminaron este mes"), d.este_mes),
        Filtro("pendientes", _("Todavía no terminan"), d.sin_terminar, "terminaron"),
        Filtro("sin_actividad", _("Sin actividad en 14 días"), sin_actividad, solo_de_hoy=True),
        Filtro("en_curso", _("En curso"), lambda ambito: d.sin_terminar(ambito) & d.empezo(ambito)),
        Filtro("en_otra", _("Siguen en otra edición del curso"), d.sigue_en_otra),
        Filtro("ayuda", _("Necesitan ayuda"), d.sin_terminar, solo_de_hoy=True, por_ayudar=True),
        Filtro("no_empezaron", _("No empezaron"), lambda ambito: d.sin_empezar(ambito) & ~d.sigue_en_otra(ambito)),
        Filtro("inscritas", _("Inscritas en el curso"), lambda ambito: d.inscritas()),
        Filtro("empezaron", _("Empezaron"), d.empezo),
        Filtro("certificadas", _("Con certificado vigente"), d.certificadas),
        Filtro("registrado_despues", _("Registradas después de ese día"), _tarde),
    )
}


@dataclass
class FilaDePersona:
    """A person as the lists show it."""

    id: int
    nombres: str
    apellidos: str
    celular: str
    situacion: str
    hechas: int
    requeridas: int
    ultima: datetime.datetime | None
    ingreso: datetime.datetime | None
    asientos: list[str] = field(default_factory=list)
    motivo: str = ""
    avisado_en: datetime.datetime | None = None
    acceso: str = Acceso.CON_CLAVE
    invitacion: str = ""
    mensaje: Any = None
    orden: int = 0  # in «A quién recordar»: the place of the reason, and since when they wait
    espera: datetime.datetime | None = None
    hasta: datetime.date | None = None  # more days than the edition, where they were given
    tramos: list[Any] = field(default_factory=list)  # how each module goes, where it is told

    @property
    def se_avisa(self) -> bool:
        """Whether there is something to tell, and a way to be told that still opens."""
        return bool(self.motivo and (self.mensaje or self.acceso == Acceso.SIN_CLAVE))

    @property
    def aviso(self) -> str:
        """How «Ya avisé» names this person and the reason; empty where there is nothing to tell them."""
        return f"p{self.id}-{self.motivo}" if self.motivo else ""

    @property
    def nombre(self) -> str:
        return f"{self.nombres} {self.apellidos}".strip()

    @property
    def del_enlace(self) -> str:
        """How far the invitation of whoever never came in is, or cannot come back, in words."""
        dicha = self.invitacion and (not self.ingreso or self.invitacion == Invitacion.SIN_CLAVE)
        return str(Invitacion(self.invitacion).label) if dicha else ""

    @property
    def forma(self) -> str:
        return FORMAS[Situacion(self.situacion)]

    @property
    def estado(self) -> str:
        """The state in words: «3 de 8» says more than «En curso»."""
        if self.situacion == Situacion.EN_CURSO and self.requeridas:
            return f"{self.hechas} de {self.requeridas}"
        return str(Situacion(self.situacion).label)


CAMPOS = (
    "pk",
    "nombres",
    "apellidos",
    "celular",
    "situacion",
    "insc__hechas",
    "insc__requeridas",
    "ultima",
    "ultimo_ingreso_en",
)


def listar(
    ambito: Ambito,
    filtro: Filtro,
    *,
    unidad: int | None = None,
    hecha: bool = True,
    piden_ayuda: Collection[int] | None = None,
) -> QuerySet[Persona]:
    """People of a filter, by surname. With a unit, those who finished it, or those who did not.

    ``piden_ayuda``: who needs help, where that is known already.
    """
    personas = d.personas_del(ambito).filter(filtro.condicion(ambito))
    if filtro.por_ayudar:
        personas = personas.filter(pk__in=personas_por_ayudar(ambito) if piden_ayuda is None else piden_ayuda)
    if unidad is not None:
        pedida = RequisitoDeVersion.objects.filter(version=OuterRef("insc__version_id"), unidad=unidad)
        suya = Avance.objects.filter(inscripcion=OuterRef("insc__pk"), unidad=unidad)
        terminada = suya.filter(terminado_en__lt=ambito.corte)
        personas = personas.filter(Exists(pedida), Exists(terminada) if hecha else ~Exists(terminada))
    personas = con_invitacion(personas, ahora=ambito.ahora)
    return con_situacion(personas, ambito, por_ayudar=()).order_by("orden_alfabetico", "pk")


def filas(
    personas: QuerySet[Persona],
    ambito: Ambito,
    filtro: Filtro | None = None,
    *,
    piden_ayuda: Collection[int] | None = None,
) -> list[FilaDePersona]:
    """Read a page of people, and who of them needs help. Two statements; one where that is known already.

    Of today, also why each who may still go on is to be told something, and when somebody last was.
    """
    leidas = []
    se_avisa = ambito.al is None and not ambito.retirado
    campos = (*CAMPOS, "invitacion", "acceso", "insc__hasta", "lugar_del_motivo", "avisado_en")
    encontradas = _con_motivo(personas, ambito).values_list(*campos)
    for *datos, invitacion, entra, hasta, lugar, avisado_en in encontradas:
        fila = leer_fila(tuple(datos), de_hoy=ambito.al is None)
        fila.acceso, fila.hasta, fila.avisado_en = entra, hasta, avisado_en
        fila.invitacion = invitacion if ambito.al is None else ""
        if se_avisa and fila.situacion != Situacion.EN_OTRA:
            motivo = motivos.leer(lugar, termino=fila.situacion == Situacion.TERMINO)
            fila.motivo = motivo if motivo == motivos.Motivo.APLICACION or sigue(hasta, ambito) else ""
        leidas.append(fila)
    ids = [fila.id for fila in leidas]
    if filtro and filtro.por_ayudar:
        piden_ayuda = ids
    por_ayudar = set(personas_por_ayudar(ambito, entre=ids) if piden_ayuda is None else piden_ayuda)
    for fila in leidas:
        if fila.id in por_ayudar and fila.situacion != Situacion.TERMINO:
            fila.situacion = Situacion.AYUDA
            fila.motivo = motivos.Motivo.AYUDA if se_avisa and sigue(fila.hasta, ambito) else ""
    return leidas


def _con_motivo(personas: QuerySet[Persona], ambito: Ambito) -> QuerySet[Persona]:
    de_hoy = ambito.al is None
    avisos = Recordatorio.objects.filter(persona=OuterRef("pk")).order_by("-hecho_en").values("hecho_en")[:1]
    return personas.annotate(
        acceso=acceso(),
        lugar_del_motivo=motivos.orden(ambito, por_ayudar=()) if de_hoy else Value(None, IntegerField()),
        avisado_en=Subquery(avisos) if de_hoy else Value(None, DateTimeField()),
    )


def leer_fila(datos: tuple, *, de_hoy: bool = True) -> FilaDePersona:
    """Read a row. Parts done, last activity and last entry are known of today only."""
    pk, nombres, apellidos, celular, situacion, hechas, requeridas, ultima, ingreso = datos
    if not de_hoy:
        hechas, requeridas, ultima, ingreso = 0, 0, None, None
    return FilaDePersona(pk, nombres, apellidos, celular, situacion, hechas or 0, requeridas or 0, ultima, ingreso)


def poner_asientos(ambito: Ambito, leidas: Iterable[FilaDePersona]) -> None:
    """Tell each person where they sit, inside the scope only. One statement."""
    por_id: dict[int, list[FilaDePersona]] = {}
    for fila in leidas:
        por_id.setdefault(fila.id, []).append(fila)
    if not por_id:
        return
    for persona, asiento, territorio in _donde_se_sientan(ambito, en_fila(por_id)):
        for fila in por_id[persona]:
            fila.asientos.append(f"{asiento} · {territorio}")


def _donde_se_sientan(ambito: Ambito, personas: str) -> Iterable[tuple[Any, ...]]:
    if ambito.instancia or len(ambito.convocados) != 1 or ambito.edicion is None:
        return _asientos_de(ambito, personas)
    edicion: dict[str, Any] = {"edicion": ambito.edicion.id, "con_tipos": ambito.edicion.con_tipos}
    return ASIENTOS(personas=personas, lugar=ambito.convocados[0], dia=ambito.dia, **edicion)


def _asientos_de(ambito: Ambito, personas: str) -> QuerySet:
    return (
        d.membresias_del(ambito)
        .filter(entre("persona", personas))
        .order_by("asiento__instancia__territorio_id", "asiento__tipo__orden")
        .values_list("persona_id", "asiento__tipo__corto", "asiento__instancia__territorio__nombre")
    )


def _en_un_lugar(*, personas: str, lugar: str, dia: datetime.date, edicion: int, con_tipos: bool) -> QuerySet:
    return _asientos_de(de_un_lugar(lugar, edicion=edicion, dia=dia, con_tipos=con_tipos), personas)


ASIENTOS = Preparada(_en_un_lugar, se_anota=False)
