"""Who can do what here: every account with rights, as one list. As many statements for one as for all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ..models import Alcance, RevisionDePrivilegios, RolDado, SegundoFactor
from ..politica import AlcanceEfectivo, con_derechos

CADA = datetime.timedelta(days=182)
CLAVE_DE_CACHE = "kuska:revision_de_privilegios"


@dataclass(frozen=True)
class Rol:
    """A group of the editor, with its days if somebody wrote them."""

    grupo: Any
    dado: RolDado | None = None

    @property
    def por_empezar(self) -> bool:
        return self.dado is not None and self.dado.puesto_en is None

    def firma(self) -> dict[str, Any]:
        desde, hasta = (self.dado.desde, self.dado.hasta) if self.dado else (None, None)
        return {
            "rol": str(self.grupo),
            "desde": desde.isoformat() if desde else None,
            "hasta": hasta.isoformat() if hasta else None,
        }


@dataclass
class Fila:
    """An account and what it may do. ``firma`` is what is kept of it when the list is signed."""

    cuenta: Any
    administra: bool
    roles: list[Rol]
    permisos: int
    alcances: list[Alcance]
    factores: list[str]
    confirmadas: int = 0
    mia: bool = False
    alcances_por_retirar: set[int] = field(default_factory=set)

    @property
    def nombre(self) -> str:
        persona = getattr(self.cuenta, "persona", None)
        return self.cuenta.get_full_name() or (persona.nombre_completo if persona else "") or self.cuenta.get_username()

    @property
    def persona_id(self) -> int | None:
        """The number of its person, if it is a member's account too."""
        persona = getattr(self.cuenta, "persona", None)
        return persona.pk if persona else None

    def firma(self) -> dict[str, Any]:
        entrada = self.cuenta.last_login
        return {
            "cuenta": self.cuenta.pk,
            "usuario": self.cuenta.get_username(),
            "activa": self.cuenta.is_active,
            "administra": self.administra,
            "grupos": [uno.firma() for uno in self.roles],
            "permisos": self.permisos,
            "alcances": [
                {
                    "territorio": uno.territorio_id,
                    "lugar": uno.territorio.nombre,
                    "rol": str(uno.get_rol_display()),
                    "desde": uno.desde.isoformat(),
                    "hasta": uno.hasta.isoformat() if uno.hasta else None,
                }
                for uno in self.alcances
            ],
            "ultima_entrada": entrada.isoformat() if entrada else None,
            "segundo_paso": self.factores,
            "claves_pedidas": self.confirmadas,
        }


def listar(*, por: Any, alcance: AlcanceEfectivo, ahora: datetime.datetime) -> list[Fila]:
    """Of who administers, every account with rights; of who coordinates, those that are under them and no other."""
    hoy = timezone.localdate(ahora)
    modelo = get_user_model()
    todas = modelo._default_manager.filter(Q(pk__in=con_derechos(modelo).values("pk")) | Q(is_superuser=True))
    if hasattr(modelo, "is_staff"):
        todas |= modelo._default_manager.filter(is_staff=True)
    todas = todas.select_related("persona").annotate(cuantos=Count("user_permissions", distinct=True))
    cuentas = list(todas.prefetch_related("groups").distinct().order_by(modelo.USERNAME_FIELD))
    numeros = [una.pk for una in cuentas]
    alcances: dict[int, list[Alcance]] = {}
    vigentes = Alcance.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy), cuenta__in=numeros)
    for uno in vigentes.select_related("territorio").order_by("territorio_id"):
        alcances.setdefault(uno.cuenta_id, []).append(uno)
    factores: dict[int, list[str]] = {}
    puestos = SegundoFactor.objects.filter(cuenta__in=numeros, quitado_en__isnull=True)
    for cuenta_id, clase in puestos.values_list("cuenta_id", "clase"):
        factores.setdefault(cuenta_id, []).append(str(SegundoFactor.Clase(clase).label))
    pedidas = ModelLogEntry.objects.filter(
        action="instancias.confirmar_clave", user__in=numeros, timestamp__gte=ahora - CADA
    )
    confirmadas = dict(pedidas.order_by().values("user").annotate(n=Count("pk")).values_list("user", "n"))
    dados: dict[int, dict[int, RolDado]] = {}
    for dado in RolDado.objects.abiertos().filter(cuenta__in=numeros).select_related("grupo"):
        dados.setdefault(dado.cuenta_id, {})[dado.grupo_id] = dado
    filas = [
        Fila(
            cuenta=una,
            administra=bool(una.is_superuser or getattr(una, "is_staff", False)),
            roles=_roles(una.groups.all(), dados.get(una.pk, {})),
            permisos=una.cuantos,
            alcances=alcances.get(una.pk, []),
            factores=factores.get(una.pk, []),
            confirmadas=confirmadas.get(una.pk, 0),
            mia=una.pk == por.pk,
        )
        for una in cuentas
    ]
    filas = [una for una in filas if una.administra or una.roles or una.permisos or una.alcances]
    if por.is_superuser:
        return filas
    return [una for una in filas if _por_debajo(una, alcance) and not una.mia]


def leer_firmada(listado: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was signed, with its days as days."""
    return [
        {
            **una,
            "ultima_entrada": _momento(una.get("ultima_entrada")),
            "grupos": [_rol_firmado(uno) for uno in una["grupos"]],
            "alcances": [{**uno, "desde": _dia(uno["desde"]), "hasta": _dia(uno["hasta"])} for uno in una["alcances"]],
        }
        for una in listado
    ]


def _rol_firmado(escrito: Any) -> dict[str, Any]:
    """The first reviews said the name of a group alone."""
    if isinstance(escrito, str):
        return {"rol": escrito, "desde": None, "hasta": None}
    return {**escrito, "desde": _dia(escrito["desde"]), "hasta": _dia(escrito["hasta"])}


def _roles(grupos: Iterable[Any], dados: dict[int, RolDado]) -> list[Rol]:
    """The groups that an account has, and those that it will have."""
    suyos = [Rol(uno, dados.get(uno.pk)) for uno in grupos]
    tiene = {uno.grupo.pk for uno in suyos}
    return suyos + [Rol(uno.grupo, uno) for uno in dados.values() if uno.grupo_id not in tiene]


def _dia(escrito: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(escrito) if escrito else None


def _momento(escrito: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(escrito) if escrito else None


def puede_dar(alcance: AlcanceEfectivo) -> bool:
    """Whether there is anything below its reach to be given."""
    return any(len(prefijo) < 6 for prefijo in alcance.prefijos)


def toca_revisar(*, ahora: datetime.datetime) -> bool:
    """Whether nobody signed in six months. Asked by every page of who administers: kept for a while."""
    ultima = cache.get(CLAVE_DE_CACHE)
    if ultima is None:
        ultima = RevisionDePrivilegios.objects.values_list("firmada_en", flat=True).first() or 0
        cache.set(CLAVE_DE_CACHE, ultima, 600)
    return ultima == 0 or ahora - ultima >= CADA


def _por_debajo(fila: Fila, alcance: AlcanceEfectivo) -> bool:
    if fila.administra or fila.roles or fila.permisos:
        return False
    return all(alcance.cubre_por_encima(uno.territorio_id) for uno in fila.alcances)
