"""What each thing may take, and whether it does. Times are floors of the same run, never milliseconds of a machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .arranque import Arranque
from .corrida import ConProcesos, Peso
from .escenas import CON_GUION, CONTINUAR, RESPUESTA, SIN_GUION
from .medicion import Medida


@dataclass(frozen=True)
class Meta:
    """The most that a scene may take. ``procesador``: milliseconds of the processes of pages, each time."""

    pisos: float | None = None
    pedidos: int | None = None
    sentencias: int | None = None
    procesador: float | None = None

    def en_palabras(self) -> str:
        partes = [f"{self.pisos:g} pisos"] if self.pisos is not None else []
        partes += [f"{self.pedidos} pedidos"] if self.pedidos is not None else []
        partes += [f"{self.sentencias} sentencias"] if self.sentencias is not None else []
        partes += [f"{self.procesador:g} ms de procesador"] if self.procesador is not None else []
        return ", ".join(partes)

    def faltas(self, medida: Medida) -> list[str]:
        """In what it takes more, in words; nothing when it takes less."""
        vistos = (
            (self.pisos, medida.veces, "pisos", ".1f"),
            (self.pedidos, medida.pedidos, "pedidos", "d"),
            (self.sentencias, medida.sentencias, "sentencias", "d"),
            (self.procesador, medida.procesador, "ms de procesador", ".1f"),
        )
        return [f"{visto:{forma}} {que}" for tope, visto, que, forma in vistos if tope is not None and visto > tope]


METAS: dict[str, Meta] = {
    "inicio": Meta(pisos=2.5),
    "curso": Meta(pisos=4),
    "paso de lección": Meta(pisos=2.2),
    CONTINUAR: Meta(pisos=3),
    RESPUESTA: Meta(procesador=12),
    CON_GUION: Meta(pisos=8, pedidos=4, sentencias=20),
    SIN_GUION: Meta(pisos=6, pedidos=3, sentencias=14),
}


def faltas_de(medida: Medida) -> list[str]:
    """What a measure misses of its goal."""
    meta = METAS.get(medida.nombre)
    return meta.faltas(medida) if meta else []


def incumplidas(medidas: Iterable[Medida], donde: str) -> list[str]:
    """One line for each measure that misses its goal."""
    return [
        f"{donde}, {una.usuarios} a la vez, {una.nombre}: {', '.join(faltas)} (meta: {METAS[una.nombre].en_palabras()})"
        for una in medidas
        if (faltas := faltas_de(una))
    ]


PASO_LA_PRIMERA_VEZ, PASO_DESPUES, PEDIDOS = 45, 4, 5  # kilobytes of a step, and what it asks for


def pesadas(peso: Peso) -> list[str]:
    """In what a step of a lesson weighs more than it may."""
    vistos = (
        ("KB la primera vez", peso.paso_primera_vez, PASO_LA_PRIMERA_VEZ),
        ("KB después", peso.paso_despues, PASO_DESPUES),
        ("pedidos la primera vez", peso.pedidos_primera_vez, PEDIDOS),
    )
    return [f"un paso: {visto:.1f} {que} (meta: {tope})" for que, visto, tope in vistos if visto > tope]


ARRANQUE = 3.0  # times an empty site of Wagtail
MEGAS = 90  # of memory of its own, of the process that has most


def arranque_lento(medido: Arranque) -> list[str]:
    """Whether starting takes more than so many times an empty Wagtail: nobody who installs a plugin can have less."""
    if medido.veces_de_wagtail <= ARRANQUE:
        return []
    con_el_otro = f"{medido.veces:.1f} de Django sin nada"
    return [f"arranque: {medido.veces_de_wagtail:.1f} veces un Wagtail sin nada, {con_el_otro} (meta: {ARRANQUE:g})"]


def procesos_grandes(filas: Sequence[ConProcesos]) -> list[str]:
    """Where a process has more memory of its own than it may."""
    return [
        f"{una.perfil}, {una.procesos} procesos: uno tiene {max(una.megas)} MB (meta: {MEGAS})"
        for una in filas
        if max(una.megas, default=0) > MEGAS
    ]


PDF, PDF_KB = 2.0, 30  # plain PDFs that a certificate takes, and its kilobytes
LOTE_MEGAS = 256  # of a worker that does a batch, at most at any moment


def papel_caro(pdf: Mapping[str, float]) -> list[str]:
    """In what a certificate takes more than it may."""
    veces = pdf["certificado"] / pdf["piso"]
    faltas = [f"un certificado: {veces:.1f} PDF sin nada (meta: {PDF:g})"] if veces > PDF else []
    return faltas + [
        f"un certificado, {logos} logos: {pdf[cual]:.1f} KB (meta: {PDF_KB})"
        for cual, logos in (("kb", 2), ("kb_4_logos", 4))
        if pdf[cual] > PDF_KB
    ]


def lote_pesado(lote: Mapping[str, float]) -> list[str]:
    """Whether a worker that does a batch takes more memory than it may, or left a paper undone."""
    faltas = [f"un lote: {lote['megas']:.0f} MB (meta: {LOTE_MEGAS})"] if lote["megas"] > LOTE_MEGAS else []
    return faltas + [f"un lote: {lote['sin_pdf']:.0f} sin PDF"] * bool(lote["sin_pdf"])


# Of what one machine with SQLite does, what a server has to do in the same machine with as many processes.
DE_LA_EMBEBIDA = 0.8
MAS_CON_DOS = 1.0  # two processes do more than one, by more than this


def que_no_crecen(servidor: Sequence[ConProcesos], embebida: ConProcesos | None) -> list[str]:
    """What a server does not do faster with a second process, and what it does too slowly beside one machine."""
    por_procesos = {una.procesos: una for una in servidor}
    faltas = []
    if 1 in por_procesos and 2 in por_procesos:
        uno, dos = por_procesos[1].por_segundo, por_procesos[2].por_segundo
        faltas += [
            f"produccion, {cual}: {dos[cual]:.1f} por segundo con 2 procesos y {uno[cual]:.1f} con 1"
            for cual in uno
            if dos[cual] <= MAS_CON_DOS * uno[cual]
        ]
    igual = por_procesos.get(embebida.procesos) if embebida else None
    if embebida and igual:
        faltas += [
            f"produccion, {cual}: {visto / embebida.por_segundo[cual]:.2f} de la embebida (meta: {DE_LA_EMBEBIDA:g})"
            for cual, visto in igual.por_segundo.items()
            if visto < DE_LA_EMBEBIDA * embebida.por_segundo[cual]
        ]
    return faltas
