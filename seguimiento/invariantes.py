"""What is always true of figures that are remembered: where nothing changed since, they are what facts say."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marco.invariantes import Invariante

from .consultas import contadores, partes
from .consultas.instantanea import instantanea
from .models import ContadorDeInstancia, MarcaDeContador
from .services.contar import ambitos_de_varias


def de_esta_sala() -> list[Invariante]:
    return [
        Invariante(
            "contadores",
            _("Las cifras guardadas de hoy son las que dicen los hechos."),
            _("Borre los contadores: el aula los cuenta otra vez desde los hechos en unos minutos."),
            _otras_cifras,
            lenta=True,
        )
    ]


def _otras_cifras() -> Iterator[str]:
    """Of the tables whose figures of today are kept and have no mark. Where no counters are kept, there are none."""
    if not contadores.hay():
        return
    ahora = timezone.now()
    for ambito in ambitos_de_varias(ahora):
        del_dia = ambito.al_dia(timezone.localdate(ahora))
        filas = ContadorDeInstancia.objects.filter(
            edicion=del_dia.edicion_id, dia=del_dia.dia, con_titular=del_dia.solo_titulares
        )
        with instantanea():
            if MarcaDeContador.objects.filter(territorio="").exists():
                continue
            marcados = set(MarcaDeContador.objects.values_list("territorio", flat=True))
            guardadas = {
                ubigeo: tuple(cuentas)
                for ubigeo, *cuentas in filas.values_list("territorio_id", *contadores.CAMPOS)
                if ubigeo not in marcados
            }
            hechos = contadores.contar(del_dia, guardadas) if guardadas else {}
        yield from (ubigeo for ubigeo, cuentas in guardadas.items() if hechos.get(ubigeo) != cuentas)
        with instantanea():
            leidas = {ubigeo: una[0] for ubigeo, una in partes.leer(del_dia).items() if una is not None}
            contadas = partes.contar(del_dia) if leidas else {}
        for ubigeo, suyas in leidas.items():
            if suyas != (contadas[ubigeo].por_guardar() if ubigeo in contadas else {}):
                yield f"{ubigeo}, unidad por unidad"
