"""Names that change: read from their file, put in the settings of the site, and back."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from instancias.models import NombreInstitucional

from . import fichas
from .hojas import Hoja
from .registro import Decision, Registro

CLAVE = re.compile(r"^[a-z]+$")
CAMPOS = ("nombre", "corto", "antes", "norma", "desde")


def leer(texto: str, archivo: str) -> tuple[fichas.Nombre, ...]:
    """Return the names of a file."""
    hoja = Hoja.leer(texto, archivo)
    nombres = tuple(_nombre(una) for una in hoja.hojas("nombres"))
    hoja.terminar()
    return nombres


def _nombre(hoja: Hoja) -> fichas.Nombre:
    hoja.nombre = hoja.texto("clave", maximo=20)
    if not CLAVE.match(hoja.nombre):
        raise hoja.error(_("la clave solo lleva letras minúsculas, sin tildes."), "clave")
    nombre = fichas.Nombre(
        clave=hoja.nombre,
        nombre=hoja.texto("nombre", maximo=160),
        corto=hoja.texto("corto", maximo=80),
        antes=hoja.texto("antes", "", maximo=160),
        norma=hoja.texto("norma", "", maximo=120),
        desde=hoja.fecha("desde", None),
        archivo=hoja.archivo,
        linea=hoja.linea,
    )
    hoja.terminar()
    return nombre


def cargar(nombres: tuple[fichas.Nombre, ...], registro: Registro) -> None:
    """Write what changed. A name that somebody changed on the screens is kept while its file says the same."""
    filas = {fila.clave: fila for fila in NombreInstitucional.objects.all()}
    for ficha in nombres:
        fila, clave = filas.get(ficha.clave), f"nombre:{ficha.clave}"
        decision = registro.decidir(
            clave, ficha, lambda fila=fila: leer_nombre(fila), existe=fila is not None, borrador=False
        )
        if decision in {Decision.CREAR, Decision.CAMBIAR}:
            nueva = fila or NombreInstitucional(clave=ficha.clave)
            for campo in CAMPOS:
                setattr(nueva, campo, getattr(ficha, campo))
            nueva.save()
            registro.resumen.nombres += 1
        if decision in {Decision.CREAR, Decision.CAMBIAR, Decision.ANOTAR}:
            registro.anotar(clave, ficha)


def leer_nombre(fila: NombreInstitucional) -> fichas.Nombre:
    return fichas.Nombre(fila.clave, **{campo: getattr(fila, campo) for campo in CAMPOS})


def leer_nombres() -> tuple[fichas.Nombre, ...]:
    """Return every name here as fichas."""
    return tuple(leer_nombre(fila) for fila in NombreInstitucional.objects.all())
