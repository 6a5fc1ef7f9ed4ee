"""Write planned rows in sets, and say by number what each one wrote, so that it can be taken back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.crypto import salted_hmac

from marco.en_bloque import crear
from marco.textos import normalizar

from .. import rastro
from ..models import Asiento, Institucion, Membresia, Persona
from ..services.turnos import Terminada
from .estado import Clave, Estado
from .plan import FilaPlaneada
from .relevos import terminar_los_de

LOTE = 1000
DE_PERSONA = ("nombres", "apellidos", "celular")
Hecho = dict[str, Any]


def huella(texto: str) -> str:
    """Tell whether a value is still the one that was written, without keeping it."""
    return salted_hmac("kuska.padron", texto).hexdigest()[:20]


class Instituciones:
    """The number of each institution, by its comparable name. Read again, only the latest are asked for."""

    OTRA_VEZ = 500  # of another act, that may have taken its numbers before and been written after

    def __init__(self) -> None:
        self._numeros: dict[str, int] = {}
        self._ultima = 0

    def de_hoy(self) -> dict[str, int]:
        """One statement."""
        desde = Institucion.objects.filter(pk__gt=self._ultima - self.OTRA_VEZ).order_by("pk")
        for numero, nombre in desde.values_list("pk", "nombre"):
            self._numeros[normalizar(nombre)] = numero
            self._ultima = numero
        return self._numeros


@dataclass
class Escritura:
    """One lot of accepted rows on its way to the database."""

    filas: list[FilaPlaneada]
    estado: Estado
    conocidas: Instituciones = field(default_factory=Instituciones)

    def __post_init__(self) -> None:
        self.hechos: list[Hecho] = [{} for _fila in self.filas]
        self.personas: dict[str, Persona] = dict(self.estado.personas)
        self.nuevas: list[Persona] = []
        self.cambiadas: dict[int, Persona] = {}
        self.campos: dict[int, set[str]] = {}
        self.asientos: dict[Clave, Asiento] = {}
        self.membresias: list[Membresia] = []
        # In a list that changes authorities: how the memberships that it ended were, and whose they are.
        self.terminadas: list[Terminada] = []
        self.salen: list[tuple[Persona, int]] = []

    def escribir(self, *, importacion: int, por: Any, ahora: datetime.datetime) -> None:
        self._personas()
        self._asientos()
        self.terminadas, self.salen = terminar_los_de(self.filas, ahora=ahora)
        self._membresias()
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            hecho["persona"] = self.personas[fila.leida.documento].pk
        rastro.anotar_lineas(self._rastro(importacion), por=por, ahora=ahora)

    def _personas(self) -> None:
        escritas: dict[int, Hecho] = {}
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            leida = fila.leida
            persona = self.personas.get(leida.documento)
            if persona is None:
                persona = Persona(documento=leida.documento, nombres=leida.nombres, apellidos=leida.apellidos)
                persona.tipo_de_documento, persona.celular = leida.tipo_de_documento, leida.celular
                self.personas[leida.documento] = persona
                self.nuevas.append(persona)
                hecho["persona_nueva"] = True
            elif persona.pk is None:
                self._mejorar(persona, fila)
            elif suyos := fila.cambios.keys() & {"nombre", "celular"}:
                antes = escritas.setdefault(persona.pk, hecho).setdefault("antes", {})
                for campo in ("nombres", "apellidos") if "nombre" in suyos else ():
                    antes.setdefault(campo, getattr(persona, campo))
                    setattr(persona, campo, getattr(leida, campo))
                if "celular" in suyos:
                    antes.setdefault("celular", persona.celular)
                    persona.celular = leida.celular
                self.cambiadas[persona.pk] = persona
                self.campos.setdefault(persona.pk, set()).update(suyos)
        for pk, hecho in escritas.items():
            hecho["ahora"] = {campo: huella(getattr(self.cambiadas[pk], campo)) for campo in hecho["antes"]}
        crear(self.nuevas)
        Persona.objects.bulk_update(self.cambiadas.values(), DE_PERSONA, batch_size=LOTE)

    @staticmethod
    def _mejorar(persona: Persona, fila: FilaPlaneada) -> None:
        """Another row of a person that an earlier one registers: it may spell her name better, or give her phone."""
        if "nombre" in fila.cambios:
            persona.nombres, persona.apellidos = fila.leida.nombres, fila.leida.apellidos
        if "celular" in fila.cambios:
            persona.celular = fila.leida.celular

    def _asientos(self) -> None:
        """Open the seats that the list brings and set the institution where the seat had none."""
        instituciones = self._instituciones()
        nuevos, completados = [], []
        con_institucion = set(self.estado.con_institucion)
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            assert fila.asiento is not None  # noqa: S101 (accepted rows have one)
            institucion = instituciones.get(normalizar(fila.leida.institucion))  # its number
            asiento = self.asientos.get(fila.asiento) or self._conocido(fila.asiento)
            if asiento is None:
                instancia_id, codigo, numero = fila.asiento
                asiento = Asiento(instancia_id=instancia_id, tipo=self.estado.tipos[codigo], numero=numero)
                asiento.institucion_id = institucion
                nuevos.append(asiento)
                hecho["asiento_nuevo"] = True
            elif institucion is not None and fila.asiento not in con_institucion:
                asiento.institucion_id = institucion
                if asiento.pk:
                    completados.append(asiento)
                    hecho["institucion_puesta"] = institucion
            if institucion is not None:
                con_institucion.add(fila.asiento)
            self.asientos[fila.asiento] = asiento
        crear(nuevos)
        Asiento.objects.bulk_update(completados, ["institucion"], batch_size=LOTE)

    def _conocido(self, clave: Clave) -> Asiento | None:
        """The seat as it stands before this lot, only to be pointed at and to be given an institution."""
        pk = self.estado.abiertos.get(clave)
        return Asiento(pk=pk) if pk else None

    def _instituciones(self) -> dict[str, int]:
        instituciones = self.conocidas.de_hoy()
        por_crear: dict[str, Institucion] = {}
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            clave = normalizar(fila.leida.institucion)
            if clave and clave not in instituciones and clave not in por_crear:
                sector = self.estado.tipos[fila.leida.tipo].sector
                por_crear[clave] = Institucion(nombre=fila.leida.institucion, sector=sector)
                hecho["institucion_nueva"] = clave
        crear(list(por_crear.values()))
        for hecho in self.hechos:
            if "institucion_nueva" in hecho:
                hecho["institucion_nueva"] = por_crear[hecho["institucion_nueva"]].pk
        return instituciones | {clave: nueva.pk for clave, nueva in por_crear.items()}

    def _membresias(self) -> None:
        tomadas = []
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            if fila.asiento is None:
                continue
            asiento = self.asientos[fila.asiento]
            hecho["asiento"] = asiento.pk
            if fila.membresia_nueva:
                membresia = Membresia(
                    persona=self.personas[fila.leida.documento],
                    asiento=asiento,
                    calidad=fila.leida.calidad,
                    desde=datetime.date.fromisoformat(fila.leida.desde),
                    designacion=fila.leida.designacion,
                )
                self.membresias.append(membresia)
                tomadas.append((hecho, membresia))
        crear(self.membresias)
        for hecho, membresia in tomadas:
            hecho["membresia"] = membresia.pk

    def _rastro(self, importacion: int) -> Iterator[rastro.Linea]:
        de_esta = {"importacion": importacion}
        for persona in self.nuevas:
            yield "instancias.registrar", persona, de_esta
        for pk, persona in self.cambiadas.items():
            yield "instancias.corregir", persona, {"campos": sorted(self.campos[pk]), **de_esta}
        for persona, membresia_id in self.salen:
            yield "instancias.cesar", persona, {"membresia": membresia_id, **de_esta}
        for membresia in self.membresias:
            yield "instancias.sentar", membresia.persona, {"asiento": membresia.asiento_id, **de_esta}
