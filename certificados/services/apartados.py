"""A person's papers in a copy of their data, and when these are taken away: the row stays and proves nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from instancias.apartados import Apartado, Suprimida, limpiar
from instancias.models import Membresia
from instancias.services.apartados import APELLIDOS, NOMBRES

from ..huellas import huella_de
from ..models import ActoDeCertificado, Certificado, DocumentoDeCifras
from .documento import ruta_del_dibujo

SIN_PAPEL: dict[str, Any] = {"pdf": "", "pdf_bytes": None, "pdf_sha256": ""}


class Certificados(Apartado):
    """Number, course, day and state stay, so that no figure changes. Name, document and seat go, and the file too."""

    modelo, titulo = Certificado, gettext_lazy("Sus certificados")
    sin = ("inscripcion", "reemplaza_a", "pdf", "pdf_bytes", "pdf_sha256", "codigo_largo", "suprimido_en")

    def suprimir(self, quien: Suprimida) -> int:
        tocados = 0
        for uno in self.filas(quien.personas):
            if uno.pdf:
                quien.archivos += [uno.pdf, ruta_del_dibujo(uno.pdf)]
            uno.datos = {
                **quien.tachar(uno.datos),
                "nombre": f"{NOMBRES} {APELLIDOS}",
                "numero_de_documento": "",
                "documento": "",
                "asiento": "",
                "calidad": "",
                "firmas": uno.datos.get("firmas", []),
            }
            uno.suprimido_en = quien.ahora
            for campo, valor in SIN_PAPEL.items():
                setattr(uno, campo, valor)
            uno.save(update_fields=["datos", "suprimido_en", *SIN_PAPEL])
            tocados += 1
        rastro = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Certificado),
            object_id__in=[str(pk) for pk in self.filas(quien.personas).values_list("pk", flat=True)],
        )
        limpiar(rastro, quien)
        return tocados


class Actos(Apartado):
    modelo, ruta, titulo = ActoDeCertificado, "certificado__persona", gettext_lazy("Qué se hizo con sus certificados")


class EnDocumentos(Apartado):
    """Actas of the places where the person sat may say their name. It is taken out of them, and their paper made again.

    The digest is that of what is left; the former one stays written, so that whoever has the old paper understands it.
    """

    modelo, titulo = DocumentoDeCifras, gettext_lazy("Actas que dicen su nombre")
    sin = ("datos", "pdf", "pdf_bytes", "pdf_sha256")

    def filas(self, personas: Collection[int]) -> QuerySet:
        lugares = Membresia.objects.filter(persona__in=personas).values("asiento__instancia__territorio")
        suyos = DocumentoDeCifras._base_manager.filter(territorios__in=lugares)
        return suyos.order_by("pk").distinct()

    def copiar(self, personas: Collection[int]) -> list[dict[str, Any]]:
        return []  # papers of a table, not of a person: they are asked to whoever made them

    def suprimir(self, quien: Suprimida) -> int:
        tocados = 0
        for uno in self.filas(quien.personas):
            datos = quien.tachar(uno.datos)
            if datos == uno.datos:
                continue
            antes = [*uno.datos.get("suprimidos", []), {"en": quien.ahora.isoformat(), "huella": uno.huella}]
            datos = {**datos, "suprimidos": antes}
            if uno.pdf:
                quien.archivos.append(uno.pdf)
            filas: QuerySet = QuerySet(DocumentoDeCifras).filter(pk=uno.pk)
            filas.update(datos=datos, huella=huella_de(datos), **SIN_PAPEL)
            tocados += 1
        return tocados


def de_esta_sala() -> list[Apartado]:
    return [Certificados(), Actos(), EnDocumentos()]
