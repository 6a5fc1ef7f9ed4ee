"""The name of a row, as it goes on papers. What is doubtful is shown with the likely name, never changed alone."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from marco.textos import normalizar
from marco.visibles import sin_invisibles

from ...nombres_propios import Registro, leer_nombre
from .leida import FilaLeida

# Posts and titles that people put before a name. Those of the second group are also names: only with a period.
TITULO = re.compile(
    r"^(?:(?:(?:sr|sra|srta|don|doña|dr|dra|ing|lic|licda|abog|abg|mg|mgtr|mag|prof|profa|econ|obst|enf|psic|arq|bach|"
    r"cmdte|cdte|crnl|cnel|gral|tnte|tte|sgto|pnp|señor|señora|señorita|doctor|doctora|ingeniero|ingeniera|licenciado|"
    r"licenciada|comandante|mayor|suboficial|sub\s?oficial)\b\.?|(?:cap|my|alf|tec|téc|cpc|st|so|ss|ps|sub\s?of|blgo|blga)\.|"
    r"(?:s\.?[ots]\.?\s?[1-3s]\.?\b))\s*)+(?=\S)",
    re.IGNORECASE,
)
CAMBIADOS = "parecen_cambiados"
NUMEROS_POR_LETRAS = str.maketrans("01345", "oieas")
SUELTA = re.compile(r"[^\W\d_]\.?")


def leer_nombre_de(campo: str, fila: dict[str, Any], cual: object, leida: FilaLeida, registro: Registro | None) -> str:
    """Return the first names or the surnames of a row as they are kept; nothing when they are no name."""
    limpio = fila.get(campo, "").strip(" ,;").lstrip(". ")
    if limpio.endswith(".") and len(limpio.split()[-1]) > len("Dra."):  # «Ma.» is short for María; «Pérez.» only ends
        limpio = limpio.rstrip(" .")
    if not limpio:
        leida.falla(campo, "falta", _("Faltan %(cual)s.") % {"cual": cual})
        return ""
    nombre = leer_nombre(limpio, registro=registro)
    if nombre.problema:
        visto = sin_invisibles(limpio)[:40]
        frase = _("No se entienden %(cual)s: se leyó «%(texto)s». %(consejo)s")
        frase %= {"cual": cual, "texto": visto, "consejo": nombre.consejo}
        probable = nombre.probable or _sin_numeros(limpio, registro)
        leida.falla(campo, "no_es_nombre", frase, leido=visto, propuestas=[bien_escrito(probable)] if probable else [])
        return ""
    escrito = bien_escrito(nombre.texto)
    _dudas(campo, escrito, cual, leida)
    return escrito


def bien_escrito(nombre: str) -> str:
    return con_mayusculas(nombre) if nombre.isupper() or nombre.islower() else nombre


def _sin_numeros(texto: str, registro: Registro | None) -> str:
    """«R0sa» was Rosa; «Rosa 2», Rosa."""
    if not any(letra.isdigit() for letra in texto):
        return ""
    palabras = []
    for palabra in texto.split():
        letras = sum(letra.isalpha() for letra in palabra)
        arreglada = palabra.translate(NUMEROS_POR_LETRAS) if letras > len(palabra) / 2 else ""
        palabras.append(arreglada.upper() if palabra.upper() == palabra else arreglada)
    nombre = leer_nombre(" ".join(palabra for palabra in palabras if palabra), registro=registro)
    return "" if nombre.problema else nombre.texto


def _dudas(campo: str, nombre: str, cual: object, leida: FilaLeida) -> None:
    sin_titulo = TITULO.sub("", nombre)
    if sin_titulo != nombre and not leer_nombre(sin_titulo).problema:
        frase = _("En %(cual)s se leyó «%(texto)s»: lo que va antes del nombre no sale en el certificado. Quítelo.")
        frase %= {"cual": cual, "texto": nombre[:40]}
        leida.falla(campo, "con_titulo", frase, leido=nombre[:40], propuestas=[bien_escrito(sin_titulo)])
    elif all(SUELTA.fullmatch(palabra) for palabra in nombre.split()):
        frase = _("En %(cual)s solo se leyó «%(texto)s». Escriba el nombre como está en el documento.")
        leida.falla(campo, "solo_iniciales", frase % {"cual": cual, "texto": nombre[:40]}, leido=nombre[:40])


def con_mayusculas(texto: str) -> str:
    """Write as in Spanish what came all in capitals or all in small letters: «Ana», «de la Cruz», «La Torre»."""
    palabras: list[str] = []
    for palabra in texto.lower().split():
        # An article is written small only after «de»: alone it begins the surname.
        es_particula = palabra in {"de", "del", "y"} or (palabra in {"la", "las", "los"} and palabras[-1:] == ["de"])
        palabras.append(palabra if es_particula else re.sub(r"[^\W_]+", lambda parte: parte[0].capitalize(), palabra))
    return " ".join(palabras)


def revisar_el_orden(leida: FilaLeida, de_pila: frozenset[str]) -> None:
    """Warn of first names under the surnames and surnames under the first names."""
    nombres, apellidos = normalizar(leida.nombres).split(), normalizar(leida.apellidos).split()
    if not nombres or not apellidos or not de_pila.issuperset(apellidos) or not de_pila.isdisjoint(nombres):
        return
    frase = _("Los nombres y los apellidos parecen cambiados: nombres «%(nombres)s», apellidos «%(apellidos)s».")
    frase %= {"nombres": leida.nombres[:40], "apellidos": leida.apellidos[:40]}
    leida.falla("nombres", CAMBIADOS, frase, leido=leida.nombres)
