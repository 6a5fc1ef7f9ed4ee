"""Data of a former edition: their tables have other names, and nothing here could read them."""

from __future__ import annotations

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

LABELS_DE_ANTES = {"instancias", "cursos", "evaluaciones", "certificados", "seguimiento"}


def exigir_la_de_hoy() -> None:
    """Raise CommandError, with what to do, when the database was made by an edition whose migrations are not these."""
    cargador = MigrationLoader(connection, ignore_no_migrations=True)
    propias = {app.label for app in apps.get_app_configs() if app.label.startswith("kuska_")} | {"cms"}
    ajenas = [
        (app, nombre)
        for app, nombre in cargador.applied_migrations
        if app in LABELS_DE_ANTES or (app in propias and (app, nombre) not in cargador.disk_migrations)
    ]
    if ajenas:
        raise CommandError(
            "Los datos de ejemplo que hay en ./var son de una edición anterior y esta no puede leerlos. "
            "Para empezar de nuevo: make demo-reset (borra las personas inventadas y lo que se probó con ellas)."
        )
