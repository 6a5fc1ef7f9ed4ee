"""Attempts hang from their enrolment and go where it goes. What this room says is when they keep two registers one."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from cursos.models import Inscripcion
from instancias.fusiones import Movido, Parte, Reparto, clave_de
from instancias.models import Persona

from ..models import Ensayo, Intento, IntentoMas

DE_LA_INSCRIPCION = clave_de(Inscripcion)


class Intentos(Parte):
    modelo = Intento
    campo = "inscripcion"

    def de(self, persona: Persona) -> list[int]:
        return []

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        return Reparto()

    def lo_que_siguio(self, movido: Movido, desde: datetime.datetime) -> str:
        pasaron = movido[DE_LA_INSCRIPCION].pasan
        nuevos = Intento.objects.filter(
            Q(iniciado_en__gt=desde) | Q(enviado_en__gt=desde) | Q(respuestas__recibida_en__gt=desde),
            inscripcion__in=pasaron,
        )
        dados = IntentoMas.objects.filter(inscripcion__in=pasaron, dado_en__gt=desde)
        decididos = Ensayo.objects.filter(respondido_en__gt=desde, inscripcion__in=pasaron)
        if decididos.exists():
            return _("No se puede separar: después de unir respondió en una lección que vino del otro registro.")
        if not nuevos.exists() and not dados.exists():
            return ""
        return _("No se puede separar: después de unir hubo una evaluación en un curso que vino del otro registro.")


def de_esta_sala() -> list[Parte]:
    return [Intentos()]
