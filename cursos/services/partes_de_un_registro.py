"""What becomes of the enrolments of a person, when two registers are made one. Nothing done in them changes."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.fusiones import Movido, Parte, Reparto
from instancias.models import Persona
from instancias.politica import AlcanceEfectivo

from ..models import Inscripcion, Paquete

Estado = Inscripcion.Estado


class Inscripciones(Parte):
    """An enrolment passes with all that hangs from it. Of two in one edition, the one further on is seen.

    The other one stays whole behind the hidden register, withdrawn: no figure counts the person twice.
    """

    modelo = Inscripcion
    titulo = gettext_lazy("Cursos")
    restricciones = ("inscripcion_una_por_persona_y_edicion",)

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        suyas = {una.edicion_id: una for una in Inscripcion.objects.filter(persona=queda)}
        pasan, cambian, quedan = [], [], []
        for una in Inscripcion.objects.filter(persona=absorbida):
            suya = suyas.get(una.edicion_id)
            if suya is not None and _cuanto(suya) >= _cuanto(una):
                quedan.append(una.pk)
                continue
            pasan.append(una.pk)
            if suya is not None:
                cambian.append(suya.pk)
        return Reparto(tuple(pasan), tuple(cambian), tuple(quedan))

    def decir(self, reparto: Reparto, queda: Persona, absorbida: Persona, alcance: AlcanceEfectivo) -> dict[int, str]:
        filas = Inscripcion.objects.filter(persona__in=(queda.pk, absorbida.pk)).select_related("curso", "edicion")
        return {una.pk: _en_palabras(una) for una in filas.order_by("-creada_en", "pk")}

    def notar(self, reparto: Reparto, queda: Persona, absorbida: Persona) -> dict[int, str]:
        frase = _("En esta edición el otro registro avanzó más, y es el que se verá.")
        igual = _("En esta edición el registro que queda avanzó lo mismo o más, y es el que se verá.")
        antes = _("En esta edición terminaron los dos. Se verá la del otro registro, que terminó antes.")
        suya = _("En esta edición terminaron los dos. Se verá la del registro que queda, que no terminó después.")
        # Of two, the one that is not seen is finished only where the other is finished too.
        pares = Inscripcion.objects.activas().terminadas().filter(pk__in=(*reparto.cambian, *reparto.quedan))
        las_dos = set(pares.values_list("pk", flat=True))
        notas = {pk: antes if pk in las_dos else frase for pk in reparto.cambian}
        return {**notas, **{pk: suya if pk in las_dos else igual for pk in reparto.quedan}}

    def preparar(self, reparto: Reparto, queda: Persona, absorbida: Persona, ahora: datetime.datetime) -> Any:
        """Those that will not be seen are withdrawn. Return which, and when."""
        ocultas = Inscripcion.objects.activas().filter(pk__in=(*reparto.cambian, *reparto.quedan))
        numeros = list(ocultas.values_list("pk", flat=True))
        ocultas.update(retirada_en=ahora)
        return [[pk, ahora.isoformat()] for pk in numeros]

    def reponer(self, preparado: Any) -> list[str]:
        for pk, cuando in preparado:
            suya = Inscripcion.objects.filter(pk=pk, retirada_en=datetime.datetime.fromisoformat(cuando))
            suya.update(retirada_en=None)
        return []

    def lo_que_siguio(self, movido: Movido, desde: datetime.datetime) -> str:
        reparto = movido[self.clave]
        siguio = Inscripcion.objects.filter(pk__in=reparto.pasan, ultima_actividad_en__gt=desde)
        una = siguio.select_related("curso", "persona").first()
        if una is None:
            return ""
        frase = _("No se puede separar: %(nombre)s ya siguió «%(curso)s» con lo que vino del otro registro.")
        return frase % {"nombre": una.persona.nombre_completo, "curso": una.curso.titulo}


class Paquetes(Parte):
    """What the phone of the hidden register sent is seen by whoever looks at the one that stays."""

    modelo = Paquete

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return Reparto(pasan=tuple(self.de(absorbida)))


def _cuanto(una: Inscripcion) -> tuple[bool, bool, int, bool, float]:
    """How far on an enrolment is, for comparing: finished, open, what is done, begun, since when it moves."""
    ultima = una.ultima_actividad_en or una.iniciada_en
    return (
        una.estado == Estado.TERMINADA,
        una.retirada_en is None,
        una.hechas,
        una.estado == Estado.EN_CURSO or ultima is not None,
        -una.terminada_en.timestamp() if una.terminada_en else 0.0,
    )


def _en_palabras(una: Inscripcion) -> str:
    if una.terminada_en:
        como = _("terminó el %(dia)s") % {"dia": date_format(timezone.localtime(una.terminada_en))}
    elif una.hechas:
        como = _("%(n)d de %(m)d partes") % {"n": una.hechas, "m": una.requeridas}
    else:
        como = _("sin empezar") if una.estado == Estado.POR_EMPEZAR else _("en curso")
    return _("%(curso)s · %(edicion)s: %(como)s") % {
        "curso": una.curso.titulo,
        "edicion": una.edicion.nombre,
        "como": como,
    }


def de_esta_sala() -> list[Parte]:
    return [Inscripciones(), Paquetes()]
