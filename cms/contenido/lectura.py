"""Read the folder of a programme into fichas. Whatever is wrong is told all at once, and nothing is loaded."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from . import fichas, glosario, nombres, normas, referencias
from .errores import ContenidoInvalido, Problema
from .hojas import Hoja
from .lecciones import leer_leccion

T = TypeVar("T")
TIPOS_DE_PREGUNTA = ["una", "varias", "verdadero_falso"]
CLASES_DE_EVALUACION = ["practica", "modulo", "final", "entrada", "encuesta"]
# The evaluations of the whole course, in the order in which people meet them around the modules.
DEL_CURSO = ("entrada", "final", "encuesta")
FORMAS = ["", "A", "B"]
CLAVE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


class _Carpeta:
    """Reads the files of a folder, keeping the problems of them all."""

    def __init__(self, raiz: Path) -> None:
        self.raiz = raiz
        self.problemas: list[Problema] = []

    def leer(self, ruta: Path, como: Callable[[str, str], T]) -> T | None:
        nombre = ruta.relative_to(self.raiz).as_posix()
        try:
            return como(ruta.read_text(encoding="utf-8"), nombre)
        except FileNotFoundError:
            self.problemas.append(Problema(nombre, 0, _("falta este archivo.")))
        except UnicodeDecodeError:
            self.problemas.append(Problema(nombre, 0, _("no está en UTF-8. Guárdelo otra vez con esa codificación.")))
        except ContenidoInvalido as error:
            self.problemas.extend(error.problemas)
        return None

    def leer_todos(self, rutas: Iterable[Path], como: Callable[[str, str], T]) -> tuple[T, ...]:
        return tuple(leido for ruta in rutas if (leido := self.leer(ruta, como)) is not None)


def leer_programa(raiz: Path) -> fichas.Programa:
    """Return the programme of a folder. Raises ``ContenidoInvalido`` with everything that is wrong."""
    carpeta = _Carpeta(raiz)
    partes: dict[str, fichas.Modulo] = {}
    claves: list[str] = []

    def leer_curso(texto: str, archivo: str) -> fichas.Curso:
        nonlocal claves
        curso, claves = _leer_curso(Hoja.leer(texto, archivo), archivo)
        return curso

    curso = carpeta.leer(raiz / "curso.yaml", leer_curso)
    for ruta in sorted(raiz.glob("modulo-*/")):
        modulo = _leer_modulo(carpeta, ruta)
        if modulo is not None:
            partes[modulo.clave] = modulo
    hojas_de_normas = [*sorted(raiz.glob("normas*.yaml")), *sorted(raiz.glob("modulo-*/normas.yaml"))]
    sueltas = carpeta.leer_todos(hojas_de_normas, normas.leer)
    juntas = normas.juntar([norma for grupo in sueltas for norma in grupo], carpeta.problemas)
    hoja_de_nombres = raiz / "nombres.yaml"
    llamados = (carpeta.leer(hoja_de_nombres, nombres.leer) or ()) if hoja_de_nombres.exists() else ()
    hoja_del_glosario = raiz / "glosario.yaml"
    terminos = (carpeta.leer(hoja_del_glosario, glosario.leer) or ()) if hoja_del_glosario.exists() else ()
    if curso is not None:
        carpeta.problemas += _comparar_modulos(claves, partes, raiz)
        del_curso = [ruta for nombre in DEL_CURSO if (ruta := raiz / f"{nombre}.yaml").exists()]
        curso = dataclasses.replace(
            curso,
            modulos=tuple(partes[clave] for clave in claves if clave in partes),
            evaluaciones=carpeta.leer_todos(del_curso, leer_evaluacion),
        )
        programa = fichas.Programa(curso, juntas, llamados, terminos)
        if not carpeta.problemas:  # a file that was not read would look like a hundred missing references
            carpeta.problemas += referencias.revisar(programa)
            carpeta.problemas += glosario.referencias(programa)
    if carpeta.problemas:
        raise ContenidoInvalido(carpeta.problemas)
    return programa


def _comparar_modulos(claves: list[str], partes: dict[str, fichas.Modulo], raiz: Path) -> list[Problema]:
    faltan = [
        Problema(
            "curso.yaml", 0, _("nombra el módulo «%(clave)s» y ninguna carpeta modulo-… lo tiene.") % {"clave": clave}
        )
        for clave in claves
        if clave not in partes
    ]
    sobran = [
        Problema(modulo.archivo, 0, _("el módulo «%(clave)s» no está en curso.yaml. Añádalo.") % {"clave": clave})
        for clave, modulo in partes.items()
        if clave not in claves
    ]
    return faltan + sobran


def _leer_curso(hoja: Hoja, archivo: str) -> tuple[fichas.Curso, list[str]]:
    claves = list(hoja.textos("modulos"))
    curso = fichas.Curso(
        clave=_clave(hoja),
        titulo=hoja.texto("titulo", maximo=255),
        presentacion=hoja.texto("presentacion"),
        aprendera=hoja.textos("aprendera"),
        horas=hoja.entero("horas", desde=1, hasta=2000),
        tipo_de_horas=hoja.opcion("tipo_de_horas", ["academicas", "cronologicas"], "academicas"),
        revisado_el=hoja.fecha("revisado_el", None),
        modulos=(),
        ediciones=tuple(_leer_edicion(una) for una in hoja.hojas("ediciones", [])),
        archivo=archivo,
    )
    hoja.terminar()
    return curso, claves


def _leer_edicion(hoja: Hoja) -> fichas.Edicion:
    edicion = fichas.Edicion(
        nombre=hoja.texto("nombre", maximo=120),
        territorios=hoja.textos("territorios"),
        inicia=hoja.fecha("inicia"),
        termina=hoja.fecha("termina", None),
    )
    hoja.terminar()
    return edicion


def _leer_modulo(carpeta: _Carpeta, ruta: Path) -> fichas.Modulo | None:
    lecciones = carpeta.leer_todos(sorted(ruta.glob("leccion-*.md"), key=_por_numero), leer_leccion)
    pruebas = [*sorted(ruta.glob("practica*.yaml")), *sorted(ruta.glob("evaluacion*.yaml"))]
    evaluaciones = carpeta.leer_todos(pruebas, leer_evaluacion)

    def leer(texto: str, archivo: str) -> fichas.Modulo:
        hoja = Hoja.leer(texto, archivo)
        rutas = hoja.logico("rutas")
        modulo = fichas.Modulo(
            clave=_clave(hoja),
            titulo=hoja.texto("titulo", maximo=255),
            horas=hoja.entero("horas", desde=0 if rutas else 1, hasta=500),
            objetivos=hoja.textos("objetivos"),
            tarea=hoja.texto("tarea", ""),
            lecciones=lecciones,
            evaluaciones=evaluaciones,
            rutas=rutas,
            archivo=archivo,
        )
        hoja.terminar()
        return modulo

    return carpeta.leer(ruta / "modulo.yaml", leer)


def _por_numero(ruta: Path) -> tuple[int, str]:
    numero = re.search(r"(\d+)", ruta.stem)
    return (int(numero[1]) if numero else 0, ruta.stem)


def _clave(hoja: Hoja) -> str:
    clave = hoja.texto("clave", maximo=60)
    if not CLAVE.match(clave):
        raise hoja.error(
            _("la clave «%(clave)s» solo lleva letras minúsculas, números y guiones.") % {"clave": clave}, "clave"
        )
    return clave


def leer_evaluacion(texto: str, archivo: str) -> fichas.Evaluacion:
    """Return the evaluation or practice of a file."""
    hoja = Hoja.leer(texto, archivo)
    clase = hoja.opcion("clase", CLASES_DE_EVALUACION)
    evaluacion = fichas.Evaluacion(
        clave=_clave(hoja),
        clase=clase,
        titulo=hoja.texto("titulo", maximo=255),
        presentacion=hoja.texto("presentacion", ""),
        nota_minima=hoja.entero("nota_minima", 70, desde=1, hasta=100),
        intentos=hoja.entero("intentos", 3, desde=1, hasta=20),
        sortear=hoja.entero("sortear", None, desde=1, hasta=200),
        barajar=hoja.logico("barajar", defecto=True),
        dias_de_plazo=hoja.entero("dias_de_plazo", None, desde=1, hasta=365),
        preguntas=tuple(_leer_pregunta(una, clase) for una in hoja.hojas("preguntas", [])),
        preguntas_de=hoja.texto("preguntas_de", "", maximo=60),
        archivo=archivo,
    )
    hoja.terminar()
    if bool(evaluacion.preguntas) == bool(evaluacion.preguntas_de):
        raise hoja.error(_("lleva «preguntas» propias o las de otra, con «preguntas_de». Una de las dos."))
    return evaluacion


def _leer_pregunta(hoja: Hoja, clase: str) -> fichas.Pregunta:
    clave = hoja.texto("clave", maximo=60)
    hoja.nombre = _("pregunta %(clave)s") % {"clave": clave}
    pregunta = fichas.Pregunta(
        clave=clave,
        tipo=hoja.opcion("tipo", TIPOS_DE_PREGUNTA),
        texto=hoja.texto("texto"),
        articulo=hoja.texto("articulo", ""),
        leccion=hoja.texto("leccion", ""),
        dificultad=hoja.entero("dificultad", 1, desde=1, hasta=3),
        objetivo=hoja.entero("objetivo", 1, desde=1, hasta=20),
        otro_objetivo=hoja.entero("otro_objetivo", None, desde=1, hasta=20),
        alternativas=tuple(_leer_alternativa(una) for una in hoja.hojas("alternativas")),
        motivo_del_cambio=hoja.texto("motivo_del_cambio", "", maximo=200),
        forma=hoja.opcion("forma", FORMAS, ""),
        linea=hoja.linea,
    )
    hoja.terminar()
    _revisar_alternativas(hoja, pregunta)
    if clase != "encuesta":
        _revisar_clave_de_respuesta(hoja, pregunta)
    return pregunta


def _leer_alternativa(hoja: Hoja) -> fichas.Alternativa:
    alternativa = fichas.Alternativa(
        texto=hoja.texto("texto", maximo=300),
        correcta=hoja.logico("correcta"),
        explicacion=hoja.texto("explicacion", ""),
    )
    hoja.terminar()
    return alternativa


def _revisar_alternativas(hoja: Hoja, pregunta: fichas.Pregunta) -> None:
    """Refuse what cannot be asked."""
    if not 2 <= len(pregunta.alternativas) <= 5:
        raise hoja.error(_("debe tener de 2 a 5 alternativas."), "alternativas")
    if any("**" in texto for texto in pregunta.textos()):
        raise hoja.error(_("las preguntas son texto simple: quite los asteriscos."))
    if len({una.texto for una in pregunta.alternativas}) < len(pregunta.alternativas):
        raise hoja.error(_("dos alternativas dicen lo mismo."), "alternativas")


def _revisar_clave_de_respuesta(hoja: Hoja, pregunta: fichas.Pregunta) -> None:
    """Refuse what cannot be graded."""
    correctas = sum(una.correcta for una in pregunta.alternativas)
    if not correctas:
        raise hoja.error(_("ninguna alternativa es correcta. Ponga «correcta: true» en una."), "alternativas")
    if pregunta.tipo != "varias" and correctas > 1:
        raise hoja.error(_("tiene %(n)d correctas y su tipo admite una.") % {"n": correctas}, "alternativas")
