"""Merging two registers and taking it back, in few words."""

from __future__ import annotations

import uuid
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page

from instancias.models import Fusion, LineaDeRastro, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services.fusion import fusionar
from instancias.services.fusion_deshecha import deshacer_fusion

PROVINCIA = AlcanceEfectivo(("1006",))


def unir(queda: Persona, absorbida: Persona, *, alcance: AlcanceEfectivo = PROVINCIA, **otros: Any) -> Fusion:
    """``documento="absorbida"``: of the details that differ, which one is right."""
    propios = {campo: otros.pop(campo) for campo in ("operacion", "por", "ahora", "huella") if campo in otros}
    datos: dict[str, Any] = {"operacion": uuid.uuid4(), "por": None, "ahora": timezone.now(), **propios}
    return fusionar(queda=queda.pk, absorbida=absorbida.pk, valores=otros, alcance=alcance, **datos)


def separar(fusion: Fusion, *, alcance: AlcanceEfectivo = PROVINCIA, **otros: Any) -> list[str]:
    datos: dict[str, Any] = {"por": None, "ahora": timezone.now(), **otros}
    return deshacer_fusion(fusion_id=fusion.pk, alcance=alcance, **datos)


# What is counted from the facts, and what says that it is to be counted again, is no fact.
CONTADOS = {"CambioDeInstancia", "ContadorDeInstancia", "CuentaDeCambios", "MarcaDeContador", "PersonaEnVarias"}
CONTADOS |= {"ContadorDePartes", "MarcaDePartes"}


def foto() -> list[Any]:
    """Everything that a merge may touch, row by row: to compare before and after. The trail only grows."""
    filas: list[Any] = []
    for modelo in apps.get_models():
        sala = modelo._meta.app_label
        if not sala.startswith("kuska_") or issubclass(modelo, Fusion | LineaDeRastro | Page):
            continue
        if modelo.__name__ in CONTADOS:
            continue
        filas.append((modelo._meta.label, list(modelo._base_manager.order_by("pk").values())))
    return filas
