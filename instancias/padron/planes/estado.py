"""What the database says about the people, tables and seats of some rows. A fixed number of statements for each lot."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone

from ...identidad import Nombre
from ...models import Asiento, FilaDePadron, ImportacionDePadron, Instancia, Membresia, Persona, TipoDeAsiento
from ...politica import AlcanceEfectivo
from ..interpretacion.interpretar import FilaLeida
from .relevos import Turno

CON_CELULAR = "con_celular"  # of a row that was saved: it gave a phone
Clave = tuple[int, str, int]  # table, code of the kind of seat, number


class AsientoVisto(NamedTuple):
    """A seat as the plan sees it: its state and institution, also those that the list would give it."""

    estado: str
    institucion: str


class Vista(NamedTuple):
    """Somebody of an earlier row of the same list: how she is called after it, and the phone that the list gave."""

    fila: int
    nombres: str
    apellidos: str
    celular: str


class Estado:
    """Grows with each lot of rows; what the rows already planned would take is added to it."""

    def __init__(self, filas: Iterable[FilaLeida] = (), *, releva: bool = False, primero: str = "") -> None:
        # Whether the list was said to change authorities; then, every turn on a seat from its first day on.
        self.releva, self.primero = releva, primero
        self.turnos: dict[Clave, list[Turno]] = {}
        # Who this list seats, apart from who was there.
        self.de_la_lista: dict[Clave, dict[str, str]] = {}
        self.tipos = {t.codigo: t for t in TipoDeAsiento.objects.all()}
        self.personas: dict[str, Persona] = {}
        # Those of them to whom whoever saves the list may give no seat.
        self.ajenas: set[int] = set()
        # Those of them of whom no phone is kept: they answered so.
        self.sin_aceptar: set[int] = set()
        self.instancias: dict[str, Instancia] = {}
        self.asientos: dict[Clave, AsientoVisto] = {}
        # Of those, which stand in the database, and which had an institution there: the plan does not change them.
        self.abiertos: dict[Clave, int] = {}
        self.con_institucion: set[Clave] = set()
        # Who sits where: seat → quality → document. Rows of the list are added as they are planned.
        self.ocupados: dict[Clave, dict[str, str]] = {}
        self._nombres: dict[str, str] = {}
        # Turns that ended before today: a row that begins in the past may not run into them.
        self.pasados: dict[Clave, list[Turno]] = {}
        # The same, for those whose last day is known: quality, document and that day.
        self.con_fin: dict[Clave, list[tuple[str, str, str]]] = {}
        self.vistas: dict[str, Vista] = {}
        self._territorios: set[str] = set()
        self.ampliar(filas)

    def ampliar(self, filas: Iterable[FilaLeida]) -> None:
        """Look up what these rows speak of. People of the former lot are let go; seats and tables stay."""
        filas = list(filas)
        documentos = {f.documento for f in filas if f.documento}
        # A number of each is never one of the other: a DNI has eight, a foreigner's card nine or more.
        con_numero = (Persona.Documento.DNI, Persona.Documento.CARNE_DE_EXTRANJERIA)
        de_cada_uno = Persona.objects.por_documento(documentos, con_numero) if documentos else {}
        for leida in filas:
            leida.de_quien_queda(de_cada_uno.get(leida.documento))
        self.personas = {persona.documento: persona for persona in de_cada_uno.values()}
        con_celular = {self.personas[f.documento].pk for f in filas if f.celular and f.documento in self.personas}
        suyas = Persona.objects.filter(pk__in=con_celular).sin_aceptar() if con_celular else Persona.objects.none()
        self.sin_aceptar = set(suyas.values_list("pk", flat=True))
        nuevos = {f.territorio for f in filas if f.territorio} - self._territorios
        if nuevos:
            self._territorios |= nuevos
            primero = self.primero or min((f.desde for f in filas if f.desde), default="")
            self._leer_instancias(nuevos, primero if self.releva else "")

    def _leer_instancias(self, territorios: set[str], primero: str) -> None:
        suyas = Instancia.objects.filter(territorio_id__in=territorios).select_related("territorio", "atendida_por")
        nuevas = {i.territorio_id: i for i in suyas}
        self.instancias |= nuevas
        propias = [i.pk for i in nuevas.values()]
        columnas = ("instancia_id", "tipo__codigo", "numero", "pk", "estado", "institucion__nombre")
        for instancia, tipo, numero, pk, estado, institucion in Asiento.objects.filter(
            instancia_id__in=propias
        ).values_list(*columnas):
            clave = (instancia, tipo, numero)
            self.asientos[clave] = AsientoVisto(estado, institucion or "")
            self.abiertos[clave] = pk
            if institucion:
                self.con_institucion.add(clave)
        self._leer_ocupantes(propias, primero)

    def _leer_ocupantes(self, propias: list[int], primero: str) -> None:
        columnas = ("instancia_id", "tipo__codigo", "numero")
        hoy = timezone.localdate()
        desde_cuando = min(hoy, datetime.date.fromisoformat(primero)) if primero else hoy
        de_estas = Membresia.objects.de_algun_dia().filter(asiento__instancia_id__in=propias)
        for instancia, tipo, numero, pk, calidad, desde, hasta, documento, nombres, apellidos in de_estas.values_list(
            *(f"asiento__{columna}" for columna in columnas),
            "pk",
            "calidad",
            "desde",
            "hasta",
            "persona__documento",
            "persona__nombres",
            "persona__apellidos",
        ):
            clave = (instancia, tipo, numero)
            turno = Turno(pk, calidad, documento, desde.isoformat(), hasta.isoformat() if hasta else "")
            self._nombres[documento] = discreto(nombres, apellidos)
            if hasta is None or hasta >= desde_cuando:
                self.turnos.setdefault(clave, []).append(turno)
            if hasta and hasta < hoy:
                self.pasados.setdefault(clave, []).append(turno)
                continue
            if hasta:
                self.con_fin.setdefault(clave, []).append((calidad, documento, hasta.isoformat()))
            else:
                self.ocupados.setdefault(clave, {})[calidad] = documento

    def conocer_alcance(self, alcance: AlcanceEfectivo) -> None:
        self.ajenas = alcance.ajenas(self.personas.values())

    def recordar_guardadas(self, importacion: ImportacionDePadron) -> None:
        """The rows of this list that are already saved count as earlier ones, whatever day it was."""
        guardadas = FilaDePadron.objects.filter(importacion=importacion, estado=FilaDePadron.Estado.GUARDADA)
        self._recordar_asientos(guardadas)
        personas = {persona.pk: persona for persona in self.personas.values()}
        if not personas:
            return
        suyas = guardadas.filter(persona__in=personas).order_by("-orden")
        con_celular = set()
        for numero, fila, dijo in suyas.values_list("persona", "fila", f"hecho__{CON_CELULAR}"):
            persona = personas[numero]
            con_celular |= {numero} if dijo else set()
            celular = persona.celular if numero in con_celular else ""
            self.vistas[persona.documento] = Vista(fila, persona.nombres, persona.apellidos, celular)

    def _recordar_asientos(self, guardadas: Any) -> None:
        """Whom the saved rows seated: another row of the list does not take it from them."""
        de_aqui = guardadas.filter(territorio__in=self._territorios, hecho__has_key="membresia")
        suyas = set(de_aqui.values_list("hecho__membresia", flat=True))
        for clave, turnos in self.turnos.items():
            for turno in turnos:
                if turno.membresia in suyas:
                    self.de_la_lista.setdefault(clave, {})[turno.calidad] = turno.documento

    def ocupantes(self, clave: Clave, leida: FilaLeida) -> dict[str, str]:
        """Who holds a seat on some day from the first one of the row on; of several, the person of the row itself."""
        con_fin = [(calidad, quien) for calidad, quien, hasta in self.con_fin.get(clave, ()) if hasta >= leida.desde]
        propios = {calidad: quien for calidad, quien in con_fin if quien == leida.documento}
        return dict(con_fin) | self.ocupados.get(clave, {}) | propios

    def nombre_de(self, documento: str, si_no: str = "") -> str:
        """How somebody who holds a seat is called, in short: as the register says, or an earlier row of the list."""
        vista = self.vistas.get(documento)
        dicho = self._nombres.get(documento) or (discreto(vista.nombres, vista.apellidos) if vista else si_no)
        return dicho.rstrip(".")

    def choca_con(self, clave: Clave, leida: FilaLeida) -> Turno | None:
        """The turn that ended before today and runs into the first days of a row: of its quality, or of its person."""
        de_antes = (
            turno
            for turno in self.pasados.get(clave, ())
            if turno.hasta >= leida.desde and (turno.calidad == leida.calidad or turno.documento == leida.documento)
        )
        return max(de_antes, key=lambda turno: turno.hasta, default=None)

    def anotar(self, clave: Clave, leida: FilaLeida, *, ocupa: bool, nombre: Nombre) -> None:
        """A planned row takes its seat: those that follow meet it there. ``nombre`` is how the person is called now."""
        if ocupa:
            self.ocupados.setdefault(clave, {})[leida.calidad] = leida.documento
            self.de_la_lista.setdefault(clave, {})[leida.calidad] = leida.documento
        asiento = self.asientos.get(clave) or AsientoVisto(Asiento.Estado.EXIGIDO, "")
        if leida.institucion and not asiento.institucion:
            asiento = asiento._replace(institucion=leida.institucion)
        self.asientos[clave] = asiento
        primera = self.vistas.get(leida.documento)
        celular = (primera.celular if primera else "") or leida.celular
        self.vistas[leida.documento] = Vista(primera.fila if primera else leida.fila, *nombre, celular)


def discreto(nombres: str, apellidos: str) -> str:
    """First name and initial: enough to recognise who holds a seat."""
    primero = nombres.split()[0] if nombres else ""
    return f"{primero} {apellidos[:1].upper()}." if apellidos else primero
