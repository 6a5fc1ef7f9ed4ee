"""Measure pages and acts against a floor, in one run, at two sizes of data. Ratios and statements, never promises.

The floor is a view with a session, its user and one query, with nothing of the house around it: Django's own session,
account and backend. The write floor is the same with one insert. Times are medians of the test client in this process,
so that the network is not in them.
"""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path
from django.utils import timezone

from cursos import clases
from cursos.models import Edicion, Inscripcion, Unidad
from cursos.services.inscripcion import inscribir_en_lote
from instancias.models import Asiento, FrenoDeEntrada, Instancia, Membresia, Persona

REPETICIONES = 30
DE_TRANSACCION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def piso(request: HttpRequest) -> HttpResponse:
    """Session, user and one query."""
    return HttpResponse(f"{request.user.pk} {Persona.objects.filter(cuenta=request.user).count()}")


def piso_de_escritura(request: HttpRequest) -> HttpResponse:
    """The same, with one insert."""
    FrenoDeEntrada.objects.create(huella=uuid.uuid4().hex, ultimo_en=timezone.now())
    return piso(request)


# Nothing but who asks, as Django gives it.
MODELO = "django.contrib.auth.backends.ModelBackend"
DESNUDO = {
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    "AUTHENTICATION_BACKENDS": [MODELO],
}
CONTINUAR = "«Continuar» y el paso que sigue"
# Times the floor that each may take; of what writes, the write floor.
METAS = {"inicio": 2.5, "curso": 4.0, "paso de lección": 2.2, CONTINUAR: 3.0}
ESCRIBEN = ("piso de escritura", "«Continuar»", CONTINUAR)

# The addresses of the host with the two floors in front.
urlpatterns = [path("piso", piso), path("piso-de-escritura", piso_de_escritura), path("", include("cms.urls"))]


@dataclass(frozen=True)
class Medida:
    """A page or act: median in milliseconds, statements, bytes of the answer."""

    nombre: str
    mediana: float
    p95: float
    sentencias: int
    bytes: int


def medir(nombre: str, acto: Callable[[], Any], *, veces: int = REPETICIONES) -> Medida:
    """Run an act once to warm up, once to count its statements, and then take its times."""
    respuesta = acto()
    with CaptureQueriesContext(connection) as captura:
        acto()
    sentencias = sum(1 for fila in captura.captured_queries if not fila["sql"].lstrip().startswith(DE_TRANSACCION))
    tiempos = []
    for _vez in range(veces):
        inicio = time.perf_counter()
        acto()
        tiempos.append(1000 * (time.perf_counter() - inicio))
    tiempos.sort()
    return Medida(
        nombre, statistics.median(tiempos), tiempos[int(0.95 * (veces - 1))], sentencias, len(respuesta.content)
    )


def poblar(cuantas: int) -> tuple[Any, float]:
    """Seat and enrol this many people over the districts; return an account of one and the seconds of enrolling."""
    primero = 1 + (Asiento.objects.aggregate(ultimo=Max("numero"))["ultimo"] or 0)
    asientos = [
        Asiento(instancia=instancia, tipo_id=tipo, numero=numero)
        for instancia, tipo in _mesas()
        for numero in range(primero, primero + 1 + cuantas // 10)
    ]
    asientos = Asiento.objects.bulk_create(asientos[:cuantas], batch_size=1000)
    base = 10_000_000 + Persona.objects.count()
    personas = [
        Persona(documento=f"{base + n:08d}", nombres="Persona", apellidos=f"Del Banco {n}")
        for n in range(len(asientos))
    ]
    personas = Persona.objects.bulk_create(personas, batch_size=1000)
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
    segundos = time.perf_counter() - inicio
    cuenta = get_user_model().objects.create_user(username=uuid.uuid4().hex, password=None)
    cuenta.set_password(uuid.uuid4().hex)
    cuenta.save()
    Persona.objects.filter(pk=personas[0].pk).update(cuenta=cuenta, datos_revisados_en=timezone.now())
    return cuenta, segundos


def _mesas() -> list[tuple[Instancia, int]]:
    """Each district's table with the kind of seat that the bench fills."""
    instancias = Instancia.objects.propias().filter(nivel=Instancia.Nivel.DISTRITAL)
    tipo = Asiento.objects.filter(instancia__in=instancias).values_list("tipo_id", flat=True).first()
    return [(instancia, tipo) for instancia in instancias if tipo]


def cliente_de(cuenta: Any) -> Client:
    """A signed-in browser of this account."""
    cliente = Client(raise_request_exception=True)
    cliente.force_login(cuenta)
    return cliente


def pisos(cuenta: Any) -> list[Medida]:
    """Measure the two floors."""
    with override_settings(**DESNUDO):
        cliente = Client(raise_request_exception=True)
        cliente.force_login(cuenta, backend=MODELO)
        return [
            medir("piso", lambda: cliente.get("/piso")),
            medir("piso de escritura", lambda: cliente.post("/piso-de-escritura")),
        ]


def medidas(*, integrante: Any, personal: Any) -> list[Medida]:
    """Measure the floors, the pages of a member and those of the staff, with the data that there are."""
    suyo, panel = cliente_de(integrante), cliente_de(personal)
    inscripcion = Inscripcion.objects.select_related("curso").get(persona__cuenta=integrante)
    curso = inscripcion.curso.numero
    leccion = Unidad.objects.filter(curso=inscripcion.curso, clase__in=clases.que_se_releen()).order_by("orden").first()
    assert leccion is not None  # noqa: S101 (the programme has lessons)
    paso = f"/c/{curso}/{leccion.numero}/1"

    def continuar() -> Any:
        return suyo.get(suyo.post(paso).url)

    return [
        *pisos(integrante),
        medir("inicio", lambda: suyo.get("/inicio")),
        medir("curso", lambda: suyo.get(f"/c/{curso}")),
        medir("paso de lección", lambda: suyo.get(paso)),
        medir("«Continuar»", lambda: suyo.post(paso)),
        medir(CONTINUAR, continuar),
        medir("panel de la provincia", lambda: panel.get("/panel"), veces=10),
        medir("lista de personas", lambda: panel.get("/panel/personas"), veces=10),
        medir("verificar", lambda: Client().get("/v/" + "0" * 26)),
    ]
