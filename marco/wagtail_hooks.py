"""What the frame gives to the editor. Hooks only register."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from .alarma.linea import linea_de_los_avisos


@hooks.register("insert_editor_js")
def otra_version() -> SafeString:
    return format_html('<script src="{}"></script>', static("kuska/js/otra-version.js"))


hooks.register("estado_del_aula", linea_de_los_avisos)
