"""What a new site of this host has before anybody comes in: its page, its territory, its programme and its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.orden import PERFIL
from cursos.models import Curso
from instancias.models import Territorio

from .demo.cuentas import CLAVE_DEL_PERSONAL, PERSONAL
from .sitio import asegurar_portada

SELLO = "sello"


def rechazar_la_demostracion() -> None:
    """Invented people with published keys are not served to anybody but whoever tries them."""
    usuarios = [uno.usuario for uno in PERSONAL]
    try:
        cuentas = list(get_user_model().objects.filter(username__in=usuarios, is_active=True))
    except DatabaseError:  # it has no tables yet
        return
    if any(cuenta.check_password(CLAVE_DEL_PERSONAL) for cuenta in cuentas):
        raise CommandError(
            "Estos son los datos de la demostración: sus cuentas tienen claves publicadas. Enciéndala con «make demo», "
            "o use otra carpeta en KUSKA_VAR para un aula de verdad. No se tocó nada."
        )


def rechazar_un_aula() -> None:
    """The demonstration writes over and deletes what it finds: never a site of people."""
    modelo = get_user_model()
    try:
        administran = modelo.objects.filter(is_superuser=True, is_active=True).exists()
        de_ejemplo = modelo.objects.filter(username__in=[uno.usuario for uno in PERSONAL if not uno.administra])
        es_un_aula = administran and de_ejemplo.count() < len(PERSONAL) - 1
    except DatabaseError:
        return
    if es_un_aula:
        raise CommandError(
            f"En {settings.VAR_DIR} hay un aula de verdad, y la demostración borraría sus datos. Enciéndala con "
            "«manage.py servir», o use otra carpeta: KUSKA_VAR=/otra/carpeta make demo. No se tocó nada."
        )


def preparar(decir: Callable[[str], object]) -> None:
    """Put what is missing. A second time changes nothing."""
    (settings.VAR_DIR / PERFIL).touch()
    poner_estaticos()
    asegurar_portada()
    if not Territorio.objects.exists():
        call_command("cargar_territorio", verbosity=0, stdout=StringIO())
    if Curso.objects.exists():
        return
    try:
        with disable_reference_index_auto_update():
            call_command("cargar_programa", verbosity=0, stdout=StringIO())
    except CommandError as error:
        decir(f"El aula queda sin curso. {error} Después repita la orden: lo demás ya está hecho.")
        return
    call_command("rebuild_references_index", verbosity=0, stdout=StringIO())
    decir("Programa cargado.")


def poner_estaticos() -> None:
    """Compress and name what pages carry, when this edition has others than the last time."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return
    sello = Path(settings.STATIC_ROOT) / SELLO
    ahora = _huella()
    if sello.exists() and sello.read_text() == ahora:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    sello.write_text(ahora)


def _huella() -> str:
    cuenta = hashlib.sha256()
    for buscador in get_finders():
        for nombre, almacen in buscador.list([]):
            estado = Path(almacen.path(nombre)).stat()
            cuenta.update(f"{nombre} {estado.st_size} {estado.st_mtime_ns}\n".encode())
    return cuenta.hexdigest()
