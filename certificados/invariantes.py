"""What is always true of papers: one number each, what they prove was done, and their figures are those of that day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cursos.models import Inscripcion
from marco.invariantes import LOTE, Invariante, numeros

from .huellas import huella_de
from .models import ActoDeCertificado, Certificado, ContadorDeRegistro, DocumentoDeCifras
from .services.recursos import almacen

MODELOS: tuple[Any, ...] = (Certificado, DocumentoDeCifras)
Acto = ActoDeCertificado.Acto


def de_esta_sala() -> list[Invariante]:
    restaurar = _("Deje el aula en solo lectura y compare con la última copia buena antes de emitir otra vez.")
    otra_vez = _(
        "No hay que hacer nada: el archivo se hace otra vez al descargarlo. Si son muchos, restaure los archivos."
    )
    return [
        Invariante("registro_sin_repetir", _("Ningún número de registro se usó dos veces."), restaurar, _repetidos),
        Invariante(
            "registro_adelante",
            _("El contador de registro va delante de todo número impreso."),
            _("Adelante el registro antes de emitir: al restaurar una copia, esos números ya se imprimieron."),
            _por_encima_del_contador,
        ),
        Invariante("actos", _("Cada certificado dice quién lo emitió, reemplazó o anuló."), restaurar, _sin_acto),
        Invariante(
            "reemplazos", _("Todo certificado reemplazado tiene el que ocupa su lugar."), restaurar, _sin_reemplazo
        ),
        Invariante(
            "prueban_lo_hecho",
            _("Todo certificado vigente es de quien terminó."),
            _("Anule esos certificados con su motivo, o averigüe qué deshizo el término."),
            _sin_terminar,
        ),
        Invariante("huellas_de_cifras", _("Las cifras firmadas no cambiaron desde su día."), restaurar, _otras_huellas),
        Invariante("archivos", _("Todo documento guardado está en su carpeta."), otra_vez, _sin_archivo, lenta=True),
    ]


def _repetidos() -> Iterator[str]:
    """Papers of one kind and of the other share one book: no constraint sees both."""
    de_certificados = Certificado._base_manager.filter(anio=OuterRef("anio"), numero=OuterRef("numero"))
    en_los_dos = DocumentoDeCifras._base_manager.filter(Exists(de_certificados)).order_by()
    for anio, numero in en_los_dos.values_list("anio", "numero").iterator(chunk_size=LOTE):
        yield f"{numero:04d}-{anio}"
    for modelo in MODELOS:
        veces = modelo._base_manager.order_by().values("anio", "numero").annotate(veces=Count("pk"))
        for fila in veces.filter(veces__gt=1).iterator(chunk_size=LOTE):
            yield f"{fila['numero']:04d}-{fila['anio']}"


def _por_encima_del_contador() -> Iterator[str]:
    antes = ContadorDeRegistro.objects.filter(anio=OuterRef("anio"), ultimo__gte=OuterRef("numero"))
    for modelo in MODELOS:
        filas = modelo._base_manager.filter(~Exists(antes)).order_by()
        for anio, numero in filas.values_list("anio", "numero").iterator(chunk_size=LOTE):
            yield f"{numero:04d}-{anio}"


def _sin_acto() -> Iterator[int]:
    def falta(acto: str) -> Q:
        return ~Q(Exists(ActoDeCertificado.objects.filter(certificado=OuterRef("pk"), acto=acto)))

    pedidos = falta(Acto.EMITIR)
    pedidos |= Q(estado=Certificado.Estado.ANULADO) & falta(Acto.ANULAR)
    pedidos |= Q(estado=Certificado.Estado.REEMPLAZADO) & falta(Acto.REEMPLAZAR)
    return numeros(Certificado._base_manager.filter(pedidos))


def _sin_reemplazo() -> Iterator[int]:
    reemplazados = Certificado._base_manager.filter(estado=Certificado.Estado.REEMPLAZADO)
    solos = reemplazados.filter(reemplazado_por__isnull=True)
    otro_vigente = Certificado._base_manager.filter(
        reemplaza_a__isnull=False, reemplaza_a__estado=Certificado.Estado.VIGENTE
    )
    yield from numeros(solos)
    yield from numeros(otro_vigente)


def _sin_terminar() -> Iterator[int]:
    vigentes = Certificado._base_manager.filter(estado=Certificado.Estado.VIGENTE)
    terminada = Q(inscripcion__estado=Inscripcion.Estado.TERMINADA)
    ajena = ~Q(inscripcion__persona=F("persona")) | ~Q(inscripcion__edicion=F("edicion"))
    return numeros(vigentes.filter(~terminada | ajena))


def _otras_huellas() -> Iterator[int]:
    filas = DocumentoDeCifras._base_manager.order_by("pk").values_list("pk", "datos", "huella")
    for pk, datos, huella in filas.iterator(chunk_size=50):
        if huella_de(datos) != huella:
            yield pk


def _sin_archivo() -> Iterator[str]:
    """The file is there, and is the one that was made."""
    for modelo in MODELOS:
        filas = modelo._base_manager.exclude(pdf="").order_by("pk").values_list("pk", "pdf", "pdf_bytes", "pdf_sha256")
        for pk, ruta, largo, huella in filas.iterator(chunk_size=LOTE):
            if not _esta_entero(ruta, largo, huella):
                yield f"{modelo._meta.model_name} {pk}"


def _esta_entero(ruta: str, largo: int, huella: str) -> bool:
    try:
        with almacen().open(ruta) as archivo:
            contenido = archivo.read()
    except FileNotFoundError:
        return False
    return len(contenido) == largo and hashlib.sha256(contenido).hexdigest() == huella
