"""What people do, request by request, as a browser or a phone with its script does it."""

from __future__ import annotations

import itertools
import re
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .ajustes import ESCRIBIR, LEER
from .celular import DATOS, Respuesta

LECTURA, ESCRITURA = "piso", "piso de escritura"
CONTINUAR = "«Continuar» y el paso que sigue"
RESPUESTA, ENTRAR = "una respuesta", "entrar con su clave"
CON_GUION, SIN_GUION = "evaluación de 8, con guion", "evaluación de 8, sin guion"
INTENTO = re.compile(r'name="intento" value="([0-9a-f-]{36})"')
OPCION = re.compile(r'<input type="(radio|checkbox)" name="p(\d+)"\s+value="([^"]+)"')
LUGAR = re.compile(r'<select name="p(\d+)-([^"]+)"')

Pares = list[tuple[str, str]]


class QuienPide(Protocol):
    """A phone over HTTP, or Django's test client in this process."""

    def pedir(self, metodo: str, ruta: str, **lo_demas: Any) -> Respuesta: ...


class NoRespondio(Exception):
    """A scene that does not end as it has to measures nothing."""


class Visitante:
    """Somebody who does things: their phone and, of all that is known of the people of the bench, what is theirs."""

    def __init__(
        self, celular: QuienPide, sabe: Mapping[str, Any], lugar: int, evaluados: deque[dict[str, Any]]
    ) -> None:
        self.celular, self.sabe, self.evaluados = celular, sabe, evaluados
        self.lector = sabe["lectores"][lugar]
        self.caminante = sabe["caminantes"][lugar]
        self.responde = sabe["responden"][lugar]
        self.pasos = itertools.cycle(self.caminante["pasos"])
        self.respuestas = _una_tras_otra(self.responde["preguntas"])
        self.curso = f"/c/{sabe['curso']}"
        self.evaluacion = f"/e/{sabe['curso']}/{sabe['evaluacion']}"

    def pedir(self, metodo: str, ruta: str, *, debe: int = 200, **lo_demas: Any) -> Respuesta:
        """Ask, and stop when what comes is not what has to."""
        dicho = self.celular.pedir(metodo, ruta, **lo_demas)
        if dicho.estado != debe:
            raise NoRespondio(f"{metodo} {ruta} respondió {dicho.estado}, y debía ser {debe}.")
        return dicho

    def leer(self, ruta: str) -> list[Respuesta]:
        return [self.pedir("GET", ruta, sesion=self.lector["sesion"])]


def _una_tras_otra(preguntas: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """An answer to each question, and then to each one another: nobody says the same twice in a row."""
    for vuelta in itertools.count():
        for numero, alternativas in preguntas.items():
            yield numero, alternativas[vuelta % len(alternativas)]


Acto = Callable[[Visitante], list[Respuesta]]


@dataclass(frozen=True)
class Escena:
    """Something that somebody does; beside which floor, and whether it takes several people or steps each time.

    ``pausa``: seconds that they take before they do it, of no account: nobody goes on from a step that was not read,
    and it is then that the rest of a lesson is drawn. They take it before the floor beside it too.
    """

    nombre: str
    hacer: Acto
    piso: str = LECTURA
    larga: bool = False
    pausa: float = 0.0


def piso_de_lectura(v: Visitante) -> list[Respuesta]:
    return [v.pedir("GET", LEER, sesion=v.lector["desnuda"])]


def piso_de_escritura(v: Visitante) -> list[Respuesta]:
    return [v.pedir("POST", ESCRIBIR, sesion=v.lector["desnuda"])]


PISOS: dict[str, Acto] = {LECTURA: piso_de_lectura, ESCRITURA: piso_de_escritura}


def puerta(v: Visitante) -> list[Respuesta]:
    return [v.pedir("GET", "/entrar")]


def entrar(v: Visitante) -> list[Respuesta]:
    campos = {"identificador": v.lector["usuario"], "clave": v.lector["clave"]}
    return [v.pedir("POST", "/entrar", campos=campos, debe=302)]


def paso(v: Visitante) -> list[Respuesta]:
    unidad, numero = v.sabe["leccion"]
    return v.leer(f"{v.curso}/{unidad}/{numero}")


def continuar(v: Visitante) -> list[Respuesta]:
    unidad, numero = next(v.pasos)
    return [v.pedir("POST", f"{v.curso}/{unidad}/{numero}", sesion=v.caminante["sesion"], debe=302)]


def continuar_y_leer(v: Visitante) -> list[Respuesta]:
    [dicho] = continuar(v)
    return [dicho, v.pedir("GET", dicho.cabeceras["location"].partition("#")[0], sesion=v.caminante["sesion"])]


def responder(v: Visitante) -> list[Respuesta]:
    numero, valor = next(v.respuestas)
    campos = {"intento": v.responde["intento"], "pregunta": numero, "operacion": str(uuid.uuid4()), f"p{numero}": valor}
    return [v.pedir("POST", f"{v.evaluacion}/respuesta", sesion=v.responde["sesion"], campos=campos, acepta=DATOS)]


def _empezar(v: Visitante) -> tuple[dict[str, Any], list[Respuesta], Pares]:
    """The page of the evaluation and «Empezar»: whose it is, what came, and the whole form with what is right."""
    quien = v.evaluados.popleft()
    pagina = v.pedir("GET", v.evaluacion, sesion=quien["sesion"])
    formulario = v.pedir("POST", f"{v.evaluacion}/empezar", sesion=quien["sesion"], campos={"numero": "1"})
    return quien, [pagina, formulario], respuestas_de(formulario.texto, v.sabe["buenas"])


def con_guion(v: Visitante) -> list[Respuesta]:
    """The script keeps the answers and sends them together after a pause; then «Enviar» goes as any form."""
    quien, hechas, pares = _empezar(v)
    intento = pares[0][1]
    lugar = [v.sabe["curso"], v.sabe["evaluacion"]]
    paquetes = [
        {"id": str(uuid.uuid4()), "clase": "respuesta", "lugar": lugar, "campos": campos}
        for campos in por_pregunta(intento, pares[1:])
    ]
    lote = {"marca": quien["marca"], "paquetes": paquetes}
    hechas.append(v.pedir("POST", "/paquetes", sesion=quien["sesion"], datos=lote, acepta=DATOS))
    hechas.append(v.pedir("POST", f"{v.evaluacion}/enviar", sesion=quien["sesion"], campos=pares))
    return hechas


def sin_guion(v: Visitante) -> list[Respuesta]:
    quien, hechas, pares = _empezar(v)
    hechas.append(v.pedir("POST", f"{v.evaluacion}/enviar", sesion=quien["sesion"], campos=pares))
    return hechas


def respuestas_de(html: str, buenas: Mapping[str, Any]) -> Pares:
    """What the form sends when every question is answered well; first of all, its attempt."""
    encontrado = INTENTO.search(html)
    if encontrado is None:
        raise NoRespondio("La página de las preguntas no trae un intento.")
    marcas, vistas, pares = set(buenas["marcas"]), set(), [("intento", encontrado[1])]
    for _tipo, numero, valor in OPCION.findall(html):
        if valor in marcas:
            vistas.add(numero)
            pares.append((f"p{numero}", valor))
    pares += [
        (f"p{numero}", valor)  # of a question without a right answer, the first one
        for _tipo, numero, valor in OPCION.findall(html)
        if numero not in vistas and not vistas.add(numero)  # type: ignore[func-returns-value]
    ]
    lugares = buenas["lugares"]
    return pares + [(f"p{numero}-{clave}", str(lugares[clave])) for numero, clave in LUGAR.findall(html)]


def por_pregunta(intento: str, pares: Pares) -> Iterator[list[list[str]]]:
    """The same, a question each: what the phone keeps of each answer."""
    suyos: dict[str, list[list[str]]] = {}
    for nombre, valor in pares:
        suyos.setdefault(nombre[1:].partition("-")[0], []).append([nombre, valor])
    for numero, campos in suyos.items():
        yield [["intento", intento], ["pregunta", numero], *campos]


def verificar(v: Visitante) -> list[Respuesta]:
    return [v.pedir("GET", f"/v/{v.sabe['codigo']}")]


def del_panel(quien: str, ruta: str) -> Acto:
    return lambda v: [v.pedir("GET", ruta.format(**v.sabe), sesion=v.sabe["panel"][quien])]


ESCENAS = (
    Escena("la puerta", puerta),
    Escena(ENTRAR, entrar, ESCRITURA),
    Escena("inicio", lambda v: v.leer("/inicio")),
    Escena("curso", lambda v: v.leer(v.curso)),
    Escena("paso de lección", paso),
    Escena("«Continuar»", continuar, ESCRITURA),
    Escena(CONTINUAR, continuar_y_leer, ESCRITURA, pausa=0.2),
    Escena(RESPUESTA, responder, ESCRITURA),
    Escena(CON_GUION, con_guion, ESCRITURA, larga=True),
    Escena(SIN_GUION, sin_guion, ESCRITURA, larga=True),
    Escena("verificar un certificado", verificar),
    Escena("panel de un distrito", del_panel("del_distrito", "/panel/distrito/{distrito}")),
    Escena("panel de la provincia", del_panel("de_la_provincia", "/panel")),
    Escena("lista de la provincia", del_panel("de_la_provincia", "/panel/lista?ver=integrantes")),
)
