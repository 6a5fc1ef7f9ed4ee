"""Put a copy in the place of what there is. This is then another installation, that knows what it must not repeat.

The database changes at once, already marked as not ended: a cut on the way serves nobody until it is ended
(``terminar``), which can be asked for again.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from marco.a_disco import a_disco
from marco.contrato import valor
from marco.del_sistema import del_sistema
from marco.identidad import nueva_identidad
from marco.models import CopiaDeRespaldo, Instalacion, Latido

from . import archivos, memoria
from .archivado import exigir_que_termine_de_leer
from .caja import Abierta
from .carpeta import leyendo, nombre_de
from .cifrado import Descifrador, exigir_clave
from .comprobar import comparar, sacada
from .copiar import respaldar
from .errores import ErrorDeRespaldo
from .motores import motor

Decir = Callable[[str], None]
# A new database has rows of these: they are of the program, and nobody's work.
DE_FABRICA = {"auth", "contenttypes", "wagtailcore", "sites", "taggit", "migrations", "sessions", "wagtailsearch"}
PENDIENTE = "restauracion.json"


def restaurar(
    archivo: Path,
    *,
    ahora: datetime.datetime,
    encima: bool = False,
    en_uso: bool = False,
    copia_previa: bool = True,
    clave: str | None = None,
    decir: Decir = lambda _texto: None,
) -> list[str]:
    """Put a copy back and return, in sentences, what was done and what remains to be done by people.

    Raises ``hay_datos`` without ``encima`` and ``en_uso``; nothing is touched until the copy is whole and compared.
    """
    uno = motor()
    habia = hay_datos()
    if habia and not encima:
        frase = _(
            "Aquí ya hay datos y no se tocó nada. Si quiere poner la copia en su lugar, repita con --encima: antes se "
            "guarda una copia de lo que hay."
        )
        raise ErrorDeRespaldo("hay_datos", frase)
    with nullcontext() if en_uso else uno.sin_nadie():
        return _restaurar(archivo, habia, ahora=ahora, copia_previa=copia_previa, clave=clave, decir=decir)


def _restaurar(
    archivo: Path, habia: bool, *, ahora: datetime.datetime, copia_previa: bool, clave: str | None, decir: Decir
) -> list[str]:
    uno = motor()
    try:
        recordado = _recordar(habia, ahora=ahora)
    except OSError as error:  # without it, whoever asked to be erased would come back
        frase = _("No se puede leer %(cual)s (%(error)s) y no se tocó nada. Corríjalo y repita la orden.")
        raise ErrorDeRespaldo(
            "sin_memoria", frase % {"cual": memoria.archivo(), "error": del_sistema(error.errno)}
        ) from error
    previa = ""
    with sacada(archivo, clave=clave) as abierta:
        decir(_("La copia está entera. Se restaura en otra parte y se compara…"))
        _probar(abierta)
        if habia and copia_previa:
            previa = respaldar(ahora=ahora, motivo="antes-de-restaurar", clave=clave).archivo.name
            decir(_("Lo que había quedó en %(cual)s.") % {"cual": previa})
        decir(_("Se pone en su lugar…"))
        pendiente = {"recordado": recordado, "copia_de": abierta.manifiesto["en"], "previa": previa}
        _guardar_pendiente({**pendiente, "archivos_de": str(archivo.resolve())})
        uno.reponer(abierta.base, _marcar_sin_terminar(archivo, ahora=ahora))
        _reponer_archivos(abierta, ahora=ahora)
        _guardar_pendiente(pendiente)
    return terminar(ahora=ahora, clave=clave, decir=decir)


def hay_datos() -> bool:
    """Whether somebody would lose something. Rows that a new database has by itself do not count."""
    existentes = set(connection.introspection.table_names())
    for modelo in apps.get_models(include_auto_created=True):
        meta = modelo._meta
        if not meta.managed or meta.proxy or meta.app_label in DE_FABRICA or meta.db_table not in existentes:
            continue
        if meta.label in ("kuska_marco.Instalacion", "kuska_marco.CopiaDeRespaldo"):
            continue
        try:
            if modelo._base_manager.exists():
                return True
        except DatabaseError:  # a table of another edition: that it is there is enough
            return True
    return archivos.hay()


def _recordar(habia: bool, *, ahora: datetime.datetime) -> dict[str, Any]:
    """What is known of after the copy was made: of what was written beside the copies, and of what there is now."""
    if not habia:
        return memoria.leer()
    try:
        with transaction.atomic():
            return memoria.recordar(ahora=ahora)
    except DatabaseError:  # of another edition, or damaged: that is often why one comes back
        return memoria.leer()


def _probar(abierta: Abierta) -> None:
    try:
        with motor().en_otra_parte(abierta.base, abierta.carpeta) as (_ajustes, hallado):
            comparar(abierta.manifiesto["relaciones"], hallado)
    except ErrorDeRespaldo as error:
        if error.codigo != "sin_permiso":  # then it goes in one transaction: what is damaged does not go in
            raise


def _marcar_sin_terminar(archivo: Path, *, ahora: datetime.datetime) -> list[tuple[str, tuple[Any, ...]]]:
    donde = Instalacion._meta.db_table
    return [
        (f"DELETE FROM {donde}", ()),  # noqa: S608
        (
            f"INSERT INTO {donde} (id, identidad, desde, repuesta_de, por_terminar_desde) VALUES (1, ?, ?, ?, ?)",  # noqa: S608
            (nueva_identidad(), _en_la_base(ahora), archivo.name[:120], _en_la_base(ahora)),
        ),
    ]


def _en_la_base(en: datetime.datetime) -> str:
    """A moment as the database takes it without Django: SQLite keeps them in UTC, without saying so."""
    en = en.astimezone(datetime.UTC)
    return (en.replace(tzinfo=None) if connection.vendor == "sqlite" else en).isoformat(sep=" ", timespec="seconds")


def _pendiente() -> Path:
    return Path(valor("KUSKA_RESPALDOS") or settings.MEDIA_ROOT) / PENDIENTE


def _guardar_pendiente(datos: dict[str, Any]) -> None:
    """On disk before the database changes: what has to be done afterwards, also by whoever comes after a cut."""
    donde = _pendiente()
    donde.parent.mkdir(parents=True, exist_ok=True)
    parcial = donde.with_name(f".{PENDIENTE}.parcial")
    with parcial.open("w", encoding="utf-8") as papel:
        json.dump(datos, papel)
        papel.flush()
        os.fsync(papel.fileno())
    parcial.replace(donde)
    a_disco(donde.parent)


def _reponer_archivos(abierta: Abierta, *, ahora: datetime.datetime) -> None:
    aparte = f"antes-{ahora:%Y%m%d-%H%M%S}"
    for almacen in archivos.almacenes():
        suyos = [nombre for de, nombre, _tamano, _huella in abierta.manifiesto["archivos"] if de == almacen]
        archivos.reponer(almacen, abierta.archivos / almacen, suyos, aparte=aparte)


def sin_terminar() -> bool:
    """Whether a return was cut half-way. A database without our tables was never put back."""
    try:
        return Instalacion.objects.filter(por_terminar_desde__isnull=False).exists()
    except DatabaseError:
        return False


def terminar(*, ahora: datetime.datetime, clave: str | None = None, decir: Decir = lambda _texto: None) -> list[str]:
    """What comes after the database and the files are in their place. Done once or twice, the same."""
    try:
        pendiente = json.loads(_pendiente().read_text("utf-8"))
    except (OSError, ValueError):
        pendiente = {}
    if pendiente.get("archivos_de"):  # cut between the database and its files: all of them again
        with sacada(Path(pendiente["archivos_de"]), clave=clave) as abierta:
            _reponer_archivos(abierta, ahora=ahora)
    decir(_("Se pone la base al día con este programa…"))
    call_command("migrate", verbosity=0, interactive=False)
    copia_de = datetime.datetime.fromisoformat(pendiente["copia_de"]) if "copia_de" in pendiente else ahora
    recordado = pendiente.get("recordado") or memoria.leer()
    with transaction.atomic():
        hecho = memoria.volver(recordado, copia_de=copia_de, ahora=ahora)
        hecho.append(_cerrar_sesiones())
        Instalacion.objects.update(por_terminar_desde=None, desde=ahora)
    cache.clear()
    _anotar_la_previa(pendiente.get("previa", ""), ahora=ahora)
    _pendiente().unlink(missing_ok=True)
    return [*hecho, *_lo_que_sigue(copia_de, pendiente.get("previa", ""))]


def ya_repuesta(*, ahora: datetime.datetime, decir: Decir = lambda _texto: None) -> list[str]:
    """The database came back by another way, as from its journal: make of it what a return makes. Files stay.

    What it does not have is told from the last minute in which its clock beat. Raises ``en_uso``, ``sin_base`` and
    ``leyendo``.
    """
    uno = motor()
    exigir_que_termine_de_leer(decir=decir)
    if not hay_datos():
        frase = _("La base no tiene nada: repóngala primero, y repita.")
        raise ErrorDeRespaldo("sin_base", frase)
    with uno.sin_nadie():
        de = Latido.objects.filter(clave=Latido.RELOJ).values_list("en", flat=True).first() or ahora
        recordado = memoria.leer()
        _guardar_pendiente({"recordado": recordado, "copia_de": de.isoformat(), "previa": ""})
        with transaction.atomic():
            Instalacion.objects.all().delete()
            suyo = {"desde": ahora, "repuesta_de": nombre_de(de, "diario"), "por_terminar_desde": ahora}
            Instalacion.objects.create(pk=1, identidad=nueva_identidad(), **suyo)
        return terminar(ahora=ahora, decir=decir)


def _cerrar_sesiones() -> str:
    """Whoever was in comes in again: what a session allowed may have been taken away after the copy."""
    almacen = import_module(settings.SESSION_ENGINE).SessionStore
    cuantas = 0
    if hasattr(almacen, "get_model_class"):
        cuantas = almacen.get_model_class().objects.all().delete()[0]
    return _("Se cerraron todas las sesiones (%(n)d): cada persona entra otra vez con su clave.") % {"n": cuantas}


def _anotar_la_previa(previa: str, *, ahora: datetime.datetime) -> None:
    """The line of the copy that was made just before went away with the database that it was in."""
    if previa and not CopiaDeRespaldo.objects.filter(nombre=previa).exists():
        CopiaDeRespaldo.objects.create(nombre=previa, hecha_en=ahora, estado=CopiaDeRespaldo.Estado.BUENA)


def _lo_que_sigue(copia_de: datetime.datetime, previa: str) -> list[str]:
    from django.utils.formats import date_format
    from django.utils.timezone import localtime

    desde = date_format(localtime(copia_de), "DATETIME_FORMAT")
    frases = [
        _("Lo que se hizo desde el %(desde)s ya no está: avise a quienes trabajaron desde entonces.")
        % {"desde": desde},
        _(
            "Valen otra vez los enlaces, claves y códigos que había entonces: retire las cuentas y los permisos que "
            "se quitaron después, y cambie las claves que se hubieran filtrado."
        ),
        _("Encienda el servicio, entre, y abra «Copias» en el panel. Después haga una copia nueva."),
    ]
    if previa:
        frases.append(_("Si se equivocó de copia, lo de antes está en %(cual)s.") % {"cual": previa})
    return frases


def sacar_llaves(archivo: Path, destino: Path, *, clave: str | None = None) -> list[str]:
    """Write the keys of an installation where only its owner reads them. Return their names, never what they are."""
    clave = exigir_clave(valor("KUSKA_CLAVE_DE_RESPALDO") if clave is None else clave)
    with leyendo(archivo) as papel:
        lector = Descifrador(papel, clave)
        if lector.cabecera.get("que") != "llaves":
            raise ErrorDeRespaldo("no_es_copia", _("Ese archivo no es de llaves: termina en «.llaves»."))
        llaves = json.loads(lector.readall())
    # As the file of variables is written, and none that was not there: an empty one would hide what a machine has.
    dichas = {nombre: ",".join(que) if isinstance(que, list) else que for nombre, que in llaves.items() if que}
    with open(os.open(destino, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as papel_de_llaves:
        for nombre, que in dichas.items():
            papel_de_llaves.write(f'{nombre}="{que}"\n')
    return sorted(dichas)
