"""Read the folder of a programme into fichas. Whatever is wrong is told all at once, and nothing is loaded."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from cursos.clases import ClaseDeUnidad
from cursos.validators import HORAS_DE_UN_CURSO, HORAS_DE_UN_MODULO
from evaluaciones.clases import clase_de, clases
from evaluaciones.variantes import DE_UN_MODULO, ENCUESTAS

from . import fichas, glosario, guia, nombres, normas, otras, referencias
from .errores import ContenidoInvalido, Problema
from .lecciones import leer_leccion
from .mapeo import Mapeo

T = TypeVar("T")
CLASES_DE_EVALUACION = ["practica", "modulo", "final", "entrada", "encuesta", "aplicacion"]
# The evaluations of the whole course, in the order in which people meet them around the modules.
DEL_CURSO = ("entrada", "final", "encuesta", "aplicacion")
DEL_MODULO = ("modulo", "leccion", "practica", "evaluacion", "normas")
FORMAS = ["", "A", "B", "C"]  # C: in reserve, for one more try
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


def leer_programa(raiz: Path, *, banco: Mapping[str, str] | None = None) -> fichas.Programa:
    """Return the programme of a folder. Raises ``ContenidoInvalido`` with everything that is wrong.

    ``banco``: files of evaluations kept outside, by name: each takes the place of the one with its key.
    """
    carpeta = _Carpeta(raiz)
    _exigir_que_se_lea(raiz / "curso.yaml")
    partes: dict[str, fichas.Modulo] = {}
    claves: list[str] = []

    def leer_curso(texto: str, archivo: str) -> fichas.Curso:
        nonlocal claves
        curso, claves = _leer_curso(Mapeo.leer(texto, archivo), archivo)
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
    hoja_de_la_guia = raiz / guia.ARCHIVO
    de_bolsillo = (carpeta.leer(hoja_de_la_guia, guia.leer) if hoja_de_la_guia.exists() else None) or fichas.Guia()
    if curso is not None:
        carpeta.problemas += _comparar_modulos(claves, partes, raiz)
        del_curso = [ruta for nombre in DEL_CURSO if (ruta := raiz / f"{nombre}.yaml").exists()]
        curso = dataclasses.replace(
            curso,
            modulos=tuple(partes[clave] for clave in claves if clave in partes),
            evaluaciones=carpeta.leer_todos(del_curso, leer_evaluacion),
        )
        carpeta.problemas += _fuera_de_lugar(curso.evaluaciones, en_un_modulo=False)
        if banco is not None:
            curso = _con_el_banco(curso, banco, carpeta.problemas)
        con_sus_lineas = nombres.con_las_lineas_del_pais(llamados)
        programa = fichas.Programa(curso, juntas, con_sus_lineas, terminos, de_bolsillo)
        if not carpeta.problemas:  # a file that was not read would look like a hundred missing references
            carpeta.problemas += referencias.revisar(programa)
            carpeta.problemas += glosario.referencias(programa)
            carpeta.problemas += guia.referencias(programa)
    if carpeta.problemas:
        raise ContenidoInvalido(carpeta.problemas)
    return programa


def _con_el_banco(curso: fichas.Curso, banco: Mapping[str, str], problemas: list[Problema]) -> fichas.Curso:
    """The course with the evaluations of the bank in the place of those with the same key."""
    selladas: dict[str, fichas.Evaluacion] = {}
    for nombre, texto in sorted(banco.items()):
        try:
            una = leer_evaluacion(texto, f"banco/{nombre}")
        except ContenidoInvalido as error:
            problemas.extend(error.problemas)
        else:
            selladas[una.clave] = una
    conocidas = {una.clave for una in curso.todas_las_evaluaciones()}
    for clave, una in selladas.items():
        if clave not in conocidas:
            mensaje = _("el programa no tiene ninguna evaluación «%(clave)s».") % {"clave": clave}
            problemas.append(Problema(una.archivo, 0, mensaje))

    def puestas(evaluaciones: Iterable[fichas.Evaluacion]) -> tuple[fichas.Evaluacion, ...]:
        return tuple(
            dataclasses.replace(selladas[una.clave], sellada=True) if una.clave in selladas else una
            for una in evaluaciones
        )

    modulos = tuple(dataclasses.replace(uno, evaluaciones=puestas(uno.evaluaciones)) for uno in curso.modulos)
    return dataclasses.replace(curso, modulos=modulos, evaluaciones=puestas(curso.evaluaciones))


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


def _exigir_que_se_lea(hoja: Path) -> None:
    """Stop at a format that came after this edition, before each word of it that is new is told as a mistake."""
    try:
        mapeo = Mapeo.leer(hoja.read_text(encoding="utf-8"), hoja.name)
        formato = mapeo.entero("formato", fichas.FORMATO, desde=1)
    except (FileNotFoundError, UnicodeDecodeError, ContenidoInvalido):
        return  # it is told with the rest of the folder
    if formato > fichas.FORMATO:
        mensaje = _(
            "este programa está en el formato %(suyo)d y esta edición de Kuska lee hasta el %(propio)d. "
            "Actualice Kuska, o pida el programa en el formato %(propio)d."
        )
        raise mapeo.error(mensaje % {"suyo": formato, "propio": fichas.FORMATO}, "formato")


def _leer_curso(mapeo: Mapeo, archivo: str) -> tuple[fichas.Curso, list[str]]:
    mapeo.entero("formato", fichas.FORMATO, desde=1)
    claves = list(mapeo.textos("modulos"))
    curso = fichas.Curso(
        clave=_clave(mapeo),
        titulo=mapeo.texto("titulo", maximo=255),
        presentacion=mapeo.texto("presentacion", ""),
        aprendera=mapeo.textos("aprendera"),
        horas=mapeo.entero("horas", desde=1, hasta=HORAS_DE_UN_CURSO),
        tipo_de_horas=mapeo.opcion("tipo_de_horas", ["academicas", "cronologicas"], "academicas"),
        revisado_el=mapeo.fecha("revisado_el", None),
        modulos=(),
        ediciones=tuple(_leer_edicion(una) for una in mapeo.mapeos("ediciones", [])),
        archivo=archivo,
    )
    mapeo.terminar()
    return curso, claves


def _leer_edicion(mapeo: Mapeo) -> fichas.Edicion:
    edicion = fichas.Edicion(
        nombre=mapeo.texto("nombre", maximo=120),
        territorios=mapeo.textos("territorios"),
        inicia=mapeo.fecha("inicia"),
        termina=mapeo.fecha("termina", None),
    )
    mapeo.terminar()
    return edicion


def _leer_modulo(carpeta: _Carpeta, ruta: Path) -> fichas.Modulo | None:
    def con_sus_sonidos(texto: str, archivo: str) -> fichas.Leccion:
        return leer_leccion(texto, archivo, carpeta.raiz)

    lecciones = carpeta.leer_todos(sorted(ruta.glob("leccion-*.md"), key=_por_numero), con_sus_sonidos)
    pruebas = [*sorted(ruta.glob("practica*.yaml")), *sorted(ruta.glob("evaluacion*.yaml"))]
    evaluaciones = carpeta.leer_todos(pruebas, leer_evaluacion)
    carpeta.problemas += _fuera_de_lugar(evaluaciones, en_un_modulo=True)
    sueltas = _leer_otras(carpeta, ruta)
    _rechazar_desconocidos(carpeta, ruta)

    def leer(texto: str, archivo: str) -> fichas.Modulo:
        mapeo = Mapeo.leer(texto, archivo)
        rutas = mapeo.logico("rutas")
        modulo = fichas.Modulo(
            clave=_clave(mapeo),
            titulo=mapeo.texto("titulo", maximo=255),
            horas=mapeo.entero("horas", 0, desde=0, hasta=HORAS_DE_UN_MODULO),
            objetivos=mapeo.textos("objetivos"),
            tarea=mapeo.texto("tarea", ""),
            lecciones=lecciones,
            evaluaciones=evaluaciones,
            rutas=rutas,
            otras=sueltas,
            archivo=archivo,
        )
        mapeo.terminar()
        return modulo

    return carpeta.leer(ruta / "modulo.yaml", leer)


def _leer_otras(carpeta: _Carpeta, ruta: Path) -> tuple[fichas.UnidadSuelta, ...]:
    """Return the units of the kinds that are written field by field, kind by kind."""
    leidas: list[fichas.UnidadSuelta] = []
    for clase in otras.escritas_por_campos():

        def leer(texto: str, archivo: str, clase: ClaseDeUnidad = clase) -> fichas.UnidadSuelta:
            mapeo = Mapeo.leer(texto, archivo)
            return otras.leer(mapeo, _clave(mapeo), archivo, clase)

        suyos = sorted(ruta.glob(f"{clase.prefijo_de_archivo}*.yaml"), key=_por_numero)
        leidas += carpeta.leer_todos(suyos, leer)
    return tuple(leidas)


def _rechazar_desconocidos(carpeta: _Carpeta, ruta: Path) -> None:
    """A file whose name begins as nothing does would be lost in silence: its kind may not be installed."""
    comienzos = (*DEL_MODULO, *(clase.prefijo_de_archivo for clase in otras.escritas_por_campos()))
    for suelto in sorted(ruta.glob("*.yaml")):
        if not suelto.name.startswith(comienzos):
            mensaje = _("no se sabe qué es. Aquí van archivos que empiezan con: %(comienzos)s.")
            nombre = suelto.relative_to(carpeta.raiz).as_posix()
            carpeta.problemas.append(Problema(nombre, 0, mensaje % {"comienzos": ", ".join(comienzos)}))


def _fuera_de_lugar(evaluaciones: tuple[fichas.Evaluacion, ...], *, en_un_modulo: bool) -> list[Problema]:
    """What the editor does not publish there is not read from there."""
    if en_un_modulo:
        mensaje = _("«clase: %(clase)s» va junto a curso.yaml, no en un módulo. Aquí: practica o modulo.")
    else:
        mensaje = _("«clase: %(clase)s» va dentro de un módulo. Aquí: entrada, final, encuesta o aplicacion.")
    malas = [una for una in evaluaciones if (una.clase in DE_UN_MODULO) != en_un_modulo]
    return [Problema(una.archivo, 0, mensaje % {"clase": una.clase}) for una in malas]


def _por_numero(ruta: Path) -> tuple[int, str]:
    numero = re.search(r"(\d+)", ruta.stem)
    return (int(numero[1]) if numero else 0, ruta.stem)


def _clave(mapeo: Mapeo) -> str:
    clave = mapeo.texto("clave", maximo=60)
    if not CLAVE.match(clave):
        raise mapeo.error(
            _("la clave «%(clave)s» solo lleva letras minúsculas, números y guiones.") % {"clave": clave}, "clave"
        )
    return clave


def leer_evaluacion(texto: str, archivo: str) -> fichas.Evaluacion:
    """Return the evaluation or practice of a file."""
    mapeo = Mapeo.leer(texto, archivo)
    clase = mapeo.opcion("clase", CLASES_DE_EVALUACION)
    evaluacion = fichas.Evaluacion(
        clave=_clave(mapeo),
        clase=clase,
        titulo=mapeo.texto("titulo", maximo=255),
        presentacion=mapeo.texto("presentacion", ""),
        nota_minima=mapeo.entero("nota_minima", 70, desde=1, hasta=100),
        intentos=mapeo.entero("intentos", 3, desde=1, hasta=20),
        sortear=mapeo.entero("sortear", None, desde=1, hasta=200),
        barajar=mapeo.logico("barajar", defecto=True),
        dias_de_plazo=mapeo.entero("dias_de_plazo", None, desde=1, hasta=365),
        dias_despues=mapeo.entero("dias_despues", None, desde=1, hasta=730),
        preguntas=tuple(_leer_pregunta(una, clase) for una in mapeo.mapeos("preguntas", [])),
        preguntas_de=mapeo.texto("preguntas_de", "", maximo=60),
        archivo=archivo,
    )
    mapeo.terminar()
    if bool(evaluacion.preguntas) == bool(evaluacion.preguntas_de):
        raise mapeo.error(_("lleva «preguntas» propias o las de otra, con «preguntas_de». Una de las dos."))
    return evaluacion


def _leer_pregunta(mapeo: Mapeo, clase: str) -> fichas.Pregunta:
    clave = mapeo.texto("clave", maximo=60)
    mapeo.nombre = _("pregunta %(clave)s") % {"clave": clave}
    suya = clase_de(mapeo.opcion("tipo", [una.clave for una in clases()]))
    pregunta = fichas.Pregunta(
        clave=clave,
        tipo=suya.clave,
        texto=mapeo.texto("texto"),
        articulo=mapeo.texto("articulo", ""),
        leccion=mapeo.texto("leccion", ""),
        dificultad=mapeo.entero("dificultad", 1, desde=1, hasta=3),
        objetivo=mapeo.entero("objetivo", 1, desde=1, hasta=20),
        otro_objetivo=mapeo.entero("otro_objetivo", None, desde=1, hasta=20),
        contenido=suya.de_archivo(mapeo, con_clave=clase not in ENCUESTAS),
        motivo_del_cambio=mapeo.texto("motivo_del_cambio", "", maximo=200),
        forma=mapeo.opcion("forma", FORMAS, ""),
        linea=mapeo.linea,
    )
    mapeo.terminar()
    if any("**" in texto for texto in pregunta.textos()):
        raise mapeo.error(_("las preguntas son texto simple: quite los asteriscos."))
    return pregunta
