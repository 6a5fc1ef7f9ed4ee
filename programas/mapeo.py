"""YAML that remembers its lines: each value is asked for by name and kind, and a wrong one says where it is."""

from __future__ import annotations

import datetime
from typing import Any

import yaml
from django.utils.translation import gettext as _

from .errores import ContenidoInvalido, Problema
from .prosa import renglones

AUSENTE: Any = object()
ETIQUETA = "tag:yaml.org,2002:"
# The one in C reads the same ten times faster, where the package has it.
LECTOR = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapeo:
    """A mapping of a YAML file. ``terminar`` refuses what nobody asked for: a misspelt key is not lost in silence."""

    def __init__(self, nodo: yaml.MappingNode, archivo: str, salto: int = 0, nombre: str = "") -> None:
        self.archivo = archivo
        self.nombre = nombre
        self._salto = salto
        self._pedidas: set[str] = set()
        self._nodo = nodo
        self._valores: dict[str, yaml.Node] = {}
        for clave, valor in nodo.value:
            if clave.value in self._valores:
                raise self.error(_("«%(clave)s» está dos veces. Deje una.") % {"clave": clave.value}, nodo=clave)
            self._valores[clave.value] = valor

    @classmethod
    def leer(cls, texto: str, archivo: str, salto: int = 0) -> Mapeo:
        """Read a document whose first line is ``salto`` lines below the start of the file."""
        try:
            nodo = yaml.compose(texto, Loader=LECTOR)
        except yaml.MarkedYAMLError as error:
            linea = (error.problem_mark.line + 1 + salto) if error.problem_mark else 0
            mensaje = _(
                "no se entiende el formato (%(detalle)s). Revise la sangría y ponga entre comillas el texto con «:»."
            )
            raise ContenidoInvalido([Problema(archivo, linea, mensaje % {"detalle": error.problem})]) from error
        if not isinstance(nodo, yaml.MappingNode):
            raise ContenidoInvalido([Problema(archivo, 1 + salto, _("debe empezar con «clave: valor»."))])
        return cls(nodo, archivo, salto)

    @property
    def linea(self) -> int:
        return self._linea_de(self._nodo)

    def linea_de(self, clave: str) -> int:
        nodo = self._valores.get(clave)
        return self._linea_de(nodo) if nodo else self.linea

    def _linea_de(self, nodo: yaml.Node) -> int:
        return nodo.start_mark.line + 1 + self._salto

    def error(self, mensaje: str, clave: str = "", nodo: yaml.Node | None = None) -> ContenidoInvalido:
        if self.nombre:
            mensaje = f"{self.nombre}: {mensaje}"
        linea = self._linea_de(nodo) if nodo else self.linea_de(clave)
        return ContenidoInvalido([Problema(self.archivo, linea, mensaje)])

    def _tomar(self, clave: str, defecto: Any) -> yaml.Node | None:
        self._pedidas.add(clave)
        nodo = self._valores.get(clave)
        if nodo is None or nodo.tag == ETIQUETA + "null":
            if defecto is AUSENTE:
                raise self.error(_("falta «%(clave)s».") % {"clave": clave}, clave)
            return None
        return nodo

    def _escalar(self, clave: str, nodo: yaml.Node, que: str) -> str:
        if not isinstance(nodo, yaml.ScalarNode):
            raise self.error(_("«%(clave)s» debe ser %(que)s.") % {"clave": clave, "que": que}, clave)
        return nodo.value

    def texto(self, clave: str, defecto: Any = AUSENTE, *, maximo: int = 0) -> Any:
        """Return the text, without blanks around. Numbers written without quotes are taken as they are written."""
        nodo = self._tomar(clave, defecto)
        if nodo is None:
            return defecto
        texto = renglones(self._escalar(clave, nodo, _("un texto")))
        if not texto and defecto is AUSENTE:
            raise self.error(_("«%(clave)s» está vacío.") % {"clave": clave}, clave)
        if maximo and len(texto) > maximo:
            raise self.error(
                _("«%(clave)s» tiene %(largo)d letras; acorte a %(maximo)d.")
                % {"clave": clave, "largo": len(texto), "maximo": maximo},
                clave,
            )
        return texto

    def entero(self, clave: str, defecto: Any = AUSENTE, *, desde: int = 0, hasta: int = 32767) -> Any:
        nodo = self._tomar(clave, defecto)
        if nodo is None:
            return defecto
        leido = self._escalar(clave, nodo, _("un número"))
        if nodo.tag != ETIQUETA + "int" or not leido.isdecimal() or not desde <= int(leido) <= hasta:
            raise self.error(
                _("«%(clave)s» debe ser un número entero de %(desde)d a %(hasta)d, y se leyó «%(leido)s».")
                % {"clave": clave, "desde": desde, "hasta": hasta, "leido": leido},
                clave,
            )
        return int(leido)

    def logico(self, clave: str, *, defecto: bool = False) -> bool:
        nodo = self._tomar(clave, defecto)
        if nodo is None:
            return defecto
        leido = self._escalar(clave, nodo, "true o false")
        if leido not in {"true", "false"}:
            raise self.error(_("«%(clave)s» debe ser true o false.") % {"clave": clave}, clave)
        return leido == "true"

    def fecha(self, clave: str, defecto: Any = AUSENTE) -> Any:
        nodo = self._tomar(clave, defecto)
        if nodo is None:
            return defecto
        leido = self._escalar(clave, nodo, _("una fecha"))
        try:
            return datetime.date.fromisoformat(leido)
        except ValueError as error:
            mensaje = _("«%(clave)s» debe ser una fecha como 2026-11-23, y se leyó «%(leido)s».")
            raise self.error(mensaje % {"clave": clave, "leido": leido}, clave) from error

    def opcion(self, clave: str, opciones: list[str], defecto: Any = AUSENTE) -> Any:
        leido = self.texto(clave, defecto)
        if leido not in opciones:
            raise self.error(
                _("«%(clave)s» debe ser una de estas: %(opciones)s. Se leyó «%(leido)s».")
                % {"clave": clave, "opciones": ", ".join(opciones), "leido": leido},
                clave,
            )
        return leido

    def _lista(self, clave: str, defecto: Any) -> list[yaml.Node] | None:
        nodo = self._tomar(clave, defecto)
        if nodo is None:
            return None
        if not isinstance(nodo, yaml.SequenceNode):
            raise self.error(
                _("«%(clave)s» debe ser una lista: un renglón con «- » por cada uno.") % {"clave": clave}, clave
            )
        return nodo.value

    def textos(self, clave: str, defecto: Any = AUSENTE) -> tuple[str, ...]:
        nodos = self._lista(clave, defecto)
        if nodos is None:
            return defecto
        for nodo in nodos:
            if not isinstance(nodo, yaml.ScalarNode):
                raise self.error(
                    _("un renglón de «%(clave)s» no es texto. Si lleva «: », póngalo entre comillas.")
                    % {"clave": clave},
                    nodo=nodo,
                )
        return tuple(nodo.value.strip() for nodo in nodos)

    def mapeos(self, clave: str, defecto: Any = AUSENTE) -> list[Mapeo]:
        nodos = self._lista(clave, defecto)
        if nodos is None:
            return defecto
        for nodo in nodos:
            if not isinstance(nodo, yaml.MappingNode):
                raise self.error(_("un elemento de «%(clave)s» no tiene sus datos.") % {"clave": clave}, nodo=nodo)
        return [Mapeo(nodo, self.archivo, self._salto, self.nombre) for nodo in nodos]

    def terminar(self) -> None:
        """Refuse the keys that nobody asked for."""
        for clave in self._valores:
            if clave not in self._pedidas:
                raise self.error(_("no se conoce «%(clave)s». Corrija el nombre o bórrelo.") % {"clave": clave}, clave)
