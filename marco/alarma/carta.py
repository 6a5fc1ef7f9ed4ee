"""The words of a message of the alarm. Its subject shows on a locked screen: nothing of what the site is about."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..direcciones import ruta_de
from ..estado import MAL
from ..models import AjustesDelAula
from .reglas import Aviso


def escribir(aviso: Aviso, *, para: list[str]) -> EmailMessage:
    """The message about what is wrong and what is well again, for everybody at once: they work together."""
    if aviso.mal:
        n = len(aviso.mal)
        asunto = ngettext("Aviso del aula: %(n)d cosa por atender", "Aviso del aula: %(n)d cosas por atender", n)
        asunto %= {"n": n}
    else:
        asunto = _("Aviso del aula: ya está bien")
    partes = []
    for linea, desde in aviso.mal:
        como = _("MAL") if linea.estado == MAL else _("Por mirar")
        momento = date_format(timezone.localtime(desde.desde), "DATETIME_FORMAT")
        dicha = [f"{como} · {linea.nombre}: {linea.dice}"]
        if linea.que_hacer:
            dicha.append(_("Qué hacer: %(que)s") % {"que": linea.que_hacer})
        dicha.append(_("Así desde el %(momento)s.") % {"momento": momento})
        partes.append("\n".join(dicha))
    if aviso.de_vuelta:
        partes.append(_("Ya está bien: %(cuales)s.") % {"cuales": ", ".join(aviso.de_vuelta)})
    return _mensaje(asunto, partes, para)


def de_prueba(*, para: list[str]) -> EmailMessage:
    """A message that says only that messages arrive."""
    partes = [_("Esto es una prueba: los avisos del aula llegan a este correo.")]
    return _mensaje(_("Aviso del aula: prueba"), partes, para)


def _mensaje(asunto: str, partes: list[str], para: list[str]) -> EmailMessage:
    sitio = str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")
    donde = {"aula": AjustesDelAula.actuales().nombre_del_espacio, "direccion": sitio + ruta_de("estado")}
    partes = [
        *partes,
        _("%(aula)s. Cómo está todo ahora: %(direccion)s") % donde,
        _(
            "Lo que está mal se avisa otra vez cada día, y lo que está por mirar, cada semana. Recibe este correo "
            "porque está en KUSKA_AVISOS_A, en el servidor."
        ),
    ]
    cuerpo = "\n\n".join(partes) + "\n"
    return EmailMessage(asunto, cuerpo, None, para, headers={"Auto-Submitted": "auto-generated"})
