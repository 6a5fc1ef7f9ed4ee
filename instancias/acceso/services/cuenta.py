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
    consentimiento, creado = Consentimiento.objects.get_or_create(
        persona=persona,
        version=version,
        retirado_en=None,
        defaults={"texto": texto, "aceptado_en": ahora},
    )
    persona.datos_revisados_en = ahora
    persona.save(update_fields=["datos_revisados_en"])
    if creado:
        rastro.anotar(
            accion="instancias.aceptar_aviso", persona=persona, por=persona.cuenta, datos={"version": version}
        )
    return consentimiento


@transaction.atomic
def cambiar_celular(*, persona: Persona, celular: str) -> None:
    """Keep the person's own phone number; empty removes it."""
    numero = re.sub(r"[\s.\-()]", "", celular).removeprefix("+51")
    if numero:
        try:
            validar_celular(numero)
        except ValidationError as error:
            raise DatosError("celular", _("El celular tiene 9 números y empieza con 9.")) from error
    persona.celular = numero
    persona.save(update_fields=["celular"])
    rastro.anotar(accion="instancias.cambiar_celular", persona=persona, por=persona.cuenta)


@transaction.atomic
def cambiar_correo(*, persona: Persona, correo: str) -> None:
    """Keep the person's own e-mail; empty removes it. Leaving one is asking for the links to go there."""
    persona.correo = correo
    persona.save(update_fields=["correo"])
    rastro.anotar(accion="instancias.cambiar_correo", persona=persona, por=persona.cuenta)


def preferir_ahorro(*, persona: Persona, ahorra: bool) -> None:
    """Pictures wait for a touch, on every phone of the person."""
    persona.ahorra_datos = ahorra
    persona.save(update_fields=["ahorra_datos"])
