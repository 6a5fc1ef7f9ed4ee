"""A paper of figures: titles, paragraphs, tables, lines to fill and signatures, in the words that were frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from certificados.pdf.compilador import codigo_qr, compilar
from certificados.pdf.compositor import alternativa_del_qr
from certificados.pdf.letras import limpiar

MAXIMO_DE_LINEAS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PapelDeCifras:
    """``papel`` is what ``seguimiento`` wrote for it: see ``preparar_papel`` for its keys."""

    papel: dict[str, Any]
    fecha: date
    registro: str
    codigo: str
    direccion_qr: str
    direccion_escrita: str


def componer_papel(datos: PapelDeCifras) -> bytes:
    """The paper of these data. Raises NoSePudoComponer where the template refuses them."""
    with translation.override(settings.LANGUAGE_CODE):
        carga = preparar_papel(datos)
    return compilar("papel.typ", carga, fecha=datos.fecha)


def preparar_papel(datos: PapelDeCifras) -> dict[str, Any]:
    """What the template reads. Texts are cleaned one by one, so that none stops a paper."""
    papel = datos.papel
    registro = _("Registro N.º %(numero)s") % {"numero": datos.registro}
    verifique = _("Verifique en %(direccion)s con este código y el número de registro")
    return {
        "titulo": limpiar(papel["titulo"]),
        "subtitulo": limpiar(papel["subtitulo"]),
        "datos": [[limpiar(nombre), limpiar(valor)] for nombre, valor in papel["datos"]],
        "secciones": [_seccion(seccion) for seccion in papel["secciones"]],
        "rotulo_firmas": _("Firmas"),
        "firmas": [[limpiar(texto) for texto in firma] for firma in papel["firmas"]],
        "nota": limpiar(papel["nota"]),
        "registro": registro,
        "rotulo_codigo": _("Código"),
        "codigo": datos.codigo,
        "verifique": limpiar(verifique % {"direccion": datos.direccion_escrita}),
        "pagina": _("Página"),
        "de": _("de"),
        "qr": codigo_qr(datos.direccion_qr, alternativa=alternativa_del_qr(datos.direccion_escrita)),
        "metadatos": {
            # Viewers show this as window title: it stays neutral.
            "titulo": limpiar(f"{papel['rotulo']} {datos.registro}"),
            "autor": limpiar(papel["entidad"]),
            "descripcion": limpiar(registro),
        },
    }


def _seccion(seccion: dict[str, Any]) -> dict[str, Any]:
    """``columnas`` are [title, share of the width, whether numbers]; ``lineas``, how many to fill by hand."""
    return {
        "titulo": limpiar(seccion["titulo"]),
        "parrafos": [limpiar(texto) for texto in seccion.get("parrafos", [])],
        "columnas": [[limpiar(titulo), ancho, numero] for titulo, ancho, numero in seccion.get("columnas", [])],
        "filas": [[limpiar(str(valor)) for valor in fila] for fila in seccion.get("filas", [])],
        "lineas": min(seccion.get("lineas", 0), MAXIMO_DE_LINEAS),
    }
