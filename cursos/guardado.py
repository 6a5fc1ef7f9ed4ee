"""A module as a phone keeps it: pages cut out of their frame, which goes once, and put together again over there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .consultas.temario import FilaDeTemario, Temario
    from .models import Avance, Inscripcion, Unidad

FORMATO = 1  # raise it when the shape changes: an older script says that the page must be loaded again
TITULO, CUERPO = "@@titulo@@", "@@cuerpo@@"
_TITULO = re.compile(r"(?<=<title>).*?(?=</title>)", re.DOTALL)
_CUERPO = re.compile(r"<main\b.*?</main>", re.DOTALL)
_GUIONES = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"')
_ESTILOS = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_DIBUJOS = re.compile(r'\b(?:src|href)="([^"]+/esquemas/[^"]+\.svg)"')


@dataclass(frozen=True)
class PaginaGuardada:
    """A page of a module. ``respuestas``: the body to show once it was answered so; «» is for any other answer.

    ``tambien``: other addresses that open it. ``guiones`` and ``estilos``: what it loads, its frame included.
    """

    url: str
    titulo: str
    cuerpo: str
    respuestas: Mapping[str, str] = field(default_factory=dict)
    tambien: Sequence[str] = ()
    guiones: Sequence[str] = ()
    estilos: Sequence[str] = ()

    def a_json(self) -> dict[str, Any]:
        return {
            "url": self.url,
            "titulo": self.titulo,
            "cuerpo": self.cuerpo,
            **({"respuestas": dict(self.respuestas)} if self.respuestas else {}),
            **({"tambien": list(self.tambien)} if self.tambien else {}),
        }


@dataclass(frozen=True)
class ModuloPorGuardar:
    """The module that a person takes with her, read once for every room that has pages in it.

    ``de_muestra``: it is only weighed, and nothing of it will be answered.
    """

    inscripcion: Inscripcion
    temario: Temario
    numero: int
    titulo: str
    filas: Sequence[FilaDeTemario]
    unidades: Mapping[int, Unidad]
    avances: Mapping[int, Avance]
    de_muestra: bool = False


def pagina(html: str, url: str, *, respuestas: Mapping[str, str] | None = None, tambien: Sequence[str] = ()) -> Any:
    """Cut a page out of its frame."""
    guiones, estilos = _GUIONES.findall(html), _ESTILOS.findall(html)
    return PaginaGuardada(url, titulo_de(html), cuerpo_de(html), respuestas or {}, tambien, guiones, estilos)


def titulo_de(html: str) -> str:
    hallado = _TITULO.search(html)
    return " ".join(hallado[0].split()) if hallado else ""


def cuerpo_de(html: str) -> str:
    hallado = _CUERPO.search(html)
    return hallado[0] if hallado else ""


def marco_de(html: str) -> str:
    """Return the frame of a page, with marks where its title and its body were."""
    return _CUERPO.sub(lambda _m: CUERPO, _TITULO.sub(TITULO, html, count=1), count=1)


def que_cargan(paginas: Sequence[PaginaGuardada], *, ya: str) -> tuple[list[str], list[str]]:
    """Return the scripts and the sheets of style that these pages load and a frame (``ya``) does not, each once."""
    guiones = dict.fromkeys(url for una in paginas for url in una.guiones)
    estilos = dict.fromkeys(url for una in paginas for url in una.estilos)
    return [url for url in guiones if url not in ya], [url for url in estilos if url not in ya]


def dibujos_de(paginas: Sequence[PaginaGuardada]) -> list[str]:
    """Return the addresses of the drawings that these pages show, each once."""
    return list(dict.fromkeys(url for una in paginas for url in _DIBUJOS.findall(una.cuerpo)))
