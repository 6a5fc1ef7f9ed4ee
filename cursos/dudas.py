"""What the text of a doubt may hold, and how a doubt is named outside of the site. Pure: it asks nothing."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

LARGO = 600  # of a doubt
LARGO_DE_LA_RESPUESTA = 1200
LARGO_DE_LA_PREGUNTA = 200  # of a note, in one line
POR_DIA = 5  # doubts of a person in a day

# Eight digits or more in a row, also apart by one sign: documents, phones, files of a case.
NUMERO = re.compile(r"(?<![\w/])\+?\d(?:[ .\-]?\d){7,}(?![\w/])")
CORREO = re.compile(r"[^\s@,;:]+@[^\s@,;:]+\.\w{2,}")
# What is written with as many digits and is of nobody: days, years one after another, and the number of a norm.
FECHA = r"\d{1,2}[ .\-]\d{1,2}[ .\-](?:19|20)\d\d|(?:19|20)\d\d-\d{1,2}-\d{1,2}"
DE_NADIE = re.compile(rf"(?:{FECHA}|(?:19|20)\d\d(?:[ \-](?:19|20)\d\d)+|\d{{1,5}}-(?:19|20)\d\d)")


def en_renglones(texto: str) -> str:
    """Return a text of several lines as it is kept: without blank ends nor holes."""
    plano = unicodedata.normalize("NFC", str(texto)).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(linea.rstrip() for linea in plano.split("\n"))).strip()


def datos_en(texto: str) -> tuple[str, ...]:
    """Return what looks like the document, the phone or the e-mail of somebody, as it was written, each once."""
    numeros = (uno for uno in NUMERO.findall(texto) if not DE_NADIE.fullmatch(uno))
    return tuple(dict.fromkeys([*numeros, *CORREO.findall(texto)]))


def huella_de(datos: tuple[str, ...]) -> str:
    """What somebody was warned about, to know it again: digits alone, in order."""
    return ",".join(sorted({re.sub(r"[ .\-]", "", uno).lower() for uno in datos}))


def ya_avisado(datos: tuple[str, ...], visto: str) -> bool:
    """Whether a person was told of all this before: a number that came afterwards is told as well."""
    return set(huella_de(datos).split(",")) <= set(visto.split(","))


def lugar_en_palabras(*, curso: int, posicion: int, numero: int, paso: int) -> str:
    """«curso 1, lección 3, paso 2»: numbers and never a title, because somebody else may be holding the phone.

    A route has no position: it is named by the number of its address.
    """
    datos = {"curso": curso, "n": posicion or numero, "paso": paso}
    if posicion:
        return _("curso %(curso)d, lección %(n)d, paso %(paso)d") % datos
    return _("curso %(curso)d, lección opcional %(n)d, paso %(paso)d") % datos


def mensaje_de_duda(lugar: str) -> str:
    """What WhatsApp opens with. It says where, and nothing of who writes."""
    return _("Hola. Tengo una duda del %(lugar)s: ") % {"lugar": lugar}


def sin_datos(texto: str) -> str:
    """The same text without what looks like data of somebody: for one that nobody can be asked about any more."""
    for uno in datos_en(texto):
        texto = texto.replace(uno, "…")
    return texto
