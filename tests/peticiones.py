"""What a request of a test costs: a third was what Django's client makes and keeps for it, and no test looks at."""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed
from django.template import Context, Template
from django.test import client
from django.test.utils import ContextList

_puesto: dict[tuple[Any, ...], dict[str, Any]] = {}
_armar = BaseHandler.load_middleware


def _una_sola_vez(manejador: client.ClientHandler, is_async: bool = False) -> None:
    """The middleware of a browser is that of the one before: it keeps nothing of who asks.

    Made again when a setting changes: some of it reads them when it is made.
    """
    cuales = (*settings.MIDDLEWARE, is_async)
    if cuales not in _puesto:
        hecho = client.ClientHandler()
        _armar(hecho, is_async)
        _puesto[cuales] = {nombre: valor for nombre, valor in vars(hecho).items() if nombre.startswith("_")}
    vars(manejador).update(_puesto[cuales])


def _el_de_la_pagina(
    dicho: dict[str, Any], signal: Any, sender: Any, template: Template, context: Context, **_: Any
) -> None:
    """What a page was given, for ``respuesta.context``. Not what each of its pieces had, which is copied from it."""
    dicho.setdefault("templates", []).append(template)
    if context.template is template:
        dicho.setdefault("context", ContextList()).append(copy(context))


def ligeras(parche: pytest.MonkeyPatch) -> None:
    parche.setattr(client.ClientHandler, "load_middleware", _una_sola_vez)
    parche.setattr(client, "store_rendered_templates", _el_de_la_pagina)
    setting_changed.connect(_olvidar)


def _olvidar(**_cual: Any) -> None:
    _puesto.clear()
