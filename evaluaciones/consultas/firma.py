"""What signs the receipts, for «Estado del aula»: which key, since when, whether it is kept apart, what to do."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.estado import BIEN, MAL, MIRAR, LineaDeEstado
from marco.respaldo.llaves import guardada_en

from ..recibos import LlaveInvalida, llave_que_firma

VIEJA = datetime.timedelta(days=2 * 365)


def estado_de_la_firma() -> list[LineaDeEstado]:
    nombre = _("Firma de los recibos")
    try:
        llave = llave_que_firma()
    except LlaveInvalida:
        que = _("Corrija KUSKA_LLAVES_DE_RECIBO: lleva lo que imprime «llave_de_recibos», y nada más.")
        return [LineaDeEstado("firma", nombre, _("Una llave no se puede leer."), MAL, que, {"recibos_se_firman": 0})]
    if llave is None:
        que = _("Haga una llave con «llave_de_recibos», póngala en KUSKA_LLAVES_DE_RECIBO y reinicie.")
        return [LineaDeEstado("firma", nombre, _("Los recibos no se firman."), MAL, que, {"recibos_se_firman": 0})]
    copia = guardada_en(llave.escrita)
    medidas = {"recibos_se_firman": 1.0, "llave_de_recibos_con_copia": float(copia is not None)}
    dice = _("Firma la llave %(nombre)s.") % {"nombre": llave.nombre}
    edad = None
    if llave.hecha is not None:
        edad = timezone.localdate() - llave.hecha
        medidas["llave_de_recibos_dias"] = float(edad.days)
        dice = _("Firma la llave %(nombre)s, del %(dia)s.") % {"nombre": llave.nombre, "dia": date_format(llave.hecha)}
    if llave.anteriores:
        dice += " " + _("Las anteriores que todavía verifican: %(n)d.") % {"n": llave.anteriores}
    if copia is None:
        dice += " " + _("Ninguna copia de respaldo la tiene.")
        que = _(
            "Escriba en el servidor «sudo aula respaldo»: guarda las llaves aparte. Lleve una fuera de esta máquina."
        )
        return [LineaDeEstado("firma", nombre, dice, MIRAR, que, medidas)]
    cuando = date_format(timezone.localtime(copia), "DATETIME_FORMAT")
    dice += " " + _("Está guardada aparte (copia del %(cuando)s).") % {"cuando": cuando}
    if edad is not None and edad > VIEJA:
        que = _(
            "Cámbiela: la nueva va primero, y la parte pública de esta, después. Los recibos de antes siguen valiendo."
        )
        return [LineaDeEstado("firma", nombre, dice, MIRAR, que, medidas)]
    return [LineaDeEstado("firma", nombre, dice, BIEN, "", medidas)]
