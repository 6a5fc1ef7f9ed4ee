"""Options in the editor: rows of the question, each with its words, whether it is right, and why."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from ..base import Falta
from .contenido import Alternativa, Eleccion


class EditorDeEleccion:
    formsets: ClassVar[tuple[str, ...]] = ("alternativas",)

    def contenido_de_la_fila(self, fila: Any) -> Eleccion:
        return Eleccion(
            tuple(
                Alternativa(str(una.clave), una.texto.strip(), una.correcta, una.explicacion.strip())
                for una in fila.alternativas.all()
            )
        )

    def contenido_del_formulario(self, form: Any) -> Eleccion:
        return Eleccion(
            tuple(
                Alternativa(
                    clave=str(fila.instance.clave),
                    texto=fila.cleaned_data.get("texto") or "",
                    correcta=fila.cleaned_data.get("correcta", False),
                    explicacion=fila.cleaned_data.get("explicacion") or "",
                )
                for fila in form.filas("alternativas")
            )
        )

    def problemas(self, contenido: Eleccion, *, con_clave: bool) -> list[Falta]:
        faltas = self.de_las_alternativas(contenido) + self.de_las_repetidas(contenido)
        if con_clave:
            faltas += self.de_las_correctas(contenido)
            if any(not una.explicacion.strip() for una in contenido.alternativas):
                mensaje = _("Explique por qué esta alternativa es o no es correcta.")
                faltas.append(Falta("sin_explicacion", "alternativas", mensaje))
        return faltas

    def de_las_alternativas(self, contenido: Eleccion) -> list[Falta]:
        con_texto = sum(bool(una.texto.strip()) for una in contenido.alternativas)
        if 2 <= con_texto == len(contenido.alternativas) <= 5:
            return []
        return [Falta("de_dos_a_cinco", "tipo", _("Escriba de dos a cinco alternativas, todas con su texto."))]

    def de_las_repetidas(self, contenido: Eleccion) -> list[Falta]:
        """Of two that say the same, whoever chooses the one that is not marked did not err."""
        textos = [" ".join(una.texto.split()).casefold() for una in contenido.alternativas if una.texto.strip()]
        if len(set(textos)) == len(textos):
            return []
        return [Falta("repetidas", "tipo", _("Dos alternativas dicen lo mismo. Cambie una."))]

    def de_las_correctas(self, contenido: Eleccion) -> list[Falta]:
        if len(contenido.correctas) == 1:
            return []
        return [Falta("una_correcta", "tipo", _("Marque una sola alternativa como correcta."))]

    def senalar(self, form: Any, falta: Falta) -> None:
        if falta.codigo != "sin_explicacion":
            form.add_error(falta.campo, falta.mensaje)
            return
        for fila in form.filas("alternativas"):
            if not fila.cleaned_data.get("explicacion", "").strip():
                fila.add_error("explicacion", falta.mensaje)
