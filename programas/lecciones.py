"""Read a lesson: a front matter in YAML and its steps in Markdown."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from cursos.decida import TIPO as DE_UNA
from cursos.decida import tipos
from instancias.services.territorio import codigos_de_asiento

from . import opciones, prosa, sonidos
from .errores import ContenidoInvalido, Problema
from .fichas import Leccion, Opcion, Paso, Valor
from .mapeo import Mapeo
from .tipos import GUION, LARGO_DE_LINEA, LARGO_DE_TITULO, POR_ROTULO, Campo, Forma, Tipo

ARTICULO = re.compile(r"^articulo:\s*(\S+)\s*$")
ESQUEMA = re.compile(r"^esquema:\s*(\S+)\s*$")
TIPO = re.compile(r"^tipo:\s*(\S+)\s*$")
DE_AUDIO = re.compile(r"^(audio|audio_alterno|segundos):\s*(\S+)\s*$")
RENGLON = re.compile(r"^[-*] +(.*)$")
MARCAS_EN_LLANO = re.compile(r"\*\*|\]\(|^\s*[-*] ", re.MULTILINE)


@dataclass
class _Trozo:
    """A heading and what is under it."""

    titulo: str
    linea: int
    renglones: list[str] = field(default_factory=list)

    @property
    def texto(self) -> str:
        return "\n".join(self.renglones).strip()


class _Lector:
    """Reads one file, noting every problem instead of stopping at the first."""

    def __init__(self, archivo: str, raiz: Path | None = None) -> None:
        self.archivo = archivo
        self.raiz = raiz  # of the programme, where its sounds are
        self.problemas: list[Problema] = []

    def anotar(self, linea: int, mensaje: str) -> None:
        self.problemas.append(Problema(self.archivo, linea, mensaje))

    def leer(self, texto: str) -> Leccion:
        cabecera, cuerpo, salto = self._partir(texto)
        mapeo = Mapeo.leer(cabecera, self.archivo, 1)
        datos = {
            "clave": mapeo.texto("clave", maximo=60),
            "titulo": mapeo.texto("titulo", maximo=255),
            "presentacion": mapeo.texto("presentacion", "", maximo=200),
            "sabe_ahora": mapeo.textos("sabe_ahora"),
            "tema_dificil": mapeo.logico("tema_dificil"),
            "asientos": self._asientos(mapeo),
        }
        mapeo.terminar()
        trozos = self._trozos(cuerpo, "# ", salto)
        guion = self._guion(trozos)
        pasos = tuple(paso for trozo in trozos if (paso := self._paso(trozo)))
        if not pasos:
            self.anotar(0, _("no tiene ningún paso. Escriba «# Paso de texto: Título» y su texto."))
        if self.problemas:
            raise ContenidoInvalido(self.problemas)
        return Leccion(
            **datos, pasos=pasos, guion=guion, archivo=self.archivo, linea_de_asientos=mapeo.linea_de("asientos")
        )

    def _asientos(self, mapeo: Mapeo) -> tuple[str, ...]:
        """Return the codes in the order of the law, whatever the order of the file."""
        escritos, conocidos = mapeo.textos("asientos", ()), codigos_de_asiento()
        linea = mapeo.linea_de("asientos")
        for codigo in escritos:
            if codigo not in conocidos:
                mensaje = _("no existe el asiento «%(codigo)s». Use uno de estos: %(codigos)s.")
                self.anotar(linea, mensaje % {"codigo": codigo, "codigos": ", ".join(conocidos)})
        if len(set(escritos)) < len(escritos):
            self.anotar(linea, _("un asiento está dos veces. Deje uno."))
        return en_orden_legal(escritos)

    def _partir(self, texto: str) -> tuple[str, list[str], int]:
        renglones = texto.splitlines()
        if not renglones or renglones[0].strip() != "---" or "---" not in (r.strip() for r in renglones[1:]):
            self.anotar(1, _("debe empezar con los datos de la lección entre dos renglones «---»."))
            raise ContenidoInvalido(self.problemas)
        fin = next(n for n, renglon in enumerate(renglones[1:], start=1) if renglon.strip() == "---")
        return "\n".join(renglones[1:fin]), renglones[fin + 1 :], fin + 1

    def _trozos(self, renglones: list[str], marca: str, salto: int) -> list[_Trozo]:
        trozos: list[_Trozo] = []
        for linea, renglon in enumerate(renglones, start=salto + 1):
            if renglon.startswith(marca):
                trozos.append(_Trozo(renglon.removeprefix(marca).strip(), linea))
            elif trozos:
                trozos[-1].renglones.append(renglon)
            elif renglon.strip():
                self.anotar(linea, _("hay texto antes del primer paso. Póngalo debajo de un «# Paso de texto: …»."))
        return trozos

    def _guion(self, trozos: list[_Trozo]) -> str:
        """Take the script to be recorded off the end, where it is."""
        suyos = [trozo for trozo in trozos if trozo.titulo == GUION]
        if not suyos:
            return ""
        if suyos[0] is not trozos[-1]:
            self.anotar(suyos[0].linea, _("«# %(guion)s» va una sola vez, al final.") % {"guion": GUION})
        for trozo in suyos:
            trozos.remove(trozo)
        return self._llano(suyos[0])

    def _paso(self, trozo: _Trozo) -> Paso | None:
        rotulo, dos_puntos, titulo = (parte.strip() for parte in trozo.titulo.partition(":"))
        tipo = POR_ROTULO.get(rotulo)
        if tipo is None:
            self.anotar(
                trozo.linea,
                _("«%(rotulo)s» no es un tipo de paso. Use uno de estos: %(tipos)s.")
                % {"rotulo": rotulo, "tipos": ", ".join(POR_ROTULO)},
            )
            return None
        if not dos_puntos or not titulo:
            self.anotar(trozo.linea, _("el paso no tiene título. Escriba «# %(rotulo)s: Título».") % {"rotulo": rotulo})
        if len(titulo) > LARGO_DE_TITULO:
            self.anotar(trozo.linea, _("el título es largo: acorte a %(maximo)d letras.") % {"maximo": LARGO_DE_TITULO})
        return Paso(tipo.bloque, titulo, self._valores(tipo, trozo), trozo.linea)

    def _valores(self, tipo: Tipo, trozo: _Trozo) -> dict[str, Valor]:
        secciones = self._secciones(tipo, trozo)
        valores: dict[str, Valor] = {}
        for campo in tipo.campos:
            seccion = secciones.get(campo.seccion)
            valor = self._opciones(trozo) if campo.forma is Forma.OPCIONES else ""
            if seccion and campo.forma is not Forma.OPCIONES:
                valor = self._valor(campo, seccion)
            if campo.obligatorio and not valor:
                que = {
                    Forma.ARTICULO: _("el renglón «articulo: clave»"),
                    Forma.ESQUEMA: _("el renglón «esquema: clave»"),
                    Forma.CITA: _("las palabras de la norma, con «> » al inicio"),
                    Forma.LINEAS: _("los renglones, con «- » al inicio"),
                    Forma.AUDIO: _("el renglón «audio: archivo.opus»"),
                    Forma.SEGUNDOS: _("el renglón «segundos: 120»"),
                    Forma.OPCIONES: _("las opciones: «## Opción: …» y «## Opción correcta: …»"),
                }.get(campo.forma, f"«## {campo.seccion}»" if campo.seccion else _("el texto"))
                self.anotar(trozo.linea, _("al paso le falta %(que)s.") % {"que": que})
            valores[campo.nombre] = valor
        return valores

    def _secciones(self, tipo: Tipo, trozo: _Trozo) -> dict[str, _Trozo]:
        primera = next((n for n, r in enumerate(trozo.renglones) if r.startswith("## ")), len(trozo.renglones))
        secciones = {"": _Trozo("", trozo.linea, trozo.renglones[:primera])}
        conocidas = [campo.seccion for campo in tipo.campos if campo.seccion]
        pregunta = any(campo.forma is Forma.OPCIONES for campo in tipo.campos)
        for parte in self._trozos(trozo.renglones[primera:], "## ", trozo.linea + primera):
            if pregunta and opciones.ENCABEZADO.match(parte.titulo):
                continue
            if parte.titulo not in conocidas or parte.titulo in secciones:
                self.anotar(
                    parte.linea,
                    _("«## %(titulo)s» no va aquí. En «%(rotulo)s» puede usar, una vez cada uno: %(conocidas)s.")
                    % {
                        "titulo": parte.titulo,
                        "rotulo": tipo.rotulo,
                        "conocidas": ", ".join(f"«## {una}»" for una in conocidas) or _("ninguno"),
                    },
                )
            secciones.setdefault(parte.titulo, parte)
        return secciones

    def _opciones(self, trozo: _Trozo) -> tuple[Opcion, ...]:
        primera = next((n for n, r in enumerate(trozo.renglones) if r.startswith("## ")), len(trozo.renglones))
        leidas = []
        for parte in self._trozos(trozo.renglones[primera:], "## ", trozo.linea + primera):
            una = opciones.leer(parte.titulo, "")
            if una is None:
                continue
            if len(una.texto) > opciones.LARGO:
                self.anotar(parte.linea, _("una opción pasa de %(maximo)d letras.") % {"maximo": opciones.LARGO})
            leidas.append(dataclasses.replace(una, explicacion=self._llano(parte)))
        return tuple(leidas)

    def _tipo(self, seccion: _Trozo) -> str:
        dicho = next((m[1] for r in seccion.renglones if (m := TIPO.match(r.strip()))), DE_UNA)
        if dicho not in (conocidos := [clave for clave, _nombre in tipos()]):
            mensaje = _("«tipo: %(tipo)s» no se puede usar en un paso. Use uno de estos: %(tipos)s.")
            self.anotar(seccion.linea, mensaje % {"tipo": dicho, "tipos": ", ".join(conocidos)})
        return dicho

    def _valor(self, campo: Campo, seccion: _Trozo) -> Valor:
        if campo.forma is Forma.TIPO:
            return self._tipo(seccion)
        if campo.forma is Forma.ESQUEMA:
            return next((m[1] for r in seccion.renglones if (m := ESQUEMA.match(r.strip()))), "")
        if campo.forma in {Forma.AUDIO, Forma.SEGUNDOS}:
            return self._de_audio(campo, seccion)
        if campo.forma is Forma.RICO:
            return self._rico(seccion)
        if campo.forma is Forma.LLANO:
            return self._llano(seccion)
        if campo.forma is Forma.LINEAS:
            return self._lineas(seccion)
        if campo.forma is Forma.ARTICULO:
            return next((m[1] for r in seccion.renglones if (m := ARTICULO.match(r.strip()))), "")
        return self._cita(seccion)

    def _de_audio(self, campo: Campo, seccion: _Trozo) -> Valor:
        dichos = (m for renglon in seccion.renglones if (m := DE_AUDIO.match(renglon.strip())))
        dicho = next((uno[2] for uno in dichos if uno[1] == campo.nombre), "")
        if campo.forma is Forma.SEGUNDOS:
            if dicho and not (dicho.isascii() and dicho.isdigit() and 1 <= int(dicho) <= sonidos.MAXIMO_DE_SEGUNDOS):
                mensaje = _("«segundos: %(dicho)s» no sirve: escriba un número de 1 a %(maximo)d.")
                self.anotar(seccion.linea, mensaje % {"dicho": dicho, "maximo": sonidos.MAXIMO_DE_SEGUNDOS})
            return dicho
        sonido, falta = sonidos.leer(dicho, self.raiz) if dicho else (None, "")
        if falta:
            self.anotar(seccion.linea, falta)
        return sonido or dicho

    def _rico(self, seccion: _Trozo) -> str:
        try:
            return prosa.a_rico("\n".join(r for r in seccion.renglones if not _es_dato(r)).strip())
        except prosa.MarcaNoAdmitida as error:
            mensaje = _("usa «%(marca)s», que no se muestra. Use párrafos, **negrita**, listas y enlaces.")
            self.anotar(seccion.linea, mensaje % {"marca": error.marca})
            return seccion.texto

    def _llano(self, seccion: _Trozo) -> str:
        if MARCAS_EN_LLANO.search(seccion.texto):
            self.anotar(seccion.linea, _("esta parte es texto simple: quite las negritas, las listas y los enlaces."))
        return prosa.parrafos(seccion.texto)

    def _lineas(self, seccion: _Trozo) -> tuple[str, ...]:
        lineas: list[str] = []
        for numero, renglon in enumerate(seccion.renglones, start=seccion.linea + 1):
            if encaja := RENGLON.match(renglon):
                lineas.append(encaja[1].strip())
            elif renglon.strip() and lineas:
                lineas[-1] += " " + renglon.strip()
            elif renglon.strip():
                self.anotar(numero, _("cada renglón de esta parte empieza con «- »."))
        for linea in lineas:
            if len(linea) > LARGO_DE_LINEA:
                self.anotar(seccion.linea, _("un renglón pasa de %(maximo)d letras.") % {"maximo": LARGO_DE_LINEA})
        return tuple(lineas)

    def _cita(self, seccion: _Trozo) -> str:
        palabras: list[str] = []
        for numero, renglon in enumerate(seccion.renglones, start=seccion.linea + 1):
            limpio = renglon.strip()
            if limpio.startswith(">"):
                palabras.append(limpio.removeprefix(">").strip())
            elif limpio and not ARTICULO.match(limpio):
                self.anotar(numero, _("aquí solo van «articulo: clave» y la cita, con «> » al inicio de cada renglón."))
        return prosa.parrafos(" ".join(palabras))


def _es_dato(renglon: str) -> bool:
    """Whether a line says something to the machine, and is no text."""
    return any(dato.match(renglon.strip()) for dato in (ARTICULO, ESQUEMA, TIPO, DE_AUDIO))


def en_orden_legal(codigos: Iterable[str]) -> tuple[str, ...]:
    """Return codes of seats in the order of the law; those it does not list go last."""
    lugar = {codigo: n for n, codigo in enumerate(codigos_de_asiento())}
    return tuple(sorted(codigos, key=lambda codigo: (lugar.get(codigo, len(lugar)), codigo)))


def leer_leccion(texto: str, archivo: str, raiz: Path | None = None) -> Leccion:
    """Return the lesson of a file, with its sounds where ``raiz`` is the folder of the programme.

    Raises ``ContenidoInvalido`` with everything that is wrong in it.
    """
    return _Lector(archivo, raiz).leer(texto)
