"""Write planned rows in sets, and say by number what each one wrote, so that it can be taken back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.crypto import salted_hmac

from marco.en_bloque import actualizar, crear
from marco.textos import normalizar

from ... import rastro
from ...models import Asiento, Institucion, Membresia, Persona
from ...services.turnos import Terminada
from ..planes.estado import Clave, Estado
from ..planes.plan import FilaPlaneada
from ..planes.relevos import terminar_los_de

LOTE = 1000
DE_PERSONA = ("nombres", "apellidos", "celular")
DE_PERSONA_NUEVA = ("documento", "tipo_de_documento", *DE_PERSONA)
DE_ASIENTO = ("instancia", "tipo", "numero", "institucion")
DE_MEMBRESIA = ("persona", "asiento", "calidad", "desde", "designacion")
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


@dataclass(slots=True)
class Nueva:
    """Somebody whom the lot registers; with a number once she is written."""

    documento: str
    tipo_de_documento: str
    nombres: str
    apellidos: str
    celular: str
    pk: int | None = None


@dataclass(slots=True)
class Sitio:
    """A seat of the lot: its number once it is open, and the number of its institution where the lot gives it one."""

    pk: int | None
    institucion: int | None = None


@dataclass
class Escritura:
    """One lot of accepted rows on its way to the database."""

    filas: list[FilaPlaneada]
    estado: Estado
    conocidas: Instituciones = field(default_factory=Instituciones)

    def __post_init__(self) -> None:
        self.hechos: list[Hecho] = [{} for _fila in self.filas]
        self.personas: dict[str, Persona | Nueva] = dict(self.estado.personas)
        self.nuevas: list[Nueva] = []
        self.cambiadas: dict[int, Persona] = {}
        self.campos: dict[int, set[str]] = {}
        self.asientos: dict[Clave, Sitio] = {}
        self.membresias: list[int] = []
        self.sentadas: list[tuple[Persona | Nueva, int | None]] = []  # who, and the number of the seat
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
                nueva = Nueva(leida.documento, leida.tipo_de_documento, leida.nombres, leida.apellidos, leida.celular)
                self.personas[leida.documento] = nueva
                self.nuevas.append(nueva)
                hecho["persona_nueva"] = True
            elif isinstance(persona, Nueva):
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
        de_ellas = ((n.documento, n.tipo_de_documento, n.nombres, n.apellidos, n.celular) for n in self.nuevas)
        for nueva, numero in zip(self.nuevas, crear(Persona, DE_PERSONA_NUEVA, de_ellas), strict=True):
            nueva.pk = numero
        Persona.objects.bulk_update(self.cambiadas.values(), DE_PERSONA, batch_size=LOTE)

    @staticmethod
    def _mejorar(persona: Nueva, fila: FilaPlaneada) -> None:
        """Another row of a person that an earlier one registers: it may spell her name better, or give her phone."""
        if "nombre" in fila.cambios:
            persona.nombres, persona.apellidos = fila.leida.nombres, fila.leida.apellidos
        if "celular" in fila.cambios:
            persona.celular = fila.leida.celular

    def _asientos(self) -> None:
        """Open the seats that the list brings and set the institution where the seat had none."""
        instituciones = self._instituciones()
        nuevos: dict[Clave, Sitio] = {}
        completados: list[Sitio] = []
        con_institucion = set(self.estado.con_institucion)
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            assert fila.asiento is not None  # noqa: S101 (accepted rows have one)
            institucion = instituciones.get(normalizar(fila.leida.institucion))  # its number
            asiento = self.asientos.get(fila.asiento) or Sitio(self.estado.abiertos.get(fila.asiento))
            if asiento.pk is None and fila.asiento not in nuevos:
                asiento.institucion = institucion
                nuevos[fila.asiento] = asiento
                hecho["asiento_nuevo"] = True
            elif institucion is not None and fila.asiento not in con_institucion:
                asiento.institucion = institucion
                if asiento.pk:
                    completados.append(asiento)
                    hecho["institucion_puesta"] = institucion
            if institucion is not None:
                con_institucion.add(fila.asiento)
            self.asientos[fila.asiento] = asiento
        tipos = self.estado.tipos
        por_abrir = (
            (instancia, tipos[codigo].pk, numero, sitio.institucion)
            for (instancia, codigo, numero), sitio in nuevos.items()
        )
        for sitio, suyo in zip(nuevos.values(), crear(Asiento, DE_ASIENTO, por_abrir), strict=True):
            sitio.pk = suyo
        actualizar(Asiento, ("institucion",), ((sitio.pk, sitio.institucion) for sitio in completados))

    def _instituciones(self) -> dict[str, int]:
        instituciones = self.conocidas.de_hoy()
        por_crear: dict[str, tuple[str, str]] = {}
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            clave = normalizar(fila.leida.institucion)
            if clave and clave not in instituciones and clave not in por_crear:
                sector = self.estado.tipos[fila.leida.tipo].sector
                por_crear[clave] = fila.leida.institucion, sector
                hecho["institucion_nueva"] = clave
        numeros = crear(Institucion, ("nombre", "sector"), por_crear.values())
        nuevas = dict(zip(por_crear, numeros, strict=True))
        for hecho in self.hechos:
            if "institucion_nueva" in hecho:
                hecho["institucion_nueva"] = nuevas[hecho["institucion_nueva"]]
        return instituciones | nuevas

    def _membresias(self) -> None:
        tomadas, por_crear = [], []
        for fila, hecho in zip(self.filas, self.hechos, strict=True):
            if fila.asiento is None:
                continue
            asiento = self.asientos[fila.asiento]
            hecho["asiento"] = asiento.pk
            if fila.membresia_nueva:
                leida, persona = fila.leida, self.personas[fila.leida.documento]
                dia = datetime.date.fromisoformat(leida.desde)
                por_crear.append((persona.pk, asiento.pk, leida.calidad, dia, leida.designacion))
                self.sentadas.append((persona, asiento.pk))
                tomadas.append(hecho)
        self.membresias = crear(Membresia, DE_MEMBRESIA, por_crear)
        for hecho, numero in zip(tomadas, self.membresias, strict=True):
            hecho["membresia"] = numero

    def _rastro(self, importacion: int) -> Iterator[rastro.Linea]:
        de_esta = {"importacion": importacion}
        for persona in self.nuevas:
            yield "instancias.registrar", persona, de_esta
        for pk, persona in self.cambiadas.items():
            yield "instancias.corregir", persona, {"campos": sorted(self.campos[pk]), **de_esta}
        for persona, membresia_id in self.salen:
            yield "instancias.cesar", persona, {"membresia": membresia_id, **de_esta}
        for quien, asiento in self.sentadas:
            yield "instancias.sentar", quien, {"asiento": asiento, **de_esta}
