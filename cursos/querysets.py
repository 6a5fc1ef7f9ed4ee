"""Questions about units, editions, enrolments and progress."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from instancias.models import Membresia
from instancias.querysets import bajo

A_LA_VISTA = Q(retirada_en__isnull=True, pagina__isnull=False)
EN_PAUSA = Q(retirada_en__isnull=False, en_pausa=True)


def ya_termino(dia: datetime.date, ruta: str = "") -> Q:
    """Condition on an enrolment: its last day passed, with what staff gave. ``Inscripcion.termino`` says the same."""
    sin_mas = Q(**{f"{ruta}hasta__isnull": True}) | Q(**{f"{ruta}hasta__lt": dia})
    return Q(**{f"{ruta}edicion__termina__lt": dia}) & sin_mas


class UnidadQuerySet(models.QuerySet):
    def cursos(self) -> Self:
        return self.filter(clase="curso")

    def vigentes(self) -> Self:
        """Units whose page is published."""
        return self.filter(A_LA_VISTA)

    def pausadas(self) -> Self:
        """Parts of a course that are out of sight and still asked for."""
        return self.filter(EN_PAUSA, curso__isnull=False)


class DecisionDeRetiroQuerySet(models.QuerySet):
    def sin_cerrar(self) -> Self:
        """Stopped asking, and what people earned by it has not come out yet."""
        return self.filter(trato="dejar_de_pedir", cerrada_en__isnull=True, deshecha_en__isnull=True)

    def por_deshacer(self, ahora: datetime.datetime) -> Self:
        return self.sin_cerrar().filter(firme_desde__gt=ahora)


class EdicionQuerySet(models.QuerySet):
    def abiertas(self, dia: datetime.date) -> Self:
        """Editions under way on this day."""
        return self.que_reciben(dia).filter(inicia__lte=dia)

    def que_reciben(self, dia: datetime.date) -> Self:
        """Editions that receive people on this day: also before they start."""
        return self.sin_terminar(dia).filter(abierta=True)

    def sin_terminar(self, dia: datetime.date) -> Self:
        """Editions whose last day has not passed. Of a person who is in one, ask ``Inscripcion``: it may have more."""
        return self.filter(Q(termina__isnull=True) | Q(termina__gte=dia))


class InscripcionQuerySet(models.QuerySet):
    def activas(self) -> Self:
        return self.filter(retirada_en__isnull=True)

    def por_vigencia(self, dia: datetime.date) -> Self:
        """Of several editions of a course: begun, not begun, finished, to come, left unfinished.

        Whoever is half way in one goes on there while it is open: the next one, opened before its last day, would hide
        what they did.
        """
        lugar = Case(
            When(terminada_en__isnull=False, then=Value(2)),
            When(edicion__inicia__gt=dia, then=Value(3)),
            When(ya_termino(dia), then=Value(4)),
            When(iniciada_en__isnull=False, then=Value(0)),
            default=Value(1),
        )
        return self.order_by(lugar, F("terminada_en").desc(nulls_first=True), "-edicion__inicia", "-pk")

    def a_medias_en_otra(self, edicion: Any, dia: datetime.date) -> Self:
        """Of the people of an edition, who is half way in another one of the same course that is still open."""
        suyas = edicion.inscripciones.filter(retirada_en__isnull=True).values("persona")
        a_medias = self.activas().a_tiempo(dia).filter(terminada_en__isnull=True, iniciada_en__isnull=False)
        return a_medias.filter(curso=edicion.curso_id, persona__in=suyas).exclude(edicion=edicion)

    def a_tiempo(self, dia: datetime.date) -> Self:
        """Those that still take what is done on this day."""
        sigue = Q(edicion__termina__isnull=True) | Q(edicion__termina__gte=dia)
        return self.filter(sigue | Q(hasta__gte=dia))

    def terminadas(self) -> Self:
        return self.filter(estado="terminada")

    def empezadas(self) -> Self:
        """Under way: begun and not finished. Withdrawn ones as well: they may come back to what they had."""
        avances: Any = self.model._meta.get_field("avances").related_model
        algo_hecho = avances.objects.terminados().filter(inscripcion=OuterRef("pk"))
        return self.exclude(estado="terminada").filter(Q(estado="en_curso") | Exists(algo_hecho))

    def bajo(self, prefijos: Iterable[str]) -> Self:
        """Those whose stored territory lies inside the given ones."""
        return self.filter(bajo(prefijos, "territorio__ubigeo"))


class ProrrogaQuerySet(models.QuerySet):
    def vigentes(self) -> Self:
        """Those that nobody took back."""
        return self.filter(retirada_en__isnull=True)

    def que_alcanzan(self, lugares: Iterable[Any]) -> Self:
        """Those given to some of these places (codes), or to a wider one with its districts."""
        propios = set(lugares)
        mas_anchos = {uno[:largo] for uno in propios for largo in (2, 4)}
        return self.filter(Q(territorio_id__in=propios) | Q(con_distritos=True, territorio_id__in=mas_anchos))


class AvanceQuerySet(models.QuerySet):
    def terminados(self) -> Self:
        return self.filter(estado="terminada")


class DudaQuerySet(models.QuerySet):
    def con_texto(self) -> Self:
        """Those whose words were not taken away."""
        return self.exclude(texto="")

    def por_responder(self) -> Self:
        return self.con_texto().filter(respondida_en__isnull=True)

    def respondidas(self) -> Self:
        return self.con_texto().filter(respondida_en__isnull=False)

    def sin_leer(self) -> Self:
        """Answered, and the person has not said that they read it."""
        return self.respondidas().filter(leida_en__isnull=True)


class NotaQuerySet(models.QuerySet):
    def a_la_vista(self) -> Self:
        """Those that nobody took down."""
        return self.filter(retirada_en__isnull=True)


class EncuentroQuerySet(models.QuerySet):
    def bajo(self, prefijos: Iterable[str]) -> Self:
        """Those of these territories and of what lies below."""
        return self.filter(bajo(prefijos, "territorio__ubigeo"))

    def de(self, persona: Any, hoy: datetime.date) -> Self:
        """Those for a seat that a person holds today: in its place, and of its kind where they are of some."""
        suyas = Membresia.objects.vigentes(hoy).filter(
            persona=persona, asiento__instancia__territorio__ubigeo__startswith=OuterRef("territorio_id")
        )
        modelo: Any = self.model
        con_tipos = modelo.tipos_de_asiento.through.objects.filter(encuentro=OuterRef("pk"))
        de_su_tipo = suyas.filter(asiento__tipo__encuentros=OuterRef("pk"))
        return self.filter(Exists(de_su_tipo) | (Exists(suyas) & ~Exists(con_tipos)))
