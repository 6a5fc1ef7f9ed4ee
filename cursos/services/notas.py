"""Notes under a lesson: what somebody asked, written anew for everybody by who publishes the course."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from instancias import rastro
from instancias.apartados import nombre_escrito
from marco.lineas import linea_limpia
from marco.restricciones import otra_vez

from .. import dudas as reglas
from ..errores import CursoError
from ..models import Curso, Duda, NotaDeLeccion, Unidad
from .dudas import leer_texto
from .publicacion import renovar_lo_guardado

SUELTOS = " .,:;¿?¡!"
LARGAS = 30  # letters: fewer may be anybody's words


def puede_publicar(por: Any, curso: Unidad | None) -> bool:
    """Whether an account publishes this course: the same right by which its lessons are seen."""
    pagina = Curso.objects.filter(pk=curso.pagina_id).first() if curso and curso.pagina_id else None
    return pagina is not None and pagina.permissions_for_user(por).can_publish()


@otra_vez((NotaDeLeccion, "nota_una_a_la_vez_por_duda"))
def publicar_nota(*, duda_id: int, pregunta: str, texto: str, por: Any, ahora: datetime.datetime) -> NotaDeLeccion:
    """Show under its step a question and its answer, without who asked. Asked twice, it is the one that is there.

    Raises ``fuera_de_alcance``, ``sin_responder``, ``sin_paso``, ``sin_texto``, ``muy_largo``, ``mal_escrito``,
    ``ya_publicada`` (the one that is there has other words), ``copiada`` (the words of the person) and ``nombra``
    (somebody's name, document or phone).
    """
    duda = Duda.objects.con_texto().select_related("inscripcion__persona", "unidad__curso").filter(pk=duda_id).first()
    if duda is None or not puede_publicar(por, duda.unidad.curso):
        raise CursoError("fuera_de_alcance", _("Esa duda no está a su cargo."))
    if duda.respondida_en is None:
        raise CursoError("sin_responder", _("Primero respóndale a la persona."))
    if duda.unidad.retirada_en is not None or duda.paso not in duda.unidad.ids_de_pasos:
        raise CursoError("sin_paso", _("El paso donde se preguntó ya no está en la lección: la nota no se vería."))
    linea = _linea(pregunta)
    respuesta = leer_texto(texto, falta=_("Escriba la respuesta de la nota."), maximo=reglas.LARGO_DE_LA_RESPUESTA)
    if hecha := NotaDeLeccion.objects.a_la_vista().filter(duda=duda).first():
        if (hecha.pregunta, hecha.texto) != (linea, respuesta):
            mensaje = _("Ya hay una nota de esta duda, con otro texto. Para poner la suya, quite primero la otra.")
            raise CursoError("ya_publicada", mensaje)
        return hecha
    _sin_nombrar(duda, linea, respuesta)
    nota = NotaDeLeccion.objects.create(
        unidad=duda.unidad,
        paso=duda.paso,
        duda=duda,
        pregunta=linea,
        texto=respuesta,
        publicada_en=ahora,
        publicada_por=por,
    )
    renovar_lo_guardado([duda.unidad.curso_id or 0])
    de_quien = [duda.inscripcion.persona_id]
    rastro.cambio(accion="cursos.publicar_nota", personas=de_quien, por=por, ahora=ahora)
    return nota


@transaction.atomic
def quitar_nota(*, nota_id: int, por: Any, ahora: datetime.datetime) -> bool:
    """Take a note down. Returns whether it was there: doing it again changes nothing. Raises ``fuera_de_alcance``."""
    nota = NotaDeLeccion.objects.select_related("unidad__curso").filter(pk=nota_id).first()
    if nota is None or not puede_publicar(por, nota.unidad.curso):
        raise CursoError("fuera_de_alcance", _("Esa nota no está a su cargo."))
    a_la_vista = NotaDeLeccion.objects.a_la_vista().filter(pk=nota.pk)
    if not a_la_vista.update(retirada_en=ahora, retirada_por=por):
        return False
    renovar_lo_guardado([nota.unidad.curso_id or 0])
    return True


def _linea(pregunta: str) -> str:
    try:
        linea = linea_limpia(pregunta)
    except ValidationError as mal:
        raise CursoError("mal_escrito", mal.messages[0]) from mal
    if not linea:
        raise CursoError("sin_texto", _("Escriba la pregunta con otras palabras."))
    if len(linea) > reglas.LARGO_DE_LA_PREGUNTA:
        mensaje = _("La pregunta es muy larga: tiene %(hay)d letras. Escriba hasta %(n)d.")
        raise CursoError("muy_largo", mensaje % {"hay": len(linea), "n": reglas.LARGO_DE_LA_PREGUNTA})
    return linea


def _sin_nombrar(duda: Duda, pregunta: str, texto: str) -> None:
    """A note is of everybody: nobody is told by it, neither by their name nor by their own words."""
    suyas = " ".join(duda.texto.split()).casefold().strip(SUELTOS)
    linea, todo = pregunta.casefold().strip(SUELTOS), " ".join(f"{pregunta} {texto}".split()).casefold()
    if linea == suyas or (len(suyas) >= LARGAS and suyas in todo) or (len(linea) >= LARGAS and linea in suyas):
        raise CursoError("copiada", _("Escriba la pregunta con otras palabras: estas son de quien preguntó."))
    junto = f"{pregunta}\n{texto}"
    if datos := reglas.datos_en(junto):
        mensaje = _("«%(dato)s» parece un documento, un teléfono o un correo. Quítelo: la nota la leen todos.")
        raise CursoError("nombra", mensaje % {"dato": datos[0]})
    persona = duda.inscripcion.persona
    if nombre_escrito(junto, persona.nombres, persona.apellidos):
        raise CursoError("nombra", _("La nota dice el nombre de quien preguntó. Quítelo: la leen todos."))
