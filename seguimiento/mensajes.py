"""Texts for WhatsApp: neutral words, no names of others, no marks. Nothing is sent from here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from instancias.acceso.accesos import Acceso
from instancias.contacto import enlace_de_whatsapp
from instancias.models import Instancia, Territorio
from marco.models import AjustesDelAula

from .consultas import distritos
from .consultas.ambito import Ambito
from .consultas.asientos import FilaDeAsiento
from .consultas.personas import FilaDePersona
from .consultas.pocos import MINIMO_DEL_GRUPO, se_dice
from .consultas.situacion import Situacion
from .models import Recordatorio

Motivo = Recordatorio.Motivo


@dataclass(frozen=True)
class Mensaje:
    """A text ready to send by hand. Where WhatsApp is off, ``enlace`` is empty and the text is copied."""

    texto: str
    enlace: str


@dataclass(frozen=True)
class Textos:
    """What the settings of the site say of messages, read once for a whole page of them."""

    whatsapp: bool
    recordatorio: str

    @classmethod
    def actuales(cls) -> Textos:
        ajustes = AjustesDelAula.actuales()
        return cls(ajustes.whatsapp_activo, ajustes.mensaje_recordatorio)


def rellenar(plantilla: str, **valores: str) -> str:
    """Put values in an editable text. Only names in braces that we know; the rest stays as written."""
    for nombre, valor in valores.items():
        plantilla = plantilla.replace(f"{{{nombre}}}", valor)
    return plantilla


def preparar(texto: str, celular: str = "") -> Mensaje:
    activo = AjustesDelAula.actuales().whatsapp_activo
    return Mensaje(texto, enlace_de_whatsapp(celular, texto) if activo else "")


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
        Motivo.APLICACION: _(
            "Ya pasó un tiempo desde que terminó su curso: cuéntenos en pocas preguntas qué pudo aplicar."
        ),
    }
    return frases.get(motivo, detenido)


def direccion_para_seguir(curso: int | None) -> str:
    """The door, and after the key the step where the person is; without a course, where a member starts."""
    puerta = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("kuska_instancias:entrar")
    paso = reverse("kuska_cursos:seguir", args=[curso]) if curso else settings.LOGIN_REDIRECT_URL
    return f"{puerta}?{urlencode({'next': paso}, safe='/')}"


def a_la_persona(
    fila: FilaDePersona, *, motivo: str, firmado: str, curso: int | None, textos: Textos | None = None
) -> Mensaje | None:
    """The reminder of the site's settings, with this person's reason; none for whoever would find the door closed.

    Who has no key needs a personal link, and making one is an act: the page offers its button.
    """
    if fila.acceso != Acceso.CON_CLAVE:
        return None
    textos = textos or Textos.actuales()
    texto = rellenar(
        textos.recordatorio,
        nombre=fila.nombres.split()[0] if fila.nombres else "",
        motivo=motivo_en_palabras(motivo, fila),
        enlace=direccion_para_seguir(curso),
        facilitadora=firmado,
    )
    return preparar(texto, fila.celular)


def segun_su_situacion(
    fila: FilaDePersona, *, firmado: str, curso: int | None, textos: Textos | None = None
) -> Mensaje | None:
    """The reminder that fits how the person is doing now; none for whoever finished, has no key, or goes on in another
    edition of the course."""
    motivos = {
        Situacion.AYUDA: Motivo.AYUDA,
        Situacion.EN_CURSO: Motivo.DETENIDO,
        Situacion.NO_EMPEZO: Motivo.NO_ENTRO,
    }
    motivo = motivos.get(Situacion(fila.situacion))
    return a_la_persona(fila, motivo=motivo, firmado=firmado, curso=curso, textos=textos) if motivo else None


def por_la_vacante(fila: FilaDeAsiento, *, firmado: str, textos: Textos | None = None) -> Mensaje:
    """To the institution that names the person: no name, only the seat."""
    texto = _(
        "Buenos días. El asiento «%(asiento)s» de la instancia de %(lugar)s todavía no tiene integrante. "
        "Le pedimos designar titular y alterno. Le saluda %(facilitadora)s."
    )
    return preparar(texto % {"asiento": fila.tipo, "lugar": fila.territorio, "facilitadora": firmado})


def nombre_de_la_instancia(instancia: distritos.Instancia) -> str:
    nivel = Instancia.Nivel.PROVINCIAL if instancia.es_provincial else Instancia.Nivel.DISTRITAL
    return Instancia(nivel=nivel, territorio=Territorio(ubigeo=instancia.ubigeo, nombre=instancia.nombre)).nombre


def como_esta(ambito: Ambito) -> dict[str, bool]:
    """What the messages that follow ask: whether the last day passed, and whether the course was taken away."""
    return {"termino": ambito.termino, "retirado": ambito.retirado is not None}


def al_grupo(instancia: distritos.Instancia, *, ahora: datetime.date, **como: bool) -> Mensaje:
    """How the table is doing, without names. How many people finished, and the seats that they complete, are told as on
    paper (``pocos``)."""
    se_dicen = se_dice(instancia.terminaron, instancia.integrantes)
    completos = _("Asientos completos: %(n)d de %(m)d.") % {"n": instancia.completos, "m": instancia.exigidos}
    lineas = [
        _("%(instancia)s: avance al %(fecha)s.")
        % {"instancia": nombre_de_la_instancia(instancia), "fecha": date_format(ahora, "j \\d\\e F \\d\\e Y")},
        personas_sin_nombre(instancia, **como),
        _("Asientos con persona: %(n)d de %(m)d.") % {"n": instancia.con_persona, "m": instancia.exigidos},
        completos if se_dicen else "",
        _("Gracias por su trabajo."),
    ]
    return preparar("\n".join(linea for linea in lineas if linea))


def personas_sin_nombre(instancia: distritos.Instancia, *, termino: bool = False, retirado: bool = False) -> str:
    """How many finished, in words that let nobody work out who did not. ``termino``: the last day passed; ``retirado``:
    the course is out of sight."""
    terminaron, total = instancia.terminaron, instancia.integrantes
    faltan = total - terminaron
    if total < MINIMO_DEL_GRUPO:
        return ""
    if not faltan:
        return _("Terminaron sus %(m)d integrantes.") % {"m": total}
    if not terminaron and termino:
        return _("La capacitación ya terminó.")
    if not terminaron and retirado:
        return _("La capacitación no está abierta por ahora.")
    if not terminaron:
        return _("La capacitación está abierta para sus %(m)d integrantes.") % {"m": total}
    if terminaron < MINIMO_DEL_GRUPO:
        return _("Ya hay integrantes que terminaron, de %(m)d.") % {"m": total}
    if faltan < MINIMO_DEL_GRUPO:
        return _("Faltan menos de %(n)d integrantes, de %(m)d.") % {"n": MINIMO_DEL_GRUPO, "m": total}
    return _("%(n)d de %(m)d integrantes terminaron.") % {"n": terminaron, "m": total}
