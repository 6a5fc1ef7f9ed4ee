"""The people of the bench: always the same ones, seated and enrolled, some of them already on their way."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max, QuerySet
from django.test import Client
from django.utils import timezone

from certificados.services import emitir
from cursos import clases
from cursos.models import Edicion, Inscripcion, Unidad
from cursos.services.avance import terminar_unidad
from cursos.services.inscripcion import inscribir_en_lote
from evaluaciones import reglas
from evaluaciones.consultas.situacion import lecciones_que_faltan, situacion_de
from evaluaciones.models import VersionDePregunta
from evaluaciones.services.intentos import iniciar
from instancias.models import Alcance, Asiento, Instancia, Membresia, Persona
from marco.sin_senal import marcas_de

from .ajustes import CUENTA

CLAVE = "medir-" + "7391-kuska"
USUARIOS = 8


def poblar(cuantas: int, *, bajo: str = "") -> tuple[list[Persona], float]:
    """Seat and enrol this many people over the districts under a code; return them and the seconds of enrolling."""
    lugares = _donde_sientan(bajo)
    primero = 1 + (Asiento.objects.aggregate(ultimo=Max("numero"))["ultimo"] or 0)
    asientos = Asiento.objects.bulk_create(
        [
            Asiento(instancia=lugares[n % len(lugares)][0], tipo_id=lugares[n % len(lugares)][1], numero=primero + n)
            for n in range(cuantas)
        ],
        batch_size=1000,
    )
    base = 10_000_000 + Persona.objects.count()
    personas = Persona.objects.bulk_create(
        [
            Persona(documento=f"{base + n:08d}", nombres="Persona", apellidos=f"Del Banco {n}")
            for n in range(len(asientos))
        ],
        batch_size=1000,
    )
    hoy = timezone.localdate()
    Membresia.objects.bulk_create(
        [
            Membresia(persona=p, asiento=a, calidad="titular", desde=hoy)
            for p, a in zip(personas, asientos, strict=True)
        ],
        batch_size=1000,
    )
    inicio = time.perf_counter()
    inscribir_en_lote(edicion=Edicion.objects.get(), ahora=timezone.now())
    return personas, time.perf_counter() - inicio


def _donde_sientan(bajo: str) -> list[tuple[Instancia, int]]:
    """Each district's table with the kind of seat that the bench fills."""
    instancias = _distritales(bajo)
    tipo = Asiento.objects.filter(instancia__in=instancias).values_list("tipo_id", flat=True).first()
    return [(instancia, tipo) for instancia in instancias if tipo]


def _distritales(bajo: str) -> QuerySet[Instancia]:
    propias = Instancia.objects.propias().filter(nivel=Instancia.Nivel.DISTRITAL)
    return propias.filter(territorio__ubigeo__startswith=bajo).order_by("territorio_id")


def dar_cuentas(personas: Sequence[Persona]) -> None:
    """Give each one an account with the same key, and their data for reviewed."""
    clave, modelo = make_password(CLAVE), get_user_model()
    cuentas = modelo.objects.bulk_create(
        [modelo(username=f"medir-{uuid.uuid4().hex[:16]}", password=clave) for _una in personas]
    )
    for persona, cuenta in zip(personas, cuentas, strict=True):
        persona.cuenta, persona.datos_revisados_en = cuenta, timezone.now()
    Persona.objects.bulk_update(personas, ["cuenta", "datos_revisados_en"], batch_size=500)


def sesion_de(cuenta: Any, **otras: Any) -> str:
    """Sign an account in; return the value of its cookie."""
    cliente = Client()
    cliente.force_login(cuenta, **otras)
    return cliente.cookies[settings.SESSION_COOKIE_NAME].value


@transaction.atomic
def preparar(cuantas: int, *, evaluados: int, bajo: str = "", usuarios: int = USUARIOS) -> dict[str, Any]:
    """Make so many people and return all that a phone of each of those who are going to do something knows."""
    necesarias = 3 * usuarios + evaluados + 1
    personas, segundos = poblar(max(cuantas, necesarias), bajo=bajo)
    activas = personas[:necesarias]
    dar_cuentas(activas)
    inscripciones = _inscripciones(activas)
    tomar = iter(activas)
    lectores = [_lector(next(tomar)) for _uno in range(usuarios)]
    curso = inscripciones[activas[0].pk].curso
    pasos = list(pasos_de(curso))
    caminantes = [{"sesion": sesion_de(next(tomar).cuenta), "pasos": pasos} for _uno in range(usuarios)]
    evaluacion, faltan = _evaluacion(inscripciones[activas[0].pk])
    responden, examinados = [], []
    for persona in tomar:
        if persona is activas[-1]:
            break
        for unidad in faltan:
            terminar_unidad(inscripcion=inscripciones[persona.pk], unidad=unidad, ahora=timezone.now())
        destino = responden if len(responden) < usuarios else examinados
        destino.append({"sesion": sesion_de(persona.cuenta), "marca": marcas_de(persona.pk)[0]})
        if destino is responden:
            responden[-1] |= _empezado(persona, evaluacion)
    return {
        "galletas": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
        "segundos": segundos,
        "personas": Inscripcion.objects.count(),
        "curso": curso.numero,
        "evaluacion": evaluacion.numero,
        "leccion": pasos[0],
        "lectores": lectores,
        "caminantes": caminantes,
        "responden": responden,
        "evaluados": examinados,
        "buenas": _buenas(evaluacion),
        "codigo": _certificado(inscripciones[activas[-1].pk]),
        **_personal(bajo),
    }


def _inscripciones(personas: Sequence[Persona]) -> dict[int, Inscripcion]:
    suyas = Inscripcion.objects.filter(persona__in=personas).select_related("curso", "version", "persona__cuenta")
    return {una.persona_id: una for una in suyas}


def _lector(persona: Persona) -> dict[str, Any]:
    return {
        "sesion": sesion_de(persona.cuenta),
        "desnuda": sesion_de(persona.cuenta, backend=CUENTA),
        "usuario": persona.cuenta.username,
        "clave": CLAVE,
    }


def pasos_de(curso: Unidad) -> Iterator[list[int]]:
    """The steps after which there is another of the same lesson, in order: unit and step."""
    lecciones = Unidad.objects.vigentes().filter(curso=curso, clase__in=clases.que_se_releen()).order_by("orden")
    for leccion in lecciones:
        for paso in range(1, leccion.pasos):
            yield [leccion.numero, paso]


def _evaluacion(inscripcion: Inscripcion) -> tuple[Unidad, list[Unidad]]:
    """The evaluation of the first module, and the lessons that open it."""
    suya = Unidad.objects.vigentes().filter(curso=inscripcion.curso, variante=reglas.MODULO).order_by("orden").first()
    if suya is None:
        raise RuntimeError("El curso no tiene una evaluación de módulo que medir.")
    situacion = situacion_de(
        persona=inscripcion.persona, curso=inscripcion.curso.numero, unidad=suya.numero, hoy=timezone.localdate()
    )
    numeros = [fila.numero for fila in lecciones_que_faltan(situacion)]
    return suya, list(Unidad.objects.filter(curso=inscripcion.curso, numero__in=numeros).order_by("orden"))


def _empezado(persona: Persona, evaluacion: Unidad) -> dict[str, Any]:
    """An attempt that is under way: what «Guardar» of an answer sends."""
    situacion = situacion_de(
        persona=persona, curso=evaluacion.curso.numero, unidad=evaluacion.numero, hoy=timezone.localdate()
    )
    intento = iniciar(situacion=situacion, ahora=timezone.now())
    preguntas = {
        str(n): [una.clave for una in pregunta.contenido.alternativas]
        for n, pregunta in enumerate(intento.formulario, 1)
        if hasattr(pregunta.contenido, "alternativas")
    }
    return {"intento": str(intento.clave), "preguntas": preguntas}


def _buenas(evaluacion: Unidad) -> dict[str, Any]:
    """What is right, by the keys that a form carries: the bench passes, as people do."""
    marcas, lugares = [], {}
    for version in VersionDePregunta.objects.filter(evaluacion=evaluacion):
        contenido = version.contenido.contenido
        marcas += [una.clave for una in getattr(contenido, "alternativas", ()) if una.correcta]
        lugares |= {uno.clave: n for n, uno in enumerate(getattr(contenido, "elementos", ()), 1)}
    return {"marcas": marcas, "lugares": lugares}


def _certificado(inscripcion: Inscripcion) -> str:
    """Somebody who finished, and the code of their certificate; one that does not exist where nothing is issued."""
    for fila in inscripcion.version.filas.select_related("unidad").order_by("orden"):
        terminar_unidad(inscripcion=inscripcion, unidad=fila.unidad, ahora=timezone.now())
    return _o_nada(lambda: emitir(inscripcion_id=inscripcion.pk, ahora=timezone.now()).codigo_largo)


def _o_nada(acto: Callable[[], str]) -> str:
    from certificados.errores import CertificadoError

    try:
        return acto()
    except CertificadoError:
        return "0" * 26


def _personal(bajo: str) -> dict[str, Any]:
    """Who follows a district and who follows the province."""
    ubigeo = _distritales(bajo).values_list("territorio_id", flat=True)[0]
    sesiones = {}
    for nombre, lugar in (("del_distrito", ubigeo), ("de_la_provincia", ubigeo[:4])):
        cuenta = get_user_model().objects.create_user(username=f"medir-{uuid.uuid4().hex[:12]}", password=None)
        Alcance.objects.create(cuenta=cuenta, territorio_id=lugar, desde=timezone.localdate())
        sesiones[nombre] = sesion_de(cuenta)
    return {"distrito": ubigeo, "panel": sesiones}
