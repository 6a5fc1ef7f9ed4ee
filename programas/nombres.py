"""Names that change: read from their file, put in the settings of the site, and back."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from marco.models import NombreInstitucional
from marco.models.nombre import lineas_del_pais

from . import fichas
from .mapeo import Mapeo
from .registro import Decision, Registro

CLAVE = re.compile(r"^[a-z]+$")
CAMPOS = ("nombre", "corto", "antes", "norma", "desde", "numero")
NUMERO = re.compile(r"^[0-9]{0,12}$")


def leer(texto: str, archivo: str) -> tuple[fichas.Nombre, ...]:
    """Return the names of a file."""
    mapeo = Mapeo.leer(texto, archivo)
    nombres = tuple(_nombre(una) for una in mapeo.mapeos("nombres"))
    mapeo.terminar()
    return nombres


def _nombre(mapeo: Mapeo) -> fichas.Nombre:
    mapeo.nombre = mapeo.texto("clave", maximo=20)
    if not CLAVE.match(mapeo.nombre):
        raise mapeo.error(_("la clave solo lleva letras minúsculas, sin tildes."), "clave")
    nombre = fichas.Nombre(
        clave=mapeo.nombre,
        nombre=mapeo.texto("nombre", maximo=160),
        corto=mapeo.texto("corto", maximo=80),
        antes=mapeo.texto("antes", "", maximo=160),
        norma=mapeo.texto("norma", "", maximo=120),
        desde=mapeo.fecha("desde", None),
        numero=mapeo.texto("numero", "", maximo=12),
        archivo=mapeo.archivo,
        linea=mapeo.linea,
    )
    if not NUMERO.match(nombre.numero):
        raise mapeo.error(_("el número solo lleva números, sin espacios."), "numero")
    mapeo.terminar()
    return nombre


def con_las_lineas_del_pais(suyos: tuple[fichas.Nombre, ...]) -> tuple[fichas.Nombre, ...]:
    """Add the help lines that every site has, but those that the programme names itself."""
    propias = {uno.clave for uno in suyos}
    lineas = [fichas.Nombre(**una) for una in lineas_del_pais() if una["clave"] not in propias]
    return tuple(sorted([*suyos, *lineas], key=lambda uno: uno.clave))


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
