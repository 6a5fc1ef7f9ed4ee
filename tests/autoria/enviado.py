"""What the browser sends of a page that is open in the editor and nobody touched."""

from __future__ import annotations

import re
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html

from tests.autoria import formularios


def tal_cual(cliente: Any, pagina: Any, **cambios: Any) -> dict[str, Any]:
    """Return the form of a page as it would be sent, with what a browser does to lines. Steps are drawn by a script."""
    html = cliente.get(formularios.editar(pagina)).content.decode()
    datos = querydict_from_html(html, form_id="page-edit-form")
    enviados: dict[str, Any] = {
        nombre: valores if len(valores) > 1 else _con_saltos(valores[0]) for nombre, valores in datos.lists()
    }
    sin_valor = re.findall(r'<input type="checkbox" name="([^"]+)"(?![^>]* value=)[^>]* checked', html)
    enviados |= dict.fromkeys(sin_valor, "on")
    if hasattr(pagina, "pasos"):
        enviados |= nested_form_data({"pasos": _bloques(pagina.pasos)})
    return {**enviados, **cambios}


def _con_saltos(texto: str) -> str:
    return texto.replace("\r\n", "\n").replace("\n", "\r\n")


def _bloques(flujo: Any) -> dict[str, Any]:
    comunes = {"deleted": ""}
    filas = {
        str(n): {"type": uno.block_type, "id": uno.id, "order": str(n), "value": de(uno.block, uno.value), **comunes}
        for n, uno in enumerate(flujo)
    }
    return {**filas, "count": str(len(filas))}


def de(bloque: Any, valor: Any) -> Any:
    if isinstance(bloque, ImageBlock):
        return {"image": valor.pk if valor else "", "alt_text": ""}
    if isinstance(bloque, blocks.StructBlock):
        return _sin_vacios({nombre: de(suyo, valor[nombre]) for nombre, suyo in bloque.child_blocks.items()})
    if isinstance(bloque, blocks.ListBlock):
        filas = {
            str(n): {"id": uno.id, "order": str(n), "deleted": "", "value": de(uno.block, uno.value)}
            for n, uno in enumerate(valor.bound_blocks)
        }
        return {**filas, "count": str(len(filas))}
    if isinstance(bloque, blocks.RichTextBlock):
        return por_el_editor(bloque, valor)
    if isinstance(bloque, blocks.BooleanBlock):
        return "on" if valor else None
    if isinstance(bloque, blocks.ChooserBlock):
        return str(valor.pk) if valor else ""
    return _con_saltos("" if valor is None else str(valor))


def por_el_editor(bloque: Any, valor: RichText) -> Any:
    return bloque.field.widget.format_value(valor.source)


def _sin_vacios(datos: dict[str, Any]) -> dict[str, Any]:
    return {nombre: valor for nombre, valor in datos.items() if valor is not None}
