"""What a copy holds: the database in pieces, the files, and the manifest, that goes last because it counts the rest."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from .cifrado import Cifrador, Descifrador
from .errores import ErrorDeRespaldo

PIEZA = 8 * 1024 * 1024
BASE, ARCHIVOS, MANIFIESTO = "base", "archivos", "manifiesto.json"


class Guardadora:
    """Put things in; nothing is kept in memory but the piece of the moment."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.archivos: list[list[Any]] = []  # storage, name, bytes, digest
        self.apoyados: list[list[str]] = []  # of those, the ones that another copy has
        self.base: dict[str, Any] = {}

    def _poner(self, nombre: str, tamano: int, que: IO[bytes]) -> None:
        ficha = tarfile.TarInfo(nombre)
        ficha.size, ficha.mode = tamano, 0o600
        self._tar.addfile(ficha, que)

    def poner_base(self, trozos: Iterable[bytes]) -> None:
        """The database, of which nobody knows the size until its end: in pieces."""
        cuenta, tamano, numero, junto = hashlib.sha256(), 0, 0, bytearray()
        for trozo in trozos:
            cuenta.update(trozo)
            tamano += len(trozo)
            junto += trozo
            if len(junto) >= PIEZA:
                self._poner(f"{BASE}/{numero:06d}", len(junto), io.BytesIO(junto))
                numero, junto = numero + 1, bytearray()
        self._poner(f"{BASE}/{numero:06d}", len(junto), io.BytesIO(junto))
        self.base = {"bytes": tamano, "sha256": cuenta.hexdigest()}

    def poner_archivo(self, almacen: str, nombre: str, tamano: int, sha256: str, que: IO[bytes]) -> None:
        self._poner(f"{ARCHIVOS}/{almacen}/{nombre}", tamano, que)
        self.archivos.append([almacen, nombre, tamano, sha256])

    def contar_con(self, almacen: str, nombre: str, tamano: int, sha256: str) -> None:
        """A file of this copy that is in the one on which it rests."""
        self.archivos.append([almacen, nombre, tamano, sha256])
        self.apoyados.append([almacen, nombre])

    def cerrar(self, manifiesto: dict[str, Any]) -> dict[str, Any]:
        entero = {**manifiesto, "base": self.base, "archivos": self.archivos}
        texto = json.dumps(entero, ensure_ascii=False).encode()
        self._poner(MANIFIESTO, len(texto), io.BytesIO(texto))
        return entero


@contextmanager
def escribir(destino: IO[bytes], clave: str, cabecera: dict[str, Any]) -> Iterator[Guardadora]:
    """Give where to put things; the seal of the end is written only when nothing failed."""
    cifrador = Cifrador(destino, clave, cabecera)
    with (
        gzip.GzipFile(fileobj=cifrador, mode="wb", compresslevel=3, mtime=0) as comprimido,
        tarfile.open(fileobj=comprimido, mode="w|", bufsize=256 * 1024) as tar,
    ):
        yield Guardadora(tar)
    cifrador.terminar()


class Abierta:
    """What was taken out of a copy: its manifest, and its database and files in ``carpeta``."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self.manifiesto: dict[str, Any] = {}
        self.base = carpeta / "base"
        self.archivos = carpeta / "archivos"

    def archivo(self, almacen: str, nombre: str) -> Path:
        return self.archivos / almacen / nombre


def abrir(origen: IO[bytes], clave: str, carpeta: Path) -> Abierta:
    """Take a copy out into an empty folder and compare all that it holds with what its manifest says.

    Raises ``ErrorDeRespaldo``: ``no_es_copia``, ``otra_clave``, ``mas_nueva``, ``incompleta``, ``danada``.
    """
    abierta = Abierta(carpeta)
    descifrador = Descifrador(origen, clave)
    if descifrador.cabecera.get("que") == "llaves":
        frase = _("Ese archivo es de llaves, y no una copia: diga el que termina en «.respaldo».")
        raise ErrorDeRespaldo("no_es_copia", frase)
    try:
        with gzip.GzipFile(fileobj=io.BufferedReader(descifrador, PIEZA), mode="rb") as claro:
            vistos = _sacar(claro, abierta)
            while claro.read(PIEZA):  # to its end, so that the last seal is seen
                pass
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise _danada() from error
    if not descifrador.llego_al_final or not abierta.manifiesto:
        raise ErrorDeRespaldo("incompleta", _("La copia está incompleta: no tiene su lista de contenido."))
    _comparar(abierta.manifiesto, vistos)
    return abierta


def sacar_archivos(
    origen: IO[bytes], clave: str, carpeta: Path, cuales: set[tuple[str, ...]]
) -> dict[tuple[str, ...], list[Any]]:
    """Take some files, by storage and name, out of a copy into a folder. Return size and digest of those it has.

    It reads as far as the last of them: whoever asks knows what each has to be.
    """
    hallados: dict[tuple[str, ...], list[Any]] = {}
    try:
        with (
            gzip.GzipFile(fileobj=io.BufferedReader(Descifrador(origen, clave), PIEZA), mode="rb") as claro,
            tarfile.open(fileobj=claro, mode="r|", bufsize=256 * 1024) as tar,
        ):
            for ficha in tar:
                partes = PurePosixPath(ficha.name).parts
                suyo = (partes[1], "/".join(partes[2:])) if partes[0] == ARCHIVOS and len(partes) > 2 else ()
                if suyo in cuales and ".." not in partes and (contenido := tar.extractfile(ficha)) is not None:
                    hallados[suyo] = _a_disco(contenido, carpeta.joinpath(*partes))
                    if len(hallados) == len(cuales):
                        break
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise _danada() from error
    return hallados


def _danada() -> ErrorDeRespaldo:
    return ErrorDeRespaldo("danada", _("La copia está dañada: lo que tiene no es lo que dice su lista."))


def _sacar(claro: Any, abierta: Abierta) -> dict[str, list[Any]]:
    """Write each thing where it goes. Return size and digest of each one."""
    vistos: dict[str, list[Any]] = {}
    cuenta_de_base, tamano_de_base = hashlib.sha256(), 0
    with tarfile.open(fileobj=claro, mode="r|", bufsize=256 * 1024) as tar, abierta.base.open("wb") as base:
        abierta.base.chmod(0o600)
        for ficha in tar:
            contenido = tar.extractfile(ficha)
            partes = PurePosixPath(ficha.name).parts
            if contenido is None or ficha.name.startswith("/") or ".." in partes:
                raise _danada()
            if ficha.name == MANIFIESTO:
                abierta.manifiesto = json.loads(contenido.read())
            elif partes[0] == BASE:
                while trozo := contenido.read(PIEZA):
                    cuenta_de_base.update(trozo)
                    tamano_de_base += base.write(trozo)
            else:
                vistos[ficha.name] = _a_disco(contenido, abierta.carpeta.joinpath(*partes))
    vistos[BASE] = [tamano_de_base, cuenta_de_base.hexdigest()]
    return vistos


def _a_disco(contenido: IO[bytes], donde: Path) -> list[Any]:
    donde.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    cuenta, tamano = hashlib.sha256(), 0
    with donde.open("wb") as archivo:
        while trozo := contenido.read(PIEZA):
            cuenta.update(trozo)
            tamano += archivo.write(trozo)
    return [tamano, cuenta.hexdigest()]


def _comparar(manifiesto: dict[str, Any], vistos: dict[str, list[Any]]) -> None:
    de_otra = {tuple(uno) for uno in (manifiesto.get("apoyo") or {}).get("archivos", ())}
    dicho = {
        f"{ARCHIVOS}/{almacen}/{nombre}": [tamano, huella]
        for almacen, nombre, tamano, huella in manifiesto["archivos"]
        if (almacen, nombre) not in de_otra
    }
    dicho[BASE] = [manifiesto["base"]["bytes"], manifiesto["base"]["sha256"]]
    if dicho != vistos:
        raise _danada()
