"""What goes out with a personal link: its message, its way to WhatsApp, its QR. Nothing is sent from here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from marco.models import AjustesDelAula
from marco.qr import dibujar

from ..contacto import enlace_de_whatsapp
from ..models import Persona
from .firmas import firma
from .mensajes import direccion_de, mensaje_con_enlace
from .services.enlaces import EnlaceCreado


def para_enviar(request: HttpRequest, persona: Persona, creado: EnlaceCreado) -> dict[str, Any]:
    """The message that carries a link, signed by whoever made it, and its way to WhatsApp where that is on."""
    firmado = firma(request.user, alcance=request.alcance)  # type: ignore[attr-defined]
    mensaje = mensaje_con_enlace(persona=persona, creado=creado, firmado=firmado)
    activo = AjustesDelAula.actuales().whatsapp_activo
    return {
        "creado": creado,
        "direccion": direccion_de(creado),
        "mensaje": mensaje,
        "whatsapp": enlace_de_whatsapp(persona.celular, mensaje) if activo else "",
    }


def qr_de(direccion: str) -> SafeString:
    return mark_safe(dibujar(direccion, clase="k-qr").svg)  # noqa: S308 (made here, from an address of ours)
