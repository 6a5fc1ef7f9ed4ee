"""Things in their order in the editor: one on each line, as the trainer knows they go, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..base import Falta
from .contenido import Orden, con_claves

MINIMO, MAXIMO = 3, 8
LARGO = 160


class EditorDeOrden:
    def campos(self) -> dict[str, Any]:
        return {
            "elementos": forms.CharField(
                label=gettext_lazy("Elementos, en su orden correcto"),
                help_text=gettext_lazy("Uno en cada renglón, de 3 a 8. A cada persona le salen en otro orden."),
                widget=forms.Textarea(attrs={"rows": 6}),
            ),
            "explicacion": forms.CharField(
                label=gettext_lazy("Por qué van en ese orden"),
                help_text=gettext_lazy("Nombre la norma. Se ve al acertar, o cuando ya se muestran las respuestas."),
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        }

    def iniciales(self, datos: Mapping[str, Any]) -> dict[str, Any]:
        orden = Orden.de_json(datos)
        return {"elementos": "\n".join(uno.texto for uno in orden.elementos), "explicacion": orden.explicacion}

    def datos_del_formulario(self, limpios: Mapping[str, Any], previos: Mapping[str, Any]) -> dict[str, Any]:
        renglones = [linea.strip() for linea in (limpios.get("elementos") or "").splitlines() if linea.strip()]
        elementos = con_claves(renglones, Orden.de_json(previos).elementos)
        return Orden(elementos, (limpios.get("explicacion") or "").strip()).a_json()

    def problemas(self, contenido: Orden, *, con_clave: bool) -> list[Falta]:
        textos = [uno.texto for uno in contenido.elementos]
        faltas = []
        if not MINIMO <= len(textos) <= MAXIMO:
            faltas.append(_("Escriba de 3 a 8 elementos, uno en cada renglón."))
        if len(set(textos)) < len(textos):
            faltas.append(_("Dos elementos dicen lo mismo. Cambie uno."))
        if largos := [texto for texto in textos if len(texto) > LARGO]:
            mensaje = _("«%(texto)s…» es muy largo. Escriba hasta %(n)d letras en cada renglón.")
            faltas.append(mensaje % {"texto": largos[0][:30], "n": LARGO})
        problemas = [Falta("elementos", "ordenar__elementos", falta) for falta in faltas]
        if con_clave and not contenido.explicacion.strip():
            problemas.append(Falta("sin_explicacion", "ordenar__explicacion", _("Explique por qué van en ese orden.")))
        return problemas
