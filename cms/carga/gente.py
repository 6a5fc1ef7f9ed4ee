"""People for the load, over data of the demonstration: seated, enrolled, signed in, with an evaluation begun."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.rendimiento.poblacion import dar_cuentas, poblar, sesion_de
from cursos import clases
from cursos.models import Inscripcion, Paquete, Unidad
from evaluaciones.consultas.situacion import situacion_de
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.intentos import iniciar
from instancias.models import Persona
from marco.sin_senal import marcas_de


@dataclass
class Alguien:
    """A member whose phone is already inside: session, attempt, and an answer for each question."""

    usuario: str
    sesion: str
    curso: int
    unidad: int
    leccion: int
    intento: str
    marca: str
    respuestas: dict[str, str] = field(default_factory=dict)
    otras: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def preparar(cuantas: int) -> list[dict[str, Any]]:
    """Make them and return what a phone knows of each."""
    personas, _segundos = poblar(cuantas)
    dar_cuentas(personas)
    return [asdict(_entrar(persona)) for persona in personas]


def _entrar(persona: Persona) -> Alguien:
    inscripcion = Inscripcion.objects.select_related("curso").filter(persona=persona).latest("pk")
    suyas = Unidad.objects.filter(curso=inscripcion.curso, retirada_en__isnull=True)
    entrada, leccion = suyas.get(variante="entrada"), suyas.filter(clase__in=clases.que_se_releen()).earliest("orden")
    curso = inscripcion.curso.numero
    situacion = situacion_de(persona=persona, curso=curso, unidad=entrada.numero, hoy=timezone.localdate())
    intento = iniciar(situacion=situacion, ahora=timezone.now())
    una = Alguien(
        usuario=persona.cuenta.username,
        sesion=sesion_de(persona.cuenta),
        curso=curso,
        unidad=entrada.numero,
        leccion=leccion.numero,
        intento=str(intento.clave),
        marca=marcas_de(persona.pk)[0],
    )
    for n, pregunta in enumerate(intento.formulario, 1):
        alternativas = getattr(pregunta.contenido, "alternativas", None)
        if alternativas:
            una.respuestas[str(n)], una.otras[str(n)] = alternativas[0].clave, alternativas[1].clave
    return una


def sin_guardar(confirmadas: set[tuple[str, str]]) -> int:
    """How many of what the service said that it kept are not in the database. A question is in its attempt, or not."""
    paquetes = {que for intento, que in confirmadas if intento == "paquete"}
    if paquetes:
        aplicados = Paquete.objects.filter(identificador__in=paquetes, estado=Paquete.Estado.APLICADO).count()
        return len(paquetes) - aplicados + _sin_guardar({uno for uno in confirmadas if uno[0] != "paquete"})
    return _sin_guardar(confirmadas)


def _sin_guardar(confirmadas: set[tuple[str, str]]) -> int:
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
