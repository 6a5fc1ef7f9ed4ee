"""A certificate goes where its enrolment goes. Its number, its codes and what it prints are never touched."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cursos.models import Inscripcion
from instancias.fusiones import Movido, Parte, Reparto, clave_de
from instancias.models import Persona
from instancias.politica import AlcanceEfectivo

from ..models import Certificado

DE_LA_INSCRIPCION = clave_de(Inscripcion)


class Certificados(Parte):
    modelo = Certificado
    titulo = gettext_lazy("Certificados")
    restricciones = ("certificado_uno_vigente_por_persona_y_edicion",)

    def repartir(self, queda: Persona, absorbida: Persona, movido: Movido) -> Reparto:
        inscripciones = movido[DE_LA_INSCRIPCION]
        cambian = Certificado.objects.filter(persona=queda, inscripcion__in=inscripciones.cambian)
        pasan: list[int] = []
        quedan: list[int] = []
        suyos = Certificado.objects.filter(persona=absorbida).order_by("pk")
        for pk, inscripcion, de_quien in suyos.values_list("pk", "inscripcion_id", "inscripcion__persona_id"):
            # Of one issued at that very moment, the enrolment is already of the register that stays.
            sigue = inscripcion in inscripciones.pasan or de_quien == queda.pk
            (pasan if sigue else quedan).append(pk)
        return Reparto(tuple(pasan), tuple(cambian.order_by("pk").values_list("pk", flat=True)), tuple(quedan))

    def decir(self, reparto: Reparto, queda: Persona, absorbida: Persona, alcance: AlcanceEfectivo) -> dict[int, str]:
        suyos = Certificado.objects.filter(persona__in=(queda.pk, absorbida.pk))
        de_aqui = set(suyos.bajo(alcance.prefijos).values_list("pk", flat=True))
        return {
            uno.pk: _en_palabras(uno) if uno.pk in de_aqui else _("Un certificado de otro lugar")
            for uno in suyos.select_related("curso")
        }

    def notar(self, reparto: Reparto, queda: Persona, absorbida: Persona) -> dict[int, str]:
        frase = _("Sigue valiendo con su mismo número y su código de verificación.")
        return dict.fromkeys((*reparto.cambian, *reparto.quedan), frase)

    def lo_que_siguio(self, movido: Movido, desde: datetime.datetime) -> str:
        inscripciones = movido[DE_LA_INSCRIPCION]
        de_ellas = (*inscripciones.pasan, *inscripciones.cambian)
        nuevo = Certificado.objects.filter(inscripcion__in=de_ellas, emitido_en__gt=desde).first()
        if nuevo is None:
            return ""
        frase = _("No se puede separar: después de unir salió el documento N.º %(registro)s.")
        return frase % {"registro": nuevo.registro}


def _en_palabras(uno: Certificado) -> str:
    return _("%(documento)s N.º %(registro)s · %(curso)s · %(estado)s") % {
        "documento": uno.get_documento_display(),
        "registro": uno.registro,
        "curso": uno.datos.get("curso", ""),
        "estado": uno.get_estado_display(),
    }


def de_esta_sala() -> list[Parte]:
    return [Certificados()]
