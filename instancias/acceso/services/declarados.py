"""What a person says of themselves because they want to, and takes back when they want to."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from ... import rastro
from ...declarados import aviso_de, valores_de
from ...models import DatoDeclarado, Persona


@transaction.atomic
def declarar(*, persona: Persona, campo: str, valor: str, ahora: datetime.datetime) -> DatoDeclarado:
    """Keep what the person said, with the words of the notice that they read. The trail does not say what it was.

    Raises ``no_es_de_la_lista``.
    """
    if valor not in valores_de(campo):
        raise ErrorDeDominio("no_es_de_la_lista", _("Elija una de las respuestas."))
    nuevo = {"valor": valor, "aviso": aviso_de(campo), "declarado_en": ahora, "retirado_en": None}
    dato, _creado = DatoDeclarado.objects.update_or_create(persona=persona, campo=campo, defaults=nuevo)
    rastro.anotar(accion="instancias.declarar", persona=persona, por=persona.cuenta, datos={"dato": campo})
    return dato


@transaction.atomic
def retirar(*, persona: Persona, campo: str, ahora: datetime.datetime) -> bool:
    """Empty what the person had said. Returns whether there was anything; twice, nothing changes."""
    dichos = DatoDeclarado.objects.filter(persona=persona, campo=campo).exclude(valor="")
    if not dichos.update(valor="", retirado_en=ahora):
        return False
    rastro.anotar(accion="instancias.retirar_dato", persona=persona, por=persona.cuenta, datos={"dato": campo})
    return True
