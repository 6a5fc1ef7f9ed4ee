"""From the facts of the day to the data a certificate keeps, and from those data to what is printed."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificados import codigos
from certificados.models import Certificado, DocumentoDeCifras, Plantilla
from certificados.pdf import (
    ClaseDeDocumento,
    DatosDeCertificado,
    FirmaImpresa,
    ImagenImpresa,
    ModuloImpreso,
    PapelDeCifras,
)
from certificados.pdf.imagenes import cabe_a_cada_una
from cursos.models import Inscripcion
from instancias.models import Membresia, Persona

from ..consultas.contexto import Contexto
from ..consultas.segun_el_registro import nombre_impreso
from .recursos import guardar_imagen, leer_imagen

ESQUEMA = 1


def congelar(
    *, inscripcion: Inscripcion, plantilla: Plantilla, contexto: Contexto, fecha: datetime.date
) -> dict[str, Any]:
    """Everything the paper says, so that it can be printed again in ten years without asking anybody else."""
    with translation.override(settings.LANGUAGE_CODE):
        desde, hasta = _periodo(inscripcion, fecha)
        pagina = contexto.paginas.get(inscripcion.curso_id)
        return {
            "esquema": ESQUEMA,
            **_de_la_persona(inscripcion.persona),
            **_del_asiento(contexto.membresia_de(inscripcion, fecha)),
            "curso": inscripcion.version.titulo,
            "version_de_curso": inscripcion.version.numero,
            "revision_legal": _iso(getattr(pagina, "revisado_el", None)),
            "horas": inscripcion.version.horas,
            "tipo_de_horas": str(pagina.get_tipo_de_horas_display()) if pagina else "",
            "modulos": _modulos(contexto.modulos.get(inscripcion.curso_id, [])) if plantilla.con_contenido else [],
            "modalidad": plantilla.modalidad,
            "desde": _iso(desde),
            "hasta": _iso(hasta),
            "lugar": plantilla.lugar,
            "fecha": _iso(fecha),
            "entidad": plantilla.entidad,
            "lema": plantilla.lema,
            "nota": _("Documento con código de verificación. No lleva firma digital."),
            "sitio": settings.WAGTAILADMIN_BASE_URL,
            **_de_la_plantilla(plantilla, contexto),
        }


def _de_la_persona(persona: Persona) -> dict[str, Any]:
    rotulos = {
        Persona.Documento.DNI: _("DNI N.º %(numero)s"),
        Persona.Documento.CARNE_DE_EXTRANJERIA: _("carné de extranjería N.º %(numero)s"),
        Persona.Documento.CODIGO: _("código de participante N.º %(numero)s"),
    }
    return {
        "nombre": nombre_impreso(persona),
        "numero_de_documento": persona.documento,
        "documento": rotulos[Persona.Documento(persona.tipo_de_documento)] % {"numero": persona.documento},
    }


def _del_asiento(membresia: Membresia | None) -> dict[str, Any]:
    if membresia is None:
        return {"instancia": "", "asiento": "", "calidad": ""}
    return {
        "instancia": membresia.asiento.instancia.nombre,
        "asiento": str(membresia.asiento),
        "calidad": str(membresia.get_calidad_display()),
    }


def _periodo(inscripcion: Inscripcion, fecha: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The edition's days once it is over; before that, the person's own: a paper never speaks of the future.

    Whoever had more days than the edition, and used them, finished later than it.
    """
    edicion = inscripcion.edicion
    terminada = timezone.localdate(inscripcion.terminada_en) if inscripcion.terminada_en else fecha
    if edicion.termina and edicion.termina <= fecha:
        return edicion.inicia, max(edicion.termina, terminada) if inscripcion.con_prorroga else edicion.termina
    iniciada = timezone.localdate(inscripcion.iniciada_en or inscripcion.creada_en)
    return min(iniciada, terminada), terminada


def _modulos(paginas: list[Any]) -> list[dict[str, str]]:
    return [{"titulo": pagina.title, "horas": str(pagina.horas or "")} for pagina in paginas]


def _de_la_plantilla(plantilla: Plantilla, contexto: Contexto) -> dict[str, Any]:
    """Logos and signers of a template, read once for the whole batch."""
    if plantilla.pk not in contexto.impresos:
        contexto.impresos[plantilla.pk] = logos_y_firmas(plantilla)
    return contexto.impresos[plantilla.pk]


def logos_y_firmas(plantilla: Plantilla) -> dict[str, Any]:
    """What a template prints of who signs; its pictures are kept by their content, in the bytes that a paper has."""
    logos, firmantes = plantilla.logos.all()[:4], plantilla.firmantes.all()[:3]
    imagenes = len(logos) + sum(1 for firmante in firmantes if firmante.imagen)
    cabe = cabe_a_cada_una(imagenes, con_contenido=plantilla.con_contenido)
    return {
        "logos": [guardar_imagen(logo.imagen, cabe=cabe) for logo in logos],
        "firmas": [
            {
                "nombre": firmante.nombre,
                "cargo": firmante.cargo,
                "entidad": firmante.entidad,
                "imagen": guardar_imagen(firmante.imagen, cabe=cabe) if firmante.imagen else None,
            }
            for firmante in firmantes
        ],
    }


def _iso(dia: datetime.date | None) -> str | None:
    return dia.isoformat() if dia else None


def _dia(texto: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(texto) if texto else None


def para_imprimir(certificado: Certificado) -> DatosDeCertificado:
    """What the paper of this row says, from the row alone."""
    datos = certificado.datos
    return DatosDeCertificado(
        clase=ClaseDeDocumento(certificado.documento),
        nombre=datos["nombre"],
        documento=datos["documento"],
        curso=datos["curso"],
        instancia=datos["instancia"],
        modalidad=datos["modalidad"],
        desde=_dia(datos["desde"]),
        hasta=_dia(datos["hasta"]),
        horas=datos["horas"],
        tipo_de_horas=datos["tipo_de_horas"],
        lugar=datos["lugar"],
        fecha=datetime.date.fromisoformat(datos["fecha"]),
        **_para_verificar(certificado, datos["sitio"]),
        entidad=datos["entidad"],
        lema=datos["lema"],
        nota=datos["nota"],
        logos=_imagenes(datos["logos"]),
        firmas=tuple(_firma(firma) for firma in datos["firmas"]),
        modulos=tuple(ModuloImpreso(**modulo) for modulo in datos["modulos"]),
    )


def papel_para_imprimir(documento: DocumentoDeCifras) -> PapelDeCifras:
    """What the paper of a document of figures says, from the row alone."""
    papel = documento.datos["papel"]
    return PapelDeCifras(
        papel=papel,
        logos=_imagenes(papel.get("logos", [])),
        firmas=tuple(_firma(firma) for firma in papel.get("firmantes", [])),
        fecha=datetime.date.fromisoformat(papel["fecha"]),
        **_para_verificar(documento, papel["sitio"]),
    )


def _para_verificar(documento: Certificado | DocumentoDeCifras, sitio: str) -> dict[str, str]:
    """Number, code and addresses: the long one goes in the square, the short one is typed."""
    partes = urlsplit(sitio)
    a_mano = reverse("kuska_certificados:verificar_a_mano")
    # In capitals, that a square writes shorter than small letters: its squares are bigger. Both find the same paper.
    directa = reverse("kuska_certificados:verificar", args=[documento.codigo_largo.upper()])
    return {
        "registro": documento.registro,
        "codigo": codigos.formatear(documento.codigo_corto),
        "direccion_qr": f"{partes.scheme}://{partes.netloc}{directa}",
        "direccion_escrita": f"{partes.netloc}{a_mano}",
    }


def _imagenes(guardadas: list[Any]) -> tuple[ImagenImpresa, ...]:
    return tuple(imagen for imagen in map(leer_imagen, guardadas) if imagen)


def _firma(firma: dict[str, Any]) -> FirmaImpresa:
    imagen = leer_imagen(firma["imagen"]) if firma["imagen"] else None
    return FirmaImpresa(nombre=firma["nombre"], cargo=firma["cargo"], entidad=firma["entidad"], imagen=imagen)
