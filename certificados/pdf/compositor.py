"""Compile the typst template with the data of one certificate."""

import json
import threading
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from certificados.pdf import redaccion
from certificados.pdf.datos import DatosDeCertificado, FirmaImpresa, ImagenImpresa
from certificados.pdf.letras import CARPETA_DE_FUENTES, limpiar

_PLANTILLA = Path(__file__).resolve().parent / "certificado.typ"
_NORMAS = ["a-2a", "ua-1"]
_LADO_DEL_QR_MM = 25
_BORDE_DEL_QR = 4
_del_hilo = threading.local()


class NoSePudoComponer(RuntimeError):
    """The template refused the data; the message is typst's and carries no personal data of ours."""


def componer_pdf(datos: DatosDeCertificado) -> bytes:
    """Same data, same bytes: the date inside the file is the date of issue."""
    with translation.override(settings.LANGUAGE_CODE):
        carga = preparar_carga(datos)
    sello = datetime.combine(datos.fecha, time(12), tzinfo=UTC)
    try:
        pdf = _compilador().compile(
            sys_inputs={"datos": json.dumps(carga, ensure_ascii=False)},
            format="pdf",
            pdf_standards=_NORMAS,
            timestamp=sello,
        )
    except typst.TypstError as error:
        raise NoSePudoComponer(error.message) from error
    if not isinstance(pdf, bytes):
        raise NoSePudoComponer("typst returned no single file")
    return pdf


def _compilador() -> typst.Compiler:
    """One per thread: a compiler shared by two threads raises «Already borrowed»."""
    compilador: typst.Compiler | None = getattr(_del_hilo, "compilador", None)
    if compilador is None:
        fuentes = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[CARPETA_DE_FUENTES])
        compilador = typst.Compiler(
            _PLANTILLA,
            root=_PLANTILLA.parent,
            font_paths=fuentes,
            ignore_system_fonts=True,
            # No packages: a folder that holds none, so nothing is ever looked for on the network.
            package_path=CARPETA_DE_FUENTES,
            package_cache_path=CARPETA_DE_FUENTES,
        )
        _del_hilo.compilador = compilador
    return compilador


def preparar_carga(datos: DatosDeCertificado) -> dict[str, Any]:
    """What the template reads: sentences ready to print, pictures as numbers."""
    registro = _("Registro N.º %(numero)s") % {"numero": datos.registro}
    titulo = redaccion.titulo(datos)
    textos = {
        "titulo": titulo,
        "otorgado": _("Otorgado a"),
        "nombre": datos.nombre,
        "documento": _("con %(documento)s") % {"documento": datos.documento} if datos.documento else "",
        "lugar_y_fecha": _("%(lugar)s, %(fecha)s")
        % {"lugar": datos.lugar, "fecha": redaccion.fecha_larga(datos.fecha)},
        "lema": datos.lema,
        "registro": registro,
        "nota": datos.nota,
        "rotulo_codigo": _("Código"),
        "codigo": datos.codigo,
        "verifique": _("Verifique en %(direccion)s con este código") % {"direccion": datos.direccion_escrita},
    }
    return {
        **{clave: limpiar(texto) for clave, texto in textos.items()},
        "metadatos": _metadatos(titulo, registro, datos),
        "frase": [{**parte, "texto": _sin_recortar(parte["texto"])} for parte in redaccion.motivo(datos)],
        "logos": [_imagen(logo) for logo in datos.logos[:4]],
        "firmas": [_firma(firma) for firma in datos.firmas[:3]],
        "qr": _qr(datos),
        "contenido": _contenido(datos) if datos.modulos else None,
    }


def _sin_recortar(texto: str) -> str:
    """Clean one run of a sentence, keeping the space that joins it to its neighbours."""
    limpio = limpiar(texto)
    return (" " if texto[:1].isspace() else "") + limpio + (" " if limpio and texto[-1:].isspace() else "")


def _metadatos(titulo: str, registro: str, datos: DatosDeCertificado) -> dict[str, str]:
    """Viewers show this as window title: it stays neutral, without the name of the course."""
    return {
        "titulo": limpiar(f"{titulo.capitalize()} {datos.registro}"),
        "autor": limpiar(datos.entidad),
        "descripcion": limpiar(registro),
    }


def _imagen(imagen: ImagenImpresa) -> dict[str, Any]:
    return {
        "datos": list(imagen.contenido),
        "formato": imagen.formato,
        "alt": limpiar(imagen.alternativa) or _("Logotipo"),
    }


def _firma(firma: FirmaImpresa) -> dict[str, Any]:
    return {
        "nombre": limpiar(firma.nombre),
        "cargo": limpiar(firma.cargo),
        "entidad": limpiar(firma.entidad),
        "imagen": _imagen(firma.imagen) if firma.imagen else None,
    }


def _qr(datos: DatosDeCertificado) -> dict[str, Any]:
    codigo = segno.make(datos.direccion_qr, error="m", micro=False, boost_error=False)
    dibujo = BytesIO()
    codigo.save(dibujo, kind="svg", border=_BORDE_DEL_QR, xmldecl=False, nl=False, light="white")
    modulos, _alto = codigo.symbol_size(border=0)
    return {
        "svg": dibujo.getvalue().decode(),
        "zona": _BORDE_DEL_QR * _LADO_DEL_QR_MM / modulos,
        "alt": _("Código QR para verificar este documento en %(direccion)s") % {"direccion": datos.direccion_escrita},
    }


def _contenido(datos: DatosDeCertificado) -> dict[str, Any]:
    return {
        "titulo": _("Contenido del curso"),
        "curso": limpiar(datos.curso),
        "columna_modulo": _("Módulo"),
        "columna_horas": _("Horas"),
        "filas": [{"titulo": limpiar(m.titulo), "horas": limpiar(m.horas)} for m in datos.modulos],
        "rotulo_total": _("Total"),
        "total": str(datos.horas),
    }
