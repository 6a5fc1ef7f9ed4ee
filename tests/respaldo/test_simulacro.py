"""The drill: copies are made, compared and put back while people go on writing, and nothing that was saved is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from instancias.models import Institucion
from marco.respaldo.comprobar import comprobar, conectada_a, sacada
from marco.respaldo.copiar import respaldar
from marco.respaldo.motores import motor
from marco.respaldo.seguidas import respaldar_seguido
from marco.respaldo.volver import restaurar
from tests.paciencia import PACIENCIA

ESCRIBEN, COPIAS = 3, 2


class Escritora(threading.Thread):
    """Saves two rows in each transaction, and notes the pair once the database said that it is saved."""

    def __init__(self, cual: int) -> None:
        super().__init__()
        self.cual, self.guardadas, self.seguir = cual, 0, threading.Event()
        self.seguir.set()
        self.ya_guarda = threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            while self.seguir.is_set():
                numero = f"{self.cual:02d}-{self.guardadas + 1:06d}"
                with transaction.atomic():
                    for cara in "ab":
                        Institucion.objects.create(nombre=f"simulacro {numero} {cara}", sector="policia")
                self.guardadas += 1
                if self.guardadas == 3:
                    self.ya_guarda.set()
        except Exception as error:  # noqa: BLE001  told by the test
            self.error = error
        finally:
            connection.close()


@contextmanager
def bajo_carga() -> Iterator[list[Escritora]]:
    todas = [Escritora(n) for n in range(ESCRIBEN)]
    for una in todas:
        una.start()
    try:
        yield todas
    finally:
        for una in todas:
            una.seguir.clear()
        for una in todas:
            una.join()


def pares() -> dict[int, tuple[int, int]]:
    """Of each writer, how many of each face there are."""
    cuenta = {}
    for cual in range(ESCRIBEN):
        suyas = Institucion.objects.filter(nombre__startswith=f"simulacro {cual:02d}-")
        cuenta[cual] = (suyas.filter(nombre__endswith="a").count(), suyas.filter(nombre__endswith="b").count())
    return cuenta


def test_a_copy_under_load_has_what_was_saved_and_no_half(aula):
    with bajo_carga() as escritoras:
        for una in escritoras:
            assert una.ya_guarda.wait(PACIENCIA), una.error
        for _vez in range(COPIAS):
            antes = [una.guardadas for una in escritoras]
            copia = respaldar(ahora=timezone.now())
            despues = [una.guardadas + 1 for una in escritoras]
            with (
                sacada(copia.archivo) as abierta,
                motor().en_otra_parte(abierta.base, abierta.carpeta) as (base, hallado),
            ):
                assert hallado == {k: list(v) for k, v in copia.manifiesto["relaciones"].items()}
                with conectada_a(base):
                    for cual, (a, b) in pares().items():
                        assert a == b, "half of what was written together"
                        assert antes[cual] <= a <= despues[cual]
    assert not any(una.error for una in escritoras), [una.error for una in escritoras]
    assert min(una.guardadas for una in escritoras) > 3, "nobody waited for the copy to end"


def test_what_is_put_back_after_losing_all_is_what_was_copied(aula):
    with bajo_carga() as escritoras:
        for una in escritoras:
            assert una.ya_guarda.wait(PACIENCIA), una.error
        copia = respaldar(ahora=timezone.now())
    comprobar(copia.archivo, ahora=timezone.now())
    contado = copia.manifiesto["relaciones"][Institucion._meta.db_table][0]
    Institucion.objects.filter(nombre__startswith="simulacro").delete()
    restaurar(copia.archivo, ahora=timezone.now(), encima=True, en_uso=True)
    assert Institucion.objects.count() == contado
    assert all(a == b for a, b in pares().values())


def test_what_was_confirmed_before_the_last_one_of_the_day_comes_back(aula):
    """The disk of the database is lost in the middle of the day, with people at work."""
    with bajo_carga() as escritoras:
        for una in escritoras:
            assert una.ya_guarda.wait(PACIENCIA), una.error
        respaldar(ahora=timezone.now())
        de_la_noche = [una.guardadas for una in escritoras]
        while not all(una.guardadas > antes for una, antes in zip(escritoras, de_la_noche, strict=True)):
            assert not any(una.error for una in escritoras), [una.error for una in escritoras]
        confirmadas = [una.guardadas for una in escritoras]
        corta = respaldar_seguido(ahora=timezone.now())
    assert corta is not None
    Institucion.objects.filter(nombre__startswith="simulacro").delete()
    restaurar(corta.archivo, ahora=timezone.now(), encima=True, en_uso=True, copia_previa=False)
    for cual, (a, b) in pares().items():
        assert a == b >= confirmadas[cual] > de_la_noche[cual]
