"""Names that Django and Wagtail write in the database in English when they are installed: shown as they are stored."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Collection


def nombrar_lo_que_se_instala() -> None:
    """Name permissions and the first collection. Code never asks for them by name, so a second time changes nothing."""
    Collection.objects.filter(depth=1, name="Root").update(name=_("Raíz"))
    actos = {
        "add": _("Puede agregar"),
        "change": _("Puede cambiar"),
        "delete": _("Puede eliminar"),
        "view": _("Puede ver"),
        "publish": _("Puede publicar"),
        "bulk_delete": _("Puede eliminar con lo que hay adentro"),
        "lock": _("Puede bloquear, y desbloquear lo suyo"),
        "unlock": _("Puede desbloquear"),
        "choose": _("Puede elegir"),
    }
    cambiados = []
    for permiso in Permission.objects.select_related("content_type"):
        modelo = permiso.content_type.model_class()
        acto = actos.get(permiso.codename.removesuffix(f"_{permiso.content_type.model}"))
        if modelo is None or acto is None:
            continue
        nombre = f"{acto}: {capfirst(str(modelo._meta.verbose_name))}"[:255]
        if permiso.name != nombre:
            permiso.name = nombre
            cambiados.append(permiso)
    Permission.objects.bulk_update(cambiados, ["name"], batch_size=200)
