"""People for the load, over data of the demonstration: seated, enrolled, signed in, with an evaluation begun."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cms.demo.banco import poblar
from cursos import clases
from cursos.models import Inscripcion, Unidad
from evaluaciones.consultas.situacion import situacion_de
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.intentos import iniciar
from instancias.models import Persona

CLAVE = "carga-" + "7391-kuska"


@dataclass
class Alguien:
    """A member whose phone is already inside: session, attempt, and an answer for each question."""

    usuario: str
    sesion: str
    curso: int
    unidad: int
    leccion: int
    intento: str
    respuestas: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def preparar(cuantas: int) -> list[dict[str, Any]]:
    """Make them and return what a phone knows of each."""
    antes = set(Persona.objects.values_list("pk", flat=True))
    poblar(cuantas)
    personas = list(Persona.objects.exclude(pk__in=antes).order_by("pk")[:cuantas])
    clave, modelo = make_password(CLAVE), get_user_model()
    cuentas = modelo.objects.bulk_create(
        [modelo(username=f"carga-{uuid.uuid4().hex[:16]}", password=clave) for _una in personas]
    )
    for persona, cuenta in zip(personas, cuentas, strict=True):
        Persona.objects.filter(pk=persona.pk).update(cuenta=cuenta, datos_revisados_en=timezone.now())
    return [asdict(_entrar(persona)) for persona in Persona.objects.filter(pk__in=[p.pk for p in personas])]


def _entrar(persona: Persona) -> Alguien:
    cliente = Client()
    cliente.force_login(persona.cuenta)
    inscripcion = Inscripcion.objects.select_related("curso").filter(persona=persona).latest("pk")
    suyas = Unidad.objects.filter(curso=inscripcion.curso, retirada_en__isnull=True)
    entrada, leccion = suyas.get(variante="entrada"), suyas.filter(clase__in=clases.que_se_releen()).earliest("orden")
    curso = inscripcion.curso.numero
    situacion = situacion_de(persona=persona, curso=curso, unidad=entrada.numero, hoy=timezone.localdate())
    intento = iniciar(situacion=situacion, ahora=timezone.now())
    una = Alguien(
        usuario=persona.cuenta.username,
        sesion=cliente.cookies[settings.SESSION_COOKIE_NAME].value,
        curso=curso,
        unidad=entrada.numero,
        leccion=leccion.numero,
        intento=str(intento.clave),
    )
    for n, pregunta in enumerate(intento.formulario, 1):
        alternativas = getattr(pregunta.contenido, "alternativas", None)
        if alternativas:
            una.respuestas[str(n)] = alternativas[0].clave
    return una


def sin_guardar(confirmadas: set[tuple[str, str]]) -> int:
    """How many of what the service said that it kept are not in the database. A question is in its attempt, or not."""
    intentos = {intento for intento, _que in confirmadas}
    numeros = {
        str(intento.clave): {str(version): str(n) for n, version in enumerate(_versiones(intento), 1)}
        for intento in Intento.objects.filter(clave__in=intentos)
    }
    hay = {
        (str(clave), numeros[str(clave)].get(str(version), ""))
        for clave, version in Respuesta.objects.filter(intento__clave__in=intentos).values_list(
            "intento__clave", "version_id"
        )
    }
    enviados = Intento.objects.filter(clave__in=intentos, enviado_en__isnull=False).values_list("clave", flat=True)
    hay |= {(str(clave), "envío") for clave in enviados}
    return len(confirmadas - hay)


def _versiones(intento: Intento) -> list[int]:
    return [pregunta.version for pregunta in intento.formulario]
