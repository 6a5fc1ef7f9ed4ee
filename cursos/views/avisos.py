"""What «Inicio» and a course tell of what happened by itself: in plain words, with what is kept and where to go."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from instancias.consultas.pedidos import respondido_hace_poco

from ..consultas.acceso import por_que_no_esta
from ..consultas.inicio import CursoEnInicio
from ..models import Inscripcion
from .comunes import enlaces_al_terminar

SE_DICE = datetime.timedelta(days=30)
Estado = Inscripcion.Estado


def de_sus_pedidos(respuesta: datetime.datetime | None) -> list[dict[str, str]]:
    """Tell that what a person asked about their data was answered, whatever the answer."""
    if not respondido_hace_poco(respuesta, ahora=timezone.now()):
        return []
    texto = _("Respondieron el %(dia)s lo que pidió sobre sus datos.") % {"dia": _dia(respuesta)}
    url = reverse("kuska_instancias:mis_derechos") + "#pedidos"
    return [{"texto": texto, "enlace": _("Ver qué respondieron"), "url": url}]


def de_lo_que_quedo_a_medias(cursos: list[CursoEnInicio], *, hoy: datetime.date) -> list[dict[str, str]]:
    """Tell whoever was half way that their course was taken away, or that its last day came."""
    avisos = []
    for uno in cursos:
        suya = uno.inscripcion
        if suya.estado == Estado.TERMINADA or suya.iniciada_en is None:
            continue
        dicho = {"curso": suya.curso.titulo}
        if not uno.disponible and not uno.empieza_despues:
            desde = suya.curso.retirada_en
            texto = f"{_('«%(curso)s»:') % dicho} {por_que_no_esta(suya)}"
        elif uno.se_cerro:
            desde, dicho["dia"] = suya.ultimo_dia, date_format(suya.ultimo_dia)
            texto = _(
                "«%(curso)s» terminó el %(dia)s y usted no llegó a completarlo. Lo que avanzó está guardado. Si quiere "
                "terminarlo, pida más plazo a su facilitadora."
            )
            texto %= dicho
        else:
            continue
        if desde is None or _fecha(desde) >= hoy - SE_DICE:
            avisos.append({"texto": texto, "enlace": _("Pedir ayuda"), "url": reverse("kuska_instancias:ayuda")})
    return avisos


def de_otra_edicion(request: HttpRequest, suya: Inscripcion, otra: Inscripcion | None) -> list[dict[str, str]]:
    """Tell who is in another edition of a course that what they did stays: what is counted now is counted apart."""
    if otra is None:
        return []
    dicho = {"curso": otra.curso.titulo}
    if otra.terminada_en is None:
        if suya.iniciada_en is not None:
            return []
        texto = _(
            "La edición de «%(curso)s» en la que usted avanzó terminó el %(dia)s. Eso está guardado. Ahora está en "
            "otra edición: empieza de nuevo y se cuenta aparte."
        )
        dicho["dia"] = date_format(otra.ultimo_dia)
        return [{"texto": texto % dicho, "enlace": _("Ayuda"), "url": reverse("kuska_instancias:ayuda")}]
    texto = _(
        "Usted ya terminó «%(curso)s» el %(dia)s, y eso se conserva. Ahora está en otra edición del mismo curso: lo "
        "que avance aquí se cuenta aparte."
    )
    dicho["dia"] = _dia(otra.terminada_en)
    ofrecido = next(iter(enlaces_al_terminar(request, otra)), None)
    donde = ofrecido or {"url": reverse("kuska_instancias:ayuda"), "texto": _("Ayuda")}
    return [{"texto": texto % dicho, "enlace": donde["texto"], "url": donde["url"]}]


def de_su_asiento(dejo_el: datetime.date, *, sigue: bool) -> list[dict[str, str]]:
    """Tell whoever has no seat any more what stays theirs and what they can still do."""
    dicho = {"dia": date_format(dejo_el)}
    if sigue:
        texto = _(
            "Su asiento terminó el %(dia)s. Puede seguir su curso: entra con la misma clave, y lo que avanzó y sus "
            "certificados son suyos. Ya no verá aquí las sesiones de la instancia."
        )
    else:
        texto = _(
            "Su asiento terminó el %(dia)s. Lo que avanzó y sus certificados son suyos: entra con la misma clave a "
            "verlos. Ya no verá aquí las sesiones de la instancia."
        )
    url = reverse("kuska_instancias:ayuda") + "?tema=datos#corregir"
    return [{"texto": texto % dicho, "enlace": _("No es así: avisar"), "url": url}]


def _dia(momento: datetime.datetime | None) -> str:
    return date_format(_fecha(momento)) if momento else ""


def _fecha(cuando: datetime.datetime | datetime.date) -> datetime.date:
    return timezone.localdate(cuando) if isinstance(cuando, datetime.datetime) else cuando
