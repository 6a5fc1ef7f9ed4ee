"""What a person does with their own data."""

from __future__ import annotations

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ... import rastro
from ...models import Consentimiento, Persona
from ...validators import validar_celular


class DatosError(ErrorDeDominio):
    """A detail cannot be kept as it was written."""


@transaction.atomic
def confirmar_datos(*, persona: Persona, version: str, texto: str, ahora: datetime.datetime) -> Consentimiento:
    """Record that the person saw their data and accepted the notice, with its very words (Ley 29733, art. 13.5).

    Accepting the same version twice keeps the first record.
    """
    _anotar_visto(persona, version, ahora)
    consentimiento, creado = Consentimiento.objects.get_or_create(
        persona=persona,
        version=version,
        retirado_en=None,
        defaults={"texto": texto, "aceptado_en": ahora},
    )
    if creado:
        rastro.anotar(
            accion="instancias.aceptar_aviso", persona=persona, por=persona.cuenta, datos={"version": version}
        )
    return consentimiento


@transaction.atomic
def seguir_sin_aceptar(*, persona: Persona, version: str, texto: str, ahora: datetime.datetime) -> None:
    """Record that the person saw the notice and did not accept: they go on, and nobody writes to them.

    What the law asks of a member (name, seat, progress) needs no consent; their phone and e-mail do. It is the answer
    to a notice that is being asked: over one that was accepted, as from a page left open, it would take the phone
    away unannounced, and «Retirar mi consentimiento» says so before. Said twice, it is said once.
    """
    suyos = Consentimiento.objects.filter(persona=persona, version=version)
    if suyos.filter(retirado_en__isnull=True).exists():
        raise DatosError("ya_acepto", _("Usted ya aceptó este aviso. Si quiere retirarlo, puede hacerlo aquí, abajo."))
    if persona.aviso_visto == version and suyos.exists():
        return
    _anotar_visto(persona, version, ahora)
    retirar_consentimiento(persona=persona, ahora=ahora)
    Consentimiento.objects.create(persona=persona, version=version, texto=texto, aceptado_en=ahora, retirado_en=ahora)


def _anotar_visto(persona: Persona, version: str, ahora: datetime.datetime) -> None:
    persona.datos_revisados_en, persona.aviso_visto = ahora, version
    persona.save(update_fields=["datos_revisados_en", "aviso_visto"])


@transaction.atomic
def retirar_consentimiento(*, persona: Persona, ahora: datetime.datetime) -> int:
    """Take back what was accepted, in every version, and empty what was kept because of it: phone and e-mail."""
    vigentes = Consentimiento.objects.filter(persona=persona, retirado_en__isnull=True)
    retirados = vigentes.update(retirado_en=ahora)
    if persona.celular or persona.correo:
        persona.celular = persona.correo = ""
        persona.save(update_fields=["celular", "correo"])
    if retirados:
        rastro.anotar(accion="instancias.retirar_aviso", persona=persona, por=persona.cuenta)
    return retirados


def exigir_que_acepte(persona: Persona) -> None:
    """Raise when a way to write to this person would be kept against what they answered."""
    if persona.no_acepta():
        raise DatosError(
            "no_acepta", _("No tiene aceptado el aviso de datos: no se guardan ni su celular ni su correo.")
        )


def anotar_copia(*, persona: Persona, formato: str) -> None:
    """Leave a trace that the person took a copy of their data."""
    rastro.anotar(accion="instancias.descargar_datos", persona=persona, por=persona.cuenta, datos={"formato": formato})


@transaction.atomic
def cambiar_celular(*, persona: Persona, celular: str) -> None:
    """Keep the person's own phone number; empty removes it."""
    numero = re.sub(r"[\s.\-()]", "", celular).removeprefix("+51")
    if numero:
        try:
            validar_celular(numero)
        except ValidationError as error:
            raise DatosError("celular", _("El celular tiene 9 números y empieza con 9.")) from error
        exigir_que_acepte(persona)
    persona.celular = numero
    persona.save(update_fields=["celular"])
    rastro.anotar(accion="instancias.cambiar_celular", persona=persona, por=persona.cuenta)


@transaction.atomic
def cambiar_correo(*, persona: Persona, correo: str) -> None:
    """Keep the person's own e-mail; empty removes it. Leaving one is asking for the links to go there."""
    if correo:
        exigir_que_acepte(persona)
    persona.correo = correo
    persona.save(update_fields=["correo"])
    rastro.anotar(accion="instancias.cambiar_correo", persona=persona, por=persona.cuenta)


def preferir_ahorro(*, persona: Persona, ahorra: bool) -> None:
    """Pictures wait for a touch, on every phone of the person."""
    persona.ahorra_datos = ahorra
    persona.save(update_fields=["ahorra_datos"])
