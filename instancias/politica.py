"""The one place that says who may see and do what. Page, panel, admin, export and task ask here.

Scope is a set of UBIGEO prefixes. An account without scope sees nobody but its own person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from marco.preparadas import preparada

from .models import Alcance, Asiento, Instancia, Membresia, PedidoDeDatos, Persona, RolDado, Territorio
from .querysets import AsientoQuerySet, InstanciaQuerySet, MembresiaQuerySet, PersonaQuerySet, TerritorioQuerySet


@dataclass(frozen=True)
class AlcanceEfectivo:
    """What an account may reach today, as territories. Empty means nothing."""

    prefijos: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.prefijos)

    @property
    def puede_gestionar(self) -> bool:
        """Whether it may act, not only look. The one role of today may do both where it reaches."""
        return bool(self.prefijos)

    def cubre(self, ubigeo: str) -> bool:
        """Whether a territory lies inside the scope."""
        return ubigeo.startswith(self.prefijos)

    def cubre_todo(self, ubigeos: Iterable[str]) -> bool:
        """Whether all of these lie inside the scope. Of none, it is asked of no place: who reaches none does too."""
        return all(map(self.cubre, ubigeos))

    def cubre_por_encima(self, ubigeo: str) -> bool:
        """Whether a territory is a part of the scope, and not all of it."""
        return any(ubigeo.startswith(prefijo) and ubigeo != prefijo for prefijo in self.prefijos)

    def territorios(self) -> TerritorioQuerySet:
        return Territorio.objects.bajo(self.prefijos)

    def instancias(self) -> InstanciaQuerySet:
        return Instancia.objects.bajo(self.prefijos)

    def asientos(self) -> AsientoQuerySet:
        return Asiento.objects.bajo(self.prefijos)

    def membresias(self) -> MembresiaQuerySet:
        return Membresia.objects.bajo(self.prefijos)

    def personas(self) -> PersonaQuerySet:
        """Whom it may look at: also those who left a seat here."""
        return Persona.objects.bajo(self.prefijos)

    def personas_a_cargo(self) -> PersonaQuerySet:
        """On whose account it may act: links, messages, name, phone, document."""
        return Persona.objects.a_cargo(self.prefijos)

    def personas_con_cargo(self) -> PersonaQuerySet:
        """Whom it may look at, each with ``a_cargo``: whether it may also act."""
        return self.personas().con_cargo(self.prefijos)

    def pedidos_de_datos(self) -> QuerySet[PedidoDeDatos]:
        """Which requests about data it answers: those of the people on whose account it may act."""
        return PedidoDeDatos.objects.filter(persona__in=self.personas_a_cargo())

    def ajenas(self, personas: Iterable[Persona]) -> set[int]:
        """Among known people, the numbers of those to whom it may give no seat. One statement, or none."""
        numeros = {persona.pk for persona in personas}
        if not numeros:
            return numeros
        por_sentar = Persona.objects.por_sentar(self.prefijos).filter(pk__in=numeros)
        return numeros - set(por_sentar.values_list("pk", flat=True))


NINGUNO = AlcanceEfectivo()


def _sin_redundancia(prefijos: Iterable[str]) -> tuple[str, ...]:
    resultado: list[str] = []
    for prefijo in sorted(set(prefijos), key=len):
        if not any(prefijo.startswith(otro) for otro in resultado):
            resultado.append(prefijo)
    return tuple(sorted(resultado))


def alcance_de(cuenta: AbstractBaseUser | AnonymousUser, *, hoy: date) -> AlcanceEfectivo:
    """Return what this account may reach today. A superuser reaches every department. One statement."""
    if not cuenta.is_authenticated or not cuenta.is_active:
        return NINGUNO
    if getattr(cuenta, "is_superuser", False):
        departamentos = Territorio.objects.filter(nivel=Territorio.Nivel.DEPARTAMENTO)
        return AlcanceEfectivo(tuple(departamentos.values_list("ubigeo", flat=True)))
    return AlcanceEfectivo(_sin_redundancia(lugares_a_cargo_de(cuenta=cuenta.pk, hoy=hoy)))


@preparada
def lugares_a_cargo_de(*, cuenta: int, hoy: date) -> QuerySet[Alcance, str]:
    """The territories that were given to an account, and are its own today: each page of the staff asks for them."""
    vigentes = Alcance.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy), cuenta_id=cuenta, desde__lte=hoy)
    return vigentes.values_list("territorio_id", flat=True)


def alcances_de(cuentas: Iterable[Any], *, hoy: date) -> dict[int, AlcanceEfectivo]:
    """What some accounts may reach today, by their number. Two statements at most, however many they are."""
    activas = {cuenta.pk: cuenta for cuenta in cuentas if cuenta.is_active}
    todo = [pk for pk, cuenta in activas.items() if getattr(cuenta, "is_superuser", False)]
    prefijos: dict[int, list[str]] = {pk: [] for pk in activas}
    if todo:
        departamentos = Territorio.objects.filter(nivel=Territorio.Nivel.DEPARTAMENTO)
        prefijos |= dict.fromkeys(todo, list(departamentos.values_list("ubigeo", flat=True)))
    resto = set(activas) - set(todo)
    if resto:
        vigentes = Alcance.objects.filter(
            Q(hasta__isnull=True) | Q(hasta__gte=hoy), cuenta_id__in=resto, desde__lte=hoy
        )
        for cuenta, ubigeo in vigentes.values_list("cuenta_id", "territorio_id"):
            prefijos[cuenta].append(ubigeo)
    return {pk: AlcanceEfectivo(_sin_redundancia(suyos)) for pk, suyos in prefijos.items()}


def es_personal(cuenta: Any) -> bool:
    """Whether the account has, or has had, rights over others: it enters with its own long key, never by a link."""
    if _administra(cuenta):
        return True
    if cuenta.pk is None:
        return False
    return con_derechos(cuenta._meta.model).filter(pk=cuenta.pk).exists()


def con_derechos(modelo: Any) -> Any:
    """The accounts to which somebody gave a scope, a group or a permission."""
    return modelo._default_manager.filter(_con_alcance() | _con_rol() | _con_grupo(modelo) | _con_permiso(modelo))


def marcar_al_personal(cuentas: Any) -> Any:
    """Add ``con_derechos`` to some accounts, in the statement that brings them: see ``se_sabe_del_personal``."""
    modelo = cuentas.model
    return cuentas.annotate(con_derechos=_con_alcance() | _con_rol() | _con_grupo(modelo) | _con_permiso(modelo))


def se_sabe_del_personal(cuenta: Any) -> bool:
    """``es_personal`` without a statement, for an account that ``marcar_al_personal`` brought."""
    con_derechos = getattr(cuenta, "con_derechos", None)
    return es_personal(cuenta) if con_derechos is None else _administra(cuenta) or con_derechos


def _con_alcance() -> Exists:
    return Exists(Alcance.objects.filter(cuenta_id=OuterRef("pk")))


def _con_rol() -> Exists:
    """Also one that begins on another day, or that ended: as with a scope."""
    return Exists(RolDado.objects.filter(cuenta_id=OuterRef("pk")))


def _con_grupo(modelo: Any) -> Exists:
    return _con_alguno(modelo, "groups")


def _con_permiso(modelo: Any) -> Exists:
    return _con_alguno(modelo, "user_permissions")


def _con_alguno(modelo: Any, campo: str) -> Exists:
    """Whether an account is joined to something. Its own row, which every page reads, is not looked for again."""
    relacion = modelo._meta.get_field(campo)
    uniones = relacion.remote_field.through._default_manager
    return Exists(uniones.filter(**{relacion.m2m_field_name(): OuterRef("pk")}))


def personal_entre(cuentas: Iterable[Any]) -> set[int]:
    """Among some accounts, the numbers of those that ``es_personal`` names. One statement, or none."""
    por_numero = {cuenta.pk: cuenta for cuenta in cuentas}
    if not por_numero:
        return set()
    modelo = next(iter(por_numero.values()))._meta.model
    con_derecho = con_derechos(modelo).filter(pk__in=por_numero).values_list("pk", flat=True)
    por_su_cuenta = {n for n, una in por_numero.items() if _administra(una)}
    return por_su_cuenta | set(con_derecho)


def manda_sobre(quien: Any, cuenta: Any, *, hoy: date) -> bool:
    """Whether somebody has authority over the account of another who works here: never over their own.

    Who administers the site, over all. Who coordinates a territory, over who only coordinates a part of it.
    """
    if not quien.is_authenticated or quien.pk == cuenta.pk:
        return False
    if getattr(quien, "is_superuser", False):
        return True
    if _administra(cuenta) or _con_otros_derechos(cuenta):
        return False
    sin_terminar = Alcance.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy), cuenta_id=cuenta.pk)
    suyos = list(sin_terminar.values_list("territorio_id", flat=True))
    mio = alcance_de(quien, hoy=hoy)
    return bool(suyos) and all(mio.cubre_por_encima(ubigeo) for ubigeo in suyos)


def puede_dar_en(quien: Any, cuenta: Any, ubigeo: str, *, hoy: date) -> bool:
    """Whether somebody gives this territory to an account: never their own, nor at or above their own reach."""
    if not quien.is_authenticated or quien.pk == cuenta.pk:
        return False
    if getattr(quien, "is_superuser", False):
        return True
    return not _administra(cuenta) and alcance_de(quien, hoy=hoy).cubre_por_encima(ubigeo)


def _con_otros_derechos(cuenta: Any) -> bool:
    modelo = cuenta._meta.model
    por_venir = Exists(RolDado.objects.abiertos().filter(cuenta_id=OuterRef("pk")))
    return modelo._default_manager.filter(_con_grupo(modelo) | _con_permiso(modelo) | por_venir, pk=cuenta.pk).exists()


def _administra(cuenta: Any) -> bool:
    return getattr(cuenta, "is_superuser", False) or getattr(cuenta, "is_staff", False)
