"""What invented people did, written in sets: what is drawn, graded and counted is what the services draw and count.

The rows are those that the acts of ``cursos`` and ``evaluaciones`` leave one by one, which for so many took a minute.
``tests/cms/test_avances_de_la_demostracion.py`` holds both against each other.
"""

from __future__ import annotations

import dataclasses
import datetime
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.utils import timezone

from cursos.models import Avance, Inscripcion, RedaccionDeArticulo, Unidad
from cursos.pasos import ids_de, juntar
from cursos.services.avance import pasar_de_varias
from cursos.services.contadores import cerrar, completas, contar
from evaluaciones import reglas
from evaluaciones.consultas.publicado import Publicado, publicado_de
from evaluaciones.consultas.situacion import Situacion, por_que_no
from evaluaciones.libro import Respuestas
from evaluaciones.models import Intento
from evaluaciones.services.cierre import de_la_nota, definitivas
from evaluaciones.services.intentos import congelar
from evaluaciones.services.lineas import Linea, escribir_lineas

CAMPOS = ["estado", "iniciada_en", "ultima_actividad_en", "unidad_actual", "paso_actual"]


class Libro:
    """The acts of many people, in the order in which each of them did theirs, until they are kept."""

    def __init__(self) -> None:
        self.inscripciones: dict[int, Inscripcion] = {}
        self.avances: dict[tuple[int, int], Avance] = {}
        self.intentos: list[Intento] = []
        self.respuestas: list[Linea] = []
        self.sin_mas: dict[int, int] = {}
        self._dados: Counter[tuple[int, int]] = Counter()
        self._aprobadas: set[tuple[int, int]] = set()
        self._publicados: dict[tuple[int, int], Publicado | None] = {}

    def ver(self, inscripcion: Inscripcion, unidad: Unidad, paso: int, cuando: datetime.datetime) -> None:
        """A lesson read until its end, or one of its steps."""
        ids = ids_de(unidad)
        self._tomar(inscripcion, unidad, cuando, siguiente=min(paso + 1, len(ids)))
        if paso >= len(ids):
            self._terminar(inscripcion, unidad, cuando, vistos=ids)
        else:
            avance = self._avance(inscripcion, unidad, cuando)
            avance.paso, avance.vistos = paso, juntar([ids[paso - 1]])

    def rendir(
        self,
        inscripcion: Inscripcion,
        unidad: Unidad,
        cuando: datetime.datetime,
        responder: Callable[[Intento], Respuestas],
        *,
        minutos: int = 11,
    ) -> Intento:
        """An attempt that began some minutes before and is sent with all its answers."""
        lugar = (inscripcion.pk, unidad.pk)
        empezado = cuando - datetime.timedelta(minutes=minutos)
        publicado = self._publicado(unidad, timezone.localdate(empezado))
        situacion = Situacion(inscripcion, unidad, self._dados[lugar], None, lugar in self._aprobadas, None)
        impedimento = por_que_no(situacion, publicado)
        if impedimento is not None or publicado is None:
            raise RuntimeError(f"No se pudo dar «{unidad.titulo}» de ejemplo: {impedimento}")
        intento = congelar(situacion, publicado, empezado)
        self._calificar(intento, responder(intento), cuando)
        self._dados[lugar] += 1
        self._anotar(dataclasses.replace(situacion, ultimo=self._dados[lugar]), publicado, intento)
        return intento

    @transaction.atomic
    def guardar(self) -> None:
        """Write everything, and let the services count what is done, who finished and where each one goes on."""
        Intento.objects.bulk_create(self.intentos, batch_size=200)
        escribir_lineas(self.respuestas)
        Avance.objects.bulk_create(self.avances.values(), batch_size=2000)
        Inscripcion.objects.bulk_update(self.inscripciones.values(), CAMPOS, batch_size=100)
        propias = Inscripcion.objects.filter(pk__in=self.inscripciones)
        terminan = list(completas(propias).values_list("pk", flat=True))
        # What finishes it is what its version asks for: the survey comes after.
        pedidos = Avance.objects.filter(inscripcion__version__filas__unidad=F("unidad"))
        hechos = pedidos.filter(inscripcion=OuterRef("pk")).order_by().values("inscripcion")
        ultimo = Subquery(hechos.annotate(cuando=Max("terminado_en")).values("cuando"))
        cerrar(Inscripcion.objects.filter(pk__in=terminan), ahora=ultimo)
        contar(propias)
        pasar_de_varias(self.sin_mas.items())

    def _publicado(self, unidad: Unidad, dia: datetime.date) -> Publicado | None:
        """What was published that day: all that changes between two days of these months is the law it cites."""
        lugar = (unidad.pk, bisect_right(self._cambia_la_ley, dia))
        if lugar not in self._publicados:
            self._publicados[lugar] = publicado_de(unidad, dia)
        return self._publicados[lugar]

    @cached_property
    def _cambia_la_ley(self) -> list[datetime.date]:
        """The days on which a wording begins, or is no more."""
        plazos = RedaccionDeArticulo.objects.values_list("vigente_desde", "vigente_hasta")
        un_dia = datetime.timedelta(days=1)
        return sorted({dia for desde, hasta in plazos for dia in (desde, hasta and hasta + un_dia) if dia})

    def _calificar(self, intento: Intento, dadas: Respuestas, cuando: datetime.datetime) -> None:
        nota = reglas.calificar(intento.formulario, dadas, intento.reglas)
        intento.estado, intento.enviado_en = Intento.Estado.ENVIADO, cuando
        for campo, valor in de_la_nota(nota).items():
            setattr(intento, campo, valor)
        self.intentos.append(intento)
        self.respuestas += definitivas(intento, dadas, nota, cuando, desde=0)

    def _anotar(self, situacion: Situacion, publicado: Publicado, intento: Intento) -> None:
        inscripcion, unidad, cuando = situacion.inscripcion, situacion.unidad, intento.enviado_en
        assert cuando is not None  # noqa: S101 (it was just sent)
        self._tomar(inscripcion, unidad, cuando, siguiente=1)
        if intento.aprobado:
            self._aprobadas.add((inscripcion.pk, unidad.pk))
            self._terminar(inscripcion, unidad, cuando, vistos=unidad.ids_de_pasos)
        else:
            self._avance(inscripcion, unidad, cuando)
            if situacion.quedan(publicado) == 0:
                self.sin_mas[inscripcion.pk] = unidad.pk

    def _tomar(self, inscripcion: Inscripcion, unidad: Unidad, cuando: datetime.datetime, *, siguiente: int) -> None:
        suya = self.inscripciones.setdefault(inscripcion.pk, inscripcion)
        suya.ultima_actividad_en = cuando
        self.sin_mas.pop(suya.pk, None)
        if unidad.asientos:  # a route is activity and nothing more
            return
        suya.estado = Inscripcion.Estado.EN_CURSO
        suya.iniciada_en = suya.iniciada_en or cuando
        suya.unidad_actual, suya.paso_actual = unidad, siguiente

    def _avance(self, inscripcion: Inscripcion, unidad: Unidad, cuando: datetime.datetime) -> Avance:
        nuevo = Avance(inscripcion=inscripcion, unidad=unidad, iniciado_en=cuando)
        return self.avances.setdefault((inscripcion.pk, unidad.pk), nuevo)

    def _terminar(
        self, inscripcion: Inscripcion, unidad: Unidad, cuando: datetime.datetime, *, vistos: Sequence[str]
    ) -> None:
        avance = self._avance(inscripcion, unidad, cuando)
        avance.estado, avance.terminado_en = Avance.Estado.TERMINADA, cuando
        avance.paso, avance.vistos = max(unidad.pasos, 1), juntar(vistos)
