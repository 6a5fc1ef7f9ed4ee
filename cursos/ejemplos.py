"""How a new lesson starts: six steps already written, to write over, and first a case. Nobody faces an empty page.

What is an instruction and not a text carries ``EJEMPLO``: while it is there the lesson does not go live.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

EJEMPLO = "[Cambie este texto]"


def pasos_de_ejemplo() -> list[dict[str, Any]]:
    """Return the steps of a new lesson as the stream keeps them."""

    def simple(texto: str) -> str:
        return f"{EJEMPLO} {texto}"

    def rico(texto: str) -> str:
        return f"<p>{simple(texto)}</p>"

    return [
        {
            "type": "decida",
            "value": {
                "titulo": _("Un caso que podría pasar aquí"),
                "caso": rico(_("Cuente en 60 palabras qué pasó. Invente los nombres y no dé detalles que duelan.")),
                "pregunta": simple(_("¿Qué haría usted primero?")),
                "tipo": "una",
                "opciones": [
                    {
                        "texto": simple(_("Lo que corresponde, y parece proteger.")),
                        "correcta": True,
                        "explicacion": simple(_("Por qué corresponde.")),
                    },
                    {
                        "texto": simple(_("Lo que también parece proteger, y la norma no permite.")),
                        "correcta": False,
                        "explicacion": simple(_("Qué pasa si se elige, sin regañar.")),
                    },
                ],
                "articulo": None,
                "regla": rico(_("Diga qué toca hacer y en qué norma se apoya.")),
            },
        },
        {
            "type": "texto",
            "value": {
                "titulo": _("Empiece por lo más importante"),
                "texto": rico(_("Una sola idea, en oraciones de hasta 20 palabras. Háblele de usted.")),
                "en_nuestra_zona": simple(_("Un ejemplo de un lugar conocido, como Naranjillo o Pumahuasi.")),
                "mas_detalle": "",
            },
        },
        {
            "type": "cita",
            "value": {
                "titulo": _("Lo que dice la norma"),
                "articulo": None,
                "cita": simple(_("Copie aquí las palabras exactas y elija el artículo.")),
                "en_palabras_sencillas": rico(_("Explíquelo como a su vecina.")),
            },
        },
        {
            "type": "texto",
            "value": {
                "titulo": _("Qué le toca a cada quien"),
                "texto": rico(_("Una lista corta ayuda: la municipalidad, la comisaría, el puesto de salud.")),
                "en_nuestra_zona": "",
                "mas_detalle": "",
            },
        },
        {
            "type": "pensar",
            "value": {
                "titulo": _("Piénselo un momento"),
                "pregunta": rico(_("Una pregunta sobre su propia institución. No se califica.")),
                "explicacion": rico(_("Una explicación que no regañe.")),
            },
        },
        {
            "type": "resumen",
            "value": {
                "titulo": _("Lo que hay que recordar"),
                "lineas": [simple(_("La primera idea.")), simple(_("La segunda.")), simple(_("La tercera."))],
            },
        },
    ]
