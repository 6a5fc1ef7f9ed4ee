"""The group of those who write: rights over the catalogue, its images and its audios, and nothing over people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import swapper
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from ..models import Articulo, CatalogoDeCursos, Edicion, Norma, Orientacion, Termino, TipoDeRelato

CAPACITADORAS = "Capacitadoras"
SOBRE_PAGINAS = ("add", "change", "publish")
SOBRE_COLECCIONES = ("add", "change", "choose")


@transaction.atomic
def asegurar_grupo_de_capacitadoras() -> Group:
    """Give the group what it needs to write, publish and preview, on every catalogue. Safe to repeat.

    It reads the law and the editions, and corrects the pocket guide. It cannot see who is enrolled, nor change
    accounts, nor leave the catalogue.
    """
    grupo, _creado = Group.objects.get_or_create(name=CAPACITADORAS)
    grupo.permissions.add(
        *_permisos(("access",), "wagtailadmin", "admin"),
        *_permisos_de(Norma, ("view",)),
        *_permisos_de(Articulo, ("view",)),
        *_permisos_de(Termino, ("view",)),
        *_permisos_de(Edicion, ("view",)),
        *_permisos_de(Orientacion, ("view", "change")),
        *_permisos_de(TipoDeRelato, ("view", "change")),
    )
    Pagina = swapper.load_model("wagtailcore", "Page")
    de_paginas = _permisos_de(Pagina, SOBRE_PAGINAS)
    catalogos = CatalogoDeCursos.objects.values_list("pk", flat=True)
    GroupPagePermission.objects.bulk_create(
        (
            GroupPagePermission(group=grupo, page_id=catalogo, permission=permiso)
            for catalogo in catalogos
            for permiso in de_paginas
        ),
        ignore_conflicts=True,
    )
    raiz = Collection.get_first_root_node()
    archivos = [get_image_model(), get_document_model()]
    GroupCollectionPermission.objects.bulk_create(
        (
            GroupCollectionPermission(group=grupo, collection=raiz, permission=permiso)
            for modelo in archivos
            for permiso in _permisos_de(modelo, SOBRE_COLECCIONES)
        ),
        ignore_conflicts=True,
    )
    return grupo


def _permisos_de(modelo: type[Model], acciones: Iterable[str]) -> list[Permission]:
    tipo = ContentType.objects.get_for_model(modelo, for_concrete_model=False)
    nombres = [f"{accion}_{modelo._meta.model_name}" for accion in acciones]
    return list(Permission.objects.filter(content_type=tipo, codename__in=nombres))


def _permisos(acciones: Iterable[str], app: str, nombre: str) -> list[Any]:
    nombres = [f"{accion}_{nombre}" for accion in acciones]
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=nombres))
