"""A paper of figures: titles, paragraphs, tables, lines to fill and signatures, in the words that were frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from certificados.pdf.compilador import codigo_qr, compilar
from certificados.pdf.compositor import alternativa_del_qr, preparar_firma, preparar_imagen_impresa
from certificados.pdf.datos import FirmaImpresa, ImagenImpresa
from certificados.pdf.letras import limpiar

MAXIMO_DE_LINEAS = 20
DE_INSTANCIA = "instancia"  # the form of the paper for the wall


@dataclass(frozen=True, slots=True, kw_only=True)
class PapelDeCifras:
    """``papel`` is what ``seguimiento`` wrote for it: see ``preparar_papel`` for its keys."""

    papel: dict[str, Any]
    fecha: date
    registro: str
    codigo: str
    direccion_qr: str
    direccion_escrita: str
    logos: tuple[ImagenImpresa, ...] = ()
    firmas: tuple[FirmaImpresa, ...] = ()


def componer_papel(datos: PapelDeCifras) -> bytes:
    """The paper of these data. Raises NoSePudoComponer where the template refuses them."""
    with translation.override(settings.LANGUAGE_CODE):
        de_pared = datos.papel.get("forma") == DE_INSTANCIA
        carga = preparar_de_pared(datos) if de_pared else preparar_papel(datos)
    return compilar("instancia.typ" if de_pared else "papel.typ", carga, fecha=datos.fecha)


def preparar_papel(datos: PapelDeCifras) -> dict[str, Any]:
    """What the template reads. Texts are cleaned one by one, so that none stops a paper."""
    papel = datos.papel
    return {
        "titulo": limpiar(papel["titulo"]),
        "subtitulo": limpiar(papel["subtitulo"]),
        "datos": [[limpiar(nombre), limpiar(valor)] for nombre, valor in papel["datos"]],
        "secciones": [_seccion(seccion) for seccion in papel["secciones"]],
        "rotulo_firmas": _("Firmas"),
        "firmas": [[limpiar(texto) for texto in firma] for firma in papel["firmas"]],
        "pagina": _("Página"),
        "de": _("de"),
        **_comun(datos),
    }


def preparar_de_pared(datos: PapelDeCifras) -> dict[str, Any]:
    """What the template of a trained instancia reads: one page, in big letters."""
    papel = datos.papel
    textos = ("titulo", "subtitulo", "otorgado", "frase", "rotulo_asientos", "vigencia", "lugar_y_fecha")
    return {
        **{clave: limpiar(papel[clave]) for clave in textos},
        "asientos": [limpiar(nombre) for nombre in papel["asientos"]],
        "logos": [preparar_imagen_impresa(logo) for logo in datos.logos[:4]],
        "firmas": [preparar_firma(firma) for firma in datos.firmas[:3]],
        **_comun(datos),
    }


def _comun(datos: PapelDeCifras) -> dict[str, Any]:
    """Number, code, the square and what viewers show."""
    registro = _("Registro N.º %(numero)s") % {"numero": datos.registro}
    verifique = _("Verifique en %(direccion)s con este código y el número de registro")
    return {
        "nota": limpiar(datos.papel["nota"]),
        "registro": registro,
        "rotulo_codigo": _("Código"),
        "codigo": datos.codigo,
        "verifique": limpiar(verifique % {"direccion": datos.direccion_escrita}),
        "qr": codigo_qr(datos.direccion_qr, alternativa=alternativa_del_qr(datos.direccion_escrita)),
        "metadatos": {
            # Viewers show this as window title: it stays neutral.
            "titulo": limpiar(f"{datos.papel['rotulo']} {datos.registro}"),
            "autor": limpiar(datos.papel["entidad"]),
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
