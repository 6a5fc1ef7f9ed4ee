"""Another province, from a national table of UBIGEO: its territories, tables and the seats of the norm.

The table is a CSV with a row for each district: its INEI code, the RENIEC one where there is, and the three names.
Loading it again changes nothing, and what somebody corrected by hand here stays.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.lineas import linea_limpia
from marco.textos import normalizar

from ..models import Asiento, Instancia, Territorio, TipoDeAsiento
from .territorio import cargar_tipos_de_asiento, crear_asientos

# How the public tables call each column, compared without signs nor capitals.
COLUMNAS = {
    "inei": ("ubigeo inei", "cod ubigeo inei", "codigo inei", "inei", "ubigeo", "cod ubigeo", "iddist"),
    "reniec": ("ubigeo reniec", "cod ubigeo reniec", "codigo reniec", "reniec"),
    "departamento": ("departamento", "desc dep inei", "nombdep", "nombre departamento", "dep"),
    "provincia": ("provincia", "desc prov inei", "nombprov", "nombre provincia", "prov"),
    "distrito": ("distrito", "desc ubigeo inei", "nombdist", "nombre distrito", "dist"),
    "capital": ("capital", "nombcap", "capital legal", "nombre capital"),
}
OBLIGATORIAS = ("inei", "departamento", "provincia", "distrito")
PEQUENAS = frozenset({"de", "del", "la", "las", "los", "el", "y", "e"})
SIN_CODIGO = frozenset({"", "na", "n/a", "null", "none", "0", "-"})


class TablaError(ErrorDeDominio):
    """The table cannot be read, or does not have that province. Nothing was written."""


@dataclass(frozen=True)
class DistritoLeido:
    fila: int
    inei: str
    reniec: str
    departamento: str
    provincia: str
    nombre: str
    capital: str


@dataclass
class ProvinciaCargada:
    """What loading it did: how many of each were new, and what differs from what was here and was left as it is."""

    nombre: str
    territorios: int = 0
    instancias: int = 0
    asientos: int = 0
    avisos: list[str] = field(default_factory=list)


def leer_tabla(contenido: bytes) -> list[DistritoLeido]:
    """Read every district of a table. Raises ``TablaError`` with the row and what to do."""
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = contenido.decode("cp1252", errors="replace")
    primera = texto.split("\n", 1)[0]
    lineas = csv.reader(io.StringIO(texto, newline=""), delimiter=max(";,\t|", key=primera.count))
    try:
        titulos = next(lineas, [])
        donde = _columnas(titulos)
        return [
            _leer(numero, {clave: valores[i] if i < len(valores) else "" for clave, i in donde.items()})
            for numero, valores in enumerate(lineas, start=2)
            if any(valor.strip() for valor in valores)
        ]
    except csv.Error as error:
        frase = _("La tabla no se puede leer como CSV: %(error)s.")
        raise TablaError("mal_escrita", frase % {"error": error}) from error


def _columnas(titulos: Iterable[str]) -> dict[str, int]:
    vistos = [normalizar(titulo) for titulo in titulos]
    donde = {}
    for clave, nombres in COLUMNAS.items():
        hallada = next((vistos.index(nombre) for nombre in nombres if nombre in vistos), None)
        if hallada is not None:
            donde[clave] = hallada
    if faltan := [clave for clave in OBLIGATORIAS if clave not in donde]:
        frase = _("A la tabla le faltan columnas: %(faltan)s. Necesita el código INEI y los tres nombres.")
        raise TablaError("sin_columnas", frase % {"faltan": ", ".join(faltan)})
    return donde


def _leer(fila: int, dicho: Mapping[str, str]) -> DistritoLeido:
    inei, reniec = _codigo(dicho["inei"]), _codigo(dicho.get("reniec", ""))
    if not inei or len(inei) != 6 or (reniec and len(reniec) != 6):
        frase = _("Fila %(fila)d: un código tiene 6 números; se leyó «%(codigo)s».")
        raise TablaError("codigo", frase % {"fila": fila, "codigo": (dicho["inei"] if len(inei) != 6 else reniec)[:20]})
    nombres = {clave: _nombre(dicho.get(clave, "")) for clave in ("departamento", "provincia", "distrito", "capital")}
    if falta := next((clave for clave in OBLIGATORIAS[1:] if not nombres[clave]), ""):
        frase = _("Fila %(fila)d: falta el nombre (%(cual)s) de %(codigo)s.")
        raise TablaError("sin_nombre", frase % {"fila": fila, "cual": falta, "codigo": inei})
    return DistritoLeido(
        fila, inei, reniec, nombres["departamento"], nombres["provincia"], nombres["distrito"], nombres["capital"]
    )


def _codigo(texto: str) -> str:
    """A code as text: a sheet takes the first zero away, and writes «101.0»."""
    limpio = re.sub(r"\.0$", "", texto.strip().strip("'\""))
    if limpio.lower() in SIN_CODIGO:
        return ""
    return limpio.zfill(6) if limpio.isascii() and limpio.isdigit() else "?"


def _nombre(texto: str) -> str:
    """A name as it is read here: what came in capitals is written as in Spanish."""
    limpio = linea_limpia(texto)
    if not limpio.isupper():
        return limpio
    palabras = limpio.lower().split()
    return " ".join(
        palabra if n and palabra in PEQUENAS else re.sub(r"[^\W_]+", lambda parte: parte[0].capitalize(), palabra)
        for n, palabra in enumerate(palabras)
    )


@transaction.atomic
def cargar_provincia(
    *, tabla: Iterable[DistritoLeido], ubigeo: str, atendidas: Collection[str] = ()
) -> ProvinciaCargada:
    """Write a province of a table, by its INEI code, with its tables and seats; twice changes nothing.

    ``atendidas`` are the districts that have no table of their own: the provincial one serves them.
    Raises ``TablaError``: ``sin_provincia``, ``repetido``, ``sin_distrito``.
    """
    distritos = sorted((d for d in tabla if d.inei.startswith(ubigeo)), key=lambda d: d.inei)
    _revisar(distritos, ubigeo, atendidas)
    cargada = ProvinciaCargada(distritos[0].provincia)
    if not TipoDeAsiento.objects.exists():
        cargar_tipos_de_asiento()
    _territorios(distritos, ubigeo, cargada)
    _instancias([d.inei for d in distritos], ubigeo, set(atendidas), cargada)
    return cargada


def _revisar(distritos: list[DistritoLeido], ubigeo: str, atendidas: Collection[str]) -> None:
    if not re.fullmatch(r"[0-9]{4}", ubigeo) or not distritos:
        frase = _("La tabla no tiene la provincia «%(ubigeo)s». Escriba su código INEI de 4 números.")
        raise TablaError("sin_provincia", frase % {"ubigeo": ubigeo})
    vistos: dict[tuple[str, str], int] = {}
    for distrito in distritos:
        for esquema, codigo in (("INEI", distrito.inei), ("RENIEC", distrito.reniec)):
            otra = vistos.setdefault((esquema, codigo), distrito.fila) if codigo else distrito.fila
            if otra != distrito.fila:
                frase = _("Fila %(fila)d: el código %(esquema)s %(codigo)s ya está en la fila %(otra)d. Deje uno.")
                datos = {"fila": distrito.fila, "esquema": esquema, "codigo": codigo, "otra": otra}
                raise TablaError("repetido", frase % datos)
    if ajenos := sorted(set(atendidas) - {d.inei for d in distritos}):
        frase = _("La provincia no tiene estos distritos: %(codigos)s.")
        raise TablaError("sin_distrito", frase % {"codigos": ", ".join(ajenos)})


def _territorios(distritos: list[DistritoLeido], ubigeo: str, cargada: ProvinciaCargada) -> None:
    primero = distritos[0]
    filas = [
        (ubigeo[:2], Territorio.Nivel.DEPARTAMENTO, primero.departamento, _comun(distritos, 2), ""),
        (ubigeo, Territorio.Nivel.PROVINCIA, primero.provincia, _comun(distritos, 4), ""),
        *((d.inei, Territorio.Nivel.DISTRITO, d.nombre, d.reniec, d.capital) for d in distritos),
    ]
    conocidos = Territorio.objects.in_bulk([codigo for codigo, *_resto in filas])
    nuevos = []
    for codigo, nivel, nombre, reniec, capital in filas:
        conocido = conocidos.get(codigo)
        if conocido is None:
            nuevos.append(Territorio(ubigeo=codigo, nivel=nivel, nombre=nombre, codigo_reniec=reniec, capital=capital))
            continue
        for campo, dicho in (("nombre", nombre), ("codigo_reniec", reniec), ("capital", capital)):
            _completar(conocido, campo, dicho, cargada)
        conocido.save(update_fields=["codigo_reniec", "capital"])
    Territorio.objects.bulk_create(nuevos)
    cargada.territorios = len(nuevos)


def _comun(distritos: list[DistritoLeido], largo: int) -> str:
    """The RENIEC code of what holds them, where all of them agree."""
    codigos = {d.reniec[:largo] for d in distritos if d.reniec}
    return codigos.pop() if len(codigos) == 1 else ""


def _completar(conocido: Territorio, campo: str, dicho: str, cargada: ProvinciaCargada) -> None:
    """Fill what was empty; of what differs, say so and leave it: somebody may have corrected it here."""
    actual = getattr(conocido, campo)
    if not actual:
        setattr(conocido, campo, dicho)
    elif dicho and normalizar(actual) != normalizar(dicho):
        frase = _("%(codigo)s: aquí dice «%(actual)s» y la tabla, «%(dicho)s». Se dejó como estaba.")
        cargada.avisos.append(frase % {"codigo": conocido.ubigeo, "actual": actual, "dicho": dicho})


def _instancias(distritos: list[str], ubigeo: str, atendidas: set[str], cargada: ProvinciaCargada) -> None:
    provincial, nueva = Instancia.objects.get_or_create(nivel=Instancia.Nivel.PROVINCIAL, territorio_id=ubigeo)
    cargada.instancias += nueva
    suyas = [provincial]
    for codigo in distritos:
        una, nueva = Instancia.objects.get_or_create(
            nivel=Instancia.Nivel.DISTRITAL,
            territorio_id=codigo,
            defaults={"atendida_por": provincial if codigo in atendidas else None},
        )
        cargada.instancias += nueva
        suyas.append(una)
        if codigo in atendidas and una.atendida_por_id is None:
            frase = _(
                "%(codigo)s: aquí ya tiene una instancia propia. Si lo atiende la provincial, cámbielo en el editor."
            )
            cargada.avisos.append(frase % {"codigo": codigo})
    antes = Asiento.objects.filter(instancia__in=suyas).count()
    crear_asientos(instancias=suyas)
    cargada.asientos = Asiento.objects.filter(instancia__in=suyas).count() - antes
