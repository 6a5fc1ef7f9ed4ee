"""Signing in with a document, code or account name, and a key."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ... import rastro
from ...models import Persona
from ...signals import integrante_entro
from ..autenticacion import clave_vencida, con_el_documento_de_otro, con_este_documento, con_este_nombre
from ..conocidos import NINGUNO as SIN_EQUIPO
from ..conocidos import Equipo
from . import frenos

PROPOSITO = "entrar"
LARGO_MAXIMO = 128


class EntradaError(ErrorDeDominio):
    """The person could not be let in."""


def normalizar_identificador(texto: str) -> str:
    """Drop spaces, and the dots and dashes of a number: «4567 8901» and «45.678.901» are the same DNI."""
    junto = re.sub(r"\s+", "", unicodedata.normalize("NFKC", texto))
    return re.sub(r"[.\-]", "", junto) if re.fullmatch(r"[\d.\-]+", junto) else junto


def normalizar_clave(clave: str) -> str:
    """Drop the spaces of a key of numbers («4821 7093»); a phrase keeps its own."""
    return re.sub(r"\s+", "", clave) if re.fullmatch(r"[\d\s]+", clave) else clave


def autenticar(
    *, identificador: str, clave: str, ip: str, ahora: datetime.datetime, equipo: Equipo = SIN_EQUIPO
) -> Any:
    """Return the account, or raise EntradaError with the same words and about the same time whoever it was."""
    identificador = normalizar_identificador(identificador)
    cuenta = _buscar(identificador)
    clave = normalizar_clave(clave)[: LARGO_MAXIMO + 1]
    intento = frenos.Intento(
        PROPOSITO,
        cuenta=_nombre_del_freno(cuenta, identificador),
        ip=ip,
        equipo=equipo.conoce(cuenta.pk) if cuenta else "",
        marca=frenos.marca_de(clave),
    )
    frenos.tomar_turno(intento, ahora=ahora)
    if cuenta is None:
        make_password(clave)
        coincide = False
    else:
        coincide = cuenta.check_password(clave)
    if not coincide or not _puede_entrar(cuenta):
        rastro.no_entro(cuenta=cuenta, motivo="no_coincide" if not coincide else "cerrada")
        raise EntradaError("no_coincide", _("El DNI o la clave no coinciden. Revise e intente otra vez."))
    frenos.soltar(intento)
    if clave_vencida(cuenta, ahora=ahora):
        raise EntradaError(
            "clave_vencida",
            _("Esa clave era para su primera entrada y venció a los 7 días. Pida otra a quien administra este sitio."),
        )
    anotar_entrada(cuenta=cuenta, ahora=ahora)
    return cuenta


def anotar_entrada(*, cuenta: Any, ahora: datetime.datetime) -> None:
    """Leave the trace of a sign-in; for a member, also when it was."""
    persona = getattr(cuenta, "persona", None)
    if persona is not None:
        Persona.objects.filter(pk=persona.pk).update(ultimo_ingreso_en=ahora)
        rastro.anotar(accion="instancias.entrar", persona=persona, por=cuenta)
        aviso = {"persona": persona.pk, "anterior": persona.ultimo_ingreso_en}
        # Whoever listens cannot keep anybody out: what fails there is only logged.
        transaction.on_commit(lambda: integrante_entro.send_robust(sender=Persona, **aviso), robust=True)
    else:
        rastro.anotar_de_cuenta(accion="instancias.entrar", cuenta=cuenta)


def anotar_salida(*, cuenta: Any) -> None:
    """Leave the trace of a sign-out. The quick one looks like any other."""
    persona = getattr(cuenta, "persona", None)
    if persona is not None:
        rastro.anotar(accion="instancias.salir", persona=persona, por=cuenta)
    else:
        rastro.anotar_de_cuenta(accion="instancias.salir", cuenta=cuenta)


def _buscar(identificador: str) -> Any:
    """The account of the person with this document; else the account with this name."""
    if not identificador or len(identificador) > LARGO_MAXIMO:
        return None
    hoy = timezone.localdate()
    # A DNI comes before the same number on another kind of document.
    orden: list[str] = [Persona.Documento.DNI, Persona.Documento.CODIGO, Persona.Documento.CARNE_DE_EXTRANJERIA]
    halladas = sorted(
        con_este_documento(documento=identificador, hoy=hoy),
        key=lambda cuenta: orden.index(cuenta.persona.tipo_de_documento),
    )
    if halladas:
        return halladas[0]
    # The document of a hidden register is that of the person who stays: their key, their brake, the same words.
    por_otro = con_el_documento_de_otro.primera(documento=identificador, hoy=hoy)
    return por_otro or con_este_nombre.primera(nombre=identificador, hoy=hoy)


def _nombre_del_freno(cuenta: Any, identificador: str) -> str:
    """One account is one brake, whichever of its names was typed."""
    return f"cuenta:{cuenta.pk}" if cuenta else f"texto:{identificador}"


def _puede_entrar(cuenta: Any) -> bool:
    persona = getattr(cuenta, "persona", None)
    return cuenta.is_active and (persona is None or persona.activa)
