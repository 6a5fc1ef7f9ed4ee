"""Wagtail's command, where a page that cannot be published does not stop the others."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import swapper
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as DeWagtail
from wagtail.models import DraftStateMixin, Revision

logger = logging.getLogger("cms")


class Command(DeWagtail):
    """Each page in a transaction of its own. One that fails keeps its date: it is tried again the next time."""

    help = "Publica lo que quedó para una fecha y retira lo que vence. Lo que falla no frena a lo demás."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        ahora = timezone.now()
        for modelo in _con_fechas():
            for objeto in list(modelo.objects.filter(live=True, expire_at__lt=ahora).order_by("expire_at")):
                acto = partial(objeto.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
                _intentar(acto, objeto.pk)
        for revision in list(Revision.objects.filter(approved_go_live_at__lt=ahora).order_by("approved_go_live_at")):
            _intentar(partial(revision.publish, log_action="wagtail.publish.scheduled"), revision.object_id)


def _con_fechas() -> list[Any]:
    Pagina = swapper.load_model("wagtailcore", "Page")
    otros = [uno for uno in apps.get_models() if issubclass(uno, DraftStateMixin) and not issubclass(uno, Pagina)]
    return [Pagina, *otros]


def _intentar(acto: Callable[[], Any], clave: Any) -> None:
    try:
        with transaction.atomic():
            acto()
    except Exception:
        logger.exception("Lo que quedó para una fecha no se pudo publicar o retirar: %s", clave)
