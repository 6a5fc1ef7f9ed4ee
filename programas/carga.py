"""Load a programme: norms, pages, course in step, edition, template of the certificate. Twice is the same as once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cursos import models as cursos
from cursos.clases import clase_de
from cursos.models import Articulo, Edicion, Unidad
from cursos.services.inscripcion import inscribir_en_lote
from cursos.services.publicacion import carga_en_bloque, publicar_unidad
from evaluaciones.models import Evaluacion as PaginaDeEvaluacion
from instancias.models import Territorio, TipoDeAsiento

from . import glosario, guia, leyes, nombres, otras, paginas, sitio, sonidos
from .errores import ContenidoInvalido, Problema
from .fichas import Curso, Evaluacion, Leccion, Modulo, Programa, UnidadSuelta, huella
from .registro import Avisar, Decision, Registro, Resumen
from .sellado import exigir_banco

Pagina = Any


@transaction.atomic
def cargar(
    programa: Programa, *, ahora: datetime, avisar: Avisar = lambda texto: None, sobrescribir: bool = False
) -> Resumen:
    """Bring the pages in step with the files. All of it or nothing.

    Raises ErrorDelBanco where this site certifies only with questions that nobody can read, and these are public.
    """
    exigir_banco(programa)
    return _Carga(programa, Registro(ahora=ahora, avisar=avisar, sobrescribir=sobrescribir)).hacer()


class _Carga:
    def __init__(self, programa: Programa, registro: Registro) -> None:
        self.programa = programa
        self.registro = registro
        self.referencias = paginas.Referencias()
        self.modelos = {
            Curso: cursos.Curso,
            Modulo: cursos.Modulo,
            Leccion: cursos.Leccion,
            Evaluacion: PaginaDeEvaluacion,
        }
        self.de_clave: dict[str, Pagina] = {}

    def hacer(self) -> Resumen:
        registro, curso = self.registro, self.programa.curso
        cambiados = leyes.cargar(self.programa.normas, registro)
        nombres.cargar(self.programa.nombres, registro)
        glosario.cargar(self.programa.glosario, registro)
        guia.cargar(self.programa.guia, registro)
        self.referencias.articulos = dict(Articulo.objects.values_list("clave", "pk"))
        self._buscar_asientos()
        self._guardar_sonidos()
        registro.avisar(_("Normas: %(n)d artículos nuevos o cambiados.") % {"n": registro.resumen.articulos})
        # Lessons first: a question points at the unit of the lesson to review, and publishing makes the unit.
        with carga_en_bloque():
            pagina = self._poner(sitio.asegurar_catalogo(), curso, paginas.leer_curso, paginas.poner_curso)
            for modulo in curso.modulos:
                self._poner_modulo(pagina, modulo)
        self._buscar_unidades()
        with carga_en_bloque():
            self._poner_evaluaciones(curso, cambiados)
            for modulo in curso.modulos:
                self._poner_evaluaciones(modulo, cambiados)
            for modulo in curso.modulos:
                self._ordenar(modulo.clave, [*modulo.lecciones, *modulo.otras, *modulo.evaluaciones])
            self._ordenar(curso.clave, _en_orden(curso))
            self._retirar(pagina)
        self._abrir_ediciones(pagina)
        return registro.resumen

    # --- Pages ------------------------------------------------------------------------------------------------------

    def _poner_modulo(self, curso: Pagina, modulo: Modulo) -> None:
        self.registro.avisar(modulo.titulo)
        pagina = self._poner(curso, modulo, paginas.leer_modulo, paginas.poner_modulo)
        for leccion in modulo.lecciones:
            self._poner(
                pagina,
                leccion,
                lambda una, clave: paginas.leer_leccion(una, clave, self.referencias),
                lambda una, ficha: paginas.poner_leccion(una, ficha, self.referencias),
            )
        for otra in modulo.otras:
            clase = clase_de(otra.clase)
            self._poner(pagina, otra, lambda una, clave, clase=clase: otras.de_pagina(una, clave, clase), otras.poner)

    def _modelo(self, ficha: Any) -> Any:
        return clase_de(ficha.clase).modelo() if isinstance(ficha, UnidadSuelta) else self.modelos[type(ficha)]

    def _poner_evaluaciones(self, padre: Curso | Modulo, articulos: set[int]) -> None:
        for evaluacion in padre.evaluaciones:
            fila = self.registro.fila(evaluacion.clave)
            claves = {str(paginas.uuid_de(una.clave)): una.clave for una in evaluacion.preguntas}
            conocidas = {**(fila.claves if fila else {}), **claves}
            publicadas = len(self.registro.resumen.publicadas)
            pagina = self._poner(
                self.de_clave[padre.clave],
                evaluacion,
                lambda una, clave, conocidas=conocidas: paginas.leer_evaluacion(
                    una, clave, conocidas, self.referencias
                ),
                lambda una, ficha: paginas.poner_evaluacion(una, ficha, self.referencias),
                claves=claves,
            )
            self.referencias.evaluaciones[evaluacion.clave] = pagina.pk
            # A question shows the law beside its answer: when the wording changed, its version changes with it.
            igual = len(self.registro.resumen.publicadas) == publicadas
            if igual and pagina.live and pagina.preguntas.filter(articulo__in=articulos).exists():
                publicar_unidad(pagina=pagina, ahora=self.registro.ahora)

    def _poner(
        self,
        padre: Pagina,
        ficha: Any,
        leer: Callable[[Pagina, str], Any],
        poner: Callable[[Pagina, Any], None],
        *,
        claves: dict[str, str] | None = None,
    ) -> Pagina:
        """Create or change the page of a ficha, and publish it when it is not what the file says."""
        registro, clave = self.registro, ficha.clave
        pagina = self._encontrar(padre, ficha)
        decision = registro.decidir(
            clave,
            ficha,
            lambda: leer(pagina, clave),
            existe=pagina is not None,
            borrador=pagina is not None and pagina.has_unpublished_changes,
        )
        if decision is Decision.CREAR:
            pagina = self._modelo(ficha)(slug=clave, live=False)
            poner(pagina, ficha)
            padre.add_child(instance=pagina)
            registro.resumen.creadas.append(clave)
        elif decision is Decision.CAMBIAR:
            poner(pagina, ficha)
        if decision in {Decision.CREAR, Decision.CAMBIAR}:
            pagina.save_revision(log_action=True).publish(skip_permission_checks=True)
            pagina.refresh_from_db()
            registro.resumen.publicadas.append(clave)
            registro.avisar(f"  {clave}: {ficha.titulo}")
        if decision in {Decision.CREAR, Decision.CAMBIAR, Decision.ANOTAR}:
            registro.anotar(clave, ficha, pagina=pagina, claves=claves)
        else:
            registro.resumen.sin_cambios += decision is Decision.NADA
        self.de_clave[clave] = pagina
        return pagina

    def _encontrar(self, padre: Pagina, ficha: Any) -> Pagina | None:
        modelo = self._modelo(ficha)
        fila = self.registro.fila(ficha.clave)
        if fila is not None and fila.pagina_id:
            return modelo.objects.filter(pk=fila.pagina_id).first()
        return modelo.objects.child_of(padre).filter(slug=ficha.clave).first()

    def _buscar_asientos(self) -> None:
        self.referencias.asientos = {tipo.codigo: tipo for tipo in TipoDeAsiento.objects.all()}
        mensaje = _("el asiento %(codigo)s no está cargado. Ejecute antes: manage.py cargar_territorio.")
        faltan = [
            Problema(leccion.archivo, leccion.linea_de_asientos, mensaje % {"codigo": codigo})
            for _modulo, leccion in self.programa.lecciones()
            for codigo in leccion.asientos
            if codigo not in self.referencias.asientos
        ]
        if faltan:
            raise ContenidoInvalido(faltan)

    def _guardar_sonidos(self) -> None:
        pasos = (paso for _modulo, leccion in self.programa.lecciones() for paso in leccion.pasos)
        self.referencias.sonidos = sonidos.asegurar((paso.titulo, uno) for paso in pasos for uno in paso.sonidos)

    def _buscar_unidades(self) -> None:
        clave_de = {pagina.pk: clave for clave, pagina in self.de_clave.items()}
        filas = Unidad.objects.filter(pagina__in=clave_de).values_list("pagina", "pk")
        self.referencias.lecciones = {clave_de[pagina]: pk for pagina, pk in filas}

    def _ordenar(self, clave: str, fichas: Any) -> None:
        """Put the pages of a parent in the order of the files, unless that order is the one already loaded."""
        orden = tuple(ficha.clave for ficha in fichas)
        fila = self.registro.fila(f"{clave}/orden")
        padre = self.de_clave[clave]
        ids = [self.de_clave[una].pk for una in orden]

        def actual() -> list[int]:
            hijas = Page.objects.child_of(padre).filter(pk__in=ids)
            return list(hijas.order_by("path").values_list("pk", flat=True))

        if fila is None or fila.huella != huella(orden):
            for n, pk in enumerate(ids):
                if pk not in actual():  # its file went to another module
                    Page.objects.get(pk=pk).specific.move(Page.objects.get(pk=padre.pk), pos="last-child")
                if actual()[n] != pk:
                    Page.objects.get(pk=pk).specific.move(Page.objects.get(pk=actual()[n]), pos="left")
            self.registro.anotar(f"{clave}/orden", orden)

    def _retirar(self, curso: Pagina) -> None:
        """A file that is gone takes its page out of sight. Nothing is deleted: what people did stays."""
        dentro = Page.objects.descendant_of(curso).values_list("pk", flat=True)
        for fila in self.registro.ausentes(dentro):
            pagina = fila.pagina.specific
            if pagina.live:
                pagina.unpublish()
            fila.retirado_en = self.registro.ahora
            fila.save(update_fields=["retirado_en"])
            self.registro.resumen.retiradas.append(fila.clave)
            self.registro.avisar(
                _("  %(clave)s: su archivo ya no está. Dejó de publicarse y ya no se pide a nadie.")
                % {"clave": fila.clave}
            )

    # --- Editions ---------------------------------------------------------------------------------------------------

    def _abrir_ediciones(self, pagina: Pagina) -> None:
        """Make the editions the first time; from then on they are kept on the screens."""
        curso = Unidad.objects.get(pagina=pagina.pk)
        for ficha in self.programa.curso.ediciones:
            if Edicion.objects.filter(curso=curso, nombre=ficha.nombre).exists():
                continue
            territorios = Territorio.objects.filter(pk__in=ficha.territorios)
            faltan = set(ficha.territorios) - {territorio.pk for territorio in territorios}
            if faltan:
                mensaje = _("no existe el territorio %(codigo)s. Ejecute antes: manage.py cargar_territorio.")
                archivo = self.programa.curso.archivo
                raise ContenidoInvalido([Problema(archivo, 0, mensaje % {"codigo": ", ".join(sorted(faltan))})])
            edicion = Edicion.objects.create(
                curso=curso, nombre=ficha.nombre, inicia=ficha.inicia, termina=ficha.termina
            )
            edicion.territorios.set(territorios)
            self.registro.avisar(_("Edición «%(nombre)s» abierta.") % {"nombre": ficha.nombre})
            if Edicion.objects.que_reciben(timezone.localdate(self.registro.ahora)).filter(pk=edicion.pk).exists():
                nuevas = inscribir_en_lote(edicion=edicion, ahora=self.registro.ahora)
                self.registro.avisar(_("  %(n)d personas inscritas.") % {"n": nuevas})


def _en_orden(curso: Curso) -> list[Evaluacion | Modulo]:
    """What hangs from a course, as people meet it: the entry evaluation, the modules, the final one, the survey."""
    antes = [una for una in curso.evaluaciones if una.clase == "entrada"]
    return [*antes, *curso.modulos, *(una for una in curso.evaluaciones if una not in antes)]
