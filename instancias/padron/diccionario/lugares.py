"""Which district a list means, whatever it calls it: its names, its capital, a short form, with what goes around it.

A name is only a district inside a province. Which one that is comes from the row, from what was said of the whole list
or from the scope of whoever brings it; when none of them tells, nothing is chosen.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from marco.textos import normalizar

from ...models import Territorio
from .claves import clave_de
from .sinonimos import sinonimos

UNEN = frozenset({"de", "del", "la", "el", "los", "las", "y", "e"})
ENTRE_PARTES = re.compile(r"\s[-–—]\s|[/,;|()–—]|\s[-–—]|[-–—]\s")
PARECIDO = 0.62
OFRECIDOS = 4
MAS_PALABRAS = 5  # of the name of a district


@dataclass(frozen=True)
class Lugar:
    """The territories that a text may mean, likeliest first; ``seguro`` when it can only be the first."""

    candidatos: tuple[Territorio, ...] = ()
    seguro: bool = False
    # The province that the text itself names, if it names one that is known; and what it says that nobody knows.
    provincia: str = ""
    # Whether it names a province and no district.
    solo_provincia: bool = False


NINGUNO = Lugar()


class Lugares:
    """The districts by every way of writing them. Made once for a list; each text is looked up once."""

    def __init__(self, territorios: Iterable[Territorio]) -> None:
        self.por_ubigeo = {t.ubigeo: t for t in territorios}
        self.distritos = [t for t in self.por_ubigeo.values() if t.nivel == Territorio.Nivel.DISTRITO]
        self.provincias = [t for t in self.por_ubigeo.values() if t.nivel == Territorio.Nivel.PROVINCIA]
        departamentos = [t for t in self.por_ubigeo.values() if t.nivel == Territorio.Nivel.DEPARTAMENTO]
        self._por_nombre = _indice(self.distritos, lambda t: (t.nombre, t.nombre_alterno))
        self._por_capital = _indice(self.distritos, lambda t: (t.capital, t.sigla))
        self._provincias = _indice(self.provincias, lambda t: (t.nombre, t.nombre_alterno))
        self._departamentos = _indice(departamentos, lambda t: (t.nombre, t.nombre_alterno))
        todos = self.por_ubigeo.values()
        self._claves = {clave_de(n) for t in todos for n in (t.nombre, t.nombre_alterno, t.capital) if n}
        self._fichas = [(t, _fichas(n)) for t in self.distritos for n in (t.nombre, t.nombre_alterno, t.capital) if n]
        self._vistos: dict[tuple[str, str], Lugar] = {}
        self._parecidos: dict[tuple[str, str], tuple[Territorio, ...]] = {}

    def es_lugar(self, clave: str) -> bool:
        return clave in self._claves

    def provincia(self, texto: str) -> tuple[Territorio, ...]:
        """The provinces of that name. «Provincia de …» is one of them too."""
        fichas = _fichas(texto)
        return self._provincias.get("".join(fichas), ()) or self._provincias.get(_sin_palabras(fichas, "provincia"), ())

    def buscar(self, texto: str, provincia: str = "") -> Lugar:
        """What a cell means, inside a province if it is known."""
        if (texto, provincia) not in self._vistos:
            self._vistos[texto, provincia] = self._buscar(texto, provincia)
        return self._vistos[texto, provincia]

    def en_titulo(self, texto: str, provincia: str = "") -> tuple[Territorio, ...]:
        """The places that a sentence surely names: alone, or after «distrito de», «Municipalidad Distrital de»…"""
        palabras = [palabra for palabra in normalizar(texto).split() if not palabra.isdigit()]
        for dentro in dict.fromkeys((provincia, "")):
            hallado = self.buscar(texto, dentro)
            hallado = hallado if hallado.seguro or hallado.solo_provincia else self.buscar(" ".join(palabras), dentro)
            if hallado.seguro:
                return hallado.candidatos
            if halladas := self._tras_una_palabra(_fichas(" ".join(palabras)), dentro):
                return halladas
            if hallado.solo_provincia and hallado.provincia:
                return (self.por_ubigeo[hallado.provincia],)
        return ()

    def _tras_una_palabra(self, fichas: list[str], provincia: str) -> tuple[Territorio, ...]:
        halladas: dict[Territorio, None] = {}
        for lugar in range(1, len(fichas)):
            if fichas[lugar - 1] not in sinonimos().de_distrito:
                continue
            for hasta in range(min(len(fichas), lugar + MAS_PALABRAS), lugar, -1):
                clave = "".join(fichas[lugar:hasta])
                dentro = _dentro(self._por_nombre.get(clave, ()) or self._por_capital.get(clave, ()), provincia)
                if len(dentro) == 1:
                    halladas[dentro[0]] = None
                    break
        return tuple(halladas)

    def _buscar(self, texto: str, provincia: str) -> Lugar:
        if hallado := self._entero(texto, provincia):
            return hallado
        if provincias := self.provincia(texto):
            sola = provincias[0].ubigeo if len(provincias) == 1 else ""
            return Lugar(provincia=sola, solo_provincia=True)
        partes = [parte for parte in ENTRE_PARTES.split(texto) if normalizar(parte) and _dice_algo(parte)]
        return self._por_partes(partes, provincia) if len(partes) > 1 else NINGUNO

    def _entero(self, texto: str, provincia: str) -> Lugar | None:
        fichas = _fichas(texto)
        for clave in dict.fromkeys(("".join(fichas), _sin_palabras(fichas, "distrito"))):
            for indice in (self._por_nombre, self._por_capital):
                if dentro := _dentro(indice.get(clave, ()), provincia):
                    return Lugar(dentro, seguro=len(dentro) == 1)
        cortas = self._por_formas_cortas(_recortadas(fichas, "distrito"), provincia)
        return Lugar(cortas, seguro=len(cortas) == 1) if cortas else None

    def _por_formas_cortas(self, fichas: list[str], provincia: str) -> tuple[Territorio, ...]:
        """«Sto. Domingo», «J. Crespo y Castillo»: each word in its place, whole or short; or some of two or more."""
        halladas = [t for t, nombre in self._fichas if _dentro((t,), provincia) and _es_corta(fichas, nombre)]
        if not halladas and provincia and len(fichas) > 1:
            halladas = [t for t, nombre in self._fichas if _dentro((t,), provincia) and _es_parte(fichas, nombre)]
        return tuple(dict.fromkeys(halladas))

    def _por_partes(self, partes: list[str], provincia: str) -> Lugar:
        """«San Juan (El Valle)», «Ica - Nasca - Marcona»: parts that must agree."""
        mas_anchas = {parte: self._que_contiene(parte) for parte in partes}
        lugares = {parte: self._entero(parte, "") for parte in partes}
        sin_saber = [parte for parte in partes if not lugares[parte] and not mas_anchas[parte]]
        de_distrito = {parte: set(lugar.candidatos) for parte, lugar in lugares.items() if lugar}
        # A name that is of a district and of its province says the widest where another part is a district.
        solo_distritos = [grupo for parte, grupo in de_distrito.items() if not mas_anchas[parte]]
        grupos = solo_distritos or list(de_distrito.values())
        prefijos = {prefijo for parte in partes for prefijo in mas_anchas[parte]}
        if not grupos:
            provincias = {prefijo for prefijo in prefijos if len(prefijo) == 4}
            sola = provincias.pop() if len(provincias) == 1 and not sin_saber else ""
            return Lugar(provincia=sola, solo_provincia=bool(sola))
        comunes = {t for t in set.intersection(*grupos) if not prefijos or t.ubigeo.startswith(tuple(prefijos))}
        provincias = {prefijo for prefijo in prefijos if len(prefijo) == 4}
        if provincias and any(t.ubigeo[:4] in provincias for t in comunes):
            comunes = {t for t in comunes if t.ubigeo[:4] in provincias}
        comunes = {t for t in comunes if t.ubigeo.startswith(provincia)} or comunes
        orden = sorted(comunes or set.union(*grupos), key=lambda t: t.ubigeo)
        return Lugar(tuple(orden), seguro=len(comunes) == 1 and not sin_saber)

    def _que_contiene(self, parte: str) -> set[str]:
        """The provinces and departments that a part may name."""
        departamentos = self._departamentos.get("".join(_fichas(parte)), ())
        return {t.ubigeo for t in (*self.provincia(parte), *departamentos)}

    def parecidos(self, texto: str, provincia: str, prefijos: tuple[str, ...] = ()) -> tuple[Territorio, ...]:
        """The districts within reach that a text may mean, likeliest first."""
        if (texto, provincia) not in self._parecidos:
            self._parecidos[texto, provincia] = self._parecidos_a(texto, provincia, prefijos)
        return self._parecidos[texto, provincia]

    def _parecidos_a(self, texto: str, provincia: str, prefijos: tuple[str, ...]) -> tuple[Territorio, ...]:
        orden = list(self.buscar(texto, provincia).candidatos)
        fichas = _recortadas(_fichas(texto), "distrito")
        dentro = [(t, nombre) for t, nombre in self._fichas if not prefijos or t.ubigeo.startswith(prefijos)]
        orden.extend(t for t, nombre in dentro if _es_parte(fichas, nombre))
        pesos: dict[Territorio, float] = {}
        buscado = "".join(fichas)
        comparador = difflib.SequenceMatcher(b=buscado)
        for territorio, nombre in dentro:
            comparador.set_seq1("".join(nombre))
            if comparador.real_quick_ratio() >= PARECIDO and comparador.quick_ratio() >= PARECIDO:
                pesos[territorio] = max(pesos.get(territorio, 0), comparador.ratio())
        cercanos = sorted((t for t, peso in pesos.items() if peso >= PARECIDO), key=lambda t: (-pesos[t], t.ubigeo))
        return tuple(dict.fromkeys([*orden, *cercanos]))[:OFRECIDOS]

    def como_se_dice(self, territorio: Territorio) -> str:
        """A district's name as it is read back: with its province where another one has it too."""
        if len(self._por_nombre.get("".join(_fichas(territorio.nombre)), ())) < 2:
            return territorio.nombre
        provincia = self.por_ubigeo.get(territorio.ubigeo[:4])
        return f"{territorio.nombre} ({provincia.nombre})" if provincia else territorio.ubigeo


def _fichas(texto: str) -> list[str]:
    plano = normalizar(texto).split()
    return [palabra for palabra in plano if palabra not in UNEN] or plano


def _recortadas(fichas: list[str], de: str) -> list[str]:
    """Without the words that go around a name: «Mun. Dist. de …», «Distrito de …», «… (distrito)»."""
    sobran = sinonimos().de_distrito if de == "distrito" else sinonimos().de_provincia
    while len(fichas) > 1 and fichas[0] in sobran:
        fichas = fichas[1:]
    while len(fichas) > 1 and fichas[-1] in sobran:
        fichas = fichas[:-1]
    return fichas


def _sin_palabras(fichas: list[str], de: str) -> str:
    return "".join(_recortadas(fichas, de))


def _dice_algo(parte: str) -> bool:
    return not (sinonimos().de_distrito | sinonimos().de_provincia).issuperset(_fichas(parte))


def _indice(territorios: Iterable[Territorio], nombres: object) -> dict[str, tuple[Territorio, ...]]:
    indice: dict[str, tuple[Territorio, ...]] = {}
    for territorio in territorios:
        for nombre in nombres(territorio):  # type: ignore[operator]
            clave = "".join(_fichas(nombre)) if nombre else ""
            if clave and territorio not in indice.get(clave, ()):
                indice[clave] = (*indice.get(clave, ()), territorio)
    return indice


def _dentro(territorios: tuple[Territorio, ...], provincia: str) -> tuple[Territorio, ...]:
    return tuple(t for t in territorios if t.ubigeo.startswith(provincia))


def _es_corta(fichas: list[str], nombre: list[str]) -> bool:
    """Whether each word is that of the name, its short form or its initial, and one at least is whole."""
    if len(fichas) != len(nombre) or not any(len(f) > 2 and f == n for f, n in zip(fichas, nombre, strict=True)):
        return False
    cortas = sinonimos().abreviaturas
    return all(
        f == n or n in cortas.get(f, ()) or (len(f) == 1 and n.startswith(f))
        for f, n in zip(fichas, nombre, strict=True)
    )


def _es_parte(fichas: list[str], nombre: list[str]) -> bool:
    """Whether all the words are of the name and in its order: «Crespo y Castillo»."""
    resto = iter(nombre)
    return any(len(f) > 3 for f in fichas) and all(f in resto for f in fichas)
