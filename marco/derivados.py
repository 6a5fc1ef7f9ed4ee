"""Columns that a row keeps from its other columns, whoever writes it: one row, many at once, or a whole set.

A search and an order by name read them, so they can never be behind. The field computes itself where Django asks for
its value; the model and its set see to it that Django asks whenever what it comes from is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import models, transaction

from .textos import buscable, en_orden

LOTE = 500


class CampoDerivado(models.TextField):
    """A text computed from other fields of the row. ``de`` names them; «datos__nombre» goes inside a JSON field."""

    def __init__(self, *args: Any, de: Sequence[str] = (), **kwargs: Any) -> None:
        self.de = tuple(de)
        kwargs.setdefault("default", "")
        kwargs.update(editable=False, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        nombre, ruta, args, kwargs = super().deconstruct()
        kwargs["de"] = self.de
        for fijo in ("default", "editable", "blank"):
            kwargs.pop(fijo, None)
        return nombre, ruta, args, kwargs

    @property
    def fuentes(self) -> set[str]:
        return {camino.split("__")[0] for camino in self.de}

    def calcular(self, *textos: str) -> str:
        raise NotImplementedError

    def valor_de(self, fila: models.Model) -> str:
        """Return what this column of a row must hold."""
        return self.calcular(*(_leer(fila, camino) for camino in self.de))

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        valor = self.valor_de(model_instance)
        setattr(model_instance, self.attname, valor)
        return valor


class CampoBuscable(CampoDerivado):
    """What a search looks into (``textos.con_palabras``)."""

    def calcular(self, *textos: str) -> str:
        return buscable(*textos)


class CampoDeOrden(CampoDerivado):
    """The place of the row by its name. Compared byte by byte on every database, whatever its language."""

    def calcular(self, *textos: str) -> str:
        return en_orden(*textos)

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parametros = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parametros["collation"] = "C"
        return parametros


def _leer(fila: models.Model, camino: str) -> str:
    nombre, _sep, dentro = camino.partition("__")
    valor = getattr(fila, nombre)
    if dentro:
        valor = (valor or {}).get(dentro, "")
    return str(valor if valor is not None else "")


def derivados_de(modelo: type[models.Model], escritos: Collection[str] | None = None) -> list[CampoDerivado]:
    """Return the computed columns of a model; with ``escritos``, those that come from one of these fields."""
    todos = [campo for campo in modelo._meta.concrete_fields if isinstance(campo, CampoDerivado)]
    return [campo for campo in todos if escritos is None or campo.fuentes & set(escritos)]


def rellenar(modelo: type[models.Model], ids: Iterable[Any] | None = None, *, base: str = "default") -> None:
    """Compute again the columns of these rows, or of every one: after a write of many, or in a migration."""
    campos = derivados_de(modelo)
    manager = modelo._base_manager.using(base)
    pendientes = list(manager.order_by("pk").values_list("pk", flat=True) if ids is None else ids)
    for inicio in range(0, len(pendientes), LOTE):
        filas = list(manager.filter(pk__in=pendientes[inicio : inicio + LOTE]))
        for fila in filas:
            for campo in campos:
                setattr(fila, campo.attname, campo.valor_de(fila))
        manager.bulk_update(filas, [campo.name for campo in campos], batch_size=LOTE)


class ConDerivados(models.QuerySet):
    """A set whose writes reach the computed columns too."""

    def update(self, **kwargs: Any) -> int:
        if all(campo.name in kwargs for campo in derivados_de(self.model, kwargs)):
            return super().update(**kwargs)
        with transaction.atomic(using=self.db):
            # Read before: afterwards the rows may not answer to the same filter.
            ids = list(self.values_list("pk", flat=True)) if not self.query.is_sliced else []
            cuantas = super().update(**kwargs)
            rellenar(self.model, ids, base=self.db)
        return cuantas

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        objs = tuple(objs)
        campos = derivados_de(self.model, fields)
        for fila in objs:
            for campo in campos:
                setattr(fila, campo.attname, campo.valor_de(fila))
        return super().bulk_update(objs, [*fields, *(campo.name for campo in campos)], batch_size=batch_size)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list:
        if escritos := kwargs.get("update_fields"):
            kwargs["update_fields"] = [*escritos, *(campo.name for campo in derivados_de(self.model, escritos))]
        return super().bulk_create(objs, *args, **kwargs)


class GuardaDerivados(models.Model):
    """A model whose computed columns go along with what they come from. Goes with ``ConDerivados``."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        escritos = kwargs.get("update_fields")
        if escritos is not None:
            kwargs["update_fields"] = {*escritos, *(campo.name for campo in derivados_de(type(self), escritos))}
        elif perezosos := self.get_deferred_fields():
            # Django would leave out what was not read: the computed column must go with its source.
            leidos = {campo.attname for campo in self._meta.concrete_fields} - perezosos
            for campo in derivados_de(type(self), leidos):
                setattr(self, campo.attname, campo.valor_de(self))
        super().save(*args, **kwargs)
