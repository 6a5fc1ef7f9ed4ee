"""The fields of this room in the inventory."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from instancias.datos_personales import AUTORIA, EVIDENCIA, IDENTIDAD
from marco.inventario import declarar

IMPRESO = replace(
    IDENTIDAD,
    fin=_("Imprimir el certificado y reconocerlo cuando alguien lo verifica"),
    ven=_("La persona, el personal a cargo; quien tiene el código ve el nombre y el curso"),
)
ACTA = replace(
    IDENTIDAD,
    fin=_("Decir en el acta quién ocupa cada asiento, si quien la emite lo pide"),
    ven=_("Quien emitió el acta y el personal de ese ámbito"),
)
FIRMA = replace(
    AUTORIA,
    fin=_("Imprimir quién firma los certificados"),
    plazo=_("Mientras firme; en los certificados emitidos, tanto como ellos"),
    ven=_("Quien recibe un certificado"),
)

declarar(
    "kuska_certificados.Certificado",
    {
        "datos busqueda pdf pdf_bytes pdf_sha256": IMPRESO,
        "persona curso edicion inscripcion territorio documento estado reemplaza_a anio numero codigo_largo "
        "codigo_corto emitido_en anulado_en suprimido_en": EVIDENCIA,
    },
)
declarar("kuska_certificados.ActoDeCertificado", {"certificado acto motivo en": EVIDENCIA, "por": AUTORIA})
declarar(
    "kuska_certificados.DocumentoDeCifras",
    {"datos pdf pdf_bytes pdf_sha256": ACTA, "emitido_por anulado_por": AUTORIA},
    sin_datos="clase clave edicion al huella estado motivo territorios anio numero codigo_largo codigo_corto "
    "emitido_en anulado_en",
)
declarar("kuska_certificados.ContadorDeRegistro", sin_datos="anio ultimo")
declarar(
    "kuska_certificados.Plantilla",
    sin_datos="nombre curso documento entidad lugar modalidad lema con_contenido busqueda orden_alfabetico",
)
declarar("kuska_certificados.Firmante", {"nombre cargo imagen": FIRMA}, sin_datos="sort_order plantilla entidad")
declarar("kuska_certificados.LogoDePlantilla", sin_datos="sort_order plantilla imagen")
