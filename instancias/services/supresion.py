"""Taking away the data of a person who asked for it: evidence stays and names nobody. It is not undone.

Each room cleans what is its own (``apartados``); afterwards every table is looked at for what names one person alone,
so that nothing is left where nobody thought of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from marco.errores import ErrorDeDominio
from marco.respaldo.memoria import recordar_si_se_puede

from .. import rastro
from ..apartados import Suprimida, apartados, limpiar, textos_de
from ..models import Membresia, Oficina, PedidoDeDatos, Persona, Supresion
from ..politica import AlcanceEfectivo, es_personal
from .apartados import tomar_listas
from .personas import cesar

# Registers of other people, what offices publish of themselves, and what is not a text of anybody.
NO_SE_BARREN = {"sessions.Session", "contenttypes.ContentType", "auth.Permission", Oficina._meta.label}


@transaction.atomic
def suprimir(
    *,
    persona_id: int,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    pedido: PedidoDeDatos | None = None,
) -> Supresion:
    """Take away the data of a person, of their hidden registers and of their account. A seat in force ends.

    Raises ``fuera_de_alcance``, ``ya_suprimida``, ``es_personal`` and ``lista_en_trabajo``; then nothing was done.
    """
    tomar_listas()
    registros = _tomar(persona_id)
    _exigir(registros, alcance)
    _dejar_sus_asientos(registros, alcance=alcance, por=por, ahora=ahora)
    quien = _quien_es(registros, por=por, ahora=ahora)
    resumen = _quitar(quien)
    supresion = Supresion.objects.create(
        pedido=pedido, personas=list(quien.personas), resumen=resumen, hecha_por=por, hecha_en=ahora
    )
    transaction.on_commit(partial(recordar_si_se_puede, ahora=ahora))
    rastro.anotar(accion="instancias.suprimir", persona=registros[0], por=por, datos={"supresion": supresion.pk})
    return supresion


@transaction.atomic
def suprimir_otra_vez(*, personas: Iterable[int], ahora: datetime.datetime) -> Supresion | None:
    """After a backup was restored: take away again what was taken away since. Of who is not there, nothing."""
    tomar_listas()
    filas = Persona.objects.select_for_update(of=("self",)).select_related("cuenta")
    registros = list(filas.filter(pk__in=list(personas), suprimida_en__isnull=True).order_by("pk"))
    if not registros:
        return None
    vigentes = Membresia.objects.sin_terminar().filter(persona__in=registros)
    ayer = timezone.localdate(ahora) - datetime.timedelta(days=1)
    for membresia in vigentes:
        suya = Membresia.objects.filter(pk=membresia.pk)
        suya.update(hasta=max(ayer, membresia.desde), motivo_de_cese=_("Datos suprimidos"), cese_registrado_en=ahora)
    quien = _quien_es(registros, por=None, ahora=ahora)
    return Supresion.objects.create(personas=list(quien.personas), resumen=_quitar(quien), hecha_en=ahora)


def _tomar(persona_id: int) -> list[Persona]:
    """The register of the person first, then those hidden behind it: for this act alone."""
    filas = Persona.objects.select_for_update(of=("self",)).select_related("cuenta")
    registros = list(filas.filter(Q(pk=persona_id) | Q(absorbida_por=persona_id)).order_by("pk"))
    registros.sort(key=lambda uno: uno.pk != persona_id)
    if not registros or registros[0].pk != persona_id or registros[0].absorbida_por_id:
        raise ErrorDeDominio("fuera_de_alcance", _("Esa persona no está a su cargo."))
    return registros


def _exigir(registros: list[Persona], alcance: AlcanceEfectivo) -> None:
    persona = registros[0]
    if not alcance.personas_a_cargo().filter(pk=persona.pk).exists():
        raise ErrorDeDominio("fuera_de_alcance", _("Esa persona no está a su cargo."))
    if persona.suprimida_en:
        raise ErrorDeDominio("ya_suprimida", _("Los datos de esa persona ya se suprimieron."))
    if any(uno.cuenta and es_personal(uno.cuenta) for uno in registros):
        frase = _("Entra también como personal: primero la administración le quita ese acceso.")
        raise ErrorDeDominio("es_personal", frase)


def _dejar_sus_asientos(registros: list[Persona], **datos: Any) -> None:
    vigentes = Membresia.objects.sin_terminar(timezone.localdate(datos["ahora"])).filter(persona__in=registros)
    for membresia in vigentes.select_related("asiento__instancia", "persona").order_by("pk"):
        cesar(membresia=membresia, motivo=_("Datos suprimidos a pedido de la persona"), **datos)


def _quien_es(registros: list[Persona], *, por: Any, ahora: datetime.datetime) -> Suprimida:
    cuentas = [uno.cuenta for uno in registros if uno.cuenta]
    valores = {valor for uno in registros for valor in (uno.documento, uno.celular, uno.correo)}
    valores |= {str(cuenta.get_username()) for cuenta in cuentas}
    correo = get_user_model().get_email_field_name()
    valores |= {str(getattr(cuenta, correo, "") or "") for cuenta in cuentas}
    return Suprimida(
        personas=tuple(uno.pk for uno in registros),
        cuentas=tuple(cuenta.pk for cuenta in cuentas),
        valores=tuple(sorted(valores - {""})),
        nombres=tuple((uno.nombres, uno.apellidos) for uno in registros),
        por=por,
        ahora=ahora,
    )


def _quitar(quien: Suprimida) -> dict[str, int]:
    """Clean each room, then every table. Files go after the commit: a transaction that is undone keeps them."""
    resumen = {uno.modelo._meta.label: uno.suprimir(quien) for uno in apartados()}
    for modelo, tocadas in barrer(quien).items():
        resumen[modelo] = resumen.get(modelo, 0) + tocadas
    transaction.on_commit(partial(_borrar_archivos, tuple(quien.archivos)))
    return {modelo: tocadas for modelo, tocadas in resumen.items() if tocadas}


def _borrar_archivos(archivos: Iterable[str]) -> None:
    for archivo in archivos:
        storages["privado"].delete(archivo)


def barrer(quien: Suprimida) -> dict[str, int]:
    """Look for what names one person alone in every text of every table. Return how many rows had it, by model."""
    tocadas = {}
    for modelo in apps.get_models():
        if _se_barre(modelo) and (filas := _que_dicen(modelo, quien.valores)) is not None:
            tocadas[modelo._meta.label] = limpiar(filas, quien, con_nombres=False)
    return tocadas


def _se_barre(modelo: type[models.Model]) -> bool:
    if not modelo._meta.managed or modelo._meta.proxy or issubclass(modelo, (Page, Persona, get_user_model())):
        return False
    return modelo._meta.label not in NO_SE_BARREN


def _que_dicen(modelo: type[models.Model], valores: Iterable[str]) -> Any:
    campos = {f"_texto_{n}": Cast(campo.name, models.TextField()) for n, campo in enumerate(textos_de(modelo))}
    dicen = Q()
    for campo in campos:
        for valor in valores:
            dicen |= Q(**{f"{campo}__icontains": valor})
    if not dicen:
        return None
    filas = models.QuerySet(modelo).alias(**campos).filter(dicen)
    if modelo is Revision:  # what editors write is not about members
        filas = filas.exclude(base_content_type__app_label="wagtailcore", base_content_type__model="page")
    return filas
