"""Registry numbers: one counter per year that only grows, so no number is ever given twice."""

from django.db import transaction
from django.db.models import F

from certificados.models import ContadorDeRegistro


def reservar_numeros(*, anio: int, cuantos: int) -> range:
    """Take the next numbers of the year. Inside the caller's transaction: the row stays locked until it ends."""
    contador = ContadorDeRegistro.objects.filter(anio=anio)
    if not contador.update(ultimo=F("ultimo") + cuantos):
        ContadorDeRegistro.objects.bulk_create([ContadorDeRegistro(anio=anio)], ignore_conflicts=True)
        contador.update(ultimo=F("ultimo") + cuantos)
    ultimo: int = contador.values_list("ultimo", flat=True).get()
    return range(ultimo - cuantos + 1, ultimo + 1)


@transaction.atomic
def avanzar_registro(*, anio: int, hasta: int) -> None:
    """Leave numbers behind that a lost database may have printed: after a restore, before issuing again."""
    ContadorDeRegistro.objects.bulk_create([ContadorDeRegistro(anio=anio)], ignore_conflicts=True)
    ContadorDeRegistro.objects.filter(anio=anio, ultimo__lt=hasta).update(ultimo=hasta)
