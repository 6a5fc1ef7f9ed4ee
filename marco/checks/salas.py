"""What each room asks of its site: applications, middleware, addresses, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.urls import URLResolver, get_resolver

from marco.sala import Paso, Sala

E_FALTA_APLICACION = "kuska.E002"
E_FALTA_CONTEXTO = "kuska.E003"
E_FALTA_ENTRADA = "kuska.E004"
E_FALTA_PASO = "kuska.E005"
E_ORDEN_DE_PASOS = "kuska.E006"
E_FALTAN_DIRECCIONES = "kuska.E007"
W_FALTA_TAREA = "kuska.W003"
W_SIN_CELERY = "kuska.W005"


def salas() -> list[Sala]:
    return [una for una in apps.get_app_configs() if isinstance(una, Sala)]


@register("kuska")
def aplicaciones(**_kwargs: Any) -> Iterable[CheckMessage]:
    for sala in salas():
        for nombre in sala.aplicaciones:
            if not apps.is_installed(nombre):
                yield Error(
                    f'"{sala.name}" needs "{nombre}", and it is not installed.',
                    hint=f'Add "{nombre}" to INSTALLED_APPS.',
                    id=E_FALTA_APLICACION,
                )


@register("kuska")
def contextos(**_kwargs: Any) -> Iterable[CheckMessage]:
    motores = [uno for uno in settings.TEMPLATES if uno["BACKEND"].endswith(".DjangoTemplates")]
    for sala in salas():
        for nombre in sala.contextos:
            if not any(nombre in motor.get("OPTIONS", {}).get("context_processors", ()) for motor in motores):
                yield Error(
                    f'Pages of "{sala.name}" would lack what "{nombre}" gives them.',
                    hint=f'Add "{nombre}" to OPTIONS["context_processors"] of the DjangoTemplates entry in TEMPLATES.',
                    id=E_FALTA_CONTEXTO,
                )


@register("kuska")
def entradas(**_kwargs: Any) -> Iterable[CheckMessage]:
    for sala in salas():
        if sala.entrada and sala.entrada not in settings.AUTHENTICATION_BACKENDS:
            yield Error(
                "Nobody could stay signed in: the door opens sessions with a backend that is not listed.",
                hint=f'Write AUTHENTICATION_BACKENDS = ["{sala.entrada}"].',
                id=E_FALTA_ENTRADA,
            )


@register("kuska")
def pasos(**_kwargs: Any) -> Iterable[CheckMessage]:
    for sala in salas():
        for paso in sala.pasos:
            if paso.cual not in settings.MIDDLEWARE:
                yield _falta(paso)
            elif (otro := _fuera_de_lugar(paso)) is not None:
                yield Error(
                    f'"{paso.cual}" is on the wrong side of "{otro}": {paso.sin_el}',
                    hint=f"Move it {paso.lugar} in MIDDLEWARE.",
                    id=E_ORDEN_DE_PASOS,
                )


def _falta(paso: Paso) -> CheckMessage:
    pista = f'Add "{paso.cual}" to MIDDLEWARE, {paso.lugar}.'
    if paso.imprescindible:
        return Error(paso.sin_el, hint=pista, id=E_FALTA_PASO)
    return Warning(paso.sin_el, hint=pista, id=paso.aviso)


def _fuera_de_lugar(paso: Paso) -> str | None:
    lista = list(settings.MIDDLEWARE)
    yo = lista.index(paso.cual)
    if paso.encima_de in lista and yo > lista.index(paso.encima_de):
        return paso.encima_de
    if paso.debajo_de in lista and yo < lista.index(paso.debajo_de):
        return paso.debajo_de
    return None


@register("kuska")
def direcciones(**_kwargs: Any) -> Iterable[CheckMessage]:
    espacios = set(_espacios(get_resolver()))
    for sala in salas():
        if sala.direcciones and sala.label not in espacios:
            yield Error(
                f'No address of the site leads to "{sala.name}".',
                hint=f'Add path("", include("{sala.direcciones}")) to the root addresses, above those of Wagtail.',
                id=E_FALTAN_DIRECCIONES,
            )


def _espacios(resolver: URLResolver) -> Iterator[str]:
    for uno in resolver.url_patterns:
        if isinstance(uno, URLResolver):
            if uno.namespace:
                yield uno.namespace
            yield from _espacios(uno)


@register("kuska")
def tareas(**_kwargs: Any) -> Iterable[CheckMessage]:
    programadas = {una.get("task") for una in getattr(settings, "CELERY_BEAT_SCHEDULE", {}).values()}
    for sala in salas():
        for tarea, segundos in sala.tareas.items():
            if tarea not in programadas:
                yield Warning(
                    f'Nobody runs "{tarea}" from time to time.',
                    hint=f'Add {{"task": "{tarea}", "schedule": {segundos}}} to CELERY_BEAT_SCHEDULE.',
                    id=W_FALTA_TAREA,
                )


@register("kuska")
def celery(**_kwargs: Any) -> Iterable[CheckMessage]:
    if current_app.main == "default" and any(sala.tareas for sala in salas()):
        yield Warning(
            "No Celery application reads the settings of the site: what is left for later would look for a queue that "
            "is not there.",
            hint="Write the «celery.py» of the site and import its application in «__init__.py», as the README shows.",
            id=W_SIN_CELERY,
        )
