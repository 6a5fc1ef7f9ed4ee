"""How a list is to be read: which sheet, where its headings are, what each column says, what holds for all its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from ...models import Instancia, Territorio
from ...politica import AlcanceEfectivo
from ..diccionario.lugares import Lugares
from .columnas import NUMERACION, Lectura, lectura_de
from .encabezado import Columna, Cuadro, cuadros_de, proponer
from .leer import Hojas, nombre_de_calidad, nombre_de_distrito, que_falta
from .supuestos import Supuestos
from .titulos import OtroLugar, otro_lugar


@dataclass(frozen=True)
class Forma:
    """What somebody chose. Nothing chosen is what the list itself says."""

    hoja: int | None = None
    titulos: int | None = None
    columnas: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def de_json(cls, dicho: Mapping[str, Any]) -> Self:
        return cls(**dicho)

    def como_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Orden:
    """What would be read of a list with a form, and what is not clear."""

    cuadros: list[Cuadro]
    columnas: list[Columna]
    faltan: list[str]
    lugar: Territorio | None = None
    otro_lugar: OtroLugar | None = None  # it names a place that is not the one where its rows would go

    @property
    def solo_de_toda_la_lista(self) -> bool:
        """Whether all that is lacking is what may be the same in every row."""
        return bool(self.faltan or self.otro_lugar) and set(self.faltan) <= {nombre_de_distrito(), nombre_de_calidad()}

    @property
    def hay_que_preguntar(self) -> bool:
        dudosas = (c for c in self.columnas if c.lectura.clave and not c.lectura.segura)
        return bool(self.faltan or self.otro_lugar) or not self.cuadros or any(dudosas)


class Reconocedor:
    """Finds the district that a title or a sheet names, as whoever brings the list would mean it."""

    def __init__(self, alcance: AlcanceEfectivo, supuestos: Supuestos) -> None:
        self.alcance, self.supuestos = alcance, supuestos
        self.lugares = Lugares(Territorio.objects.defer("contorno"))
        provincias = {prefijo[:4] for prefijo in alcance.prefijos if len(prefijo) >= 4}
        self.provincia = supuestos.provincia or (provincias.pop() if len(provincias) == 1 else "")

    def __call__(self, texto: str) -> str:
        """The name of the district, only when it is sure. Out of the scope too: whoever plans says so of its rows."""
        lugar = self.de_la_hoja(texto)
        return self.lugares.como_se_dice(lugar) if lugar else ""

    def de_la_hoja(self, texto: str) -> Territorio | None:
        hallado = self.lugares.buscar(texto, self.provincia) if texto else None
        return hallado.candidatos[0] if hallado and hallado.seguro else None

    def lugar_dado(self) -> Territorio | None:
        """Where the rows that say no place go: that of the whole list, or the only district of its bringer."""
        dicho = lugar_de_supuestos(self.supuestos)
        solo = self.alcance.prefijos[0] if len(self.alcance.prefijos) == 1 else ""
        return self.lugares.por_ubigeo.get(dicho or (solo if len(solo) == 6 else ""))

    def del_titulo(self, cuadros: Iterable[Cuadro]) -> Territorio | None:
        """The only district that what is written above the list may name: to be offered, never taken."""
        vistos: dict[str, Territorio] = {}
        for texto in (linea for cuadro in cuadros for linea in (cuadro.hoja, *cuadro.arriba) if linea):
            candidatos = self.lugares.buscar(texto, self.provincia).candidatos
            candidatos = candidatos or self.lugares.en_titulo(texto, self.provincia)
            if len(candidatos) == 1 and self.alcance.cubre(candidatos[0].ubigeo):
                vistos[candidatos[0].ubigeo] = candidatos[0]
        return next(iter(vistos.values())) if len(vistos) == 1 else None


def orden_de(
    hojas: Hojas,
    *,
    forma: Forma,
    supuestos: Supuestos,
    alcance: AlcanceEfectivo,
    recordadas: Mapping[str, str],
    reconocer: Reconocedor,
) -> Orden:
    """See what a list says with what was chosen of it. What was chosen wins over what is remembered."""
    cuadros = _cuadros(hojas, forma, elegidas=_lecturas(forma.columnas), recordadas=_lecturas(recordadas))
    dichas = dichas_por(supuestos, alcance)
    faltan = [que for cuadro in cuadros for que in que_falta(cuadro, dichas=dichas, lugar_de=reconocer)]
    if faltan:
        proponer(cuadros)
    columnas: dict[str, Columna] = {}
    for columna in (columna for cuadro in cuadros for columna in cuadro.columnas):
        primera = columnas.setdefault(columna.huella, columna)
        primera.muestras = primera.muestras or columna.muestras
    visibles = [columna for columna in columnas.values() if columna.lectura.clave != NUMERACION]
    lugar = reconocer.del_titulo(cuadros)
    return Orden(cuadros, visibles, list(dict.fromkeys(faltan)), lugar, otro_lugar(cuadros, reconocer))


def lo_que_se_aprende(hojas: Hojas, forma: Forma) -> tuple[dict[str, str], list[str]]:
    """What was said of headings that they do not say by themselves, and which of them say what was said.

    What the list proposed, sure of it, teaches nothing of the next one: «DNI» is the titular's beside another «DNI».
    """
    suyas = [columna for cuadro in _cuadros(hojas, forma) for columna in cuadro.columnas]
    con_titulo = {columna.huella: columna for columna in suyas if columna.titulo and columna.huella in forma.columnas}
    dicen = [
        huella
        for huella, columna in con_titulo.items()
        if columna.lectura.segura and columna.lectura.valor == forma.columnas[huella]
    ]
    return {huella: forma.columnas[huella] for huella in con_titulo if huella not in dicen}, dicen


def _cuadros(hojas: Hojas, forma: Forma, **dicho: Mapping[str, Lectura]) -> list[Cuadro]:
    cuadros = cuadros_de(hojas, cual=forma.hoja, titulos=forma.titulos, **dicho)
    if cuadros:
        return cuadros
    # Nothing looks like a list: the largest sheet is shown, for somebody to say what it is.
    mayor = max(range(len(hojas)), key=lambda numero: len(hojas[numero]["filas"]))
    return cuadros_de(hojas, cual=mayor, titulos=forma.titulos, **dicho)


def _lecturas(valores: Mapping[str, str]) -> dict[str, Lectura]:
    return {huella: lectura_de(valor) for huella, valor in valores.items()}


def dichas_por(supuestos: Supuestos, alcance: AlcanceEfectivo) -> frozenset[str]:
    """The keys that no column needs to say: they hold for the whole list, or its bringer has one district alone."""
    dichas = {"calidad"} if supuestos.calidad else set()
    un_distrito = len(alcance.prefijos) == 1 and len(alcance.prefijos[0]) == 6
    if supuestos.distrito or supuestos.nivel == Instancia.Nivel.PROVINCIAL or un_distrito:
        dichas.add("distrito")
    return frozenset(dichas)


def supuestos_de(*, lugar: str, calidad: str, desde: str) -> Supuestos:
    """Put together what was said of the whole list. ``lugar`` is the UBIGEO of a district, or of a province's table."""
    if len(lugar) == 6:
        return Supuestos(provincia=lugar[:4], distrito=lugar, calidad=calidad, desde=desde)
    nivel = Instancia.Nivel.PROVINCIAL.value if lugar else ""
    return Supuestos(provincia=lugar, nivel=nivel, calidad=calidad, desde=desde)


def lugar_de_supuestos(supuestos: Supuestos) -> str:
    return supuestos.distrito or (supuestos.provincia if supuestos.nivel else "")
