"""What a course asks for, as it changes. Nobody's progress falls and nobody is left unable to finish.

* A change in what is asked makes a version. Whoever finished stays finished; whoever has not begun gets the new one;
  whoever is under way is kept as is until somebody decides otherwise (``decidir``).
* A unit that is retired is paused, and still asked for, while somebody under way lacks it (``publicacion``). It stops
  being asked for, of everybody at once, when nobody lacks it or somebody decides so (``retiros``): a version derived
  from theirs says so. When it comes back, they go back to the version they had.
* Only a decision finishes people. What it makes them earn waits, and meanwhile it can be undone.
* A version that nobody has worked under yet is rewritten in place: publishing five lessons makes one version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BigAutoField, Case, Exists, F, Max, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from marco.preparadas import preparada

from ..errores import CursoError
from ..models import DecisionDeRetiro, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from .consecuencia import Consecuencia, al_pasar_a, anotar
from .contadores import ABIERTA
from .mudanza import mover, recontar_las_de
from .sombras import unidades_de

Estado = Inscripcion.Estado
Trato = VersionDeCurso.Trato


def actualizar_versiones(
    *, curso: Unidad, horas: int, ahora: datetime, por: Any = None, decision: DecisionDeRetiro | None = None
) -> VersionDeCurso:
    """Bring the versions of a course in step with its units. The caller holds the row of the course.

    Nobody finishes by it unless a ``decision`` says so.
    """
    return _Versiones(curso, horas, ahora, por, decision).actualizar()


def personas_por_decidir(version: VersionDeCurso) -> QuerySet[Inscripcion]:
    """People under way in something else than this version: those the publisher decides about."""
    familia = VersionDeCurso.objects.filter(origen=version, trato=Trato.SIN_LO_RETIRADO)
    return (
        Inscripcion.objects.activas()
        .empezadas()
        .filter(curso=version.curso_id)
        .exclude(version=version)
        .exclude(version__in=familia)
    )


def version_por_decidir(curso: Unidad) -> VersionDeCurso | None:
    """Return the version in force when somebody must still say what happens to those under way."""
    raiz = _raiz(_vigente(curso.pk))
    if raiz is None or raiz.decidida_en or not personas_por_decidir(raiz).exists():
        return None
    return raiz


def versiones_por_decidir(cursos: QuerySet[Unidad]) -> list[VersionDeCurso]:
    """Return those of ``version_por_decidir`` for several courses, in one statement."""
    derivada = Q(trato=Trato.SIN_LO_RETIRADO)
    de_otra = (
        Inscripcion.objects.activas()
        .empezadas()
        .filter(curso=OuterRef("curso"))
        .exclude(version=OuterRef("raiz"))
        .exclude(version__origen=OuterRef("raiz"), version__trato=Trato.SIN_LO_RETIRADO)
    )
    vigentes = (
        VersionDeCurso.objects.filter(vigente=True, curso__in=cursos, curso__retirada_en__isnull=True)
        .filter((~derivada & Q(decidida_en__isnull=True)) | (derivada & Q(origen__decidida_en__isnull=True)))
        .annotate(raiz=Case(When(derivada, then=F("origen_id")), default=F("pk"), output_field=BigAutoField()))
    )
    return [_raiz(version) or version for version in vigentes.filter(Exists(de_otra)).select_related("origen")]


@transaction.atomic
def decidir(*, version: VersionDeCurso, trato: str, ahora: datetime, por: Any) -> int:
    """Record what happens to those under way and do it. Returns how many people were moved.

    Raises ``trato_desconocido`` or ``ya_decidida``: a version is decided once, and only while it is the one in force.
    A former one, from a tab left open, would take people back from the one that came after it.
    """
    if trato not in {Trato.CONSERVAR, Trato.PEDIR_LO_NUEVO}:
        raise CursoError("trato_desconocido", _("Elija una de las dos opciones."))
    Unidad.objects.filter(pk=version.curso_id).update(revision=F("revision") + 1)
    vigente = _vigente(version.curso_id)
    tomada = VersionDeCurso.objects.filter(pk=version.pk, decidida_en__isnull=True)
    if (
        vigente is None
        or _raiz(vigente) != version
        or not tomada.update(trato=trato, decidida_en=ahora, decidida_por=por)
    ):
        raise CursoError("ya_decidida", _("Eso ya se decidió o el curso volvió a cambiar. Vuelva a abrir la página."))
    if trato == Trato.CONSERVAR:
        return 0
    personas = personas_por_decidir(version)
    sobran, consecuencia = al_pasar_a(vigente, personas)
    decision = None
    if sobran:
        decision = anotar(
            curso_id=version.curso_id,
            unidades=sobran,
            trato=DecisionDeRetiro.Trato.DEJAR_DE_PEDIR,
            consecuencia=consecuencia,
            ahora=ahora,
            por=por,
            version=version,
        )
    return mover(personas, a=vigente, ahora=ahora, decision=decision)


def cambios_por_decidir(version: VersionDeCurso) -> tuple[list[str], list[str]]:
    """Return the titles of what a version asks for that some of those under way are not asked for, and the reverse.

    It is compared with what they have: versions made meanwhile, that nobody decided about, are not.
    """
    en_uso = set(personas_por_decidir(version).values_list("version_id", flat=True))
    filas: dict[int, dict[int, str]] = {pk: {} for pk in [version.pk, *en_uso]}
    titulos = RequisitoDeVersion.objects.filter(version__in=filas).values_list("version", "unidad", "unidad__titulo")
    for version_id, unidad_id, titulo in titulos:
        filas[version_id][unidad_id] = titulo
    ahora = filas.pop(version.pk)
    antes = {pk: titulo for suyas in filas.values() for pk, titulo in suyas.items()}
    nuevas = [titulo for pk, titulo in ahora.items() if any(pk not in suyas for suyas in filas.values())]
    return nuevas, [titulo for pk, titulo in antes.items() if pk not in ahora]


def consecuencia_de_pedir_lo_nuevo(version: VersionDeCurso) -> Consecuencia:
    """Return what it would do to those under way to be asked what the version in force asks."""
    _sobran, consecuencia = al_pasar_a(_vigente(version.curso_id) or version, personas_por_decidir(version))
    return consecuencia


def _vigente(curso_id: int) -> VersionDeCurso | None:
    return VersionDeCurso.objects.filter(curso=curso_id, vigente=True).select_related("origen").first()


def _raiz(version: VersionDeCurso | None) -> VersionDeCurso | None:
    """Return the version that the publisher made: a derived one stands for its origin."""
    return version.origen if version and version.trato == Trato.SIN_LO_RETIRADO else version


@preparada
def versiones_de(*, curso: int) -> QuerySet[VersionDeCurso]:
    return VersionDeCurso.objects.filter(curso=curso)


@preparada
def lo_que_piden_las_de(*, curso: int) -> QuerySet[RequisitoDeVersion, Any]:
    """Each version of a course with each unit that it asks for."""
    return RequisitoDeVersion.objects.filter(version__curso=curso).order_by().values_list("version_id", "unidad_id")


@preparada
def en_uso_en(*, curso: int) -> QuerySet[Inscripcion, Any]:
    """The versions of a course under which somebody has not finished."""
    return Inscripcion.objects.filter(ABIERTA, curso=curso).order_by().values_list("version_id", flat=True).distinct()


class _Versiones:
    """The versions of one course while they are brought up to date."""

    def __init__(self, curso: Unidad, horas: int, ahora: datetime, por: Any, decision: DecisionDeRetiro | None) -> None:
        self.curso, self.horas, self.ahora, self.por, self.decision = curso, horas, ahora, por, decision
        self.unidades = {unidad.pk: unidad for unidad in unidades_de(curso=curso.pk)}
        self.retiradas = {u.pk for u in self.unidades.values() if u.retirada_en is not None and not u.en_pausa}
        self.versiones = {version.pk: version for version in versiones_de(curso=curso.pk)}
        de_cada_una: dict[int, set[int]] = {}
        for version_id, unidad_id in lo_que_piden_las_de(curso=curso.pk):
            de_cada_una.setdefault(version_id, set()).add(unidad_id)
        self.filas = {version_id: frozenset(suyas) for version_id, suyas in de_cada_una.items()}

    def actualizar(self) -> VersionDeCurso:
        pedidas = frozenset(pk for pk, u in self.unidades.items() if u.obligatoria and pk not in self.retiradas)
        vigente = next((v for v in self.versiones.values() if v.vigente), None)
        raiz = self._raiz(vigente) if vigente else None
        if vigente is None or raiz is None:
            vigente = self._nueva(pedidas, trato=Trato.CONSERVAR, decidida_en=self.ahora)
            self._hacer_vigente(vigente)
        elif self._cambio(raiz, pedidas):
            vigente = self._siguiente(vigente, raiz, pedidas)
        self._sin_lo_retirado(vigente)
        return next(v for v in self.versiones.values() if v.vigente)

    def _cambio(self, raiz: VersionDeCurso, pedidas: frozenset[int]) -> bool:
        """Whether the publisher now asks for something else. A course left empty for a while asks what it asked."""
        if (raiz.titulo, raiz.horas) != (self.curso.titulo, self.horas):
            return True
        return bool(pedidas) and pedidas != self._filas(raiz) - self.retiradas

    def _siguiente(self, vigente: VersionDeCurso, raiz: VersionDeCurso, pedidas: frozenset[int]) -> VersionDeCurso:
        pide_igual = not pedidas or pedidas == self._filas(raiz) - self.retiradas
        filas = self._filas(raiz) if pide_igual else pedidas
        grupo = Inscripcion.objects.filter(version__in=[vigente, raiz])
        empezadas = grupo.empezadas()
        usada = grupo.filter(Q(estado=Estado.TERMINADA) | Q(pk__in=empezadas.values("pk")))
        sin_decidir = raiz.decidida_en is None or raiz.origen_id is None
        if vigente == raiz and sin_decidir and not usada.exists():
            self._reescribir(raiz, filas)
            return raiz
        decision: dict[str, Any] = {"trato": Trato.CONSERVAR}
        if pide_igual:  # as decided as the one it replaces: those who wait for a decision go on waiting
            decision = {campo: getattr(raiz, campo) for campo in ("trato", "decidida_en", "decidida_por_id")}
        nueva = self._nueva(filas, origen=vigente, **decision)
        self._hacer_vigente(nueva)
        # Nothing new is asked of anybody: a new title or number of hours is for all who have not finished.
        mover(grupo if pide_igual else grupo.exclude(pk__in=empezadas.values("pk")), a=nueva, ahora=self.ahora)
        return nueva

    def _sin_lo_retirado(self, vigente: VersionDeCurso) -> None:
        """Give everybody under way what their version asks for less what was retired, or back again."""
        abiertas = Inscripcion.objects.filter(curso=self.curso).exclude(estado=Estado.TERMINADA)
        en_uso = set(en_uso_en(curso=self.curso.pk)) | {vigente.pk}
        for version in [self.versiones[pk] for pk in sorted(en_uso)]:
            raiz = self._raiz(version)
            pedidas = self._filas(raiz) - self.retiradas
            if not pedidas or pedidas == self._filas(version):
                continue
            destino = self._derivada(raiz, pedidas)
            if version.vigente:
                self._hacer_vigente(destino)
            mover(abiertas.filter(version=version), a=destino, ahora=self.ahora, decision=self.decision)

    def _derivada(self, raiz: VersionDeCurso, pedidas: frozenset[int]) -> VersionDeCurso:
        for version in self.versiones.values():
            if self._raiz(version) == raiz and self._filas(version) == pedidas:
                return version
        return self._nueva(pedidas, trato=Trato.SIN_LO_RETIRADO, origen=raiz, titulo=raiz.titulo, horas=raiz.horas)

    def _nueva(self, filas: frozenset[int], **campos: Any) -> VersionDeCurso:
        ultimo = VersionDeCurso.objects.filter(curso=self.curso).aggregate(n=Max("numero"))["n"] or 0
        campos = {"titulo": self.curso.titulo, "horas": self.horas, **campos}
        version = VersionDeCurso.objects.create(
            curso=self.curso,
            numero=ultimo + 1,
            huella=huella(filas, campos["titulo"], campos["horas"]),
            creada_en=self.ahora,
            creada_por=self.por,
            **campos,
        )
        self.versiones[version.pk] = version
        self._poner_filas(version, filas)
        return version

    def _reescribir(self, version: VersionDeCurso, filas: frozenset[int]) -> None:
        version.titulo, version.horas = self.curso.titulo, self.horas
        version.huella = huella(filas, version.titulo, version.horas)
        version.creada_en = self.ahora
        version.save(update_fields=["titulo", "horas", "huella", "creada_en"])
        if filas != self._filas(version):
            version.filas.all().delete()
            self._poner_filas(version, filas)
            recontar_las_de(version)

    def _poner_filas(self, version: VersionDeCurso, filas: frozenset[int]) -> None:
        RequisitoDeVersion.objects.bulk_create(
            RequisitoDeVersion(version=version, unidad_id=pk, orden=unidad.orden)
            for pk, unidad in self.unidades.items()
            if pk in filas
        )
        self.filas[version.pk] = filas

    def _hacer_vigente(self, version: VersionDeCurso) -> None:
        VersionDeCurso.objects.filter(curso=self.curso, vigente=True).exclude(pk=version.pk).update(vigente=False)
        VersionDeCurso.objects.filter(pk=version.pk).update(vigente=True)
        for otra in self.versiones.values():
            otra.vigente = otra.pk == version.pk

    def _filas(self, version: VersionDeCurso) -> frozenset[int]:
        return self.filas.get(version.pk, frozenset())

    def _raiz(self, version: VersionDeCurso) -> VersionDeCurso:
        if version.trato == Trato.SIN_LO_RETIRADO and version.origen_id is not None:
            return self.versiones[version.origen_id]
        return version


def huella(unidades: Iterable[int], titulo: str, horas: int) -> str:
    """Digest of what a version asks for and says."""
    texto = "|".join([*(str(pk) for pk in sorted(unidades)), titulo, str(horas)])
    return hashlib.sha256(texto.encode()).hexdigest()
