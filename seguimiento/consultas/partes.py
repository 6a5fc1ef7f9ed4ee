"""How many have each version of a course and how many began and finished each unit, by instancia: what was counted
already, and from facts whatever has a mark since.

Kept as ``contadores`` is, with its marks and one more: a unit that somebody begins or finishes changes nothing of the
panel, so it marks only what is kept here. Who sits at several instancias is told once, when it is read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from django.db.models import Count, FilteredRelation, Q, QuerySet

from cursos.models import Avance, Inscripcion
from instancias.models import Instancia
from instancias.querysets import bajo
from marco.de_estos import DeEstos

from ..models import MarcaDePartes
from . import distritos
from .ambito import Ambito
from .contadores import en_varias, hay, marcadas_hasta, sin_los_de_dentro
from .definiciones import en_funciones, exigido, inscripcion_cuenta, personas_del
from .instantanea import instantanea

DE_CADA = 3  # of more than one of so many places to be counted now, all are: one pass costs less

# As they are written: by version, how many people, and then of each unit how many began and how many finished.
Guardadas = dict[str, list[list[int]]]


@dataclass
class Partes:
    """``personas`` by version; who began and who finished, by version and unit."""

    personas: Counter[int] = field(default_factory=Counter)
    empezaron: Counter[tuple[int, int]] = field(default_factory=Counter)
    terminaron: Counter[tuple[int, int]] = field(default_factory=Counter)
    # Of an instancia, the enrolments of who may sit at others too, each with its version; of several, how many times
    # too many each was added up. None where nobody is added up twice.
    repiten: list[tuple[int, int]] = field(default_factory=list, compare=False)
    de_mas: dict[int, int] | None = field(default=None, compare=False)

    def poner(self, version: int, unidad: int, empezaron: int, terminaron: int) -> None:
        self.empezaron[version, unidad] += empezaron
        self.terminaron[version, unidad] += terminaron

    def sumar(self, guardadas: Guardadas) -> None:
        """Add what is kept of an instancia."""
        for version, ((personas,), *unidades) in guardadas.items():
            self.personas[int(version)] += personas
            for unidad, empezaron, terminaron in unidades:
                self.poner(int(version), unidad, empezaron, terminaron)

    def por_guardar(self) -> Guardadas:
        return {
            str(version): [
                [personas],
                *([u, n, self.terminaron[v, u]] for (v, u), n in sorted(self.empezaron.items()) if v == version),
            ]
            for version, personas in sorted(self.personas.items())
        }


def inscripciones_del(ambito: Ambito) -> QuerySet[Inscripcion]:
    """Enrolments of people who sit on the seats that count."""
    return Inscripcion.objects.filter(inscripcion_cuenta(ambito, ""), persona__in=personas_del(ambito).values("pk"))


def del_ambito(ambito: Ambito) -> Partes:
    """Of the people of the scope, each once. A handful of statements, however many people."""
    return _guardadas(ambito) or _de_hechos(ambito)


def _de_hechos(ambito: Ambito) -> Partes:
    """People are counted by version first: joined to the dozens of units that each asks for, a country is millions."""
    inscripciones = inscripciones_del(ambito)
    todas = Partes(Counter(dict(inscripciones.order_by().values_list("version_id").annotate(cuantas=Count("pk")))))
    hechas = Avance.objects.filter(inscripcion__in=inscripciones.values("pk"), iniciado_en__lt=ambito.corte)
    for fila in (
        hechas.order_by()
        .values_list("inscripcion__version_id", "unidad_id")
        .annotate(empezaron=Count("pk"), terminaron=Count("pk", filter=_terminada(ambito)))
    ):
        todas.poner(*fila)
    return todas


def contar(ambito: Ambito) -> dict[str, Partes]:
    """The same of each instancia of the scope, from facts. Three statements."""
    contadas: dict[str, Partes] = {}
    lugar = "membresias__asiento__instancia__territorio_id"
    de_ellas = Inscripcion.objects.filter(inscripcion_cuenta(ambito, ""), sentada(ambito, "persona__")).order_by()
    for ubigeo, version, cuantas in de_ellas.values_list(f"persona__{lugar}", "version_id").annotate(
        cuantas=Count("pk", distinct=True)
    ):
        contadas.setdefault(ubigeo, Partes()).personas[version] = cuantas
    for ubigeo, *cual in (
        de_ellas.filter(persona__in=en_varias()).values_list(f"persona__{lugar}", "pk", "version_id").distinct()
    ):
        contadas[ubigeo].repiten.append((cual[0], cual[1]))
    hechas = Avance.objects.filter(
        inscripcion_cuenta(ambito, "inscripcion__"),
        sentada(ambito, "inscripcion__persona__"),
        iniciado_en__lt=ambito.corte,
    )
    for ubigeo, *fila in (
        hechas.order_by()
        .values_list(f"inscripcion__persona__{lugar}", "inscripcion__version_id", "unidad_id")
        .annotate(
            empezaron=Count("pk", distinct=True), terminaron=Count("pk", distinct=True, filter=_terminada(ambito))
        )
    ):
        contadas[ubigeo].poner(*fila)
    return contadas


def sentada(ambito: Ambito, ruta: str) -> Q:
    """Condition on a person: sits on a seat that counts. All of it in one filter, so that it is of the same seat."""
    sienta = en_funciones(ambito, f"{ruta}membresias__") & exigido(ambito, f"{ruta}membresias__asiento__")
    return Q(**{f"{ruta}activa": True}) & sienta


def _terminada(ambito: Ambito) -> Q:
    return Q(terminado_en__lt=ambito.corte)


def _guardadas(ambito: Ambito) -> Partes | None:
    """From what was counted; None where too little of it was."""
    if ambito.edicion is None or ambito.instancia or not hay():
        return None
    with instantanea():
        suyas = leer(ambito)
        faltan = sin_los_de_dentro(sorted(ubigeo for ubigeo, una in suyas.items() if una is None))
        if not suyas or DE_CADA * len(faltan) > len(suyas):
            return None
        todas, repiten = Partes(de_mas={}), []
        for ubigeo, una in suyas.items():
            if una is not None and not ubigeo.startswith(tuple(faltan)):
                todas.sumar(una[0])
                repiten += una[1]
        for viva in contar(replace(ambito, prefijos=tuple(faltan))).values() if faltan else ():
            todas.sumar(viva.por_guardar())
            repiten += viva.repiten
        _quitar_repetidas(todas, Counter((pk, version) for pk, version in repiten), ambito)
    return todas


def _quitar_repetidas(todas: Partes, veces: Counter[tuple[int, int]], ambito: Ambito) -> None:
    """Take away what who sits at several instancias was added up again. One statement."""
    version_de = {pk: version for (pk, version), n in veces.items() if n > 1}
    todas.de_mas = {pk: n - 1 for (pk, _version), n in veces.items() if n > 1}
    if not version_de:
        return
    for pk, version in version_de.items():
        todas.personas[version] -= todas.de_mas[pk]
    hechas = Avance.objects.filter(Q(DeEstos("inscripcion_id", version_de)), iniciado_en__lt=ambito.corte)
    for pk, unidad, terminado in hechas.order_by().values_list("inscripcion_id", "unidad_id", "terminado_en"):
        n = todas.de_mas[pk]
        todas.poner(version_de[pk], unidad, -n, -n if terminado and terminado < ambito.corte else 0)


def leer(ambito: Ambito) -> dict[str, tuple[Guardadas, list[list[int]]] | None]:
    """What is kept of each instancia of the scope; None of what has nothing, or a mark. Three statements."""
    marcadas = marcadas_hasta(ambito.dia) | marcadas_hasta(ambito.dia, MarcaDePartes)
    suyo = Q(territorio__partes__edicion=ambito.edicion_id, territorio__partes__dia=ambito.dia)
    filas = (
        Instancia.objects.filter(bajo(ambito.convocados, "territorio__ubigeo"))
        .annotate(suyo=FilteredRelation("territorio__partes", condition=suyo))
        .order_by("territorio_id")
        .values_list("territorio_id", "suyo__partes", "suyo__repiten")
    )
    return {
        ubigeo: None if partes is None or {ubigeo, ""} & marcadas else (partes, repiten)
        for ubigeo, partes, repiten in filas
    }


def repetidas(ambito: Ambito) -> dict[int, int]:
    """The enrolments of who sits at several instancias of the scope, each with how many times too many it is told."""
    repiten = (
        distritos.sentadas(ambito)
        .filter(pk__in=en_varias(), insc__pk__isnull=False)
        .values("insc__pk")
        .annotate(cuantas=Count("membresias__asiento__instancia__territorio", distinct=True))
        .filter(cuantas__gt=1)
    )
    return {pk: cuantas - 1 for pk, cuantas in repiten.values_list("insc__pk", "cuantas")}
