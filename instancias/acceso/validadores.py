"""The rule of keys where Django and Wagtail look for it: the form of accounts and the commands."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from .autenticacion import persona_de
from .services.claves import MINIMO, MINIMO_DEL_PERSONAL, regla_de_claves
from .services.entrada import normalizar_clave


class ReglaDeClaves:
    """A validator for AUTH_PASSWORD_VALIDATORS: alone it is enough, and it says what the page of the site says."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with one sentence."""
        if normalizar_clave(password) != password:
            # Whoever signs in may type them; kept with them, the key would open nothing.
            raise ValidationError(_("Escriba los números de la clave sin espacios."), code="espacios")
        try:
            regla_de_claves(clave=password, cuenta=user, persona=persona_de(user) if user else None)
        except ErrorDeDominio as error:
            raise ValidationError(error.mensaje, code=error.codigo) from error

    def get_help_text(self) -> str:
        """What is asked, for the form."""
        return _(
            "Para quien trabaja aquí, %(personal)d números o letras, o más; para los demás, %(minimo)d. "
            "No use su nombre, su DNI, una fecha, el nombre de un lugar ni 12345678."
        ) % {"personal": MINIMO_DEL_PERSONAL, "minimo": MINIMO}
