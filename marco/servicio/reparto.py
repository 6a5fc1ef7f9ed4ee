"""What is done once, before there are several processes: to read what all of them need, and to leave it as it is.

A process that is made shares every page of memory with who made it until one of the two writes in it. Python writes in
an object each time that it counts its references, and in all of them when it looks for what may go: what is read before
and is never looked at again stays shared.
"""

from __future__ import annotations

import gc
from contextlib import suppress

from django.core.cache import caches
from django.db import connections
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import gettext


def leer_las_paginas() -> None:
    """Read every view, how each address is written, and the words of the site."""
    _ = get_resolver().url_patterns
    with suppress(NoReverseMatch):  # whatever it is called: the first one reads how all are written
        reverse("kuska_marco:salud")
    gettext("Inicio")


def antes_de_dividirse() -> None:
    """Let go of what two processes cannot share, and look no more into what they can."""
    soltar_lo_que_no_se_comparte()
    gc.collect()
    gc.freeze()


def soltar_lo_que_no_se_comparte() -> None:
    """Two processes that talk by one connection read each other's answers."""
    for conexion in connections.all(initialized_only=True):
        conexion.close()
        with suppress(AttributeError):
            conexion.close_pool()
    caches.close_all()
