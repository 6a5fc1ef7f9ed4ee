"""The same few people everywhere (see ``docs``): who acts, who must not, and who only looks.

District A is Rupa-Rupa, district B is Luyando; the coordinator of the province covers both.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from instancias.models import (
    Alcance,
    Asiento,
    Cobertura,
    Instancia,
    Institucion,
    Membresia,
    Oficina,
    Persona,
    Territorio,
    TipoDeAsiento,
)

PROVINCIA = "1006"
DISTRITO_A = "100601"
DISTRITO_B = "100605"
DESDE = datetime.date(2026, 1, 1)
CLAVE = "4821-7093-prueba"


def crear_territorio() -> dict[str, Territorio]:
    """A department, a province and two districts. Rows that a migration or a fixture already made are kept."""
    filas = [
        ("10", "departamento", "Huánuco", "", 0, 0),
        (PROVINCIA, "provincia", "Leoncio Prado", "", 0, 0),
        (DISTRITO_A, "distrito", "Rupa-Rupa", "RR", 3, 1),
        (DISTRITO_B, "distrito", "Luyando", "LUY", 4, 2),
    ]
    lugares = {}
    for ubigeo, nivel, nombre, sigla, fila, columna in filas:
        lugares[ubigeo], _creado = Territorio.objects.get_or_create(
            ubigeo=ubigeo,
            defaults={
                "nivel": nivel,
                "nombre": nombre,
                "sigla": sigla,
                "fila": fila or None,
                "columna": columna or None,
            },
        )
    return lugares


def crear_asiento(ubigeo: str, *, orden: int = 3, corto: str = "Comisaría", numero: int = 1) -> Asiento:
    """A seat at the table of a territory, with its kind and its institution."""
    nivel = Instancia.Nivel.PROVINCIAL if len(ubigeo) == 4 else Instancia.Nivel.DISTRITAL
    instancia, _creada = Instancia.objects.get_or_create(nivel=nivel, territorio_id=ubigeo)
    tipo, _creado = TipoDeAsiento.objects.get_or_create(
        codigo=f"{'IPC' if nivel == 'provincial' else 'IDC'}-{orden:02}",
        defaults={
            "nivel": nivel,
            "articulo": "109.1",
            "numeral": str(orden),
            "nombre": corto,
            "corto": corto,
            "sector": Institucion.Sector.POLICIA,
            "orden": orden,
            "version_de_norma": "D.S. 006-2023-MIMP",
        },
    )
    institucion, _creada = Institucion.objects.get_or_create(
        nombre=f"{corto} de {ubigeo}", defaults={"sector": tipo.sector}
    )
    asiento, _creado = Asiento.objects.get_or_create(
        instancia=instancia, tipo=tipo, numero=numero, defaults={"institucion": institucion}
    )
    return asiento


def crear_cuenta(usuario: str, **campos: Any) -> Any:
    """An account whose key is CLAVE."""
    return get_user_model().objects.create_user(username=usuario, password=CLAVE, **campos)


def crear_integrante(documento: str, nombres: str, apellidos: str, *, ubigeo: str = DISTRITO_A, **campos: Any) -> Any:
    """A person with an account, data already reviewed, titular of a seat of the district."""
    persona = Persona.objects.create(
        documento=documento,
        nombres=nombres,
        apellidos=apellidos,
        cuenta=crear_cuenta(documento),
        datos_revisados_en=timezone.now(),
        **campos,
    )
    orden = 1 + Asiento.objects.filter(instancia__territorio_id=ubigeo).count()
    Membresia.objects.create(
        persona=persona,
        asiento=crear_asiento(ubigeo, orden=orden, corto=f"Asiento {orden}"),
        calidad=Membresia.Calidad.TITULAR,
        desde=DESDE,
    )
    return persona


def crear_coordinacion(usuario: str, ubigeo: str, **campos: Any) -> Any:
    """An account that coordinates a territory and all below it."""
    cuenta = crear_cuenta(usuario, **campos)
    Alcance.objects.create(cuenta=cuenta, territorio_id=ubigeo, rol=Alcance.Rol.COORDINACION, desde=DESDE)
    return cuenta


def crear_capacitadora(usuario: str = "capacitadora") -> Any:
    """A trainer: the group with the rights to write lessons and questions, and no scope over people."""
    cuenta = crear_cuenta(usuario, first_name="Elena", last_name="Ríos")
    cuenta.groups.add(Group.objects.get_or_create(name="Capacitadoras")[0])
    return cuenta


def crear_cem() -> Oficina:
    """The office that serves both districts."""
    cem = Oficina.objects.create(
        nombre="Centro de Tingo María", telefono="062000000", whatsapp="900000000", facilitadora="Carla Soto"
    )
    for ubigeo in (DISTRITO_A, DISTRITO_B):
        Cobertura.objects.create(oficina=cem, territorio_id=ubigeo, desde=DESDE)
    return cem
