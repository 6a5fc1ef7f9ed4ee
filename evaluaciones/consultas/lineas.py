"""The lines of an attempt, read in the statement that reads the attempt: one value, with all of them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func, JSONField, OuterRef, Subquery

from ..libro import Respuestas
from ..models import Intento, Respuesta


class Juntas(Func):
    """All the rows of a group as a list of lists, in no order."""

    contains_aggregate = True
    output_field = JSONField()

    def get_group_by_cols(self) -> list[Any]:
        return []  # what goes in the list parts no rows

    def as_sqlite(self, compiler: Any, connection: Any, **otros: Any) -> Any:
        plantilla = "JSON_GROUP_ARRAY(JSON_ARRAY(%(expressions)s))"
        return self.copy().as_sql(compiler, connection, template=plantilla, **otros)

    def as_postgresql(self, compiler: Any, connection: Any, **otros: Any) -> Any:
        plantilla = "JSONB_AGG(JSONB_BUILD_ARRAY(%(expressions)s))"
        return self.copy().as_sql(compiler, connection, template=plantilla, **otros)


class Valor(Func):
    """The JSON of a column, as JSON and not as a text that holds it."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **otros: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON", **otros)

    def as_postgresql(self, compiler: Any, connection: Any, **otros: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s", **otros)


def lineas_juntas() -> Subquery:
    """The lines of the outer attempt, for ``dadas_en``; nothing, when it has none."""
    suyas = Respuesta.objects.filter(intento=OuterRef("pk")).order_by().values("intento")
    juntas = Juntas(F("secuencia"), F("version_id"), Valor("valor"))
    return Subquery(suyas.annotate(juntas=juntas).values("juntas"), output_field=JSONField())


def dadas_en(intento: Intento) -> Respuestas:
    """Return what is answered of an attempt read with its ``dadas``, by place in the form: the last line of each."""
    lugar = intento.formulario.lugar_de_la_version()
    lineas = sorted(getattr(intento, "dadas", None) or (), key=lambda linea: linea[0])
    return {lugar[version]: valor for _secuencia, version, valor in lineas if version in lugar}
