"""Which kind of seat a list means, whatever it calls it. What fits several is never chosen: it is asked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from marco.textos import normalizar

from ...models import TipoDeAsiento
from .claves import clave_de, fichas
from .sinonimos import Manera, sinonimos

DE_ARTICULO = re.compile(r"(?:articulo|art|numeral|num|inciso|inc) ")
ENTRE_PARTES = re.compile(r"\s[-–—]\s|[/,;|()–—]")
CEROS = re.compile(r"(?<=[a-z])0+(?=[0-9])")
PARECIDO = 0.6
OFRECIDOS = 3


@dataclass(frozen=True)
class Hallado:
    """The kinds of seat that a text may mean, likeliest first; ``seguro`` when it can only be the first."""

    codigos: tuple[str, ...] = ()
    seguro: bool = False
    numero: int | None = None


NADA = Hallado()


def es_solo_un_cargo(texto: str) -> bool:
    """Whether a cell says what somebody does and not where: «Director», «Presidenta», or nothing at all."""
    return sinonimos().cargos.issuperset(fichas(texto))


class Asientos:
    """The kinds of seat by every way of writing them. Made once for a list; each text is looked up once."""

    def __init__(self, tipos: Iterable[TipoDeAsiento], es_lugar: Callable[[str], bool]) -> None:
        self.tipos = {tipo.codigo: tipo for tipo in tipos}
        self.es_lugar = es_lugar
        self._por_codigo = {_compacto(codigo): codigo for codigo in self.tipos}
        self._por_articulo: dict[str, list[str]] = {}
        self._exactas: dict[str, dict[str, tuple[str, ...]]] = {}
        self._seguidas: dict[str, dict[str, tuple[str, ...]]] = {}
        self._dudosas: set[tuple[str, str]] = set()
        self._vistos: dict[tuple[str, str], Hallado] = {}
        self._niveles: dict[str, str | None] = {}
        self._parecidos: dict[tuple[str, str], tuple[str, ...]] = {}
        for tipo in self.tipos.values():
            articulo = normalizar(f"{tipo.articulo} {tipo.numeral}")
            self._por_articulo.setdefault(articulo, []).append(tipo.codigo)
            maneras = [*map(Manera.de, (tipo.nombre, tipo.corto)), *sinonimos().asientos.get(tipo.codigo, ())]
            for manera in maneras:
                self._agregar(tipo.nivel, manera, tipo.codigo)
        for nivel, palabras in sinonimos().por_preguntar.items():
            for manera, codigos in palabras.items():
                for codigo in codigos:
                    if codigo in self.tipos:
                        self._agregar(nivel, manera, codigo)
                        self._dudosas.add((nivel, manera.clave))

    def _agregar(self, nivel: str, manera: Manera, codigo: str) -> None:
        indices = [self._exactas, self._seguidas] if manera.sigue_un_nombre else [self._exactas]
        for indice in indices:
            codigos = indice.setdefault(nivel, {}).setdefault(manera.clave, ())
            if codigo not in codigos:
                indice[nivel][manera.clave] = (*codigos, codigo)

    def nivel_del_codigo(self, texto: str) -> str | None:
        """The level of a text that begins with the code of a seat, if it does."""
        if texto not in self._niveles:
            codigo, _resto = self._codigo_al_comienzo(normalizar(texto).split())
            self._niveles[texto] = self.tipos[codigo].nivel if codigo else None
        return self._niveles[texto]

    def buscar(self, texto: str, nivel: str) -> Hallado:
        if (texto, nivel) not in self._vistos:
            self._vistos[texto, nivel] = self._buscar(texto, nivel)
        return self._vistos[texto, nivel]

    def _buscar(self, texto: str, nivel: str) -> Hallado:
        plano = normalizar(texto)
        codigo, resto = self._codigo_al_comienzo(plano.split())
        if codigo:
            return self._con_codigo(codigo, resto, nivel)
        articulos = self._por_articulo.get(DE_ARTICULO.sub("", plano), [])
        del_articulo = tuple(uno for uno in articulos if self.tipos[uno].nivel == nivel)
        if del_articulo:
            return Hallado(del_articulo, seguro=len(del_articulo) == 1)
        palabras = fichas(texto)
        if len(palabras) > 1 and re.fullmatch(r"0?[1-9]", palabras[-1]):
            hallado = self._numerado(self._por_palabras(palabras[:-1], nivel), int(palabras[-1]))
            if hallado.codigos:
                return hallado
        hallado = self._por_palabras(palabras, nivel)
        return hallado if hallado.codigos else self._por_partes(texto, nivel)

    def _codigo_al_comienzo(self, palabras: list[str]) -> tuple[str, str]:
        """The code that a text begins with, written in any way, and what follows it."""
        for cuantas in (2, 1):
            if codigo := self._por_codigo.get(_compacto(" ".join(palabras[:cuantas]))):
                return codigo, " ".join(palabras[cuantas:])
        return "", ""

    def _con_codigo(self, codigo: str, resto: str, nivel: str) -> Hallado:
        if self.tipos[codigo].nivel != nivel:
            return NADA
        if re.fullmatch(r"0?[1-9][0-9]?", resto):
            return self._numerado(Hallado((codigo,), seguro=True), int(resto))
        del_resto = self._por_palabras(fichas(resto), nivel) if resto else NADA
        if del_resto.seguro and codigo not in del_resto.codigos:
            return Hallado((codigo, *del_resto.codigos))  # the code says one seat and the words another
        return Hallado((codigo,), seguro=True)

    def _numerado(self, hallado: Hallado, numero: int) -> Hallado:
        tope = self.tipos[hallado.codigos[0]].tope if hallado.seguro else 0
        return replace(hallado, numero=numero) if numero <= tope else hallado

    def _por_palabras(self, palabras: list[str], nivel: str) -> Hallado:
        """The words as they are; then without the place at the end, nor the post at the beginning."""
        while palabras:
            hallado = self._exacto(palabras, nivel) or self._seguido(palabras, nivel)
            if hallado or palabras[0] not in sinonimos().cargos:
                return hallado or NADA
            palabras = palabras[1:]
        return NADA

    def _exacto(self, palabras: list[str], nivel: str) -> Hallado | None:
        exactas = self._exactas.get(nivel, {})
        for cuantas in range(len(palabras), 0, -1):
            clave = " ".join(palabras[:cuantas])
            lugar = " ".join(palabras[cuantas:])
            if clave in exactas and (not lugar or self.es_lugar(lugar)):
                return self._hallado(nivel, clave, exactas[clave])
        return None

    def _seguido(self, palabras: list[str], nivel: str) -> Hallado | None:
        seguidas = self._seguidas.get(nivel, {})
        for cuantas in range(len(palabras) - 1, 0, -1):
            clave = " ".join(palabras[:cuantas])
            if clave in seguidas:
                return self._hallado(nivel, clave, seguidas[clave])
        return None

    def _hallado(self, nivel: str, clave: str, codigos: tuple[str, ...]) -> Hallado:
        return Hallado(codigos, seguro=len(codigos) == 1 and (nivel, clave) not in self._dudosas)

    def _por_partes(self, texto: str, nivel: str) -> Hallado:
        """«Alcalde (presidente)», «PNP - Comisaría»: the parts that are known, if they agree."""
        partes = [parte for parte in ENTRE_PARTES.split(texto) if parte.strip()]
        if len(partes) < 2:
            return NADA
        cargos = sinonimos().cargos
        que_dicen = [fichas(parte) for parte in partes]
        dicen = [una for una in que_dicen if not cargos.issuperset(una) and not self.es_lugar(" ".join(una))]
        hallados = [self._por_palabras(palabras, nivel) for palabras in dicen]
        codigos = tuple(dict.fromkeys(codigo for hallado in hallados for codigo in hallado.codigos))
        return Hallado(codigos, seguro=len(codigos) == 1 and all(hallado.seguro for hallado in hallados))

    def se_basta(self, hallado: Hallado, texto: str) -> bool:
        """Whether a cell says its seat, whatever the institution beside it says."""
        return hallado.seguro and clave_de(texto) not in sinonimos().puestos

    def con_institucion(self, hallado: Hallado, texto: str, de_la_institucion: Hallado) -> bool:
        """Whether the institution beside a cell says its seat: the cell is a post alone, or leaves it in doubt."""
        if not de_la_institucion.seguro or de_la_institucion.codigos == hallado.codigos[:1] == hallado.codigos:
            return False
        if hallado.seguro:
            return not self.se_basta(hallado, texto)  # «Alcalde», of a district or of a centro poblado
        return es_solo_un_cargo(texto) or de_la_institucion.codigos[0] in hallado.codigos

    def parecidos(self, texto: str, nivel: str) -> tuple[str, ...]:
        """The seats that a text may mean, likeliest first: those it fits, then those written nearly so."""
        if (texto, nivel) not in self._parecidos:
            self._parecidos[texto, nivel] = self._parecidos_a(texto, nivel)
        return self._parecidos[texto, nivel]

    def _parecidos_a(self, texto: str, nivel: str) -> tuple[str, ...]:
        orden = list(self.buscar(texto, nivel).codigos)
        exactas = self._exactas.get(nivel, {})
        for clave in difflib.get_close_matches(clave_de(texto), exactas, n=8, cutoff=PARECIDO):
            orden.extend(exactas[clave])
        if texto.strip().isdigit():
            orden.extend(t.codigo for t in self.tipos.values() if t.nivel == nivel and t.numeral == str(int(texto)))
        return tuple(dict.fromkeys(orden))[:OFRECIDOS]

    def como_se_dice(self, codigo: str) -> str:
        """A short way of writing a seat that is read back as that seat."""
        tipo = self.tipos[codigo]
        hallado = self.buscar(tipo.corto, tipo.nivel)
        return tipo.corto if hallado.seguro and hallado.codigos == (codigo,) else codigo


def _compacto(codigo: str) -> str:
    """«IDC-03», «idc 3» and «IDC03» are one code."""
    letras = normalizar(codigo).replace(" ", "")
    return CEROS.sub("", letras)
