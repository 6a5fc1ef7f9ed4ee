"""What the screen of a review reads: how many rows of each kind, and each row with its problems beside their cells."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from ...models import FilaDePadron, ImportacionDePadron
from ...politica import AlcanceEfectivo
from ..interpretacion.motivos import CAMPOS, DE_SIEMPRE, nombre_del_campo, nombre_del_motivo
from ..interpretacion.nombres import CAMBIADOS
from ..interpretacion.problemas import ACEPTABLES
from .banco import es_de_su_ambito

ACCIONES = ("rechazar", "relevar", "crear", "cambiar", "igual")
DEJADAS = "dejadas"
POR_ESTAR_OCUPADO = ("asiento.asiento_ocupado", "calidad.con_la_otra_calidad")


@dataclass
class Cuentas:
    """How many rows of a list wait, by what they would do and by their problems."""

    acciones: dict[str, int]
    motivos: dict[str, int]
    guardadas: int = 0
    dejadas: int = 0

    @property
    def por_guardar(self) -> int:
        return self.acciones["crear"] + self.acciones["cambiar"] + self.acciones["relevar"]

    @property
    def con_problema(self) -> int:
        return self.acciones["rechazar"]

    @property
    def podrian_relevar(self) -> int:
        """Rows held only because somebody is on the seat: a list that changes authorities saves them."""
        return sum(self.motivos.get(motivo, 0) for motivo in POR_ESTAR_OCUPADO)

    @property
    def por_resolver(self) -> int:
        return sum(self.acciones.values())

    @property
    def clases(self) -> list[tuple[str, str, int]]:
        """The kinds of problem there are, the most frequent first: key, name and how many rows have it.

        One that is of several columns says of which, so that no two are called the same.
        """
        nombres = {motivo: nombre_del_motivo(motivo) for motivo in self.motivos}
        veces = Counter(nombres.values())
        filas = [
            (motivo, _con_su_columna(motivo, nombre) if veces[nombre] > 1 else nombre, self.motivos[motivo])
            for motivo, nombre in nombres.items()
        ]
        return sorted(filas, key=lambda fila: (-fila[2], fila[1]))


def _con_su_columna(motivo: str, nombre: str) -> str:
    campo = motivo.partition(".")[0]
    return f"{nombre} ({nombre_del_campo(campo)})" if campo else nombre


def contar(importacion: ImportacionDePadron) -> Cuentas:
    """Two statements, however many rows."""
    estados = importacion.filas.order_by().values_list("estado", "accion").annotate(Count("pk"))
    cuentas = Cuentas(acciones=dict.fromkeys(ACCIONES, 0), motivos={})
    for estado, accion, n in estados:
        if estado == FilaDePadron.Estado.GUARDADA:
            cuentas.guardadas += n
        elif estado == FilaDePadron.Estado.DEJADA:
            cuentas.dejadas += n
        else:
            cuentas.acciones[accion or "rechazar"] += n
    motivos: Counter[str] = Counter()
    pendientes = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR).exclude(motivos="")
    for texto, n in pendientes.order_by().values_list("motivos").annotate(Count("pk")):
        for motivo in texto.strip(",").split(","):
            motivos[motivo] += n
    cuentas.motivos = dict(motivos)
    return cuentas


def filtrar(importacion: ImportacionDePadron, *, ver: str, motivo: str) -> QuerySet[FilaDePadron]:
    """The rows that wait, those with a problem first; of one action or kind of problem, in the order of the list."""
    if ver == DEJADAS:
        return importacion.filas.filter(estado=FilaDePadron.Estado.DEJADA).order_by("orden")
    filas = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR)
    if motivo:
        filas = filas.filter(motivos__contains=f",{motivo},")
    if ver:
        filas = filas.filter(accion=ver)
    lugar = Case(*(When(accion=accion, then=Value(n)) for n, accion in enumerate(ACCIONES)), default=Value(0))
    return filas.order_by(lugar, "orden")


@dataclass
class Celda:
    """A cell of a row, with what is wrong in it and its likely right values."""

    campo: str
    valor: str
    textos: list[str] = field(default_factory=list)
    propuestas: list[str] = field(default_factory=list)

    @property
    def titulo(self) -> str:
        return nombre_del_campo(self.campo)


@dataclass
class Renglon:
    """A row as the screen shows it."""

    fila: FilaDePadron
    lugar: str
    tipo: str
    celdas: list[Celda]
    sueltos: list[str]  # problems of the row as a whole
    notas: list[str]
    aceptables: list[str]
    abierta: bool = False

    @property
    def quien(self) -> str:
        leida = self.fila.leida
        nombre = f"{leida.get('nombres', '')} {leida.get('apellidos', '')}".strip()
        crudo = f"{self.fila.cruda.get('nombres', '')} {self.fila.cruda.get('apellidos', '')}".strip()
        return nombre or crudo

    @property
    def se_intercambian(self) -> bool:
        """Whether its first names seem to be under the surnames, and the other way round."""
        return any(problema["codigo"] == CAMBIADOS for problema in self.fila.problemas)

    @property
    def calidad(self) -> str:
        return self.fila.leida.get("calidad", "")

    @property
    def documento(self) -> str:
        return self.fila.documento or self.fila.cruda.get("documento", "")


def renglones(
    filas: Any, *, lugares: dict[str, str], tipos: dict[str, str], abierta: int | None = None
) -> list[Renglon]:
    return [_renglon(fila, lugares, tipos, abierta == fila.pk) for fila in filas]


def _renglon(fila: FilaDePadron, lugares: dict[str, str], tipos: dict[str, str], abierta: bool) -> Renglon:
    celdas: dict[str, Celda] = {}
    sueltos, aceptables = [], []
    for problema in fila.problemas:
        campo = problema["campo"]
        if problema["codigo"] in ACEPTABLES and problema["codigo"] not in aceptables:
            aceptables.append(problema["codigo"])
        if campo not in CAMPOS:
            sueltos.append(problema["texto"])
            continue
        celda = celdas.setdefault(campo, Celda(campo, str(fila.cruda.get(campo, ""))))
        celda.textos.append(problema["texto"])
        celda.propuestas += [una for una in problema["propuestas"] if una not in celda.propuestas]
    if abierta:
        todos = [campo for campo in CAMPOS if campo in fila.cruda or campo in DE_SIEMPRE or campo in celdas]
        celdas = {campo: celdas.get(campo) or Celda(campo, str(fila.cruda.get(campo, ""))) for campo in todos}
    textos = {problema["texto"] for problema in fila.problemas}
    return Renglon(
        fila,
        lugar=lugares.get(fila.territorio, ""),
        tipo=tipos.get(fila.tipo, fila.tipo),
        celdas=list(celdas.values()),
        sueltos=sueltos,
        notas=[texto for texto in fila.detalles if texto not in textos],
        aceptables=aceptables,
        abierta=abierta,
    )


@dataclass(frozen=True)
class Abierta:
    """A list that waits for somebody: whose, how many rows, until when."""

    importacion: ImportacionDePadron
    quedan: int

    @property
    def de(self) -> str:
        cuenta = self.importacion.subida_por
        return (cuenta.get_full_name().strip() or cuenta.get_username()) if cuenta else str(_("otra cuenta"))


def abiertas(alcance: AlcanceEfectivo, ahora: datetime.datetime) -> list[Abierta]:
    """The lists that this scope may work on today, the latest first. One statement."""
    pendientes = Count("filas", filter=Q(filas__estado=FilaDePadron.Estado.POR_REVISAR))
    listas = ImportacionDePadron.objects.abiertas(ahora).select_related("subida_por").annotate(quedan=pendientes)
    return [Abierta(una, una.quedan) for una in listas if es_de_su_ambito(una, alcance)]


def hoja_de_problemas(importacion: ImportacionDePadron) -> tuple[list[str], list[list[str]]]:
    """The rows with a problem as the sheet had them, each with its reason: headings and cells."""
    malas = importacion.filas.filter(estado=FilaDePadron.Estado.POR_REVISAR, accion=FilaDePadron.Accion.RECHAZAR)
    filas = list(malas.order_by("orden"))
    presentes = {campo for fila in filas for campo in fila.cruda}
    campos = [campo for campo in CAMPOS if campo in presentes or campo in DE_SIEMPRE]
    titulos = [nombre_del_campo(campo) for campo in campos] + [str(_("Motivo"))]
    cuerpo = [
        [str(fila.cruda.get(campo, "") or "") for campo in campos]
        + [" ".join(problema["texto"] for problema in fila.problemas)]
        for fila in filas
    ]
    return titulos, cuerpo
