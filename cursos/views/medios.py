"""Pictures and files of the site, each for who may see it. No server gives them around this."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from marco.models import AjustesDelAula

from ..rango import responder_archivo

DE_TODAS = "public, max-age=86400"
TIPOS = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


@dataclass(frozen=True)
class _Guardado:
    """A file of a storage, opened only when its bytes are asked for."""

    storage: Any
    name: str

    @property
    def size(self) -> int:
        return self.storage.size(self.name)

    def open(self, modo: str) -> Any:
        return self.storage.open(self.name, modo)


@require_safe
def archivo(request: HttpRequest, ruta: str) -> HttpResponseBase:
    """A picture by its own file: the logo, for everybody; any other, for who writes. Documents have their own door."""
    if posixpath.normpath(ruta) != ruta or ruta.startswith(("/", "..")):
        raise Http404
    es_logo = ruta.startswith(str(AjustesDelAula._meta.get_field("logo").upload_to))
    if not es_logo and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    respuesta = responder(request, default_storage, ruta)
    if es_logo:
        respuesta["Cache-Control"] = DE_TODAS
    return respuesta


def responder(request: HttpRequest, almacen: Any, nombre: str) -> HttpResponseBase:
    """Give a picture of a storage, or say that it is not there."""
    tipo = TIPOS.get(nombre.rpartition(".")[2].lower())
    if tipo is None:
        raise Http404
    guardado = _Guardado(almacen, nombre)
    try:
        marca = hashlib.sha256(f"{nombre}:{guardado.size}".encode()).hexdigest()[:16]
        return responder_archivo(request, guardado, tipo=tipo, marca=marca)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise Http404 from error
