"""A machine that proves who is in front of it: WebAuthn, by the library of its makers (``fido2``).

Only what is of this site is said here: how it is called, which addresses are its own, and what is asked of a machine.
The library is read when somebody has one: few do, and every process would pay for it when it starts.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from fido2.server import Fido2Server
    from fido2.webauthn import AttestedCredentialData

LARGO_MAXIMO = 8_000
LOCALES = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Sitio:
    """The site as a machine knows it. ``nombre`` is read on its screen: a neutral one."""

    anfitrion: str
    nombre: str

    def servidor(self) -> Fido2Server:
        from fido2.server import Fido2Server
        from fido2.webauthn import PublicKeyCredentialRpEntity

        return Fido2Server(PublicKeyCredentialRpEntity(id=self.anfitrion, name=self.nombre), verify_origin=self._propia)

    def _propia(self, origen: str) -> bool:
        """Of this very host; without encryption, only where nothing leaves the machine."""
        partes = urlsplit(origen)
        return partes.hostname == self.anfitrion and (partes.scheme == "https" or self.anfitrion in LOCALES)


class NoVale(Exception):
    """What the machine answered proves nothing."""


def sitio_de(request: HttpRequest, nombre: str) -> Sitio:
    return Sitio(urlsplit(f"//{request.get_host()}").hostname or "", nombre)


def pedir_alta(sitio: Sitio, *, cuenta_id: int, nombre: str, guardadas: list[str]) -> tuple[dict[str, Any], Any]:
    """What the browser asks a new machine, and what to remember until it answers."""
    from fido2.webauthn import PublicKeyCredentialUserEntity, UserVerificationRequirement

    numero = salted_hmac("instancias.credenciales", str(cuenta_id), algorithm="sha256").digest()
    opciones, estado = sitio.servidor().register_begin(
        PublicKeyCredentialUserEntity(id=numero, name=nombre, display_name=nombre),
        [_leer(una) for una in guardadas],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(opciones), estado


def dar_de_alta(sitio: Sitio, *, estado: Any, respuesta: str) -> tuple[str, str, int]:
    """The digest of a new credential, the credential to keep, and how far it counts."""
    try:
        leida = sitio.servidor().register_complete(estado, _json(respuesta))
        datos = leida.credential_data
        if datos is None:
            raise NoVale
        return huella_de(datos.credential_id), _escribir(datos), leida.counter
    except NoVale:
        raise
    except Exception as error:
        raise NoVale from error


def pedir_firma(sitio: Sitio, guardadas: list[str]) -> tuple[dict[str, Any], Any]:
    from fido2.webauthn import UserVerificationRequirement

    opciones, estado = sitio.servidor().authenticate_begin(
        [_leer(una) for una in guardadas], user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(opciones), estado


def comprobar_firma(sitio: Sitio, *, estado: Any, guardadas: list[str], respuesta: str) -> tuple[str, int]:
    """The digest of the credential that signed, and how far it counts."""
    from fido2.webauthn import AuthenticationResponse

    try:
        leida = AuthenticationResponse.from_dict(_json(respuesta))
        quien = sitio.servidor().authenticate_complete(estado, [_leer(una) for una in guardadas], leida)
        return huella_de(quien.credential_id), leida.response.authenticator_data.counter
    except Exception as error:
        raise NoVale from error


def huella_de(credencial_id: bytes) -> str:
    return hashlib.sha256(credencial_id).hexdigest()


def _json(respuesta: str) -> dict[str, Any]:
    if len(respuesta) > LARGO_MAXIMO:
        raise NoVale
    leida = json.loads(respuesta)
    if not isinstance(leida, dict):
        raise NoVale
    return leida


def _escribir(datos: AttestedCredentialData) -> str:
    return base64.b64encode(bytes(datos)).decode()


def _leer(guardada: str) -> AttestedCredentialData:
    from fido2.webauthn import AttestedCredentialData

    return AttestedCredentialData(base64.b64decode(guardada))
