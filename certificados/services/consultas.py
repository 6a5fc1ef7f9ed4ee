"""Questions that pages ask. They only read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Value

from certificados.models import Certificado, Plantilla
from certificados.querysets import CertificadoQuerySet
from cursos.querysets import InscripcionQuerySet
from instancias.models import Persona
from instancias.politica import AlcanceEfectivo

from .emision import por_emitir, sin_certificado


def propios(*, persona: Persona) -> CertificadoQuerySet:
    """What a person may keep or must know: valid and annulled ones; a replaced one has its successor here."""
    propios = Certificado.objects.filter(persona=persona).exclude(estado=Certificado.Estado.REEMPLAZADO)
    return propios.order_by("-estado", "-anio", "-numero")  # «vigente» before «anulado»


def en_camino(*, persona: Persona) -> list[str]:
    """Titles of the courses this person finished and whose document is about to come out."""
    return list(por_emitir().filter(persona=persona).values_list("version__titulo", flat=True))


@dataclass(frozen=True)
class Filtro:
    """What staff chose to look at; always inside the scope."""

    alcance: AlcanceEfectivo
    territorio: str = ""
    texto: str = ""

    def prefijos(self) -> tuple[str, ...]:
        if self.territorio and self.alcance.cubre(self.territorio):
            return (self.territorio,)
        return self.alcance.prefijos

    def en_nombre(self) -> Q:
        return Q(persona__apellidos__icontains=self.texto) | Q(persona__nombres__icontains=self.texto)


def del_panel(filtro: Filtro) -> CertificadoQuerySet:
    certificados = Certificado.objects.bajo(filtro.prefijos())
    if filtro.texto:
        numero = filtro.texto.split("-")[0]
        condicion = filtro.en_nombre()
        if numero.isdecimal() and len(numero) < 10:
            condicion |= Q(numero=int(numero))
        certificados = certificados.filter(condicion)
    return certificados


def pendientes_del_panel(filtro: Filtro) -> InscripcionQuerySet:
    """Finished and still without document, with what is missing for it."""
    inscripciones = sin_certificado().bajo(filtro.prefijos())
    if filtro.texto:
        inscripciones = inscripciones.filter(filtro.en_nombre())
    return inscripciones.annotate(
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


def emitibles(filtro: Filtro, *, limite: int) -> list[int]:
    """Pending enrolments of the scope that can be issued now."""
    return list(
        por_emitir().bajo(filtro.prefijos()).order_by("terminada_en", "pk").values_list("pk", flat=True)[:limite]
    )
