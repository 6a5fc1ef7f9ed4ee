"""Errors of the register of people."""

from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula


class PersonaAjena(ErrorDeDominio):
    """The document is of somebody another place answers for. Whatever the name typed, these are all the words."""

    def __init__(self) -> None:
        super().__init__(
            "documento_ajeno",
            _(
                "Esa persona ya está registrada en otro lugar. "
                "Revise el DNI o pida %(a_la_oficina)s de la provincia que le dé este asiento."
            )
            % {"a_la_oficina": AjustesDelAula.actuales().la_oficina.al},
        )
