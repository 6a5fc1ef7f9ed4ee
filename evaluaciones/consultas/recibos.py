"""Whether a receipt is true: by its own signature, and by what the ledger keeps. It tells no mark and names nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..models import Intento, Respuesta
from ..recibos import Recibo, huella_de, leer, normalizar_codigo, parece_recibo


class Veredicto(models.TextChoices):
    VALIDO = "valido", _("Recibo válido")
    FALSO = "falso", _("Este recibo no es auténtico: ninguna llave de este sitio lo firmó así.")
    NO_COINCIDE = "no_coincide", _("Lo que dice este recibo no es lo que está guardado. Avise a quien administra.")
    SIN_ENVIO = (
        "sin_envio",
        _("El recibo es auténtico, pero su envío no está aquí. Muéstrelo a su facilitadora: vale como prueba."),
    )
    NO_EXISTE = "no_existe", _("No encontramos ese recibo. Revise cada letra del código.")


@dataclass(frozen=True)
class Hallado:
    """What is known of a receipt. ``recibo`` is there when its signature is good; the titles, when it was found."""

    veredicto: Veredicto
    recibo: Recibo | None = None
    curso: str = ""
    titulo: str = ""

    @property
    def mensaje(self) -> str:
        return str(self.veredicto.label)


def verificar(escrito: str) -> Hallado:
    """Verify a code, or a whole receipt. Two statements at most."""
    if parece_recibo(escrito):
        recibo = leer(escrito)
        if recibo is None:
            return Hallado(Veredicto.FALSO)
        return _con_lo_guardado(recibo, Intento.objects.filter(clave=recibo.intento))
    codigo = normalizar_codigo(escrito)
    if codigo is None:
        return Hallado(Veredicto.NO_EXISTE)
    filas = Intento.objects.exclude(codigo_de_recibo="").filter(codigo_de_recibo=codigo).order_by("-pk")
    guardado = filas.values_list("recibo", flat=True).first()
    if guardado is None:
        return Hallado(Veredicto.NO_EXISTE)
    recibo = leer(guardado)
    if recibo is None or recibo.codigo != codigo:
        return Hallado(Veredicto.FALSO)
    return _con_lo_guardado(recibo, filas.filter(clave=recibo.intento))


def _con_lo_guardado(recibo: Recibo, filas: models.QuerySet[Intento]) -> Hallado:
    intento = filas.filter(estado=Intento.Estado.ENVIADO).select_related("inscripcion__curso").first()
    if intento is None:
        return Hallado(Veredicto.SIN_ENVIO, recibo)
    dicho = (recibo.numero, recibo.recibido_en, recibo.huella)
    if dicho != (intento.numero, intento.enviado_en, huella_de(finales_de(intento))):
        return Hallado(Veredicto.NO_COINCIDE, recibo)
    return Hallado(Veredicto.VALIDO, recibo, intento.inscripcion.curso.titulo, intento.reglas.titulo)


def finales_de(intento: Intento) -> list[object]:
    """Return the final answer of each question, in the order of the form."""
    finales = Respuesta.objects.filter(intento=intento, definitiva=True).order_by("secuencia")
    return list(finales.values_list("valor", flat=True))
