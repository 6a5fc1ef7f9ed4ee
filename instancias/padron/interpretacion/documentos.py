"""The document of a person as lists write it. A number that is not certain is offered, never corrected alone."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from marco.textos import normalizar

from ...models import Persona
from ...validators import DNI_DE_RELLENO, ES_CARNE, son_numeros
from .leida import FilaLeida

DNI, CARNE = Persona.Documento.DNI.value, Persona.Documento.CARNE_DE_EXTRANJERIA.value
PREFIJO_DE_DNI = re.compile(
    r"^(?:d\.?\s?n\.?\s?i\.?|doc(?:umento)?\.?|n(?:ro|um)?\.?\s?[°º]?)[\s:.#°º-]*(?:n\.?\s?[°º]?\s*)?(?=[0-9])",
    re.IGNORECASE,
)
PREFIJO_DE_CARNE = re.compile(
    r"^(?:c\.?\s?e\.?|carn[eé]t?(?:\s+de)?\s+ext(?:ranjer[ií]a|ranj|\.)?)[\s:.#-]*(?:n[°º.ro]*\s*)?(?=[0-9A-Z])",
    re.IGNORECASE,
)
SIGNOS = re.compile(r"[\s.\-']")
CON_VERIFICADOR = re.compile(r"([0-9]{8})\s*-\s*[0-9A-K]", re.IGNORECASE)
# Letters that are typed, or read by a scanner, for a number.
PARECIDAS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "B": "8"})
DICHO_CARNE = frozenset(
    {"ce", "carne de extranjeria", "carnet de extranjeria", "carne extranjeria", "carnet extranjeria"}
)
ES_OTRO = re.compile(r"pasaporte|passport|\bptp\b|\bcpp\b|permiso temporal|partida")


def leer_documento(texto: str, tipo: str, leida: FilaLeida) -> None:
    """Set the document of a row. ``tipo`` is what its column of kinds of document says, if there is one."""
    dicho = normalizar(tipo)
    texto = PREFIJO_DE_DNI.sub("", texto.strip())
    sin_prefijo = PREFIJO_DE_CARNE.sub("", texto)
    if ES_OTRO.search(dicho) or ES_OTRO.search(normalizar(texto)):
        frase = _("Solo sirve el DNI o el carné de extranjería; se leyó «%(texto)s». Escriba uno de los dos.")
        visto = f"{tipo} {texto}".strip()[:40]
        leida.falla("documento", "documento_de_otro_tipo", frase % {"texto": visto}, leido=visto)
    elif dicho in DICHO_CARNE or _sigla(dicho) == CARNE or sin_prefijo != texto:
        _carne(sin_prefijo, leida)
    else:
        _dni(texto, leida)


def _sigla(dicho: str) -> str:
    return dicho.replace(" ", "")


def _carne(texto: str, leida: FilaLeida) -> None:
    limpio = SIGNOS.sub("", texto).upper()
    leida.tipo_de_documento = CARNE
    leida.documento = limpio[:12]
    if not ES_CARNE.fullmatch(limpio):
        frase = _("El carné de extranjería tiene de 9 a 12 números o letras; se leyó «%(texto)s». Escríbalo otra vez.")
        leida.falla("documento", "carne_mal_escrito", frase % {"texto": limpio[:20]}, leido=limpio[:20])


def _dni(texto: str, leida: FilaLeida) -> None:
    limpio = SIGNOS.sub("", texto)
    leida.documento = limpio[:12]
    visto = limpio[:20]
    largo = len(limpio)
    if not limpio:
        leida.falla("documento", "falta", _("Falta el DNI. Escríbalo con sus 8 números."))
    elif not son_numeros(limpio):
        frase = _("El DNI tiene solo números, del 0 al 9; se leyó «%(dni)s». Escríbalo otra vez.")
        frase %= {"dni": texto.strip()[:20]}  # as it is in the list, where it will be looked for
        leida.falla("documento", "dni_con_letras", frase, leido=texto[:40], propuestas=_probables(texto, limpio))
    elif largo == 7:
        frase = _("El DNI tiene 8 números y se leyeron 7: «%(dni)s». Si empieza con cero, escriba la celda como texto.")
        leida.falla("documento", "dni_sin_cero", frase % {"dni": limpio}, leido=limpio, propuestas=[f"0{limpio}"])
    elif largo != 8:
        frase = _("El DNI tiene 8 números y se leyeron %(n)d: «%(dni)s».") % {"n": largo, "dni": visto}
        propuestas = _probables(texto, limpio)
        leida.falla("documento", "dni_de_otro_largo", frase, leido=texto[:40], propuestas=propuestas)
    elif limpio == DNI_DE_RELLENO:
        frase = _("El DNI «%(dni)s» no es de nadie. Escriba el de la persona, o deje fuera la fila hasta saberlo.")
        leida.falla("documento", "dni_de_relleno", frase % {"dni": limpio}, leido=limpio)


def _probables(texto: str, limpio: str) -> list[str]:
    """What a text that is no DNI may have been."""
    if con := CON_VERIFICADOR.fullmatch(texto.strip()):
        return [con[1]]
    if varios := re.findall(r"(?<![0-9])[0-9]{8}(?![0-9])", texto):
        return list(dict.fromkeys(varios))[:3]
    if len(limpio) == 6 and son_numeros(limpio):
        return [f"00{limpio}"]
    arreglado = limpio.translate(PARECIDAS)
    if len(arreglado) == 8 and son_numeros(arreglado):
        return [arreglado]
    return [f"CE {limpio.upper()}"] if ES_CARNE.fullmatch(limpio.upper()) and re.search("[0-9]{5}", limpio) else []
