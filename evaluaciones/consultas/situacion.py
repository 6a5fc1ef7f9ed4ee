"""Where a person stands in an evaluation, and why it may not be started. One statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cursos import clases
from cursos.consultas.acceso import acceder_a_la_unidad
from cursos.consultas.siguiente import cumplidas_en
from cursos.consultas.temario import FilaDeTemario, Temario, temario_de
from cursos.models import Avance, Inscripcion, RequisitoDeVersion, Unidad
from instancias.models import Persona

from .. import reglas
from ..errores import EvaluacionError, falta_calificar, no_encontrado
from ..models import Ensayo, EstadoDeNota, Intento
from ..unidad import CLAVE
from .agotadas import dados
from .publicado import Publicado, publicado_de


@dataclass(frozen=True)
class Situacion:
    """An enrolment, the evaluation, and how many times it was tried. ``mas``: tries given after the last one.

    ``cerrados``: attempts that closed without a mark, which use up no try. ``vence_en`` is that of the open one.
    ``con_pasado``: it was tried in another edition, or its answers were shown without passing. ``por_calificar``: one
    of its attempts waits for a person to mark it. ``con_ensayos``: steps that ask were answered.
    """

    inscripcion: Inscripcion
    unidad: Unidad
    ultimo: int
    en_curso_id: int | None
    aprobada: bool
    leccion_pendiente_id: int | None
    mas: int = 0
    cerrados: int = 0
    vence_en: datetime | None = None
    edicion_terminada: bool = False
    con_pasado: bool = False
    por_calificar: bool = False
    hoy: date | None = None
    con_ensayos: bool = True

    @property
    def enviados(self) -> int:
        return self.ultimo - (self.en_curso_id is not None) - self.cerrados

    @property
    def publicado(self) -> Publicado | None:
        return publicado_de(self.unidad)

    def quedan(self, publicado: Publicado) -> int | None:
        """Tries left, or None where there is no limit."""
        return None if publicado.permitidos is None else max(publicado.permitidos + self.mas - self.enviados, 0)


def situacion_de(*, persona: Persona, curso: int, unidad: int, hoy: date) -> Situacion:
    """Read where a person stands. Raises what ``cursos`` raises about the course and the unit, or ``no_encontrado``."""
    acceso = acceder_a_la_unidad(persona=persona, curso=curso, unidad=unidad, hoy=hoy, ademas=lo_intentado)
    if acceso.unidad.clase != CLAVE:
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
        cerrados=fila.sin_nota or 0,
        vence_en=fila.vence_el_abierto,
        con_pasado=fila.con_pasado,
        por_calificar=fila.alguno_por_calificar,
        edicion_terminada=acceso.inscripcion.termino(hoy),
        hoy=hoy,
        con_ensayos=fila.con_ensayos,
    )


def lo_intentado() -> dict[str, Any]:
    """What the statement of the access reads of the tries of the person."""
    propios = Intento.objects.filter(inscripcion=OuterRef("pk"), unidad=OuterRef("la_unidad__pk"))
    # From the person: an index of the evaluation would read what everybody did there.
    de_otra = Q(clave_vista=True) | ~Q(inscripcion=OuterRef(OuterRef("pk")))
    suyos = Intento.objects.filter(de_otra, inscripcion=OuterRef("pk"), unidad=OuterRef(OuterRef("la_unidad__pk")))
    suyas = Inscripcion.objects.filter(Exists(suyos), persona=OuterRef("persona"))
    abierto = propios.filter(estado=Intento.Estado.EN_CURSO)
    sin_nota = propios.filter(estado=Intento.Estado.CERRADO).order_by()
    cerrados = sin_nota.values("inscripcion", "unidad").annotate(cuantos=Count("pk"))
    return {
        "ultimo_intento": Subquery(propios.order_by("-numero").values("numero")[:1]),
        "intento_en_curso": Subquery(abierto.values("pk")[:1]),
        "vence_el_abierto": Subquery(abierto.values("vence_en")[:1]),
        "sin_nota": Subquery(cerrados.values("cuantos")),
        "con_pasado": Exists(suyas),
        "alguno_aprobado": Exists(propios.filter(aprobado=True)),
        "alguno_por_calificar": Exists(propios.filter(nota=EstadoDeNota.POR_CALIFICAR)),
        "intentos_dados": dados(inscripcion="pk", unidad="la_unidad__pk"),
        "con_ensayos": Exists(Ensayo.objects.filter(inscripcion=OuterRef("pk"))),
        "leccion_pendiente": Subquery(_lecciones_pendientes().values("unidad")[:1]),
    }


def _lecciones_pendientes() -> QuerySet[RequisitoDeVersion]:
    """What the person's version asks for, of the module (of the course, for a final), that is waited for and not done.

    The survey of a course asks about all of it, so it waits like a final.
    """
    vista = Avance.objects.terminados().filter(unidad=OuterRef("unidad"), inscripcion=OuterRef(OuterRef("pk")))
    return (
        RequisitoDeVersion.objects.alias(
            clase_de_evaluacion=ExpressionWrapper(OuterRef("la_unidad__variante"), output_field=CharField()),
            modulo_de_evaluacion=ExpressionWrapper(OuterRef("la_unidad__clave_del_modulo"), BigIntegerField()),
        )
        .filter(
            Q(unidad__clave_del_modulo=F("modulo_de_evaluacion")) | Q(clase_de_evaluacion__in=reglas.DEL_CURSO),
            Q(clase_de_evaluacion__in=reglas.ESPERAN) | Q(clase_de_evaluacion=reglas.ENCUESTA, modulo_de_evaluacion=0),
            ~Exists(vista),
            version=OuterRef("version"),
            unidad__clase__in=clases.que_se_esperan(),
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
    clase = publicado.reglas.clase
    if situacion.aprobada and clase in reglas.CON_NOTA:
        return EvaluacionError("ya_aprobada", _("Ya la aprobó. No hace falta darla otra vez."))
    if situacion.por_calificar and clase in reglas.CON_NOTA:
        return EvaluacionError("por_calificar", falta_calificar())
    if situacion.quedan(publicado) == 0:
        return _sin_intentos(clase, situacion.enviados)
    if clase == reglas.APLICACION:
        cierre = cierre_de_aplicacion(situacion.inscripcion, publicado.reglas.dias_despues, hoy=situacion.hoy)
        return EvaluacionError("aun_no_se_abre", cierre) if cierre else None
    termina = situacion.inscripcion.ultimo_dia
    if situacion.edicion_terminada and termina:
        dia = date_format(termina)
        mensaje = _("Este curso terminó el %(dia)s: ya no se puede dar.") % {"dia": dia}
        return EvaluacionError("edicion_terminada", mensaje)
    if situacion.leccion_pendiente_id is not None:
        return EvaluacionError("faltan_lecciones", _se_abre(situacion))
    if clase == reglas.ENTRADA and _empezo_la_final(situacion):
        mensaje = _("La evaluación de entrada se da antes de la final, y usted ya empezó la final.")
        return EvaluacionError("entrada_tarde", mensaje)
    return None


def cierre_de_aplicacion(inscripcion: Inscripcion, dias: int, *, hoy: date | None) -> str:
    """Say when what is asked some days after the course opens for a person; nothing once it is open."""
    terminada = inscripcion.terminada_en and timezone.localdate(inscripcion.terminada_en)
    abre = reglas.se_abre_el(terminada, dias)
    if abre is None:
        return _("Se abre %(dias)d días después de terminar el curso.") % {"dias": dias}
    if abre > (hoy or timezone.localdate()):
        return _("Se abre el %(dia)s, %(dias)d días después de terminar el curso.") % {
            "dia": date_format(abre),
            "dias": dias,
        }
    return ""


def _empezo_la_final(situacion: Situacion) -> bool:
    """Whether it is too late to measure what was known at the start."""
    return Intento.objects.filter(inscripcion=situacion.inscripcion, unidad__variante=reglas.FINAL).exists()


def _sin_intentos(clase: str, usados: int) -> EvaluacionError:
    if clase not in reglas.CON_NOTA:
        return EvaluacionError("ya_respondida", _("Ya la respondió. Gracias."))
    return EvaluacionError("sin_intentos", sin_mas_intentos(usados))


def sin_mas_intentos(usados: int) -> str:
    mensaje = ngettext(
        "Ya usó su intento. Su facilitadora puede ayudarle.",
        "Ya usó sus %(intentos)d intentos. Su facilitadora puede ayudarle.",
        usados,
    )
    return mensaje % {"intentos": usados}


def lecciones_que_faltan(situacion: Situacion) -> list[FilaDeTemario]:
    """Return every lesson that keeps the evaluation closed for this person, in order. One statement."""
    temario = temario_de(situacion.inscripcion.curso)
    fila = temario.por_id.get(situacion.unidad.pk)
    return lecciones_que_abren(fila, temario, cumplidas_en(situacion.inscripcion)) if fila else []


def lecciones_que_abren(fila: FilaDeTemario, temario: Temario, cumplidas: Collection[int]) -> list[FilaDeTemario]:
    """Return what an evaluation waits for: the lessons and the like of its module, or of the course, not done yet.

    ``cumplidas`` are the units done, or not asked of the person.
    """
    del_curso = reglas.espera_al_curso(fila.variante, fila.modulo)
    if fila.variante not in reglas.ESPERAN and not del_curso:
        return []
    filas = temario.filas if del_curso else temario.del_grupo(fila.grupo)
    return [otra for otra in filas if otra.id not in cumplidas and clases.clase_de(otra.clase).la_esperan]


def _se_abre(situacion: Situacion) -> str:
    faltan = lecciones_que_faltan(situacion)
    return se_abre_al_terminar(faltan) if faltan else _("Se abre al terminar las lecciones.")


def se_abre_al_terminar(faltan: Sequence[FilaDeTemario]) -> str:
    """Say what opens it: «Se abre al terminar la lección 2». Too many to name are counted."""
    return _("Se abre al terminar %(faltan)s") % {"faltan": clases.nombrar(faltan)}
