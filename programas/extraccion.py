"""Read the programme from the pages, as published: the way back to the files."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cursos import models as cursos
from cursos.clases import clases
from cursos.models import Articulo, Edicion, Unidad
from evaluaciones.clases import Desconocida
from evaluaciones.models import Evaluacion as PaginaDeEvaluacion
from evaluaciones.variantes import DE_UN_MODULO

from . import glosario, guia, leyes, nombres, otras, paginas
from .fichas import Curso, Evaluacion, Leccion, Modulo, Paso, Programa, UnidadSuelta
from .fichas import Edicion as FichaDeEdicion
from .lectura import DEL_CURSO
from .models import ContenidoCargado
from .registro import Avisar
from .sonidos import Sonido
from .tipos import POR_BLOQUE

Pagina = Any
DE_CADA_CAMPO = {"audio": "", "audio_alterno": "-otro"}
CON_ARCHIVO_PROPIO = {cursos.Leccion, PaginaDeEvaluacion}


def extraer(curso: Pagina, *, avisar: Avisar = lambda texto: None) -> Programa:
    """Return the programme of a course page. Tells what a file cannot hold, and leaves it out."""
    return _Extraccion(curso, avisar).hacer()


class _Extraccion:
    def __init__(self, curso: Pagina, avisar: Avisar) -> None:
        self.curso = curso
        self.avisar = avisar
        self.filas = {fila.pagina_id: fila for fila in ContenidoCargado.objects.filter(pagina__isnull=False)}
        self.modulos = list(self._hijas(cursos.Modulo, curso))
        self.lecciones = {modulo.pk: list(self._hijas(cursos.Leccion, modulo)) for modulo in self.modulos}
        unidades = Unidad.objects.filter(curso__pagina=curso.pk).values_list("pagina", "pk")
        unidad_de = dict(unidades)
        self.referencias = paginas.Referencias(
            articulos=dict(Articulo.objects.values_list("clave", "pk")),
            lecciones={
                self._clave(una): unidad_de[una.pk]
                for lecciones in self.lecciones.values()
                for una in lecciones
                if una.pk in unidad_de
            },
        )

    def hacer(self) -> Programa:
        ficha = paginas.leer_curso(self.curso, self._clave(self.curso))
        ediciones = Edicion.objects.filter(curso__pagina=self.curso.pk).order_by("inicia", "pk")
        curso: Curso = dataclasses.replace(
            ficha,
            modulos=tuple(self._modulo(modulo) for modulo in self.modulos),
            evaluaciones=self._del_curso(),
            ediciones=tuple(
                FichaDeEdicion(
                    nombre=una.nombre,
                    territorios=tuple(una.territorios.order_by("pk").values_list("pk", flat=True)),
                    inicia=una.inicia,
                    termina=una.termina,
                )
                for una in ediciones
            ),
        )
        terminos, de_bolsillo = glosario.leer_terminos(), guia.leer_guia()
        return Programa(curso, leyes.leer_normas(), nombres.leer_nombres(), terminos, de_bolsillo)

    def _hijas(self, modelo: Any, padre: Pagina) -> Any:
        return modelo.objects.child_of(padre).live().order_by("path")

    def _clave(self, pagina: Pagina) -> str:
        fila = self.filas.get(pagina.pk)
        return fila.clave if fila else pagina.slug

    def _del_curso(self) -> tuple[Evaluacion, ...]:
        """Entry, final and survey. A file holds one of each: what is more is told and left out."""
        paginas_suyas = list(self._hijas(PaginaDeEvaluacion, self.curso).prefetch_related("preguntas__alternativas"))
        self.referencias.evaluaciones = {self._clave(una): una.pk for una in paginas_suyas}
        leidas: dict[str, Evaluacion] = {}
        for pagina in paginas_suyas:
            if pagina.clase not in DEL_CURSO or pagina.clase in leidas:
                mensaje = _("«%(titulo)s» va dentro de un módulo, o el curso ya tiene otra de su clase: no se exporta.")
                self.avisar(mensaje % {"titulo": pagina.title})
                continue
            leidas[pagina.clase] = self._evaluacion(pagina)
        return tuple(leidas[clase] for clase in DEL_CURSO if clase in leidas)

    def _modulo(self, pagina: Pagina) -> Modulo:
        ficha = paginas.leer_modulo(pagina, self._clave(pagina))
        evaluaciones = self._hijas(PaginaDeEvaluacion, pagina).prefetch_related("preguntas__alternativas")
        return dataclasses.replace(
            ficha,
            lecciones=tuple(self._leccion(una) for una in self.lecciones[pagina.pk]),
            evaluaciones=tuple(self._evaluacion(una) for una in evaluaciones if self._va_en_un_modulo(una)),
            otras=tuple(self._otras(pagina)),
        )

    def _va_en_un_modulo(self, pagina: Pagina) -> bool:
        """A file of a module does not hold the rest: it is told and left out, as what is more of the course."""
        if pagina.clase in DE_UN_MODULO:
            return True
        mensaje = _("«%(titulo)s» va en el curso, fuera de los módulos: no se exporta.")
        self.avisar(mensaje % {"titulo": pagina.title})
        return False

    def _otras(self, modulo: Pagina) -> Iterator[UnidadSuelta]:
        for clase in clases():
            if clase.modelo() in CON_ARCHIVO_PROPIO:
                continue
            for pagina in self._hijas(clase.modelo(), modulo):
                if clase.prefijo_de_archivo:
                    self._avisar_de_borrador(pagina)
                    yield otras.de_pagina(pagina, self._clave(pagina), clase)
                else:
                    mensaje = _("«%(titulo)s» es de una clase que los archivos no escriben: no se exporta.")
                    self.avisar(mensaje % {"titulo": pagina.title})

    def _leccion(self, pagina: Pagina) -> Leccion:
        self._avisar_de_borrador(pagina)
        ficha = paginas.leer_leccion(pagina, self._clave(pagina), self.referencias)
        caben = tuple(paso for paso in ficha.pasos if paso.tipo in POR_BLOQUE and "bruto" not in paso.valores)
        for paso in ficha.pasos:
            if paso not in caben:
                mensaje = _(
                    "%(clave)s: el paso «%(titulo)s» no se exporta: lleva una imagen, o un audio que ya no está."
                )
                self.avisar(mensaje % {"clave": ficha.clave, "titulo": paso.titulo})
        nombrados = (_con_nombres(paso, ficha.clave, n) for n, paso in enumerate(caben, 1))
        return dataclasses.replace(ficha, pasos=tuple(nombrados))

    def _evaluacion(self, pagina: Pagina) -> Evaluacion:
        self._avisar_de_borrador(pagina)
        fila = self.filas.get(pagina.pk)
        ficha = paginas.leer_evaluacion(pagina, self._clave(pagina), fila.claves if fila else {}, self.referencias)
        conocidas = tuple(una for una in ficha.preguntas if not isinstance(una.clase, Desconocida))
        if len(conocidas) < len(ficha.preguntas):
            mensaje = _("%(titulo)s: hay preguntas de una clase que ya no está instalada; no se exportan.")
            self.avisar(mensaje % {"titulo": pagina.title})
        return dataclasses.replace(ficha, preguntas=conocidas)

    def _avisar_de_borrador(self, pagina: Pagina) -> None:
        if pagina.has_unpublished_changes:
            mensaje = _("%(titulo)s tiene cambios sin publicar: se exporta lo publicado.")
            self.avisar(mensaje % {"titulo": pagina.title})


def _con_nombres(paso: Paso, clave: str, numero: int) -> Paso:
    """Give each sound of a step the name of its file: by its lesson and its place, and not by what it was called."""
    if not paso.sonidos:
        return paso
    valores = {
        campo: dataclasses.replace(valor, nombre=f"{clave}-{numero}{DE_CADA_CAMPO[campo]}.{valor.extension}")
        if isinstance(valor, Sonido)
        else valor
        for campo, valor in paso.valores.items()
    }
    return dataclasses.replace(paso, valores=valores)
