"""The words of the certificate of a table, for its wall."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from . import mensajes, papel
from .consultas.ambito import Ambito
from .consultas.cifras import AsientoContado
from .consultas.distritos import Instancia
from .consultas.lugares import ordenanza_de
from .logro import Logro

ESQUEMA = 1


def escribir(
    *, ambito: Ambito, instancia: Instancia, asientos: list[AsientoContado], logro: Logro, impreso: dict[str, Any]
) -> dict[str, Any]:
    """Everything it keeps. ``impreso``: who signs and from where, as the template of the course says."""
    completos = [uno for uno in asientos if uno.completo]
    hoja = papel.comun(
        titulo=_("Instancia capacitada"),
        subtitulo=mensajes.nombre_de_la_instancia(instancia),
        rotulo=_("Instancia capacitada"),
        ahora=ambito.ahora,
    )
    curso = _("%(curso)s, %(edicion)s") % {"curso": ambito.edicion.curso, "edicion": ambito.edicion.nombre}
    cuenta = {"n": len(completos), "m": len(asientos)}
    lugar = impreso["lugar"]
    hoja |= {
        "forma": "instancia",
        "otorgado": _("Se reconoce a la"),
        "frase": _(
            "porque %(n)d de sus %(m)d asientos, entre ellos el de quien la preside, están ocupados por personas que "
            "completaron el curso “%(curso)s”."
        )
        % {**cuenta, "curso": curso},
        "asientos": [uno.nombre for uno in completos],
        "rotulo_asientos": _("Asientos capacitados"),
        "vigencia": _(
            "Vale mientras la instancia conserve al menos %(k)d asientos capacitados, con el de quien la preside."
        )
        % {"k": logro.necesarios},
        "lugar_y_fecha": (_("%(lugar)s, %(dia)s") if lugar else "%(dia)s")
        % {"lugar": lugar, "dia": papel.dia_largo(ambito.dia)},
        "logos": impreso["logos"],
        "firmantes": impreso["firmas"],
        "entidad": impreso["entidad"] or hoja["entidad"],
        "datos": [
            [_("Curso"), curso],
            [_("Al día"), papel.dia_largo(ambito.dia)],
            [_("Asientos capacitados"), _("%(n)d de %(m)d") % cuenta],
            [_("Ordenanza de creación"), ordenanza_de(instancia.norma)],
            [_("Necesita"), _("%(k)d, con el que preside") % {"k": logro.necesarios}],
        ],
        "secciones": [_seccion(completos)],
        "firmas": [],
    }
    linea = _("Asientos capacitados: %(n)d de %(m)d") % cuenta
    return {
        "esquema": ESQUEMA,
        "cifras": {
            "ubigeo": instancia.ubigeo,
            "al": ambito.dia.isoformat(),
            "barra": logro.barra,
            "solo_titulares": ambito.solo_titulares,
            "necesarios": logro.necesarios,
            "asientos": len(asientos),
            "completos": [uno.id for uno in completos],
        },
        "papel": hoja,
        "publico": papel.publico(hoja, titulo=_("Instancia capacitada"), al=ambito.dia, lineas=[linea]),
    }


def _seccion(completos: list[AsientoContado]) -> papel.Seccion:
    return {
        "titulo": _("Asientos capacitados"),
        "columnas": [[_("Artículo"), 15, False], [_("Asiento"), 45, False], [_("Institución"), 40, False]],
        "filas": [[uno.cita, uno.nombre, uno.institucion] for uno in completos],
    }
