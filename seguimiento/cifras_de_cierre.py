"""What a closing keeps: figures as plain data, and the same words on screen."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.models import Institucion
from marco.formulas import texto_seguro

from . import mensajes, papel
from .consultas.ambito import Ambito
from .consultas.cifras import AsientoContado, Cifras, PasosDeLaInstancia, cifras_de, pasos_por_instancia
from .consultas.distritos import Instancia
from .consultas.instantanea import instantanea
from .papel import Seccion

ESQUEMA = 1
Datos = dict[str, Any]
# The columns of a table, in the order of every file: figures by the names of «Cómo se cuenta».
DE_LA_INSTANCIA = (
    "asientos",
    "con_persona",
    "sin_persona",
    "completos",
    "alcaldias_al_dia",
    "integrantes",
    "inscritas",
    "empezaron",
    "terminaron",
    "terminaron_titulares",
    "terminaron_alternos",
    "certificadas",
)
DEL_TOTAL = (
    "asientos",
    "sin_persona",
    "completos",
    "alcaldias",
    "alcaldias_al_dia",
    "integrantes",
    "inscritas",
    "empezaron",
    "en_curso",
    "pendientes",
    "terminaron",
    "certificadas",
)


NOMBRES = {
    "asientos": gettext_lazy("Asientos"),
    "con_persona": gettext_lazy("Con persona"),
    "sin_persona": gettext_lazy("Asientos sin persona"),
    "completos": gettext_lazy("Asientos completos"),
    "alcaldias": gettext_lazy("Alcaldías"),
    "alcaldias_al_dia": gettext_lazy("Alcaldías al día"),
    "integrantes": gettext_lazy("Integrantes"),
    "inscritas": gettext_lazy("Inscritas"),
    "empezaron": gettext_lazy("Empezaron"),
    "en_curso": gettext_lazy("En curso"),
    "pendientes": gettext_lazy("Todavía no terminan"),
    "terminaron": gettext_lazy("Terminaron"),
    "certificadas": gettext_lazy("Con certificado"),
}


def titulo_de(al: datetime.date) -> str:
    """«Cierre 2026» on the last day of a year."""
    if (al.month, al.day) == (12, 31):
        return _("Cierre %(anio)d") % {"anio": al.year}
    return _("Cierre al %(dia)s") % {"dia": papel.dia_largo(al)}


def cifras_contadas(ambito: Ambito) -> Datos:
    """Count everything that a closing keeps, in one look. Five statements."""
    with instantanea():
        return contar(ambito, cifras_de(ambito), pasos_por_instancia(ambito))


def contar(ambito: Ambito, cifras: Cifras, pasos: Mapping[str, PasosDeLaInstancia]) -> Datos:
    """The figures as plain data: no names of people, no dates but their own, nothing of the moment they were read."""
    total = asdict(cifras.total)
    return {
        "territorios": sorted(ambito.limites),
        "lugar": papel.lugar_de(ambito),
        "curso": ambito.edicion.curso if ambito.edicion else "",
        "edicion": ambito.edicion.nombre if ambito.edicion else "",
        "al": ambito.dia.isoformat(),
        "solo_titulares": ambito.solo_titulares,
        "total": {clave: total[clave] for clave in DEL_TOTAL},
        "instancias": [_instancia(una, pasos.get(una.ubigeo, PasosDeLaInstancia())) for una in cifras.instancias],
        "sectores": _sectores(cifras.asientos),
        "asientos": [_asiento(uno) for uno in cifras.asientos],
    }


def _instancia(instancia: Instancia, pasos: PasosDeLaInstancia) -> Datos:
    return {
        "ubigeo": instancia.ubigeo,
        "nombre": mensajes.nombre_de_la_instancia(instancia) if instancia.es_propia else instancia.nombre,
        "lugar": _("%(lugar)s (provincial)") % {"lugar": instancia.nombre}
        if instancia.es_provincial
        else instancia.nombre,
        "propia": instancia.es_propia,
        "convocada": instancia.convocada,
        "asientos": instancia.exigidos,
        "con_persona": instancia.con_persona,
        "sin_persona": instancia.sin_persona,
        "completos": instancia.completos,
        "alcaldias_al_dia": instancia.alcaldias_al_dia,
        "integrantes": instancia.integrantes,
        "inscritas": pasos.inscritas,
        "empezaron": pasos.empezaron,
        "terminaron": instancia.terminaron,
        "terminaron_titulares": pasos.titulares,
        "terminaron_alternos": pasos.alternos,
        "certificadas": pasos.certificadas,
    }


def _sectores(asientos: list[AsientoContado]) -> list[Datos]:
    """The seats by the sector of their kind."""
    filas: dict[str, Datos] = {}
    for uno in asientos:
        fila = filas.setdefault(uno.sector, {"sector": uno.sector, "asientos": 0, "con_persona": 0, "completos": 0})
        fila["asientos"] += 1
        fila["con_persona"] += not uno.vacante
        fila["completos"] += uno.completo
    return [filas[sector] for sector in sorted(filas)]


def _asiento(uno: AsientoContado) -> Datos:
    return {
        "asiento": uno.id,
        "ubigeo": uno.ubigeo,
        "codigo": uno.codigo,
        "numero": uno.numero,
        "nombre": uno.corto,
        "institucion": uno.institucion,
        "titular": uno.titular,
        "alterno": uno.alterno,
        "completo": uno.completo,
    }


def escribir(ambito: Ambito, contadas: Datos) -> Datos:
    """Everything that a closing keeps."""
    titulo = titulo_de(ambito.dia)
    hoja = papel.comun(titulo=titulo, subtitulo=contadas["lugar"], rotulo=_("Cierre"), ahora=ambito.ahora)
    curso = _("%(curso)s, %(edicion)s") % contadas
    hoja["datos"] = [
        [_("Curso"), curso],
        [_("Cifras al"), papel.dia_largo(ambito.dia)],
        [_("Según lo registrado hasta el"), papel.hora_larga(ambito.ahora)],
        [_("Un asiento está completo"), papel.quien_completa(ambito)],
    ]
    hoja["secciones"] = [_seccion_del_total(contadas), _seccion_de_instancias(contadas), _seccion_de_sectores(contadas)]
    hoja["firmas"] = []
    return {
        "esquema": ESQUEMA,
        "cifras": contadas,
        "papel": hoja,
        "publico": papel.publico(hoja, titulo=titulo, al=ambito.dia),
    }


def _seccion_del_total(contadas: Datos) -> Seccion:
    filas = [[str(NOMBRES[clave]), contadas["total"][clave]] for clave in DEL_TOTAL]
    return {
        "titulo": _("En total"),
        "parrafos": [_("Cada persona cuenta una vez, aunque ocupe más de un asiento.")],
        "columnas": [[_("Cifra"), 70, False], [_("Cantidad"), 30, True]],
        "filas": filas,
    }


def _seccion_de_instancias(contadas: Datos) -> Seccion:
    claves = ("asientos", "con_persona", "completos", "integrantes", "empezaron", "terminaron", "certificadas")
    filas = [
        [fila["lugar"], *(fila[clave] for clave in claves)]
        for fila in contadas["instancias"]
        if fila["propia"] and fila["convocada"]
    ]
    titulos = [[str(NOMBRES[clave]), 10, True] for clave in claves]
    return {"titulo": _("Por instancia"), "columnas": [[_("Instancia"), 30, False], *titulos], "filas": filas}


def _seccion_de_sectores(contadas: Datos) -> Seccion:
    nombres = dict(Institucion.Sector.choices)
    claves = ("asientos", "con_persona", "completos")
    filas = [
        [str(nombres.get(fila["sector"], fila["sector"])), *(fila[clave] for clave in claves)]
        for fila in contadas["sectores"]
    ]
    titulos = [[str(NOMBRES[clave]), 15, True] for clave in claves]
    return {"titulo": _("Por sector"), "columnas": [[_("Sector"), 40, False], *titulos], "filas": filas}


def en_csv(contadas: Datos) -> bytes:
    """The rows by table, for a spreadsheet. The same data give the same bytes."""
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\r\n")
    escritor.writerow(["ubigeo", "instancia", "al", *DE_LA_INSTANCIA])
    for fila in contadas["instancias"]:
        if fila["propia"] and fila["convocada"]:
            cifras = [fila[clave] for clave in DE_LA_INSTANCIA]
            escritor.writerow([fila["ubigeo"], texto_seguro(fila["nombre"]), contadas["al"], *cifras])
    return b"\xef\xbb\xbf" + salida.getvalue().encode()
