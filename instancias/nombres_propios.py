"""The one rule of the names of people: letters of our alphabet with their marks, space, apostrophe, hyphen and period.

A name goes on a paper that proves something, and the paper, its public page and the minutes must say the same letters.
What cannot be a name is refused with what was read and what to do; where a file lost its accents, with the likely name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from marco.letras_perdidas import DUDOSAS, PERDIDAS, Registro, recordado, releido, retocado
from marco.lineas import NombreLeido
from marco.visibles import aviso_de_invisible, lugar_invisible, sin_invisibles

from .registro_de_nombres import del_registro

LARGO = 80
LARGO_COMPLETO = 160

APOSTROFOS = "'’"
# Signs of the keyboard that people put for those of a name.
IGUALES = str.maketrans({"‘": "’", "ʼ": "’", "‐": "-", "‑": "-"})
# A name, with a letter for each letter: words joined by a space or a sign, and a period that shortens.
FORMA = re.compile(r"L+(?:(?:\. ?| ?['’] ?| ?- ?|\.-| )L+)*\.?")
# Most names: words of our own letters, with nothing to be looked at one by one.
SOLO_LETRAS = re.compile("[A-Za-zÀ-ÖØ-öø-ÿ]+(?: [A-Za-zÀ-ÖØ-öø-ÿ]+)*")
MARCAS_SUELTAS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0308\u030c\u0323\u0327\u0328\u0331")
DE_CODIGO = frozenset('<>{}[]()@=$%&\\/+:;,!"~^`´')


def leer_nombre(texto: str, *, largo: int = LARGO, registro: Registro | None = None) -> NombreLeido:
    """Read a name however it was typed. ``registro`` finds in the register a word that lost its letters."""
    if len(texto) <= largo and SOLO_LETRAS.fullmatch(texto) and DUDOSAS.isdisjoint(texto):
        return NombreLeido(texto)
    crudo = unicodedata.normalize("NFC", str(texto))
    junto = " ".join(re.split(r"[ \t\r\n\u00a0\u2007\u202f]+", crudo.translate(IGUALES))).strip()
    problema = _problema(junto, largo)
    if not problema and not any(letra in DUDOSAS for letra in junto):
        return NombreLeido(junto)
    for probable in (releido(crudo), recordado(junto, registro)):
        if probable not in ("", junto) and not _problema(probable, largo):
            return NombreLeido(junto, _("El archivo perdió sus tildes y sus eñes."), probable)
    probable = retocado(junto)
    sirve = bool(problema) and probable != junto and not _problema(probable, largo)
    return NombreLeido(junto, problema, probable if sirve else "")


def nombre_limpio(texto: str, *, largo: int = LARGO, registro: Registro | None = del_registro) -> str:
    """Return a name as it is kept. Raises ValidationError with what was read and what to do."""
    leido = leer_nombre(texto, largo=largo, registro=registro)
    if leido.problema:
        frase = _("Se leyó «%(texto)s». %(consejo)s") if leido.texto else "%(consejo)s"
        visto = sin_invisibles(leido.texto)[:LARGO]
        raise ValidationError(frase % {"texto": visto, "consejo": leido.consejo}, code="nombre")
    return leido.texto


def validar_nombre(texto: str) -> None:
    nombre_limpio(texto)


def validar_nombre_completo(texto: str) -> None:
    nombre_limpio(texto, largo=LARGO_COMPLETO)


# --- What a name is -------------------------------------------------------------------------------------------------


def _es_letra(letra: str) -> bool:
    if unicodedata.category(letra) not in {"Lu", "Ll", "Lt"}:
        return False
    if not ("A" <= letra <= "\u024f" or "\u1e00" <= letra <= "\u1eff"):  # what the papers' own type can print
        return False
    nombre = unicodedata.name(letra, "")
    return nombre.startswith("LATIN ") and unicodedata.normalize("NFKC", letra) == letra


def _problema(texto: str, largo: int) -> str:
    """Say what keeps a text from being a name; nothing when it is one."""
    if not texto:
        return _("Está vacío. Escriba el nombre.")
    if len(texto) <= largo and SOLO_LETRAS.fullmatch(texto):
        return ""
    if aviso := aviso_de_invisible(texto):
        return aviso
    if any(letra.isdigit() or letra.isnumeric() for letra in texto):
        return _("Un nombre no lleva números. Escriba solo letras.")
    for lugar, letra in enumerate(texto):
        if aviso := _problema_de(letra, texto[:lugar]):
            return aviso
    if not any(map(_es_letra, texto)):
        return _("No tiene letras. Escriba el nombre.")
    if not FORMA.fullmatch(
        "".join("L" if _es_letra(letra) else letra for letra in texto if letra not in MARCAS_SUELTAS)
    ):
        return _("Un nombre empieza y termina con una letra, y entre palabra y palabra lleva un solo signo.")
    if len(texto) > largo:
        return _("Es muy largo: tiene %(n)d letras y caben %(largo)d.") % {"n": len(texto), "largo": largo}
    return ""


def _problema_de(letra: str, antes: str) -> str:
    if _es_letra(letra) or letra in " .-" or letra in APOSTROFOS:
        return ""
    if letra in MARCAS_SUELTAS and antes and (_es_letra(antes[-1])):
        return ""
    if letra in PERDIDAS:
        return _("Donde dice «%(signo)s» falta una letra. Escriba el nombre como está en el DNI.") % {"signo": letra}
    if letra.isalpha() and letra not in DE_CODIGO:
        return _("La letra «%(letra)s» no es de nuestro alfabeto. Escriba el nombre con el teclado en español.") % {
            "letra": letra
        }
    return _(
        "Un nombre no lleva el signo «%(signo)s». Escriba solo letras; si hace falta, guion, apóstrofo o punto."
    ) % {"signo": letra}


# --- Fields ---------------------------------------------------------------------------------------------------------


def se_imprime(texto: str) -> bool:
    """Whether it reads the same on paper and on its page: no code, no lost letter, nothing that is not seen."""
    return lugar_invisible(texto) is None and not any(letra in "<>{}\ufffd" for letra in texto)


class CampoDeNombre(models.CharField):
    """A name in a table. Every writer keeps it in one form; forms ask for the whole rule, and no writer may skip it."""

    regla_propia = True  # stricter than that of any line

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._regla = validar_nombre if (self.max_length or 0) <= LARGO else validar_nombre_completo

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if value not in self.empty_values:
            self._regla(value)

    def get_prep_value(self, value: Any) -> Any:
        valor = super().get_prep_value(value)
        if isinstance(valor, str) and SOLO_LETRAS.fullmatch(valor):
            return valor
        return " ".join(unicodedata.normalize("NFC", valor).split()) if isinstance(valor, str) else valor

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str) and SOLO_LETRAS.fullmatch(value):
            return value
        if isinstance(value, str) and not se_imprime(self.get_prep_value(value)):
            nombre_limpio(value, largo=LARGO_COMPLETO, registro=None)  # says what is wrong
        return super().get_db_prep_save(value, connection)


class CampoDeFirma(CampoDeNombre):
    """Who signs, as it is printed: a name, with what comes before or after it. «Mg. Rosa Quispe Huamán, PhD»."""

    def run_validators(self, value: Any) -> None:
        models.CharField.run_validators(self, value)
        for parte in str(value or "").split(","):
            if value not in self.empty_values:
                validar_nombre_completo(parte)


class CampoDeNombreEnFormulario(forms.CharField):
    """A name as a person types it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LARGO)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        texto = super().to_python(value)
        return nombre_limpio(texto, largo=self.max_length or LARGO) if texto else texto
