"""Questions that pages ask. They only read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value

from certificados.models import Certificado, Plantilla
from certificados.querysets import CertificadoQuerySet
from cursos.models import DecisionDeRetiro, Inscripcion
from cursos.querysets import InscripcionQuerySet
from instancias.consultas.personas import de_la_institucion
from instancias.models import Persona
from instancias.nombres_propios import se_imprime
from instancias.politica import AlcanceEfectivo
from marco.numeros import entero_de
from marco.textos import con_palabras

from .por_emitir import ganados, por_emitir, sin_certificado


def propios(*, persona: Persona) -> CertificadoQuerySet:
    """What a person may keep or must know: valid and annulled ones; a replaced one has its successor here.

    Those that stayed behind, with a register made one with theirs, are theirs too.
    """
    suyos = Certificado.objects.filter(Q(persona=persona) | Q(persona__absorbida_por=persona))
    propios = suyos.exclude(estado=Certificado.Estado.REEMPLAZADO)
    return propios.order_by("-estado", "-anio", "-numero")  # «vigente» before «anulado»


def con_sus_ediciones(suyos: CertificadoQuerySet, *, persona: Persona, hoy: datetime.date) -> CertificadoQuerySet:
    """The same, each with whether its person goes on in another edition of its course: ``en_otra``."""
    otras = Inscripcion.objects.activas().a_tiempo(hoy).exclude(edicion=OuterRef("edicion"))
    en_otra = otras.filter(
        persona=persona, curso=OuterRef("curso"), terminada_en__isnull=True, edicion__inicia__lte=hoy
    )
    return suyos.annotate(en_otra=Exists(en_otra))


@dataclass(frozen=True)
class EnCamino:
    """A course that a person finished and whose document has not come out.

    ``desde``: when it does, if it must wait. ``sale_solo``: nothing of the office is missing for it.
    """

    titulo: str
    desde: datetime.datetime | None
    sale_solo: bool


def en_camino(*, persona: Persona, ahora: datetime.datetime) -> list[EnCamino]:
    """Return what this person finished and has no document yet. One statement."""
    esperan = DecisionDeRetiro.objects.por_deshacer(ahora).filter(pk=OuterRef("decision_id"))
    suyos = sin_certificado().filter(persona=persona)
    filas = suyos.annotate(
        espera=Subquery(esperan.values("firme_desde")), sale=Exists(ganados().filter(pk=OuterRef("pk")))
    ).values_list("version__titulo", "espera", "sale")
    se_puede_escribir = se_imprime(persona.nombre_completo)
    return [EnCamino(titulo, espera, sale and se_puede_escribir) for titulo, espera, sale in filas]


def se_quedo_sin_terminar(*, persona: Persona, hoy: datetime.date) -> bool:
    """Whether every course of a person reached its last day unfinished: none will give a document any more."""
    suyas = Inscripcion.objects.activas().filter(persona=persona).exclude(estado=Inscripcion.Estado.TERMINADA)
    return suyas.exists() and not suyas.a_tiempo(hoy).exists()


LARGO_DEL_REGISTRO = 5


@dataclass(frozen=True)
class Filtro:
    """What staff chose to look at; always inside the scope."""

    alcance: AlcanceEfectivo
    territorio: str = ""
    texto: str = ""

    def en_institucion(self, palabra: str) -> Q:
        return de_la_institucion(palabra, prefijos=self.prefijos())

    def prefijos(self) -> tuple[str, ...]:
        if self.territorio and self.alcance.cubre(self.territorio):
            return (self.territorio,)
        return self.alcance.prefijos


def del_panel(filtro: Filtro) -> CertificadoQuerySet:
    certificados = Certificado.objects.bajo(filtro.prefijos())
    if filtro.texto:
        numero = filtro.texto.split("-")[0]
        # The name on the paper may have been corrected, and the person's own may have changed since.
        condicion = con_palabras(filtro.texto, "busqueda", "persona__busqueda", ademas=filtro.en_institucion)
        if (del_libro := entero_de(numero)) is not None:
            del_registro = Q(numero=del_libro)
            # A short number is that of the registry: it is also somewhere inside many documents.
            condicion = condicion | del_registro if len(numero) > LARGO_DEL_REGISTRO else del_registro
        certificados = certificados.filter(condicion)
    return certificados


def pendientes_del_panel(filtro: Filtro) -> InscripcionQuerySet:
    """Finished and still without document, with what is missing for it."""
    inscripciones = sin_certificado().bajo(filtro.prefijos())
    if filtro.texto:
        condicion = con_palabras(filtro.texto, "persona__busqueda", ademas=filtro.en_institucion)
        inscripciones = inscripciones.filter(condicion)
    return inscripciones.annotate(
        espera=Subquery(
            DecisionDeRetiro.objects.sin_cerrar().filter(pk=OuterRef("decision_id")).values("firme_desde")[:1]
        ),
        con_plantilla=Exists(Plantilla.objects.filter(Q(curso_id=OuterRef("curso_id")) | Q(curso__isnull=True))),
        horas=F("version__horas"),
    )


def cuentas(filtro: Filtro) -> dict[str, int]:
    """How many there are of each state, in one statement."""
    por_estado = del_panel(filtro).order_by().annotate(clase=F("estado")).values("clase").annotate(n=Count("pk"))
    por_salir = (
        pendientes_del_panel(filtro)
        .order_by()
        .annotate(clase=Value("pendiente"))
        .values("clase")
        .annotate(n=Count("pk"))
    )
    filas = por_estado.values_list("clase", "n").union(por_salir.values_list("clase", "n"), all=True)
    cuantas = dict(filas)
    vigente = Certificado.Estado.VIGENTE.value
    pendientes = cuantas.pop("pendiente", 0)
    return {
        "pendientes": pendientes,
        "emitidos": cuantas.pop(vigente, 0),
        "anulados": sum(cuantas.values()),
    }


def emitibles(filtro: Filtro, *, limite: int, ahora: datetime.datetime) -> list[int]:
    """Pending enrolments of the scope that can be issued now."""
    return list(
        por_emitir(ahora=ahora)
        .bajo(filtro.prefijos())
        .order_by("terminada_en", "pk")
        .values_list("pk", flat=True)[:limite]
    )
