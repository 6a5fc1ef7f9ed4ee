"""Taking away what is kept no longer than its use or the law asks. Each run is written down."""

from __future__ import annotations

import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry, PageLogEntry

from ..models import (
    CeldasDePadron,
    EnlaceDeAcceso,
    EnvioPorCorreo,
    FilaDePadron,
    ImportacionDePadron,
    PlazosDeConservacion,
    Retencion,
)
from ..vencimientos import Vencimiento, vencimientos

Estado, Fase = ImportacionDePadron.Estado, ImportacionDePadron.Fase


class ListasSinOrdenar(Vencimiento):
    """Sheets of which nobody said what their columns are: their cells have names."""

    clave, titulo, plazo = "borradores", gettext_lazy("Listas que nadie ordenó"), "borradores"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        return ImportacionDePadron.objects.filter(estado=Estado.POR_ORDENAR, subida_en__lte=antes_de)

    @transaction.atomic
    def quitar(self, antes_de: datetime.datetime, ahora: datetime.datetime) -> int:
        return _vencer(self.vencidos(antes_de))


class ListasSinGuardar(Vencimiento):
    """Lists under review: rows that nobody saved in time. What was saved of them stays saved."""

    clave, titulo, plazo = "listas", gettext_lazy("Listas revisadas que nadie guardó"), "listas"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        revisadas = ImportacionDePadron.objects.filter(estado=Estado.POR_REVISAR, subida_en__lte=antes_de)
        return revisadas.exclude(fase=Fase.DESHACER)

    @transaction.atomic
    def quitar(self, antes_de: datetime.datetime, ahora: datetime.datetime) -> int:
        return _vencer(self.vencidos(antes_de))


def _vencer(listas: QuerySet) -> int:
    hechas = 0
    for lista in listas.select_for_update():
        CeldasDePadron.objects.filter(importacion=lista).delete()
        lista.filas.exclude(estado=FilaDePadron.Estado.GUARDADA).delete()
        lista.estado = Estado.CONFIRMADA if lista.filas.exists() else Estado.VENCIDA
        lista.fase, lista.turno, lista.detenida = Fase.NINGUNA, "", False
        lista.save(update_fields=["estado", "fase", "turno", "detenida"])
        hechas += 1
    return hechas


class RestosDeListas(Vencimiento):
    """Rows left out of lists that are closed: nobody will save them, and they have names."""

    clave, titulo, plazo = "restos", gettext_lazy("Filas dejadas fuera de listas cerradas"), "listas"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        cerradas = Q(importacion__subida_en__lte=antes_de) & ~Q(importacion__estado__in=ImportacionDePadron.ABIERTAS)
        return FilaDePadron.objects.filter(cerradas, importacion__fase="").exclude(estado=FilaDePadron.Estado.GUARDADA)


class Enlaces(Vencimiento):
    clave, titulo, plazo = "enlaces", gettext_lazy("Enlaces de entrada usados, vencidos o retirados"), "enlaces"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        cerrados = Q(usado_en__lte=antes_de) | Q(anulado_en__lte=antes_de) | Q(vence_en__lte=antes_de)
        return EnlaceDeAcceso.objects.filter(cerrados)


class Envios(Vencimiento):
    clave, titulo, plazo = "envios", gettext_lazy("Envíos por correo ya hechos"), "enlaces"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        hechos = EnvioPorCorreo.Estado.ENVIADO, EnvioPorCorreo.Estado.NO_SALIO
        return EnvioPorCorreo.objects.filter(pedido_en__lte=antes_de, estado__in=hechos)


class Rastro(Vencimiento):
    clave, titulo, plazo = "rastro", gettext_lazy("Rastro de actos sobre personas y cuentas"), "rastro"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        return ModelLogEntry.objects.filter(timestamp__lte=antes_de).order_by()


class RastroDePaginas(Vencimiento):
    clave, titulo, plazo = "rastro_de_paginas", gettext_lazy("Historial de páginas"), "rastro"

    def vencidos(self, antes_de: datetime.datetime) -> QuerySet:
        return PageLogEntry.objects.filter(timestamp__lte=antes_de).order_by()


class Sesiones(Vencimiento):
    """Sessions that ended, where the site keeps them in its database."""

    clave, titulo = "sesiones", gettext_lazy("Sesiones terminadas")

    def vencidos(self, antes_de: datetime.datetime) -> Any:
        almacen = import_module(settings.SESSION_ENGINE).SessionStore
        if not hasattr(almacen, "get_model_class"):
            return EnlaceDeAcceso.objects.none()
        return almacen.get_model_class().objects.filter(expire_date__lte=antes_de)


def de_esta_sala() -> list[Vencimiento]:
    return [
        ListasSinOrdenar(),
        ListasSinGuardar(),
        RestosDeListas(),
        Envios(),
        Enlaces(),
        Rastro(),
        RastroDePaginas(),
        Sesiones(),
    ]


def retener(*, ahora: datetime.datetime, por: Any = None) -> Retencion:
    """Take away everything whose time is over, each class in its own transaction, and write down how much it was."""
    plazos = PlazosDeConservacion.actuales()
    quitadas = {}
    for uno in vencimientos():
        antes_de = ahora - datetime.timedelta(days=uno.dias(plazos))
        with transaction.atomic():
            if cuantos := uno.quitar(antes_de, ahora):
                quitadas[uno.clave] = cuantos
    return Retencion.objects.create(hecha_en=ahora, pedida_por=por, quitadas=quitadas)
