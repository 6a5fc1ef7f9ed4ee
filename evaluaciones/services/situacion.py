"""Where a person stands in an evaluation, and why it may not be started. One statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cursos.models import Avance, Inscripcion, RequisitoDeVersion, Unidad
from cursos.services.acceso import acceder_a_la_unidad
from cursos.services.temario import temario_de
from instancias.models import Persona

from .. import reglas
from ..models import Intento
from .errores import EvaluacionError, no_encontrado
from .intento_mas import dados
from .publicado import Publicado, publicado_de

MAXIMO_DE_LECCIONES = 7


@dataclass(frozen=True)
class Situacion:
    """An enrolment, the evaluation, and how many times it was tried. ``mas``: tries given after the last one."""

    inscripcion: Inscripcion
    unidad: Unidad
    ultimo: int
    en_curso_id: int | None
    aprobada: bool
    leccion_pendiente_id: int | None
    mas: int = 0

    @property
    def enviados(self) -> int:
        return self.ultimo - (self.en_curso_id is not None)

    @property
    def publicado(self) -> Publicado | None:
        return publicado_de(self.unidad)

    def quedan(self, publicado: Publicado) -> int | None:
        """Tries left, or None where there is no limit."""
        return None if publicado.permitidos is None else max(publicado.permitidos + self.mas - self.enviados, 0)


def situacion_de(*, persona: Persona, curso: int, unidad: int, hoy: date) -> Situacion:
    """Read where a person stands. Raises what ``cursos`` raises about the course and the unit, or ``no_encontrado``."""
    propios = Intento.objects.filter(inscripcion=OuterRef("pk"), unidad=OuterRef("la_unidad__pk"))
    acceso = acceder_a_la_unidad(
        persona=persona,
        curso=curso,
        unidad=unidad,
        hoy=hoy,
        ademas={
            "ultimo_intento": Subquery(propios.order_by("-numero").values("numero")[:1]),
            "intento_en_curso": Subquery(propios.filter(estado=Intento.Estado.EN_CURSO).values("pk")[:1]),
            "alguno_aprobado": Exists(propios.filter(aprobado=True)),
            "intentos_dados": dados(inscripcion="pk", unidad="la_unidad__pk"),
            "leccion_pendiente": Subquery(_lecciones_pendientes().values("unidad")[:1]),
        },
    )
    if acceso.unidad.clase != Unidad.Clase.EVALUACION:
        raise no_encontrado()
    fila: Any = acceso.inscripcion
    return Situacion(
        inscripcion=acceso.inscripcion,
        unidad=acceso.unidad,
        ultimo=fila.ultimo_intento or 0,
        en_curso_id=fila.intento_en_curso,
        aprobada=fila.alguno_aprobado,
        leccion_pendiente_id=fila.leccion_pendiente,
        mas=fila.intentos_dados,
    )


def _lecciones_pendientes() -> QuerySet[RequisitoDeVersion]:
    """Lessons that the person's version asks for, of the module (of the course, for a final), not finished yet.

    The survey of a course asks about all of it, so it waits like a final.
    """
    vista = Avance.objects.terminados().filter(unidad=OuterRef("unidad"), inscripcion=OuterRef(OuterRef("pk")))
    return (
        RequisitoDeVersion.objects.alias(
            clase_de_evaluacion=ExpressionWrapper(OuterRef("la_unidad__variante"), output_field=CharField()),
            modulo_de_evaluacion=ExpressionWrapper(OuterRef("la_unidad__modulo"), output_field=CharField()),
        )
        .filter(
            Q(unidad__modulo=F("modulo_de_evaluacion")) | Q(clase_de_evaluacion__in=reglas.DEL_CURSO),
            Q(clase_de_evaluacion__in=reglas.ESPERAN) | Q(clase_de_evaluacion=reglas.ENCUESTA, modulo_de_evaluacion=""),
            ~Exists(vista),
            version=OuterRef("version"),
            unidad__clase=Unidad.Clase.LECCION,
            unidad__retirada_en__isnull=True,
        )
        .order_by("orden")
    )


def por_que_no(situacion: Situacion, publicado: Publicado | None) -> EvaluacionError | None:
    """Return why a new attempt cannot be started, or None."""
    if publicado is None or not publicado.preguntas:
        return EvaluacionError(
            "sin_preguntas", _("Esta evaluación todavía no tiene preguntas. Avise a su facilitadora.")
        )
    clase = publicado.reglas["clase"]
    if situacion.aprobada and clase in reglas.CON_NOTA:
        return EvaluacionError("ya_aprobada", _("Ya la aprobó. No hace falta darla otra vez."))
    if situacion.quedan(publicado) == 0:
        return _sin_intentos(clase, situacion.enviados)
    if situacion.leccion_pendiente_id is not None:
        return EvaluacionError("faltan_lecciones", _se_abre(situacion))
    return None


def _sin_intentos(clase: str, usados: int) -> EvaluacionError:
    if clase not in reglas.CON_NOTA:
        return EvaluacionError("ya_respondida", _("Ya la respondió. Gracias."))
    mensaje = ngettext(
        "Ya usó su intento. Su facilitadora puede ayudarle.",
        "Ya usó sus %(intentos)d intentos. Su facilitadora puede ayudarle.",
        usados,
    )
    return EvaluacionError("sin_intentos", mensaje % {"intentos": usados})


def _se_abre(situacion: Situacion) -> str:
    fila = temario_de(situacion.inscripcion.curso).por_id.get(situacion.leccion_pendiente_id or 0)
    if fila is None:
        return _("Se abre al terminar las lecciones.")
    return se_abre_al_terminar([fila.posicion])


def se_abre_al_terminar(posiciones: list[int]) -> str:
    """Say which lessons open it: «Se abre al terminar la lección 2». Too many to name are counted."""
    if len(posiciones) > MAXIMO_DE_LECCIONES:
        return _("Se abre al terminar las %(n)d lecciones que faltan") % {"n": len(posiciones)}
    mensaje = ngettext(
        "Se abre al terminar la lección %(lecciones)s",
        "Se abre al terminar las lecciones %(lecciones)s",
        len(posiciones),
    )
    *primeras, ultima = [str(posicion) for posicion in posiciones]
    lista = _("%(primeras)s y %(ultima)s") % {"primeras": ", ".join(primeras), "ultima": ultima} if primeras else ultima
    return mensaje % {"lecciones": lista}
