"""A phone as light as it can be: one connection that is kept, and as little work of its own as possible.

A library would spend, in the same two cores, a part of what the floor takes.
"""

from __future__ import annotations

import gzip
import json
import socket
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

FICHA = "a" * 32  # of CSRF: the same in the cookie and in the heading
QUIETA = 2.0  # seconds after which the server may have closed the connection
PACIENCIA = 60.0
HTML, DATOS = "text/html", "application/json"


class SeCorto(OSError):
    """The other side closed before it ended what it was saying."""


@dataclass(frozen=True)
class Respuesta:
    """What came: status, headings, body as it travelled, seconds from the first byte sent to the last one received."""

    estado: int
    cabeceras: dict[str, str]
    cuerpo: bytes
    segundos: float
    bytes: int
    ruta: str = ""

    @property
    def texto(self) -> str:
        comprimido = self.cabeceras.get("content-encoding") == "gzip"
        return (gzip.decompress(self.cuerpo) if comprimido else self.cuerpo).decode()


@dataclass(frozen=True)
class Sitio:
    """Where the service listens, how it is called there, and the names of its cookies."""

    puerto: int
    nombre: str = "localhost"
    cifrado: bool = False  # behind a proxy that speaks https, as production is
    galletas: tuple[str, str] = ("sessionid", "csrftoken")
    enchufe: str = ""  # the file where who stands in front of it, as nginx, asks it

    @property
    def origen(self) -> str:
        return f"https://{self.nombre}" if self.cifrado else f"http://{self.nombre}:{self.puerto}"

    @property
    def cabeceras(self) -> dict[str, str]:
        """What each request says, besides what it is about."""
        servidor = self.nombre if self.cifrado else f"{self.nombre}:{self.puerto}"
        propias = {"Host": servidor, "Origin": self.origen, "X-CSRFToken": FICHA}
        if self.cifrado:
            propias |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
        return propias

    def galleta(self, sesion: str) -> str:
        de_sesion, de_csrf = self.galletas
        return f"{de_csrf}={FICHA}" + (f"; {de_sesion}={sesion}" if sesion else "")


@dataclass
class Celular:
    """A connection to a site. ``pedir`` is all that a scene knows of it."""

    sitio: Sitio
    enchufe: socket.socket | None = None
    ultima: float = 0.0
    fijas: str = field(init=False)

    def __post_init__(self) -> None:
        dichas = {**self.sitio.cabeceras, "Accept-Encoding": "gzip", "Connection": "keep-alive"}
        self.fijas = "".join(f"{nombre}: {valor}\r\n" for nombre, valor in dichas.items())

    def pedir(
        self, metodo: str, ruta: str, *, sesion: str = "", campos: Any = None, datos: Any = None, acepta: str = HTML
    ) -> Respuesta:
        """Ask for an address as whoever has this session. ``campos``: of a form; ``datos``: to be sent as JSON."""
        cuerpo, tipo = b"", "application/x-www-form-urlencoded"
        if datos is not None:
            cuerpo, tipo = json.dumps(datos).encode(), DATOS
        elif campos is not None:
            cuerpo = urlencode(campos).encode()
        cabeza = f"{metodo} {ruta} HTTP/1.1\r\n{self.fijas}Accept: {acepta}\r\nCookie: {self.sitio.galleta(sesion)}\r\n"
        if metodo == "POST":
            cabeza += f"Content-Type: {tipo}\r\nContent-Length: {len(cuerpo)}\r\n"
        self._conectar()
        assert self.enchufe is not None  # noqa: S101
        inicio = time.perf_counter()
        self.enchufe.sendall(cabeza.encode() + b"\r\n" + cuerpo)
        estado, cabeceras, contenido, bytes_ = self._leer(metodo)
        segundos = time.perf_counter() - inicio
        self.ultima = time.monotonic()
        if cabeceras.get("connection", "").lower() == "close":
            self.close()
        return Respuesta(estado, cabeceras, contenido, segundos, bytes_, ruta)

    def close(self) -> None:
        if self.enchufe is not None:
            self.enchufe.close()
        self.enchufe = None

    def _conectar(self) -> None:
        if self.enchufe is not None and time.monotonic() - self.ultima > QUIETA:
            self.close()
        if self.enchufe is None and self.sitio.enchufe:
            self.enchufe = socket.socket(socket.AF_UNIX)
            self.enchufe.settimeout(PACIENCIA)
            self.enchufe.connect(self.sitio.enchufe)
        elif self.enchufe is None:
            self.enchufe = socket.create_connection(("127.0.0.1", self.sitio.puerto), timeout=PACIENCIA)
            self.enchufe.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _leer(self, metodo: str) -> tuple[int, dict[str, str], bytes, int]:
        junto = b""
        while b"\r\n\r\n" not in junto:
            junto += self._trozo()
        cabeza, _sep, cuerpo = junto.partition(b"\r\n\r\n")
        primera, *lineas = cabeza.decode("latin-1").split("\r\n")
        cabeceras = {n.lower(): v.strip() for n, _dos, v in (linea.partition(":") for linea in lineas)}
        estado = int(primera.split(" ", 2)[1])
        if metodo == "HEAD" or estado in {204, 304}:
            return estado, cabeceras, b"", len(junto)
        if cabeceras.get("transfer-encoding", "").lower() == "chunked":
            contenido, sobra = self._por_trozos(cuerpo)
            return estado, cabeceras, contenido, len(cabeza) + 4 + sobra
        if "content-length" not in cabeceras:
            cuerpo = self._hasta_el_fin(cuerpo)
        while len(cuerpo) < int(cabeceras.get("content-length", 0)):
            cuerpo += self._trozo()
        return estado, cabeceras, cuerpo, len(cabeza) + 4 + len(cuerpo)

    def _hasta_el_fin(self, cuerpo: bytes) -> bytes:
        """The body of an answer that ends when its connection does."""
        assert self.enchufe is not None  # noqa: S101
        while trozo := self.enchufe.recv(262_144):
            cuerpo += trozo
        self.close()
        return cuerpo

    def _por_trozos(self, llegado: bytes) -> tuple[bytes, int]:
        """The body of an answer that is written as it is made, and how many bytes it took."""
        contenido, total = b"", 0
        while True:
            while b"\r\n" not in llegado:
                llegado += self._trozo()
            largo, _sep, llegado = llegado.partition(b"\r\n")
            tamano = int(largo.partition(b";")[0], 16)
            while len(llegado) < tamano + 2:
                llegado += self._trozo()
            contenido += llegado[:tamano]
            total += len(largo) + 2 + tamano + 2
            llegado = llegado[tamano + 2 :]
            if tamano == 0:
                return contenido, total

    def _trozo(self) -> bytes:
        assert self.enchufe is not None  # noqa: S101
        trozo = self.enchufe.recv(262_144)
        if not trozo:
            self.close()
            raise SeCorto("El servidor cerró la conexión a media respuesta.")
        return trozo
