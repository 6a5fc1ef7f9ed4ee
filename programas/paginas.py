"""Between fichas and pages: what a page says, as a ficha; what a ficha says, on a page."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluaciones.clases import clase_de
from evaluaciones.models import Pregunta as FilaDePregunta

from . import opciones, prosa, sonidos
from .fichas import Curso, Evaluacion, Leccion, Modulo, Paso, Pregunta, Valor
from .lecciones import en_orden_legal
from .tipos import POR_BLOQUE, Campo, Forma

ESPACIO = uuid.uuid5(uuid.NAMESPACE_URL, "https://kuska/contenido")
Pagina = Any


@dataclass
class Referencias:
    """What fichas name by key and rows by id."""

    articulos: dict[str, int] = field(default_factory=dict)  # key → id of the article
    lecciones: dict[str, int] = field(default_factory=dict)  # key → id of the unit of the lesson
    evaluaciones: dict[str, int] = field(default_factory=dict)  # key → id of the page of the evaluation
    asientos: dict[str, Any] = field(default_factory=dict)  # code → kind of seat
    sonidos: dict[str, int] = field(default_factory=dict)  # what a sound holds → id of its document

    def clave_de_articulo(self, pk: int | None) -> str:
        return next((clave for clave, otro in self.articulos.items() if otro == pk), "")

    def clave_de_evaluacion(self, pk: int | None) -> str:
        return next((clave for clave, otra in self.evaluaciones.items() if otra == pk), "")

    def clave_de_leccion(self, pk: int | None) -> str:
        return next((clave for clave, otro in self.lecciones.items() if otro == pk), "")


def uuid_de(clave: str) -> uuid.UUID:
    """Return the identifier of a key: the same in every installation. A key that already is one stays."""
    try:
        return uuid.UUID(clave)
    except ValueError:
        return uuid.uuid5(ESPACIO, clave)


def _lineas(texto: str) -> tuple[str, ...]:
    return tuple(linea.strip() for linea in texto.splitlines() if linea.strip())


# --- Reading pages --------------------------------------------------------------------------------------------------


def leer_curso(pagina: Pagina, clave: str) -> Curso:
    return Curso(
        clave=clave,
        titulo=pagina.title,
        presentacion=prosa.renglones(pagina.presentacion),
        aprendera=_lineas(pagina.aprendera),
        horas=pagina.horas or 0,
        tipo_de_horas=pagina.tipo_de_horas,
        revisado_el=pagina.revisado_el,
        modulos=(),
    )


def leer_modulo(pagina: Pagina, clave: str) -> Modulo:
    return Modulo(
        clave=clave,
        titulo=pagina.title,
        horas=pagina.horas or 0,
        objetivos=_lineas(pagina.objetivos),
        tarea=prosa.renglones(pagina.tarea),
        rutas=pagina.rutas,
        lecciones=(),
        evaluaciones=(),
    )


def leer_leccion(pagina: Pagina, clave: str, referencias: Referencias) -> Leccion:
    return Leccion(
        clave=clave,
        titulo=pagina.title,
        presentacion=prosa.renglones(pagina.presentacion),
        sabe_ahora=_lineas(pagina.sabe_ahora),
        tema_dificil=pagina.tema_dificil,
        pasos=tuple(_leer_paso(bruto, referencias) for bruto in pagina.pasos.raw_data),
        guion=prosa.parrafos(pagina.guion),
        asientos=en_orden_legal(tipo.codigo for tipo in pagina.asientos.all()),
    )


def _leer_paso(bruto: Mapping[str, Any], referencias: Referencias) -> Paso:
    tipo, valor = POR_BLOQUE.get(bruto["type"]), bruto["value"]
    if tipo is None or valor.get("imagen") or _sin_su_sonido(tipo.bloque, valor):
        # A step that files cannot hold, such as a picture: kept whole, so that it counts as a change.
        return Paso(bruto["type"], valor.get("titulo", ""), {"bruto": json.dumps(valor, sort_keys=True, default=str)})
    valores = {campo.nombre: _leer_campo(campo, valor.get(campo.nombre), referencias) for campo in tipo.campos}
    return Paso(tipo.bloque, valor["titulo"].strip(), valores)


def _sin_su_sonido(bloque: str, valor: Mapping[str, Any]) -> bool:
    return bloque == "audio" and _sonido(valor.get("audio")) is None


def _sonido(pk: Any) -> sonidos.Sonido | None:
    return sonidos.del_documento(sonidos.documento(pk)) if pk else None


def _leer_campo(campo: Campo, valor: Any, referencias: Referencias) -> Valor:
    if campo.forma is Forma.AUDIO:
        return _sonido(valor) or ""
    if campo.forma is Forma.SEGUNDOS:
        return str(valor or "")
    if campo.forma is Forma.OPCIONES:
        return opciones.de_bloque(valor)
    if campo.forma is Forma.LINEAS:
        sueltas = (uno["value"] if isinstance(uno, Mapping) else uno for uno in valor or ())
        return tuple(linea.strip() for linea in sueltas)
    if campo.forma is Forma.ARTICULO:
        return referencias.clave_de_articulo(valor)
    if campo.forma is Forma.RICO:
        return prosa.normalizar(valor or "")
    return prosa.parrafos(valor or "")


def leer_evaluacion(pagina: Pagina, clave: str, claves: Mapping[str, str], referencias: Referencias) -> Evaluacion:
    """Return the evaluation of a page. ``claves`` gives the key of each question that came from a file."""
    return Evaluacion(
        clave=clave,
        clase=pagina.clase,
        titulo=pagina.title,
        presentacion=prosa.renglones(pagina.presentacion),
        nota_minima=pagina.nota_minima,
        intentos=pagina.intentos,
        sortear=pagina.sortear,
        barajar=pagina.barajar,
        dias_de_plazo=pagina.dias_de_plazo,
        dias_despues=pagina.dias_despues,
        preguntas=tuple(_leer_pregunta(una, claves, referencias) for una in pagina.preguntas.all()),
        preguntas_de=referencias.clave_de_evaluacion(pagina.preguntas_de_id),
    )


def _leer_pregunta(fila: FilaDePregunta, claves: Mapping[str, str], referencias: Referencias) -> Pregunta:
    clase = clase_de(fila.tipo)
    return Pregunta(
        clave=claves.get(str(fila.clave), str(fila.clave)),
        tipo=fila.tipo,
        texto=prosa.renglones(fila.texto),
        articulo=referencias.clave_de_articulo(fila.articulo_id),
        leccion=referencias.clave_de_leccion(fila.leccion_id),
        dificultad=fila.dificultad,
        objetivo=fila.objetivo,
        otro_objetivo=fila.otro_objetivo,
        motivo_del_cambio=fila.motivo_del_cambio.strip(),
        forma=fila.forma,
        contenido=clase.para_archivo(clase.contenido_de_la_fila(fila)),
    )


# --- Writing pages --------------------------------------------------------------------------------------------------


def poner_curso(pagina: Pagina, ficha: Curso) -> None:
    pagina.title = ficha.titulo
    pagina.presentacion = ficha.presentacion
    pagina.aprendera = "\n".join(ficha.aprendera)
    pagina.horas = ficha.horas
    pagina.tipo_de_horas = ficha.tipo_de_horas
    pagina.revisado_el = ficha.revisado_el


def poner_modulo(pagina: Pagina, ficha: Modulo) -> None:
    pagina.title = ficha.titulo
    pagina.horas = ficha.horas
    pagina.objetivos = "\n".join(ficha.objetivos)
    pagina.tarea = ficha.tarea
    pagina.rutas = ficha.rutas


def poner_leccion(pagina: Pagina, ficha: Leccion, referencias: Referencias) -> None:
    pagina.title = ficha.titulo
    pagina.presentacion = ficha.presentacion
    pagina.sabe_ahora = "\n".join(ficha.sabe_ahora)
    pagina.tema_dificil = ficha.tema_dificil
    pagina.guion = ficha.guion
    pagina.asientos = [referencias.asientos[codigo] for codigo in ficha.asientos]
    ids = _ids_de_pasos(ficha, list(pagina.pasos.raw_data) if pagina.pk else [])
    pasos = [_escribir_paso(paso, ids[n], referencias) for n, paso in enumerate(ficha.pasos)]
    pagina.pasos = json.dumps(pasos)


def _ids_de_pasos(ficha: Leccion, previos: list[Mapping[str, Any]]) -> list[str]:
    """Keep the id of each step that is still there, by kind and title: what people have seen points at it."""
    libres: dict[tuple[str, str], list[str]] = {}
    for bruto in previos:
        libres.setdefault((bruto["type"], bruto["value"].get("titulo", "").strip()), []).append(bruto["id"])
    usados = {bruto["id"] for bruto in previos}
    ids = []
    for numero, paso in enumerate(ficha.pasos):
        mismos = libres.get((paso.tipo, paso.titulo))
        nuevo = str(uuid_de(f"{ficha.clave}/{paso.tipo}/{paso.titulo}/{numero}"))
        ids.append(mismos.pop(0) if mismos else nuevo if nuevo not in usados else str(uuid.uuid4()))
    return ids


def _escribir_paso(paso: Paso, identidad: str, referencias: Referencias) -> dict[str, Any]:
    valores: dict[str, Any] = {"titulo": paso.titulo}
    for campo in POR_BLOQUE[paso.tipo].campos:
        valor = paso.valores[campo.nombre]
        if campo.forma is Forma.LINEAS and isinstance(valor, tuple):
            lineas = enumerate(valor)
            valores[campo.nombre] = [
                {"type": "item", "id": str(uuid_de(f"{identidad}/{n}")), "value": linea} for n, linea in lineas
            ]
        elif campo.forma is Forma.OPCIONES:
            # An option is the same while its words are: what somebody chose points at it.
            valores[campo.nombre] = [
                {"type": "item", "id": str(uuid_de(f"{identidad}/{una.texto}")), "value": opciones.en_valor(una)}
                for una in paso.opciones
            ]
        elif campo.forma is Forma.ARTICULO:
            valores[campo.nombre] = referencias.articulos[str(valor)]
        elif isinstance(valor, sonidos.Sonido) or campo.forma is Forma.AUDIO:
            valores[campo.nombre] = referencias.sonidos[valor.clave] if isinstance(valor, sonidos.Sonido) else None
        elif campo.forma is Forma.SEGUNDOS:
            valores[campo.nombre] = int(str(valor))
        else:
            valores[campo.nombre] = valor
    return {"type": paso.tipo, "id": identidad, "value": valores}


def poner_evaluacion(pagina: Pagina, ficha: Evaluacion, referencias: Referencias) -> None:
    pagina.title = ficha.titulo
    pagina.clase = ficha.clase
    pagina.presentacion = ficha.presentacion
    pagina.nota_minima = ficha.nota_minima
    pagina.intentos = ficha.intentos
    pagina.sortear = ficha.sortear
    pagina.barajar = ficha.barajar
    pagina.dias_de_plazo = ficha.dias_de_plazo
    pagina.dias_despues = ficha.dias_despues
    pagina.preguntas_de_id = referencias.evaluaciones[ficha.preguntas_de] if ficha.preguntas_de else None
    previas = {fila.clave: fila for fila in pagina.preguntas.all()} if pagina.pk else {}
    pagina.preguntas = [
        _escribir_pregunta(
            previas.get(uuid_de(una.clave)) or FilaDePregunta(clave=uuid_de(una.clave)), una, orden, referencias
        )
        for orden, una in enumerate(ficha.preguntas)
    ]


def _escribir_pregunta(fila: FilaDePregunta, ficha: Pregunta, orden: int, referencias: Referencias) -> FilaDePregunta:
    fila.sort_order = orden
    fila.tipo = ficha.tipo
    fila.texto = ficha.texto
    fila.articulo_id = referencias.articulos[ficha.articulo] if ficha.articulo else None
    fila.leccion_id = referencias.lecciones[ficha.leccion] if ficha.leccion else None
    fila.dificultad = ficha.dificultad
    fila.objetivo = ficha.objetivo
    fila.otro_objetivo = ficha.otro_objetivo
    fila.motivo_del_cambio = ficha.motivo_del_cambio
    fila.forma = ficha.forma
    ficha.clase.poner_en_la_fila(fila, ficha.contenido)
    return fila
