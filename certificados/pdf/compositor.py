"""Compile the typst template with the data of one certificate."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from certificados.pdf import redaccion
from certificados.pdf.compilador import codigo_qr, compilar, dibujar
from certificados.pdf.datos import DatosDeCertificado, FirmaImpresa, ImagenImpresa
from certificados.pdf.letras import cabe_en_renglones, limpiar

# Ems of the places of ``certificado.typ`` in their largest letters: 240 mm at 24 pt; 226 mm, and 35 mm high, at 13 pt.
_ANCHO_DEL_NOMBRE, _ANCHO_DE_LA_FRASE, _RENGLONES_DE_LA_FRASE = 28, 49, 6


def componer_pdf(datos: DatosDeCertificado) -> bytes:
    """The paper of these data. Raises NoSePudoComponer where the template refuses them."""
    with translation.override(settings.LANGUAGE_CODE):
        carga = preparar_carga(datos)
    return compilar("certificado.typ", carga, fecha=datos.fecha)


def componer_imagen(datos: DatosDeCertificado) -> bytes:
    """The first page of the same paper, as a PNG. Raises what ``componer_pdf`` raises."""
    with translation.override(settings.LANGUAGE_CODE):
        carga = preparar_carga(datos)
    return dibujar("certificado.typ", carga)


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
        **_frase(datos),
        "nombre_cabe": cabe_en_renglones(limpiar(datos.nombre), ancho=_ANCHO_DEL_NOMBRE, renglones=1),
        "logos": [preparar_imagen_impresa(logo) for logo in datos.logos[:4]],
        "firmas": [preparar_firma(firma) for firma in datos.firmas[:3]],
        "qr": codigo_qr(datos.direccion_qr, alternativa=alternativa_del_qr(datos.direccion_escrita)),
        "contenido": _contenido(datos) if datos.modulos else None,
    }


def _frase(datos: DatosDeCertificado) -> dict[str, Any]:
    partes = [{**parte, "texto": _sin_recortar(parte["texto"])} for parte in redaccion.motivo(datos)]
    entera = "".join(parte["texto"] for parte in partes)
    cabe = cabe_en_renglones(entera, ancho=_ANCHO_DE_LA_FRASE, renglones=_RENGLONES_DE_LA_FRASE)
    return {"frase": partes, "frase_cabe": cabe}


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


def preparar_imagen_impresa(imagen: ImagenImpresa) -> dict[str, Any]:
    return {
        "clave": imagen.contenido,  # the one under which the compiler has it
        "formato": imagen.formato,
        "alt": limpiar(imagen.alternativa) or _("Logotipo"),
    }


def preparar_firma(firma: FirmaImpresa) -> dict[str, Any]:
    return {
        "nombre": limpiar(firma.nombre),
        "cargo": limpiar(firma.cargo),
        "entidad": limpiar(firma.entidad),
        "imagen": preparar_imagen_impresa(firma.imagen) if firma.imagen else None,
    }


def alternativa_del_qr(direccion: str) -> str:
    return _("Código QR para verificar este documento en %(direccion)s") % {"direccion": direccion}


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
