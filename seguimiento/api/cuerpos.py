"""What each answer holds. Names, meanings and units are those of ``diccionario``."""

from __future__ import annotations

import datetime
from typing import Any

from ninja import Field, Schema

from ..diccionario import descripcion


def de(nombre: str, **otros: Any) -> Any:
    """A field with the words that the dictionary gives it."""
    return Field(..., description=descripcion(nombre), **otros)


class Problema(Schema):
    codigo: str = Field(..., description="Estable: para el programa.")
    mensaje: str = Field(..., description="Qué pasó y qué hacer: para las personas.")


class Edicion(Schema):
    id: int
    nombre: str
    curso: str
    inicia: datetime.date
    termina: datetime.date | None


class Ediciones(Schema):
    territorio: str
    filas: list[Edicion]


class Pagina(Schema):
    al: datetime.date = de("al")
    territorio: str = Field(..., description="Territorio de la clave.")
    edicion: int | None = Field(..., description="Edición de las cifras; vacía si no hay ninguna en el territorio.")
    siguiente: str | None = Field(..., description="Va en «despues» para la página que sigue; vacío en la última.")


class Certificacion(Schema):
    registro: str
    al: datetime.date
    verificar: str = Field(..., description="Dirección donde cualquiera comprueba su estado.")


class Instancia(Schema):
    ubigeo: str = de("ubigeo")
    lugar: str = de("lugar")
    provincia: str = de("provincia")
    nivel: str = de("nivel")
    convocada: bool = Field(..., description="Si la edición convoca a su territorio.")
    atendida_por: str = Field(..., description="La instancia que atiende a este lugar, si no tiene una propia.")
    certificacion: Certificacion | None = Field(..., description="Su certificado de instancia vigente ese día.")


class Instancias(Pagina):
    filas: list[Instancia]


class Asiento(Schema):
    asiento: int = de("asiento")
    ubigeo: str = de("ubigeo")
    codigo: str = de("codigo")
    articulo: str = de("articulo")
    tipo: str = de("tipo")
    institucion: str = de("institucion")
    sector: str = de("sector")
    preside: bool = de("preside")
    ocupado: bool = de("ocupado")
    completo: bool = de("completo")


class Asientos(Pagina):
    filas: list[Asiento]


class Sumas(Schema):
    asientos: int = de("asientos")
    con_persona: int = de("con_persona")
    sin_persona: int = de("sin_persona")
    completos: int = de("completos")


class CoberturaDeInstancia(Sumas):
    ubigeo: str = de("ubigeo")
    lugar: str = de("lugar")
    nivel: str = de("nivel")


class Cobertura(Pagina):
    total: Sumas = Field(..., description="De todo el territorio de la clave, no solo de esta página.")
    filas: list[CoberturaDeInstancia]


class Terminaron(Schema):
    al: datetime.date = de("al")
    terminaron: int | None = de("terminaron")
    terminaron_al: datetime.date = de("terminaron_al")


class AvanceDeInstancia(Terminaron):
    ubigeo: str = de("ubigeo")
    lugar: str = de("lugar")
    nivel: str = de("nivel")


class AvanceDeProvincia(Terminaron):
    provincia: str = de("provincia")


class Avance(Pagina):
    totales: list[AvanceDeProvincia] = Field(..., description="De las provincias que la clave alcanza enteras.")
    filas: list[AvanceDeInstancia] = Field(..., description="Del último mes que terminó hasta «al».")


class Cierre(Schema):
    registro: str
    titulo: str
    lugar: str
    al: datetime.date = de("al")
    emitido: datetime.date
    huella: str = Field(..., description="SHA-256 de los datos que guarda.")
    estado: str = Field(..., description="«vigente» o «anulado».")
    verificar: str = Field(..., description="Dirección donde cualquiera comprueba su estado.")


class Cierres(Schema):
    territorio: str
    siguiente: str | None
    filas: list[Cierre]
