"""The acta in one button: its figures are counted once and frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from certificados.models import DocumentoDeCifras
from certificados.services.cifras import congelar_cifras
from marco.errores import ErrorDeDominio

from .. import papel_de_acta
from ..consultas.a_medias import contar_entera
from ..consultas.ambito import Ambito
from ..consultas.cifras import certificados_de, cifras_de
from ..consultas.voces import ganado
from ..papel_de_acta import Pedido


class ActaError(ErrorDeDominio):
    """Codes: ``sin_edicion``, ``sin_instancia``."""


def hacer_acta(
    *, ambito: Ambito, pedido: Pedido, por: Any, junto: Callable[[DocumentoDeCifras], None] | None = None
) -> tuple[DocumentoDeCifras, bool]:
    """Freeze the acta of a table, or of all those of ``ambito``. Returns it and whether it is new.

    ``junto``: see ``congelar_cifras``. Raises ActaError where there is nothing to say, ListaAMedias while a list of its
    people is by half, and CertificadoError where ``por`` does not answer for it.
    """
    clave = f"acta:{pedido.operacion.hex}"
    if hecha := DocumentoDeCifras.objects.filter(clave=clave, emitido_por=por).first():
        if junto is not None:
            junto(hecha)
        return hecha, False
    if ambito.edicion is None:
        raise ActaError(
            "sin_edicion", _("Todavía no hay una edición abierta en este lugar: no hay de qué hacer un acta.")
        )
    cifras, certificados, gano = contar_entera(
        ambito, lambda: (cifras_de(ambito), list(certificados_de(ambito)), ganado(ambito))
    )
    if not any(una.es_propia and una.convocada for una in cifras.instancias):
        frase = _("En este lugar no hay una instancia propia con asientos en esta edición: elija otro lugar.")
        raise ActaError("sin_instancia", frase)
    datos = papel_de_acta.escribir(
        ambito=ambito,
        cifras=cifras,
        certificados=certificados,
        pedido=pedido,
        ganado=gano,
    )
    return congelar_cifras(
        clase=DocumentoDeCifras.Clase.ACTA,
        clave=clave,
        territorios=ambito.limites,
        edicion_id=ambito.edicion.id,
        al=ambito.dia,
        datos=datos,
        ahora=ambito.ahora,
        por=por,
        junto=junto,
    )
