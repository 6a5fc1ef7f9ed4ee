"""Attempts and their answers in the admin: read by those whose territory it is, written by nobody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cursos.viewsets import SoloLecturaViewSet
from marco.columnas import ColumnaSiNo

from .models import Intento, Respuesta


class IntentoViewSet(SoloLecturaViewSet):
    """The frozen form stays out: it holds the key."""

    model = Intento
    icon = "clipboard-list"
    menu_label = _("Intentos")
    list_display = [
        Column("persona", accessor="inscripcion.persona", label=_("Persona")),
        "unidad",
        "numero",
        "estado",
        "nota",
        "puntos",
        "puntos_posibles",
        ColumnaSiNo("aprobado", label=_("Aprobado"), sort_key="aprobado"),
        "cierre",
        "enviado_en",
    ]
    list_filter = ["estado", "nota", "aprobado"]
    relacionados = ("inscripcion__persona", "unidad")
    inspect_view_fields = [
        "inscripcion",
        "unidad",
        "numero",
        "estado",
        "iniciado_en",
        "vence_en",
        "cierre",
        "enviado_en",
        "nota",
        "puntos",
        "puntos_posibles",
        "aprobado",
    ]


class RespuestaViewSet(SoloLecturaViewSet):
    model = Respuesta
    icon = "tick"
    menu_label = _("Respuestas")
    list_display = [
        "intento",
        "secuencia",
        "version",
        ColumnaSiNo("definitiva", label=_("Definitiva"), sort_key="definitiva"),
        "nota",
        "puntos",
        "maximo",
        "recibida_en",
    ]
    list_filter = ["definitiva", "nota"]
    relacionados = ("intento", "version")
    inspect_view_fields = ["intento", "secuencia", "version", "definitiva", "nota", "puntos", "maximo", "recibida_en"]


class EvaluacionesViewSetGroup(ModelViewSetGroup):
    menu_label = _("Evaluaciones")
    menu_icon = "clipboard-list"
    menu_order = 270
    items = (IntentoViewSet, RespuestaViewSet)
