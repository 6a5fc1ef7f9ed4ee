"""Phones of the faults: each takes a person from the first step to sending, by HTTP, and asks again until it hears.

What they were told is saved is kept in a book, and looked for afterwards.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from certificados.models import Certificado
from cursos.models import Avance, Inscripcion
from evaluaciones.models import Intento, Respuesta
from tests import gente
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas

FIRMA = "a" * 32  # of CSRF: the same in the cookie and in the heading
PACIENCIA = 180.0  # seconds that somebody goes on asking for the same
CORTE = "corte"


@dataclass(frozen=True)
class Sitio:
    """Where the phones send, and how it names its cookies."""

    puerto: int
    dominio: str = "localhost"
    cifrado: bool = False  # as the proxy says it
    galleta: str = "sessionid"
    galleta_de_csrf: str = "csrftoken"


@dataclass
class Libro:
    """What was confirmed, what was answered, and who got tired."""

    confirmado: list[tuple[int, str, str]] = field(default_factory=list)  # enrolment, what, which
    dichos: Counter[str] = field(default_factory=Counter)
    esperas: list[float] = field(default_factory=list)
    cansados: list[str] = field(default_factory=list)


class Celular:
    """One phone: what it does not hear that was saved, it sends again, the same."""

    def __init__(self, sitio: Sitio, persona: Any, libro: Libro) -> None:
        self.sitio, self.persona, self.libro = sitio, persona, libro
        entrada = Client()
        entrada.force_login(persona.cuenta)
        self.sesion = entrada.cookies[settings.SESSION_COOKIE_NAME].value

    def enviar(self, ruta: str, datos: dict[str, Any], bien: tuple[int, ...] = (200, 302)) -> None:
        desde = time.monotonic()
        while True:
            dicho, cuerpo = self._una_vez(ruta, datos)
            self.libro.dichos[dicho] += 1
            if dicho.isdigit() and int(dicho) in bien:
                self.libro.esperas.append(time.monotonic() - desde)
                return
            if dicho not in {CORTE, "502", "503"} or time.monotonic() - desde > PACIENCIA:
                self.libro.cansados.append(f"{ruta}: {dicho} {cuerpo[:300]!r}")
                raise RuntimeError(dicho)
            time.sleep(0.2)

    def _una_vez(self, ruta: str, datos: dict[str, Any]) -> tuple[str, bytes]:
        sitio = self.sitio
        cabeceras = {
            "Host": sitio.dominio if sitio.cifrado else f"{sitio.dominio}:{sitio.puerto}",
            "Cookie": f"{sitio.galleta_de_csrf}={FIRMA}; {sitio.galleta}={self.sesion}",
            "X-CSRFToken": FIRMA,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if sitio.cifrado:
            cabeceras |= {"X-Forwarded-Proto": "https", "Origin": f"https://{sitio.dominio}"}
        conexion = http.client.HTTPConnection("127.0.0.1", sitio.puerto, timeout=30)
        try:
            conexion.request("POST", ruta, urlencode(datos, doseq=True), cabeceras)
            dicho = conexion.getresponse()
            return str(dicho.status), dicho.read()
        except (OSError, http.client.HTTPException):
            return CORTE, b""
        finally:
            conexion.close()

    def recorrer(self, curso: int, leccion: int, pasos: int, evaluada: int) -> None:
        inscripcion = Inscripcion.objects.get(persona=self.persona)

        def guardado(que: str, cual: str) -> None:
            self.libro.confirmado.append((inscripcion.pk, que, cual))

        for paso in range(1, pasos + 1):
            self.enviar(f"/c/{curso}/{leccion}/{paso}", {"este": ""})
            guardado("continuar", str(paso))
        lugar = f"/e/{curso}/{evaluada}"
        self.enviar(f"{lugar}/empezar", {"numero": "1"})
        intento = Intento.objects.get(inscripcion=inscripcion)
        guardado("empezar", str(intento.clave))
        elegidas = buenas(intento)
        for pregunta, valor in elegidas.items():
            operacion = uuid.uuid4()
            datos = {"intento": intento.clave, "pregunta": pregunta, "operacion": operacion, f"p{pregunta}": valor}
            self.enviar(f"{lugar}/respuesta", datos)
            guardado("respuesta", str(operacion))
        self.enviar(f"{lugar}/enviar", {"intento": intento.clave, **{f"p{n}": v for n, v in elegidas.items()}})
        guardado("enviar", str(intento.clave))


class Sala:
    """A course, and as many people as it is asked for, each with a phone, a few at once."""

    def __init__(self, sitio: Sitio, programa: ProgramaConEvaluacion, *, a_la_vez: int = 4, desde: int = 0) -> None:
        self.sitio, self.programa, self.a_la_vez = sitio, programa, a_la_vez
        self.libro = Libro()
        self.inscripciones: list[int] = []
        self.hechas = desde

    @contextmanager
    def enviando(self, cuantas: int) -> Iterator[Callable[[int], None]]:
        """Send meanwhile what is inside happens; go out when all ended. Gives what waits until so many acts more."""
        cola: SimpleQueue[Celular] = SimpleQueue()
        for _una in range(cuantas):
            self.hechas += 1
            persona = gente.crear_integrante(f"42{self.hechas:06}", "Ana", f"De prueba {self.hechas}")
            self.inscripciones.append(self.programa.inscribir(persona).pk)
            cola.put(Celular(self.sitio, persona, self.libro))
        lugar = (
            self.programa.curso.numero,
            self.programa.unidad(self.programa.lecciones[0]).numero,
            2,
            self.programa.unidad_evaluada.numero,
        )

        def sin_parar() -> None:
            try:
                while True:
                    cola.get_nowait().recorrer(*lugar)
            except (Empty, RuntimeError):
                return
            finally:
                connection.close()

        hilos = [threading.Thread(target=sin_parar) for _uno in range(self.a_la_vez)]
        desde = len(self.libro.confirmado)

        def hasta(actos: int) -> None:
            limite = time.monotonic() + PACIENCIA
            while len(self.libro.confirmado) - desde < actos and any(uno.is_alive() for uno in hilos):
                assert time.monotonic() < limite, (self.libro.dichos, self.libro.cansados)
                time.sleep(0.01)

        for uno in hilos:
            uno.start()
        try:
            yield hasta
        finally:
            for uno in hilos:
                uno.join()
        assert self.libro.cansados == []

    def comprobar(self) -> None:
        """Each thing that was confirmed is there, once."""
        for inscripcion, que, cual in self.libro.confirmado:
            hay = self._cuantas(inscripcion, que, cual)
            assert hay == 1, (inscripcion, que, cual, hay)
        malas = {dicho for dicho in self.libro.dichos if dicho.startswith(("4", "5")) and dicho not in {"502", "503"}}
        assert malas == set(), self.libro.dichos

    def _cuantas(self, inscripcion: int, que: str, cual: str) -> int:
        if que == "continuar":
            leccion = self.programa.unidad(self.programa.lecciones[0])
            return Avance.objects.filter(inscripcion=inscripcion, unidad=leccion).count()
        if que == "respuesta":
            return Respuesta.objects.filter(intento__inscripcion=inscripcion, operacion=cual).count()
        enviado = {"enviado_en__isnull": False} if que == "enviar" else {}
        assert Intento.objects.filter(inscripcion=inscripcion).count() == 1
        return Intento.objects.filter(clave=cual, **enviado).count()

    def sin_papel(self) -> int:
        """How many of those who finished still wait for their certificate, composed."""
        hechos = Certificado.objects.filter(inscripcion__in=self.inscripciones).exclude(pdf="")
        return len(self.inscripciones) - hechos.count()

    def resumen(self) -> str:
        return json.dumps({**self.libro.dichos, "la_mayor_espera": round(max(self.libro.esperas, default=0), 1)})
