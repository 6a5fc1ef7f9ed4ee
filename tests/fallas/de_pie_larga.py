"""One fault after the other, with more phones and the waits of a real site: only in «make fallas»."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from certificados.models import Certificado
from tests.fallas.celulares import Sala
from tests.fallas.cuadro import anotar
from tests.fallas.de_pie import esperar
from tests.fallas.test_de_pie import (
    PERSONAS,
    aula,
    componer,
    dos_veces_y_de_antes,
    las_reglas_se_cumplen,
    programa,
    redis,
    romper,
    terminar_el_trabajo,
    todo_esta,
)

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["aula", "programa", "redis"]
GOLPES, LUCES = 8, 3


def test_each_process_is_killed_while_phones_send(aula, programa):
    sala = Sala(aula.sitio(), programa)
    for parte, falla in (
        ("paginas", "kill -9 de un proceso de páginas mientras envían celulares"),
        ("obrero", "kill -9 del obrero mientras envían celulares"),
        ("reloj", "kill -9 del reloj mientras envían celulares"),
    ):
        with sala.enviando(PERSONAS) as hasta:
            for golpe in range(GOLPES):
                hasta(2 + PERSONAS * 7 // GOLPES * golpe)
                aula.matar(parte)
        todo_esta(sala)
        anotar(falla, GOLPES)
    with sala.enviando(PERSONAS) as hasta:
        for golpe in range(LUCES):
            hasta(5 + 40 * golpe)
            aula.se_va_la_luz()
            esperar(aula.contesta, "que vuelva")
    todo_esta(sala)
    las_reglas_se_cumplen(aula)
    anotar("kill -9 de todo el servicio a la vez, y se enciende de nuevo", LUCES)


def test_redis_is_emptied_stopped_and_frozen_while_phones_send(aula, programa, redis):
    if connection.vendor == "sqlite":
        return  # there is no Redis in one machine
    sala = Sala(aula.sitio(), programa)
    for falla in ("vaciado", "apagado", "sin contestar"):
        with sala.enviando(PERSONAS) as hasta:
            hasta(3)
            romper(redis, falla)
        # Everything was sent and saved without it: it comes back only now.
        sala.comprobar()
        componer(redis, falla)
        todo_esta(sala)
        anotar(f"Redis {falla} mientras envían celulares", 1)
    dos_veces_y_de_antes(aula.cola, sala)
    anotar("mensajes dos veces, de otro día y de nadie, por la cola", 3)


def test_a_copy_is_put_back_and_everybody_goes_on(aula, programa, tmp_path: Path):
    """What was confirmed before the copy is there; no number of a paper that was given out since is given again."""
    sala = Sala(aula.sitio(), programa)
    with sala.enviando(PERSONAS):
        pass
    todo_esta(sala)
    despues = Sala(aula.sitio(), programa, desde=1000)
    with despues.enviando(PERSONAS) as hasta:
        hasta(5)
        fin = aula.mandar("respaldo")
        assert fin.returncode == 0, fin.stderr
    terminar_el_trabajo(despues)
    dados = set(Certificado.objects.values_list("anio", "numero"))
    [copia] = [uno.name for uno in (tmp_path / "respaldos").iterdir() if uno.name.endswith(".respaldo")]
    encendida = aula.mandar("restaurar", copia, "--encima")
    assert encendida.returncode != 0, "it was put back under a service that is on"
    aula.apagar()
    fin = aula.mandar("restaurar", copia, "--encima")
    assert fin.returncode == 0, fin.stdout + fin.stderr
    aula.encender()
    quedaron = set(Certificado.objects.values_list("anio", "numero"))
    otra = Sala(aula.sitio(), programa, desde=2000)
    with otra.enviando(PERSONAS):
        pass
    todo_esta(sala)
    todo_esta(otra)
    # Of those who were half-way when the copy was made, papers come again with another number.
    nuevos = set(Certificado.objects.values_list("anio", "numero")) - quedaron
    assert len(nuevos) >= PERSONAS and not nuevos & dados
    anotar("volver a una copia hecha mientras envían celulares, y seguir", 1)
