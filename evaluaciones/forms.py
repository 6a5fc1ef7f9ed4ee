"""The editor of an evaluation. A draft may be incomplete; what is published may not."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from . import reglas

# Each fault, with the field where it is told and what to do about it.
FALTAS = {
    "sin_texto": ("texto", _("Escriba la pregunta.")),
    "dos_alternativas": ("tipo", _("«Verdadero o falso» lleva exactamente dos alternativas: Verdadero y Falso.")),
    "de_dos_a_cinco": ("tipo", _("Escriba de dos a cinco alternativas, todas con su texto.")),
    "dos_correctas_o_mas": ("tipo", _("«Varias respuestas» necesita dos o más alternativas correctas.")),
    "una_correcta": ("tipo", _("Marque una sola alternativa como correcta.")),
}
SIN_EXPLICACION = _("Explique por qué esta alternativa es o no es correcta.")
SIN_MOTIVO = _("Cambió cuál es la respuesta correcta. Escriba por qué; las respuestas anteriores se conservan.")
USADA_CON_NOTA = _("Otra evaluación usa estas preguntas y necesita su respuesta correcta. No puede ser encuesta.")


class EvaluacionForm(WagtailAdminPageForm):
    """Keeps the keys of questions and options stable, and checks the questions when the page is to be published."""

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        preguntas = list(_vivas(self.formsets.get("preguntas")))
        _sin_claves_repetidas(preguntas)
        for pregunta in preguntas:
            _sin_claves_repetidas(_vivas(pregunta.formsets.get("alternativas")))
        if not self.is_deferred_validation:
            self._revisar(preguntas, datos.get("clase", ""))
            self._revisar_origen(preguntas, datos.get("preguntas_de"), datos.get("clase", ""))
            self._revisar_formas(preguntas)
        return datos

    def _revisar_origen(self, preguntas: list[Any], otra: Any, clase: str) -> None:
        if otra is None:
            if not preguntas:
                self.add_error(None, _("Agregue al menos una pregunta."))
        elif preguntas:
            self.add_error("preguntas_de", _("Ya tiene preguntas propias. Bórrelas o deje esto vacío."))
        elif not self._puede_dar_preguntas(otra):
            self.add_error("preguntas_de", _("Elija otra evaluación de este curso, que tenga preguntas propias."))
        elif falta := falta_en_la_otra(otra, clase):
            self.add_error("preguntas_de", falta)

    def _puede_dar_preguntas(self, otra: Any) -> bool:
        es_otra = otra.pk != self.instance.pk and self._es_del_curso(otra)
        return es_otra and not otra.preguntas_de_id and otra.preguntas.exists()

    def _es_del_curso(self, otra: Any) -> bool:
        mia = self.parent_page or self.instance.get_parent()
        return otra.path.startswith(mia.path) or mia.path.startswith(otra.get_parent().path)

    def _revisar_formas(self, preguntas: list[Any]) -> None:
        """Twin forms are compared: one longer than the other would not be a twin."""
        de_cada = [sum(p.cleaned_data.get("forma") == forma for p in preguntas) for forma in ("A", "B")]
        if de_cada[0] != de_cada[1]:
            mensaje = _("La forma A tiene %(a)d preguntas y la B, %(b)d. Deben ser tantas en una como en otra.")
            self.add_error(None, mensaje % {"a": de_cada[0], "b": de_cada[1]})

    def _revisar(self, preguntas: list[Any], clase: str) -> None:
        vigentes = self._versiones_vigentes()
        contenidos = []
        for pregunta in preguntas:
            alternativas = list(_vivas(pregunta.formsets.get("alternativas")))
            contenido = _contenido(pregunta, alternativas)
            contenidos.append(contenido)
            for codigo in reglas.problemas(contenido, clase):
                if codigo != "sin_explicacion":
                    pregunta.add_error(*FALTAS[codigo])
                    continue
                for alternativa in alternativas:
                    if not alternativa.cleaned_data.get("explicacion", "").strip():
                        alternativa.add_error("explicacion", SIN_EXPLICACION)
            self._exigir_motivo(pregunta, contenido, vigentes)
        otras = self.instance.clases_que_la_usan()
        if clase == reglas.ENCUESTA and any(reglas.problemas(uno, otra) for uno in contenidos for otra in otras):
            self.add_error("clase", USADA_CON_NOTA)

    def _versiones_vigentes(self) -> dict[str, Any]:
        if not self.instance.pk:
            return {}
        # By name: the page's model names this form.
        filas = (
            apps.get_model("evaluaciones", "VersionDePregunta")
            .objects.vigentes()
            .filter(evaluacion__pagina=self.instance.pk)
        )
        return {str(version.clave): version for version in filas}

    def _exigir_motivo(self, pregunta: Any, contenido: dict[str, Any], vigentes: dict[str, Any]) -> None:
        vigente = vigentes.get(contenido["clave"])
        if vigente is None or reglas.claves_correctas(vigente.contenido) == reglas.claves_correctas(contenido):
            return
        motivo = pregunta.cleaned_data.get("motivo_del_cambio", "").strip()
        if not motivo or motivo == vigente.motivo:
            pregunta.add_error("motivo_del_cambio", SIN_MOTIVO)


def falta_en_la_otra(otra: Any, clase: str) -> str:
    """Say why the questions of another page cannot be asked in an evaluation of this class, or nothing."""
    if malas := otra.incompletas(clase):
        mensaje = gettext("En «%(titulo)s», complete estas preguntas: %(lista)s. O elija otra evaluación.")
        return mensaje % {"titulo": otra.title, "lista": ", ".join(map(str, malas))}
    return ""


def _vivas(formset: Any) -> Iterator[Any]:
    """Forms that will be kept, already cleaned."""
    if formset is None:
        return
    formset.is_valid()
    for form in formset.forms:
        borrada = formset.can_delete and formset._should_delete_form(form)
        if hasattr(form, "cleaned_data") and not borrada and (form.instance.pk or form.has_changed()):
            yield form


def _sin_claves_repetidas(formas: Iterable[Any]) -> None:
    """Rows added in the browser are born from one template, with one key: each gets its own."""
    vistas: set[uuid.UUID] = set()
    for form in formas:
        if form.instance.clave is None or form.instance.clave in vistas:
            form.instance.clave = uuid.uuid4()
        vistas.add(form.instance.clave)


def _contenido(pregunta: Any, alternativas: list[Any]) -> dict[str, Any]:
    return {
        "clave": str(pregunta.instance.clave),
        "tipo": pregunta.cleaned_data.get("tipo", ""),
        "texto": pregunta.cleaned_data.get("texto") or "",
        "alternativas": [
            {
                "clave": str(alternativa.instance.clave),
                "texto": alternativa.cleaned_data.get("texto") or "",
                "correcta": alternativa.cleaned_data.get("correcta", False),
                "explicacion": alternativa.cleaned_data.get("explicacion") or "",
            }
            for alternativa in alternativas
        ],
    }
