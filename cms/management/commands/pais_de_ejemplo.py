"""Write a whole country of invented people, to see and measure the panel of who follows all of it."""

import time
import uuid
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.db import transaction

from cms.demo import pais_inscrito
from instancias.models import Persona
from marco.orden_del_aula import OrdenDelAula


class Command(OrdenDelAula):
    help = "Llena una base vacía con un país inventado: distritos, asientos, personas inscritas y lo que hicieron."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--personas", type=int, default=10_000, help="Cuántas, como mínimo una.")
        parser.add_argument("--distritos", type=int, default=pais_inscrito.DISTRITOS)

    def handle(self, *args: Any, personas: int, distritos: int, **opciones: Any) -> None:
        if personas < 1 or not 1 <= distritos <= pais_inscrito.DISTRITOS:
            raise CommandError(f"Pida al menos una persona, y de 1 a {pais_inscrito.DISTRITOS} distritos.")
        if Persona.objects.exists():
            raise CommandError("Esta base ya tiene personas. El país de ejemplo se escribe en una base vacía.")
        inicio = time.perf_counter()
        clave = uuid.uuid4().hex[:12]
        with transaction.atomic():
            pais_inscrito.poblar(personas, pais_inscrito.levantar(distritos))
            pais_inscrito.dar_alcance(get_user_model().objects.create_user(username="pais", password=clave))
        segundos = time.perf_counter() - inicio
        self.stdout.write(f"{personas} personas en {distritos} distritos: {segundos:.0f} s.")
        self.stdout.write(f"Para ver su panel: cuenta «pais», clave «{clave}».")
