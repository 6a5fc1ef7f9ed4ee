"""What may be told to anybody of tables, seats and closings: of institutions, never of people. As plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from instancias.models import Institucion
from instancias.politica import AlcanceEfectivo

from .ambito import Ambito, EdicionDelAmbito, ediciones_del
from .cifras import AsientoContado
from .distritos import Instancia

Datos = dict[str, Any]
Clase = DocumentoDeCifras.Clase
SUMAS = ("asientos", "con_persona", "sin_persona", "completos")


def ediciones_de(alcance: AlcanceEfectivo) -> tuple[EdicionDelAmbito, ...]:
    return ediciones_del(alcance)


def edicion(una: EdicionDelAmbito) -> Datos:
    return {"id": una.id, "nombre": una.nombre, "curso": una.curso, "inicia": una.inicia, "termina": una.termina}


def nivel(una: Instancia) -> str:
    return "provincial" if una.es_provincial else "distrital"


def lugar(una: Instancia) -> Datos:
    """Where a table is."""
    return {"ubigeo": una.ubigeo, "lugar": una.nombre, "nivel": nivel(una)}


def instancia(una: Instancia, certificadas: dict[str, DocumentoDeCifras]) -> Datos:
    suyo = certificadas.get(una.ubigeo)
    return {
        **lugar(una),
        "provincia": una.ubigeo[:4],
        "convocada": una.convocada,
        "atendida_por": una.atendida_por,
        "certificacion": {"registro": suyo.registro, "al": suyo.al, "verificar": direccion_de(suyo)} if suyo else None,
    }


def cobertura(una: Instancia) -> Datos:
    return cobertura_de(una, una.exigidos, una.con_persona, una.completos)


def cobertura_de(una: Instancia, asientos: int, con_persona: int, completos: int) -> Datos:
    """The same, of what was counted apart from it."""
    cuentas = {"asientos": asientos, "con_persona": con_persona, "sin_persona": asientos - con_persona}
    return {**lugar(una), **cuentas, "completos": completos}


def sumas(coberturas: Iterable[Datos]) -> Datos:
    """Those of some tables, added up."""
    filas = list(coberturas)
    return {clave: sum(fila[clave] for fila in filas) for clave in SUMAS}


def asiento(uno: AsientoContado) -> Datos:
    """A seat of an institution. Which of its two people sits, or finished, is not told."""
    return {
        "asiento": uno.id,
        "ubigeo": uno.ubigeo,
        "codigo": uno.codigo,
        "articulo": uno.cita,
        "tipo": uno.nombre_corto,
        "institucion": uno.institucion,
        "sector": str(Institucion.Sector(uno.sector).label),
        "preside": uno.preside,
        "ocupado": not uno.vacante,
        "completo": uno.completo,
    }


def certificadas_al(ambito: Ambito) -> dict[str, DocumentoDeCifras]:
    """The certificate in force of each table at the end of the day, by its code. One statement."""
    filas = (
        DocumentoDeCifras.objects.filter(
            Q(anulado_en__isnull=True) | Q(anulado_en__gte=ambito.corte),
            clase=Clase.INSTANCIA,
            edicion_id=ambito.edicion_id,
            emitido_en__lt=ambito.corte,
        )
        .annotate(ubigeo=F("territorios"))
        .defer("datos")
        .order_by("pk")
    )
    return {fila.ubigeo: fila for fila in filas}


def cierres_de(alcance: AlcanceEfectivo, *, despues: int, maximo: int) -> list[DocumentoDeCifras]:
    """The closings of which every territory is of the scope, in the order in which they were made. One statement."""
    suyos = DocumentoDeCifras.objects.dentro_de(alcance.prefijos).filter(clase=Clase.CIERRE, pk__gt=despues)
    return list(con_sus_palabras(suyos).order_by("pk")[:maximo])


def con_sus_palabras(documentos: Any) -> Any:
    """The title and the place of each document, without its figures."""
    return documentos.annotate(titulo=KT("datos__publico__titulo"), lugar=KT("datos__publico__lugar")).defer("datos")


def cierre(uno: DocumentoDeCifras) -> Datos:
    return {
        "registro": uno.registro,
        "titulo": uno.titulo,
        "lugar": uno.lugar,
        "al": uno.al,
        "emitido": timezone.localdate(uno.emitido_en),
        "huella": uno.huella,
        "estado": uno.estado,
        "verificar": direccion_de(uno),
    }


def direccion_de(documento: DocumentoDeCifras) -> str:
    """Where anybody checks it."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return base + reverse("kuska_certificados:verificar", args=[documento.codigo_largo])
