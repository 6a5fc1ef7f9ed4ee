"""What a lesson must have to be published, and what its author is warned about. Pure: it reads the raw stream."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from . import decida, tiempo
from .blocks import PALABRA, contar_palabras, textos_del_paso
from .ejemplos import EJEMPLO
from .sin_terminar import es_de_ejemplo, falta_del_alternativo, faltas_de_los_pasos

HORAS_DE_UN_CURSO, HORAS_DE_UN_MODULO = 2000, 500  # the most that is declared, in the editor and in a file
PALABRAS_POR_PASO = 120
LIX_MAXIMO = 35
MINUTOS_MAXIMOS = 15
PLEGADOS = {"mas_detalle", "respuesta", "explicacion", "transcripcion", "regla"}
DATO_PERSONAL = re.compile(r"(?<!\d)(?:\d{8}|9\d{2}[ -]?\d{3}[ -]?\d{3})(?!\d)")
ENLACE_VAGO = re.compile(r"<a\b[^>]*>\s*(?:aqu[ií]|click aqu[ií]|este enlace|ver m[aá]s)\s*</a>", re.IGNORECASE)
FIN_DE_ORACION = re.compile(r"[.!?:;]+(?:\s|$)")


@dataclass(frozen=True)
class Linea:
    """A line of the list «Antes de publicar»."""

    texto: str
    lista: bool
    como: str = ""


def lix(texto: str) -> int:
    """Readability as Wagtail measures it: words per sentence plus the share of words over six letters."""
    palabras = PALABRA.findall(texto)
    if not palabras:
        return 0
    oraciones = max(len(FIN_DE_ORACION.findall(texto)), 1)
    largas = sum(len(palabra) > 6 for palabra in palabras)
    return round(len(palabras) / oraciones + 100 * largas / len(palabras))


def faltas_para_publicar(pasos: Iterable[dict]) -> list[str]:
    """Return, as sentences, the little that keeps a lesson from being published."""
    pasos = list(pasos)
    if not pasos:
        return [_("Agregue al menos un paso antes de publicar.")]
    return _faltas_de_los_medios(pasos) + _faltas_de_los_que_preguntan(pasos) + faltas_de_los_pasos(pasos)


def _faltas_de_los_que_preguntan(pasos: list[dict]) -> list[str]:
    """What keeps a step «Decida» from being asked: its kind of question says it."""
    mensaje = _("Paso %(n)d: %(falta)s")
    return [
        mensaje % {"n": numero, "falta": falta}
        for numero, paso in enumerate(pasos, 1)
        if paso["type"] == decida.CLAVE
        for falta in decida.quien_pregunta().faltas(decida.planteo_de(paso["value"]))
    ]


def _faltas_de_los_medios(pasos: list[dict]) -> list[str]:
    """What pictures and sounds lack for whoever does not see or hear them."""
    faltas = []
    for numero, paso in enumerate(pasos, 1):
        valor = paso["value"]
        if paso["type"] == "imagen" and not (_hay_imagen(valor.get("imagen")) or valor.get("esquema")):
            faltas.append(_("Paso %(n)d: elija una imagen o un dibujo del aula.") % {"n": numero})
        if paso["type"] == "imagen" and not _imagen_con_texto(valor.get("imagen")):
            faltas.append(_("Paso %(n)d: diga qué muestra la imagen o marque que es solo adorno.") % {"n": numero})
        elif falta := falta_del_alternativo(valor.get("imagen")):
            faltas.append(_("Paso %(n)d: %(falta)s") % {"n": numero, "falta": falta})
        if paso["type"] == "audio" and not _vacio(valor.get("audio")) and _vacio(valor.get("transcripcion")):
            faltas.append(_("Paso %(n)d: escriba lo que dice el audio.") % {"n": numero})
    return faltas


def antes_de_publicar(leccion: Any) -> list[Linea]:
    """Return the eight lines of the list, each done or with what to do: advice. ``faltas_para_publicar`` blocks."""
    pasos = list(leccion.pasos.raw_data)
    largos = [n for n, paso in enumerate(pasos, 1) if _es_largo(paso)]
    prosa = " ".join(texto for paso in pasos for texto in _sin_citas(paso))
    minutos = tiempo.minutos(tiempo.segundos_de_pasos(pasos))
    dificultad = lix(prosa)
    return [
        Linea(_("Tiene título y al menos un paso"), bool(leccion.title and pasos), _("Escriba el título y un paso.")),
        Linea(
            _("Cada paso tiene hasta %(n)d palabras") % {"n": PALABRAS_POR_PASO},
            not largos,
            _("Acorte o parta en dos: paso %(pasos)s.") % {"pasos": ", ".join(map(str, largos))},
        ),
        Linea(
            _("Se lee fácil (LIX %(lix)d)") % {"lix": dificultad},
            dificultad < LIX_MAXIMO,
            _("Use oraciones de hasta 20 palabras y palabras cortas. La meta es menos de %(n)d.") % {"n": LIX_MAXIMO},
        ),
        Linea(
            _("Tiene un ejemplo de nuestra zona"),
            any(map(_es_de_la_zona, pasos)),
            _("Agregue un caso o llene «En nuestra zona» en un paso."),
        ),
        Linea(
            _("Las imágenes y los audios tienen su texto"),
            not _faltas_de_los_medios(pasos),
            " ".join(_faltas_de_los_medios(pasos)),
        ),
        Linea(
            _("Cierra con un resumen y lo que ahora sabe"),
            bool(pasos) and pasos[-1]["type"] == "resumen" and bool(leccion.sabe_ahora.strip()),
            _("Ponga un «Resumen» al final y tres líneas en «Lo que ahora sabe»."),
        ),
        Linea(
            _("Toma hasta %(maximo)d minutos en pantalla (%(n)d)") % {"maximo": MINUTOS_MAXIMOS, "n": minutos},
            minutos <= MINUTOS_MAXIMOS,
            _("Pártala en dos lecciones."),
        ),
        Linea(_("No tiene datos personales ni textos de ejemplo"), *_limpio(pasos)),
    ]


def _es_de_la_zona(paso: dict) -> bool:
    """Whether a step tells something of the place. What the template says of itself is nobody's example."""
    if paso["type"] in {decida.CLAVE, "caso"}:
        return not faltas_de_los_pasos([paso])
    return bool(en_la_zona := paso["value"].get("en_nuestra_zona")) and not es_de_ejemplo(str(en_la_zona))


def _limpio(pasos: list[dict]) -> tuple[bool, str]:
    crudo = " ".join(str(paso["value"]) for paso in pasos)
    textos = " ".join(texto for paso in pasos for texto in textos_del_paso(paso))
    if EJEMPLO in textos:
        return False, _("Quedan textos de ejemplo: busque «%(ejemplo)s».") % {"ejemplo": EJEMPLO}
    if faltas := faltas_de_los_pasos(pasos):
        return False, faltas[0]
    if dato := DATO_PERSONAL.search(textos):
        return False, _("«%(dato)s» parece un DNI o un celular. Quítelo.") % {"dato": dato[0]}
    if ENLACE_VAGO.search(crudo):
        return False, _("Un enlace dice solo «aquí». Escriba a dónde lleva.")
    return True, ""


def _es_largo(paso: dict) -> bool:
    """Whether a step says more than a screen holds. A case that is decided is shorter: its options come below."""
    caso = {"type": paso["type"], "value": {"caso": paso["value"].get("caso") or ""}}
    if paso["type"] == decida.CLAVE and contar_palabras([caso]) > decida.PALABRAS_DEL_CASO:
        return True
    return _palabras_propias(paso) > PALABRAS_POR_PASO


def _palabras_propias(paso: dict) -> int:
    """Words at first sight: what is folded, or comes with the answer, does not count."""
    valor = paso["value"]
    doblado = PLEGADOS if paso["type"] != "imagen" else set()
    propios = {campo: v for campo, v in valor.items() if campo not in doblado}
    if paso["type"] == decida.CLAVE:
        propios["opciones"] = [una.texto for una in decida.planteo_de(valor).opciones]
    return contar_palabras([{"type": paso["type"], "value": propios}])


def _sin_citas(paso: dict) -> list[str]:
    """Texts of a step without the words of the law, which nobody here wrote."""
    valor = {campo: v for campo, v in paso["value"].items() if campo != "cita"}
    return [f"{texto}." for texto in textos_del_paso({"value": valor})]


def _hay_imagen(imagen: Any) -> bool:
    return isinstance(imagen, dict) and bool(imagen.get("image"))


def _imagen_con_texto(imagen: Any) -> bool:
    """An image that is not chosen yet is not an image without text."""
    if not _hay_imagen(imagen):
        return True
    return bool(imagen.get("decorative") or str(imagen.get("alt_text") or "").strip())


def _vacio(valor: Any) -> bool:
    return not str(valor or "").replace("<p></p>", "").strip()
