"""A short programme made of fichas: two articles, a module, two lessons, a practice and an evaluation."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

from cursos.models import Articulo, Norma
from evaluaciones.clases.eleccion import Alternativa, Eleccion
from programas import fichas, guia, nombres
from programas.lectura import leer_programa
from programas.registro import Registro

DESDE = datetime.date(2020, 9, 7)
PROGRAMA = Path(__file__).resolve().parents[2] / "cms" / "programa" / "ley-30364"


def articulo(numero: str = "16", *, resumen: str = "El juzgado decide en 24 horas.") -> fichas.Articulo:
    return fichas.Articulo(
        clave=f"ley-1/{numero}",
        numero=numero,
        numero_tuo="",
        titulo=f"Artículo {numero}",
        redacciones=(fichas.Redaccion(DESDE, None, None, resumen),),
    )


def norma(*articulos: fichas.Articulo) -> fichas.Norma:
    return fichas.Norma("ley-1", "Ley", "1", "Ley de ejemplo", datetime.date(2015, 1, 1), articulos)


def paso(titulo: str, texto: str = "<p>Hola.</p>") -> fichas.Paso:
    return fichas.Paso("texto", titulo, {"texto": texto, "en_nuestra_zona": "En Pumahuasi.", "mas_detalle": ""})


def cita() -> fichas.Paso:
    valores = {"articulo": "ley-1/16", "cita": "en 24 horas", "en_palabras_sencillas": "<p>Un día.</p>"}
    return fichas.Paso("cita", "Lo que dice", valores)


def leccion(clave: str, titulo: str = "Los plazos", *, pasos: tuple[fichas.Paso, ...] | None = None) -> fichas.Leccion:
    resumen = fichas.Paso("resumen", "Lo principal", {"lineas": ("Uno.", "Dos.")})
    return fichas.Leccion(clave, titulo, "Para saber.", ("a", "b", "c"), False, pasos or (paso("Uno"), cita(), resumen))


def pregunta(clave: str, texto: str = "¿En cuánto decide?", **campos: Any) -> fichas.Pregunta:
    datos: dict[str, Any] = {
        "tipo": "una",
        "articulo": "ley-1/16",
        "leccion": "m1-l1",
        "dificultad": 1,
        "objetivo": 1,
        "contenido": Eleccion(
            (
                Alternativa("", "En 24 horas.", True, "Lo dice el art. 16."),
                Alternativa("", "En 72 horas.", False, "Ese plazo ya no rige."),
            )
        ),
    }
    return fichas.Pregunta(clave=clave, texto=texto, **{**datos, **campos})


def evaluacion(clave: str, clase: str, *preguntas: fichas.Pregunta) -> fichas.Evaluacion:
    return fichas.Evaluacion(clave, clase, "Evaluación", "Con calma.", 70, 3, None, preguntas)


def termino(clave: str = "juzgado", palabra: str = "juzgado", *variantes: str, **campos: Any) -> fichas.Termino:
    datos = {"definicion": f"Lo que es {palabra}.", "ejemplo": f"«Hay {palabra} en Luyando».", **campos}
    return fichas.Termino(clave, palabra, variantes, **datos)


def programa_breve() -> fichas.Programa:
    modulo = fichas.Modulo(
        clave="m1",
        titulo="Módulo uno",
        horas=2,
        objetivos=("saber",),
        tarea="Haga una hoja.",
        lecciones=(leccion("m1-l1"), leccion("m1-l2", "Los lugares")),
        evaluaciones=(
            evaluacion("m1-practica", "practica", pregunta("m1-p01", "¿Y en práctica?")),
            evaluacion("m1-evaluacion", "modulo", pregunta("m1-e01"), pregunta("m1-e02", "¿Y si es leve?")),
        ),
    )
    edicion = fichas.Edicion("Primera", ("1006",), DESDE, None)
    curso = fichas.Curso(
        "curso-a", "Curso de prueba", "Para probar.", ("saber",), 2, "academicas", DESDE, (modulo,), (edicion,)
    )
    return fichas.Programa(curso, (norma(articulo("16"), articulo("22")),))


def con_evaluaciones_del_curso(programa: fichas.Programa) -> fichas.Programa:
    """Return the same programme with an entry evaluation of two forms, a final that asks the same, and a survey."""
    entrada = evaluacion("entrada", "entrada", pregunta("g01-a", "¿Y aquí?", forma="A"), pregunta("g01-b", forma="B"))
    final = dataclasses.replace(evaluacion("final", "final"), preguntas_de="entrada")
    opiniones = Eleccion((Alternativa("", "Mucho.", False), Alternativa("", "Poco.", False)))
    opinion = pregunta("enc-01", "¿Le sirve?", articulo="", leccion="", contenido=opiniones)
    evaluaciones = (entrada, final, evaluacion("encuesta", "encuesta", opinion))
    return dataclasses.replace(programa, curso=dataclasses.replace(programa.curso, evaluaciones=evaluaciones))


def con_rutas(programa: fichas.Programa) -> fichas.Programa:
    """Return the same programme with a module of two lessons, each for some kinds of seat."""
    rutas = fichas.Modulo(
        clave="rutas",
        titulo="Lo que le toca a su asiento",
        horas=0,
        objetivos=("decir lo que manda la ley",),
        tarea="",
        lecciones=(
            dataclasses.replace(leccion("r-alcaldia", "Alcaldía"), asientos=("IPC-01", "IDC-01"), archivo="r-1.md"),
            dataclasses.replace(leccion("r-salud", "Salud"), asientos=("IPC-07",), archivo="r-2.md"),
        ),
        evaluaciones=(),
        rutas=True,
        archivo="rutas.yaml",
    )
    curso = dataclasses.replace(programa.curso, modulos=(*programa.curso.modulos, rutas))
    return dataclasses.replace(programa, curso=curso)


def con_modulo(programa: fichas.Programa, **campos: Any) -> fichas.Programa:
    """Return the same programme with other fields in its only module."""
    modulo = dataclasses.replace(programa.curso.modulos[0], **campos)
    return dataclasses.replace(programa, curso=dataclasses.replace(programa.curso, modulos=(modulo,)))


def con_leccion(programa: fichas.Programa, numero: int, **campos: Any) -> fichas.Programa:
    lecciones = list(programa.curso.modulos[0].lecciones)
    lecciones[numero] = dataclasses.replace(lecciones[numero], **campos)
    return con_modulo(programa, lecciones=tuple(lecciones))


def con_preguntas(programa: fichas.Programa, *preguntas: fichas.Pregunta) -> fichas.Programa:
    """Return the same programme with other questions in its evaluation."""
    practica, prueba = programa.curso.modulos[0].evaluaciones
    return con_modulo(programa, evaluaciones=(practica, dataclasses.replace(prueba, preguntas=preguntas)))


def cargar_la_guia() -> None:
    """Load the guide of the real programme alone, with the articles that it cites."""
    programa = leer_programa(PROGRAMA)
    for norma in programa.normas:
        fila = Norma.objects.create(clave=norma.clave, tipo=norma.tipo, numero=norma.numero, titulo=norma.titulo)
        for uno in norma.articulos:
            Articulo.objects.create(
                norma=fila, clave=uno.clave, numero=uno.numero, numero_tuo=uno.numero_tuo, titulo=uno.titulo
            )
    ahora = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    registro = Registro(ahora=ahora, avisar=lambda _texto: None, sobrescribir=False)
    nombres.cargar(programa.nombres, registro)
    guia.cargar(programa.guia, registro)
