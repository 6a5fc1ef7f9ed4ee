"""The editor of an evaluation. A draft may be incomplete; what is published may not."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import swapper
from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from cursos import clases
from cursos.forms import FormularioDePagina

from . import reglas
from .libro import PreguntaMostrada
from .paneles import vivas
from .revision import DE_EJEMPLO, falta_en_el_origen, falta_en_las_formas, problemas_de

# What is said of the faults of any kind; those of one, its folder says.
FALTAS = {
    "sin_texto": _("Escriba la pregunta."),
    DE_EJEMPLO: _("Sigue con textos de ejemplo. Escriba la pregunta, sus alternativas y cada porqué."),
}
AJENA = _("Elija otra evaluación de este curso, que tenga preguntas propias.")
SIN_MOTIVO = _("Cambió cuál es la respuesta correcta. Escriba por qué; las respuestas anteriores se conservan.")
USADA_CON_NOTA = _("Otra evaluación usa estas preguntas y necesita su respuesta correcta. No puede ser encuesta.")


class EvaluacionForm(FormularioDePagina):
    """Keeps the keys of questions and options stable, and checks the questions when the page is to be published.

    Only what is of this course can be named, and only what the account may write: a draft is seen with what it names.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curso = self._curso()
        if "preguntas_de" in self.fields:
            origen = self.fields["preguntas_de"]
            origen.queryset = self._origenes(origen.queryset, curso)
            origen.error_messages["invalid_choice"] = AJENA
        if formset := self.formsets.get("preguntas"):
            _solo_lecciones_de(formset, curso)

    def _curso(self) -> Any:
        madre = self.parent_page or (self.instance.get_parent() if self.instance.path else None)
        return madre.specific.pagina_del_curso() if madre is not None else None

    def _origenes(self, todas: Any, curso: Any) -> Any:
        """What may lend its questions. What it already names stays, until who edits it chooses another."""
        del_curso = todas.descendant_of(curso) if curso is not None else todas.none()
        if self.for_user is not None:
            Pagina = swapper.load_model("wagtailcore", "Page")
            suyas = policy_registry.get_by_type(Pagina).instances_user_has_permission_for(self.for_user, "change")
            del_curso = del_curso.filter(pk__in=suyas.values("pk"))
        return del_curso | todas.filter(pk=self.instance.preguntas_de_id)

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        preguntas = list(vivas(self.formsets.get("preguntas")))
        _sin_claves_repetidas(preguntas)
        for pregunta in preguntas:
            for nombre in pregunta.formsets:
                _sin_claves_repetidas(pregunta.filas(nombre))
        if not self.is_deferred_validation:
            self._revisar(preguntas, datos.get("clase", ""))
            self._revisar_origen(preguntas, datos.get("preguntas_de"), datos.get("clase", ""))
            self._revisar_formas(preguntas)
        return datos

    def _post_clean(self) -> None:
        """Say beside the class what the page, as it would be kept, says of it: no other door publishes it."""
        super()._post_clean()
        if self.is_deferred_validation or self.errors.keys() & {"clase", "preguntas_de"}:
            return
        if falta := self.instance.falta_en_su_lugar(self.parent_page) or self.instance.falta_en_lo_que_comparte():
            self.add_error("clase", falta)

    def _revisar_origen(self, preguntas: list[Any], otra: Any, clase: str) -> None:
        if otra is None:
            if not preguntas:
                self.add_error(None, _("Agregue al menos una pregunta."))
            return
        falta = falta_en_el_origen(otra, pk=self.instance.pk, curso=self._curso(), clase=clase, propias=bool(preguntas))
        if falta:
            self.add_error("preguntas_de", falta)

    def _revisar_formas(self, preguntas: list[Any]) -> None:
        if falta := falta_en_las_formas(p.cleaned_data.get("forma") or "" for p in preguntas):
            self.add_error(None, falta)

    def _revisar(self, preguntas: list[Any], clase: str) -> None:
        vigentes = self._versiones_vigentes()
        contenidos = []
        for pregunta in preguntas:
            contenido = pregunta.mostrada()
            contenidos.append(contenido)
            for falta in problemas_de(contenido, clase):
                if falta.codigo in FALTAS:
                    pregunta.add_error(falta.campo, FALTAS[falta.codigo])
                else:
                    contenido.clase.senalar(pregunta, falta)
            self._exigir_motivo(pregunta, contenido, vigentes)
        otras = self.instance.clases_que_la_usan()
        if clase in reglas.ENCUESTAS and any(reglas.problemas(uno, otra) for uno in contenidos for otra in otras):
            self.add_error("clase", USADA_CON_NOTA)

    def _versiones_vigentes(self) -> dict[str, Any]:
        if not self.instance.pk:
            return {}
        # By name: the page's model names this form.
        filas = (
            apps.get_model("kuska_evaluaciones", "VersionDePregunta")
            .objects.vigentes()
            .filter(evaluacion__pagina=self.instance.pk)
        )
        return {str(version.clave): version for version in filas}

    def _exigir_motivo(self, pregunta: Any, contenido: PreguntaMostrada, vigentes: dict[str, Any]) -> None:
        vigente = vigentes.get(contenido.clave)
        if vigente is None or vigente.contenido.clave_de_respuesta() == contenido.clave_de_respuesta():
            return
        motivo = pregunta.cleaned_data.get("motivo_del_cambio", "").strip()
        if not motivo or motivo == vigente.motivo:
            pregunta.add_error("motivo_del_cambio", SIN_MOTIVO)


def _solo_lecciones_de(formset: Any, curso: Any) -> None:
    """Offer the lessons of this course to review, in the rows there are and in the ones added on screen."""
    agregar_campos = formset.add_fields

    def con_sus_lecciones(form: Any, indice: int | None) -> None:
        agregar_campos(form, indice)
        if (leccion := form.fields.get("leccion")) is not None:
            que_se_leen = {"clase__in": clases.que_se_releen(), "pagina__isnull": False}
            suyas = Q(curso__pagina=curso.pk if curso is not None else None, **que_se_leen)
            leccion.queryset = leccion.queryset.filter(suyas | Q(pk=form.instance.leccion_id))

    formset.add_fields = con_sus_lecciones


def _sin_claves_repetidas(formas: Iterable[Any]) -> None:
    """Rows added in the browser are born from one template, with one key: each gets its own."""
    vistas: set[uuid.UUID] = set()
    for form in formas:
        if form.instance.clave is None or form.instance.clave in vistas:
            form.instance.clave = uuid.uuid4()
        vistas.add(form.instance.clave)
