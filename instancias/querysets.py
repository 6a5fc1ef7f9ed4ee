"""Questions about territory, seats and people. Every one that a person's scope limits, limits it by UBIGEO prefix."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from marco.derivados import ConDerivados


def bajo(prefijos: Iterable[str], campo: str) -> Q:
    """Return the condition «``campo`` is one of these territories or lies below one»; none matches nothing."""
    condicion = Q(pk__in=[])
    for prefijo in prefijos:
        condicion |= Q(**{f"{campo}__startswith": prefijo})
    return condicion


def sin_terminar(ruta: str, dia: datetime.date) -> Q:
    """Condition «this membership holds its seat on some day from this one on»: in force, or about to be."""
    hasta = f"{ruta}hasta"
    con_fin = Q(**{f"{hasta}__gte": dia, f"{hasta}__gt": F(f"{ruta}desde")})
    return Q(**{f"{hasta}__isnull": True}) | con_fin


def vigente(ruta: str, dia: datetime.date) -> Q:
    """Condition «this membership is in force on the day», the one rule of every list, count, total and file.

    A seat is held by whole days, from «desde» to «hasta», both of them held. Whoever hands it over without naming a
    last day gives the day itself to the next person: what is written is the day before, so she is not counted from
    that moment on. A membership that ends the day it began was never held: it was taken back, or called off.
    """
    return sin_terminar(ruta, dia) & Q(**{f"{ruta}desde__lte": dia})


class TerritorioQuerySet(models.QuerySet):
    def distritos(self) -> Self:
        return self.filter(nivel="distrito")

    def bajo(self, prefijos: Iterable[str]) -> Self:
        """Those inside the given territories."""
        return self.filter(bajo(prefijos, "ubigeo"))


class InstanciaQuerySet(models.QuerySet):
    def propias(self) -> Self:
        """Tables that exist by themselves; a district served by another table has none."""
        return self.filter(atendida_por__isnull=True)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "territorio__ubigeo"))


class AsientoQuerySet(models.QuerySet):
    def exigidos(self) -> Self:
        """Seats that count: of a table that exists, and that apply in the place."""
        return self.filter(estado="exigido", instancia__atendida_por__isnull=True)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "instancia__territorio__ubigeo"))


class PersonaQuerySet(ConDerivados):
    def activas(self) -> Self:
        return self.filter(activa=True)

    def sin_aceptar(self) -> Self:
        """Those who answered the notice on their data and accept none today: no phone or e-mail of them is kept."""
        return self.filter(consentimientos__isnull=False).exclude(consentimientos__retirado_en__isnull=True).distinct()

    def por_documento(self, documentos: Iterable[str], tipos: Iterable[str] = ("dni",)) -> dict[str, Any]:
        """Who has each of these documents. That of a hidden register names the person who stays."""
        filas = self.filter(documento__in=list(documentos), tipo_de_documento__in=list(tipos))
        quienes: dict[int, Any] = {}
        de_cada_uno: dict[str, Any] = {}
        fila: Any
        for fila in filas.select_related("absorbida_por").order_by(F("absorbida_por").asc(nulls_first=True)):
            queda = fila.absorbida_por or fila
            de_cada_uno[fila.documento] = quienes.setdefault(queda.pk, queda)
        return de_cada_uno

    def documentos_unidos(self) -> dict[str, str]:
        """Documents of hidden registers, each with that of the person who stays. There are few. One statement."""
        unidas = self.filter(absorbida_por__isnull=False)
        return dict(unidas.values_list("documento", "absorbida_por__documento"))

    def bajo(self, prefijos: Iterable[str]) -> Self:
        """People who hold, or have held, a seat inside the given territories."""
        membresias = self._membresias().filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))
        return self.filter(pk__in=membresias.values("persona_id"))

    def a_cargo(self, prefijos: Iterable[str]) -> Self:
        """People whose account these territories answer for: links, name, phone, document.

        They hold a seat there today; or hold none anywhere, and the last one was there.
        """
        consulta, condicion = self._con_cargo(prefijos)
        return consulta.filter(condicion)

    def con_cargo(self, prefijos: Iterable[str]) -> Self:
        """The same people, each with ``a_cargo``: whether it is one of those."""
        consulta, condicion = self._con_cargo(prefijos)
        return consulta.annotate(a_cargo=condicion)

    def por_sentar(self, prefijos: Iterable[str]) -> Self:
        """People to whom these territories may give a seat: those they answer for, and who never had one anywhere."""
        consulta, condicion = self._con_cargo(prefijos)
        return consulta.filter(condicion | ~Exists(self._suyas()), absorbida_por__isnull=True)

    def _con_cargo(self, prefijos: Iterable[str]) -> tuple[Self, Q]:
        prefijos = tuple(prefijos)
        vigentes = self._suyas().vigentes()
        dentro = vigentes.filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))
        ultima = self._suyas().order_by(F("hasta").desc(nulls_first=True), "-desde", "-pk")
        lugar = Subquery(ultima.values("asiento__instancia__territorio_id")[:1], output_field=models.CharField())
        return self.alias(_ultimo=lugar), Q(Exists(dentro)) | (~Exists(vigentes) & bajo(prefijos, "_ultimo"))

    def _suyas(self) -> MembresiaQuerySet:
        return self._membresias().filter(persona_id=OuterRef("pk"))

    def _membresias(self) -> Any:
        modelo: Any = self.model._meta.get_field("membresias").related_model
        return modelo._default_manager.all()


class MembresiaQuerySet(models.QuerySet):
    def vigentes(self, dia: datetime.date | None = None) -> Self:
        """Memberships in force on the day, or today. See ``vigente``."""
        return self.filter(vigente("", dia or timezone.localdate()))

    def sin_terminar(self, dia: datetime.date | None = None) -> Self:
        """Those in force on the day, or today, and those still to begin: whoever takes a seat meets them."""
        return self.filter(sin_terminar("", dia or timezone.localdate()))

    def de_algun_dia(self) -> Self:
        """All but those that never held their seat: taken back, or called off."""
        return self.filter(sin_terminar("", datetime.date.min))

    def por_empezar(self, dia: datetime.date | None = None) -> Self:
        """Those already registered whose first day is after this one, or after today."""
        dia = dia or timezone.localdate()
        return self.filter(sin_terminar("", dia), desde__gt=dia)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))


class PalabraQuerySet(models.QuerySet):
    def bajo(self, prefijos: Iterable[str]) -> Self:
        """Those that hold in some of these territories and nowhere else: whoever may act there may forget them."""
        return self.filter(bajo(prefijos, "ambito__ubigeo"))

    def que_valen(self, prefijos: Iterable[str]) -> Self:
        """Those that hold somewhere inside these territories, whoever said them."""
        mas_anchos = {prefijo[:largo] for prefijo in prefijos for largo in (2, 4, 6)}
        return self.filter(bajo(prefijos, "ambito__ubigeo") | Q(ambito_id__in=mas_anchos))


class ImportacionQuerySet(models.QuerySet):
    """Lists under review. A list is of a scope: whoever covers all of it may work on it, from one day to another."""

    def abiertas(self, ahora: datetime.datetime) -> Self:
        """Those that somebody may still work on, or that were left half undone."""
        por_hacer = Q(estado__in=["por_ordenar", "por_revisar"], vence_en__gt=ahora)
        return self.filter(por_hacer | Q(fase="deshacer"))

    def vencidas(self, ahora: datetime.datetime) -> Self:
        """Those never confirmed whose day has passed."""
        return self.filter(estado__in=["por_ordenar", "por_revisar"], vence_en__lte=ahora).exclude(fase="deshacer")
