"""What was decided without script when the session had ended: it is kept once its person is back."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cursos.consultas.acceso import Acceso, acceder_a_la_unidad
from cursos.consultas.temario import temario_de
from cursos.errores import CursoError
from cursos.models import Unidad
from cursos.pasos import ids_de
from instancias.models import Persona
from marco.numeros import entero_de
from marco.sin_senal import marcas_de

from .clases import RespuestaInvalida
from .consultas.ensayos import ensayos_de, ideas_para, paso_nombrado
from .entrega import leer_entrega
from .planteos import pregunta_de
from .services.ensayar import ensayar


def guardar_lo_decidido(*, persona: Persona, enviado: str, ahora: datetime) -> str:
    """Keep the answer of a step «Decida», or of «Repaso de hoy», and say so.

    That of whoever had the phone before is nobody's: the form says whose it is, as a doubt does.
    """
    datos = QueryDict(enviado)
    lugar = [entero_de(uno) for uno in datos.get("decida", "").split("/")]
    if len(lugar) != 2 or None in lugar or not set(datos.get("de", "").split()) & set(marcas_de(persona.pk)):
        return ""
    curso, unidad = (uno or 0 for uno in lugar)
    try:
        acceso = acceder_a_la_unidad(persona=persona, curso=curso, unidad=unidad, hoy=timezone.localdate(ahora))
        guardado = _guardar(acceso, datos, ahora)
    except (CursoError, RespuestaInvalida):
        return ""
    return _("Guardamos su respuesta. No hace falta darla otra vez.") if guardado else ""


def _guardar(acceso: Acceso, datos: QueryDict, ahora: datetime) -> bool:
    este = datos.get("este", "")
    de_ella = acceso.unidad if este in ids_de(acceso.unidad) else _la_que_vuelve(acceso, este)
    mostrado = paso_nombrado(de_ella, este, 0) if de_ella else None
    if de_ella is None or mostrado is None or mostrado.planteo is None:
        return False
    pregunta = pregunta_de(mostrado.planteo, mostrado.id)
    valor = pregunta.leer(leer_entrega((n, v) for n, todos in datos.lists() for v in todos).get(1, {}))
    if pregunta.falta(valor):
        return False
    ensayar(
        inscripcion=acceso.inscripcion,
        unidad=de_ella,
        pregunta=pregunta,
        valor=valor,
        vez=entero_de(datos.get("vez", "")) or 1,
        ahora=ahora,
        repaso_en=None if de_ella is acceso.unidad else acceso.unidad,
    )
    return True


def _la_que_vuelve(acceso: Acceso, este: str) -> Unidad | None:
    """The lesson of an idea that comes back before this unit, if it still does."""
    ideas = ideas_para(acceso.unidad, temario_de(acceso.inscripcion.curso), ensayos_de(acceso.inscripcion))
    suyas = [idea.unidad for idea in ideas if idea.paso == este]
    return Unidad.objects.vigentes().select_related("curso").filter(pk__in=suyas).first()
