"""Everything that a list may name, by every way of writing it: seats, places, and the words that people have explained.

Made once for a whole list, from rows already read; it asks nothing of the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ...models import Territorio, TipoDeAsiento
from ...nombres_propios import Registro
from .asientos import Asientos, Hallado
from .claves import clave_de
from .lugares import Lugar, Lugares


@dataclass(frozen=True)
class Aprendida:
    """What somebody said that a word means, and the territory where that holds."""

    clase: str
    clave: str
    nivel: str
    ambito: str
    significa: str


class Catalogo:
    def __init__(
        self,
        territorios: Iterable[Territorio],
        tipos: Iterable[TipoDeAsiento],
        registro: Registro | None = None,
        *,
        prefijos: Iterable[str] = (),
        aprendidas: Iterable[Aprendida] = (),
    ) -> None:
        self.registro = registro  # finds the word that one without its accents may have been
        self.prefijos = tuple(prefijos)  # where whoever brings the list may act; none said, everywhere
        self.lugares = Lugares(territorios)
        self.por_ubigeo = self.lugares.por_ubigeo
        self.por_reniec = {t.codigo_reniec: t for t in self.por_ubigeo.values() if t.codigo_reniec}
        self.asientos = Asientos(tipos, self.lugares.es_lugar)
        self._aprendidas: dict[tuple[str, str, str], list[Aprendida]] = {}
        # The answer given nearest to the place holds before that of whoever sees more.
        for una in sorted(aprendidas, key=lambda una: -len(una.ambito)):
            self._aprendidas.setdefault((una.clase, una.nivel, una.clave), []).append(una)

    def aprendida(self, clase: str, texto: str, *, nivel: str = "", territorio: str = "") -> str:
        """What a word means for a row of this territory, as somebody explained it; nothing when nobody did.

        Where the territory of the row is not known yet, it holds if it holds wherever the bringer of the list may act.
        """
        if not self._aprendidas:
            return ""
        donde = (territorio,) if territorio else self.prefijos
        ambitos: dict[str, list[str]] = {}
        for una in self._aprendidas.get((clase, nivel, clave_de(texto)), ()):
            ambitos.setdefault(una.significa, []).append(una.ambito)
            # Whoever may act in several places says a word for each of them.
            if donde and all(lugar.startswith(tuple(ambitos[una.significa])) for lugar in donde):
                return una.significa
        return ""

    def asiento(self, texto: str, nivel: str, territorio: str) -> Hallado:
        codigo = self.aprendida("asiento", texto, nivel=nivel, territorio=territorio)
        if codigo in self.asientos.tipos and self.asientos.tipos[codigo].nivel == nivel:
            return Hallado((codigo,), seguro=True)
        return self.asientos.buscar(texto, nivel)

    def lugar(self, texto: str, provincia: str) -> Lugar:
        """What a cell of district means. An official name is that district, whatever anybody said."""
        hallado = self.lugares.buscar(texto, provincia)
        if hallado.seguro or hallado.solo_provincia or len(hallado.candidatos) > 1:  # of two districts: neither
            return hallado
        territorio = self.por_ubigeo.get(self.aprendida("distrito", texto))
        return Lugar((territorio,), seguro=True) if territorio and territorio.ubigeo.startswith(provincia) else hallado

    def al_alcance(self, territorios: Iterable[Territorio]) -> tuple[Territorio, ...]:
        """Those where the bringer of the list may act."""
        return tuple(t for t in territorios if not self.prefijos or t.ubigeo.startswith(self.prefijos))

    @cached_property
    def provincias(self) -> tuple[Territorio, ...]:
        """The provinces where the bringer of the list may act, in whole or in part."""
        return tuple(
            provincia
            for provincia in self.lugares.provincias
            if not self.prefijos
            or any(provincia.ubigeo.startswith(p) or p.startswith(provincia.ubigeo) for p in self.prefijos)
        )

    @cached_property
    def unica_provincia(self) -> str:
        return self.provincias[0].ubigeo if len(self.provincias) == 1 else ""

    @cached_property
    def unico_distrito(self) -> Territorio | None:
        """The district of whoever may act in one alone."""
        solo = self.prefijos[0] if len(self.prefijos) == 1 else ""
        territorio = self.por_ubigeo.get(solo)
        return territorio if territorio and territorio.nivel == Territorio.Nivel.DISTRITO else None
