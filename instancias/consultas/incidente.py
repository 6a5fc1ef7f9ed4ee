"""Who was reached by an incident, and the words for the authority and for them: all that the file needs, in minutes.

What an account looked at is in the trail, person by person. Without a line of it (before there was a trail), they are
all whom it could reach. Of a backup that was lost, everybody who was registered on its day.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.models import AjustesDelAula

from ..contacto import centros
from ..models import DatoDeclarado, LineaDeRastro, Persona
from ..politica import alcance_de

HORAS = 48  # to tell the authority and the people (DS 016-2024-JUS, art. 34)
DE_LO_VISTO = (LineaDeRastro.Acto.VIO, LineaDeRastro.Acto.SACO, LineaDeRastro.Acto.CAMBIO)


@dataclass(frozen=True)
class Suceso:
    """What is known of it: an account, days, or the moment of a backup."""

    desde: datetime.datetime
    hasta: datetime.datetime
    cuenta: Any = None
    respaldo: datetime.datetime | None = None


@dataclass(frozen=True)
class Alcanzadas:
    """Whom it reached, by number, and how that is known."""

    personas: tuple[int, ...]
    actos: dict[str, int]
    como: str


def alcanzadas(suceso: Suceso) -> Alcanzadas:
    if suceso.respaldo is not None:
        filas = Persona.objects.filter(creada_en__lte=suceso.respaldo)
        # Of who was taken away later, the backup still has the data: they are told too, if there is a way.
        return Alcanzadas(_numeros(filas), {}, _("Todas las personas registradas el día del respaldo."))
    lineas = LineaDeRastro.objects.filter(en__gte=suceso.desde, en__lte=suceso.hasta, acto__in=DE_LO_VISTO)
    if suceso.cuenta is not None:
        lineas = lineas.filter(cuenta=suceso.cuenta.pk)
    vistas = set(lineas.filter(persona__isnull=False).order_by().values_list("persona", flat=True).distinct())
    actos = Counter(dict(lineas.order_by().values_list("acto").annotate(n=Count("pk"))))
    if vistas or suceso.cuenta is None:
        return Alcanzadas(tuple(sorted(vistas)), dict(actos), _("Las que constan en el rastro de accesos."))
    alcance = alcance_de(suceso.cuenta, hoy=timezone.localdate(suceso.hasta))
    como = _("El rastro no dice a quién vio: son todas las que esa cuenta podía ver.")
    return Alcanzadas(_numeros(alcance.personas()), {}, como)


def _numeros(filas: Any) -> tuple[int, ...]:
    return tuple(filas.filter(absorbida_por__isnull=True).order_by("pk").values_list("pk", flat=True))


def documento(suceso: Suceso, hallado: Alcanzadas, *, ahora: datetime.datetime) -> str:
    """The file as text: facts filled in, and what only people know left to write between brackets."""
    ajustes = AjustesDelAula.actuales()
    personas = Persona.objects.filter(pk__in=hallado.personas)
    cuentas = personas.aggregate(celular=Count("pk", filter=~Q(celular="")), correo=Count("pk", filter=~Q(correo="")))
    sensibles = DatoDeclarado.objects.filter(persona__in=hallado.personas, campo=DatoDeclarado.Campo.ORIGEN)
    sensibles = sensibles.exclude(valor="").count()
    plazo = ahora + datetime.timedelta(hours=HORAS)
    actos = ", ".join(f"{LineaDeRastro.Acto(acto).label}: {n}" for acto, n in sorted(hallado.actos.items()))
    contactos = [f"{uno.nombre}, {uno.telefono or uno.whatsapp}" for uno in centros().values()]
    datos = {
        "entidad": ajustes.entidad or ajustes.nombre_del_espacio,
        "espacio": ajustes.nombre_del_espacio,
        "sitio": settings.WAGTAILADMIN_BASE_URL,
        "hecho": _momento(ahora),
        "plazo": _momento(plazo),
        "que": _que(suceso),
        "cuantas": len(hallado.personas),
        "como": hallado.como,
        "actos": actos or _("sin detalle"),
        "sensibles": sensibles,
        "contacto": "; ".join(contactos) or "[escriba quién responde y su teléfono]",
        **cuentas,
    }
    return _plantilla() % datos


def _que(suceso: Suceso) -> str:
    if suceso.respaldo is not None:
        return _("Respaldo del %(momento)s") % {"momento": _momento(suceso.respaldo)}
    dias = {"desde": _momento(suceso.desde), "hasta": _momento(suceso.hasta)}
    if suceso.cuenta is None:
        return _("Accesos del %(desde)s al %(hasta)s") % dias
    return _("Cuenta N.º %(cuenta)d, del %(desde)s al %(hasta)s") % {**dias, "cuenta": suceso.cuenta.pk}


def _momento(momento: datetime.datetime) -> str:
    return date_format(timezone.localtime(momento), "DATETIME_FORMAT").replace("\xa0", " ")


def _plantilla() -> str:
    return _(
        "EXPEDIENTE DE INCIDENTE DE SEGURIDAD DE DATOS PERSONALES\n"
        "Ley 29733; Reglamento, DS 016-2024-JUS, art. 34\n\n"
        "Entidad: %(entidad)s\nSistema: %(espacio)s (%(sitio)s)\nHecho el: %(hecho)s\n"
        "Plazo para comunicar: 48 horas desde que se supo. Si se supo ahora, hasta el %(plazo)s.\n\n"
        "1. QUÉ PASÓ\n%(que)s\n[escriba en dos líneas qué pasó, cuándo se supo y quién lo detectó]\n\n"
        "2. TIPOS DE DATOS\nNombre, documento, celular, correo, institución, asiento, avance y certificados.\n"
        "Datos sensibles (autoidentificación étnica) de %(sensibles)d personas. No hay datos de casos ni de víctimas.\n"
        "Las claves no se guardan legibles.\n\n"
        "3. A CUÁNTAS PERSONAS ALCANZA\n%(cuantas)d personas. %(como)s\nActos en el rastro: %(actos)s.\n"
        "Con celular: %(celular)d. Con correo: %(correo)d.\n\n"
        "4. CONTACTO\n%(contacto)s\n\n"
        "5. CONSECUENCIAS POSIBLES\n"
        "Mensajes o llamadas que se hacen pasar por la entidad; suplantación con nombre y documento.\n"
        "[agregue o quite]\n\n"
        "6. MEDIDAS\n[ ] Se cerró la cuenta y sus sesiones.  [ ] Se cambiaron claves y llaves.  "
        "[ ] Se avisó a las personas.\n"
        "[escriba lo que se hizo y lo que falta]\n\n"
        "----- TEXTO PARA LA AUTORIDAD -----\n"
        "%(entidad)s comunica un incidente de seguridad en el banco de datos del sistema «%(espacio)s». "
        "%(que)s. Alcanza a %(cuantas)d personas: nombre, documento, contacto, cargo y avance en una capacitación. "
        "Las medidas y el contacto están en los puntos 4 y 6 de este expediente, que se adjunta.\n\n"
        "----- TEXTO PARA LAS PERSONAS -----\n"
        "Le informamos que alguien sin permiso pudo ver sus datos del aula: nombre, documento, celular y avance. "
        "Ya se cerró esa entrada. Si alguien le pide claves o dinero en nuestro nombre, no responda. "
        "Sus cursos y certificados siguen igual. Puede preguntar a: %(contacto)s.\n"
    )
