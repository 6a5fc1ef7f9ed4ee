"""Texts for WhatsApp: neutral words, no names of others, no marks. Nothing is sent from here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from instancias.contacto import enlace_de_whatsapp
from instancias.models import AjustesDelAula, Instancia, Territorio

from .consultas import distritos
from .consultas.asientos import FilaDeAsiento
from .consultas.personas import FilaDePersona
from .consultas.situacion import Situacion
from .models import Recordatorio

MINIMO_DEL_GRUPO = 5
Motivo = Recordatorio.Motivo


@dataclass(frozen=True)
class Mensaje:
    """A text ready to send by hand. Where WhatsApp is off, ``enlace`` is empty and the text is copied."""

    texto: str
    enlace: str


def rellenar(plantilla: str, **valores: str) -> str:
    """Put values in an editable text. Only names in braces that we know; the rest stays as written."""
    for nombre, valor in valores.items():
        plantilla = plantilla.replace(f"{{{nombre}}}", valor)
    return plantilla


def _mensaje(texto: str, celular: str = "") -> Mensaje:
    activo = AjustesDelAula.actuales().whatsapp_activo
    return Mensaje(texto, enlace_de_whatsapp(celular, texto) if activo else "")


def facilitadora(cuenta: Any) -> str:
    """Who greets: whoever writes."""
    return cuenta.get_full_name().strip() or _("su facilitadora")


def motivo_en_palabras(motivo: str, fila: FilaDePersona) -> str:
    """What the person is told, in a sentence that anybody may read over their shoulder."""
    faltan = max(fila.requeridas - fila.hechas, 0)
    detenido = ngettext(
        "Le falta %(faltan)d parte de su curso.", "Le faltan %(faltan)d partes de su curso.", faltan
    ) % {"faltan": faltan}
    frases = {
        Motivo.AYUDA: _("Queremos apoyarle para terminar su curso. Si algo no quedó claro, lo vemos juntos."),
        Motivo.SOLO_EVALUACION: _("Ya casi termina: solo le falta la evaluación de su curso."),
        Motivo.NO_ENTRO: _("Su curso ya está abierto y puede empezar cuando quiera."),
    }
    return frases.get(motivo, detenido)


def a_la_persona(fila: FilaDePersona, *, motivo: str, por: Any) -> Mensaje:
    """The reminder of the site's settings, with this person's reason."""
    texto = rellenar(
        AjustesDelAula.actuales().mensaje_recordatorio,
        nombre=fila.nombres.split()[0] if fila.nombres else "",
        motivo=motivo_en_palabras(motivo, fila),
        enlace=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("instancias:entrar"),
        facilitadora=facilitadora(por),
    )
    return _mensaje(texto, fila.celular)


def segun_su_situacion(fila: FilaDePersona, *, por: Any) -> Mensaje | None:
    """The reminder that fits how the person is doing now; none for whoever finished."""
    motivos = {
        Situacion.AYUDA: Motivo.AYUDA,
        Situacion.EN_CURSO: Motivo.DETENIDO,
        Situacion.NO_EMPEZO: Motivo.NO_ENTRO,
    }
    motivo = motivos.get(Situacion(fila.situacion))
    return a_la_persona(fila, motivo=motivo, por=por) if motivo else None


def por_la_vacante(fila: FilaDeAsiento, *, por: Any) -> Mensaje:
    """To the institution that names the person: no name, only the seat."""
    texto = _(
        "Buenos días. El asiento «%(asiento)s» de la instancia de %(lugar)s todavía no tiene integrante. "
        "Le pedimos designar titular y alterno. Le saluda %(facilitadora)s."
    )
    return _mensaje(texto % {"asiento": fila.tipo, "lugar": fila.territorio, "facilitadora": facilitadora(por)})


def nombre_de_la_instancia(tabla: distritos.Instancia) -> str:
    nivel = Instancia.Nivel.PROVINCIAL if tabla.es_provincial else Instancia.Nivel.DISTRITAL
    return Instancia(nivel=nivel, territorio=Territorio(ubigeo=tabla.ubigeo, nombre=tabla.nombre)).nombre


def al_grupo(tabla: distritos.Instancia, *, ahora: datetime.date) -> Mensaje:
    """How the table is doing, without names. A count that would point at fewer than five people is not given."""
    lineas = [
        _("%(instancia)s: avance al %(fecha)s.")
        % {"instancia": nombre_de_la_instancia(tabla), "fecha": date_format(ahora, "j \\d\\e F \\d\\e Y")},
        _personas_sin_nombre(tabla),
        _("Asientos completos: %(n)d de %(m)d.") % {"n": tabla.completos, "m": tabla.exigidos},
        _("Gracias por su trabajo."),
    ]
    return _mensaje("\n".join(linea for linea in lineas if linea))


def _personas_sin_nombre(tabla: distritos.Instancia) -> str:
    terminaron, total = tabla.terminaron, tabla.integrantes
    faltan = total - terminaron
    if total < MINIMO_DEL_GRUPO:
        return ""
    if not faltan:
        return _("Terminaron sus %(m)d integrantes.") % {"m": total}
    if not terminaron:
        return _("La capacitación está abierta para sus %(m)d integrantes.") % {"m": total}
    if terminaron < MINIMO_DEL_GRUPO:
        return _("Ya hay integrantes que terminaron, de %(m)d.") % {"m": total}
    if faltan < MINIMO_DEL_GRUPO:
        return _("Faltan menos de %(n)d integrantes, de %(m)d.") % {"n": MINIMO_DEL_GRUPO, "m": total}
    return _("%(n)d de %(m)d integrantes terminaron.") % {"n": terminaron, "m": total}
