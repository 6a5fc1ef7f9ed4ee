"""Who an account is. One statement brings the account, its person, whether it works here and whose its key is."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from marco import sesiones
from marco.preparadas import preparada

from ..models import ClaveInicial, PedidoDeDatos, Persona, RolDado, SegundoFactor
from ..politica import marcar_al_personal


def persona_de(cuenta: AbstractBaseUser | AnonymousUser) -> Persona | None:
    """Return the member behind an account, or None for staff and visitors."""
    if not cuenta.is_authenticated:
        return None
    return getattr(cuenta, "persona", None)


def cuentas_del_aula(hoy: datetime.date | None = None) -> Any:
    """Every account, with what each page asks of it."""
    suyas = ClaveInicial.objects.filter(cuenta_id=OuterRef("pk")).values("puesta_en")[:1]
    cuentas = marcar_al_personal(get_user_model()._default_manager.select_related("persona"))
    con_factor = SegundoFactor.objects.filter(cuenta_id=OuterRef("pk"), quitado_en__isnull=True)
    esperan = PedidoDeDatos.objects.filter(estado=PedidoDeDatos.Estado.RECIBIDO).order_by("vence_el")
    roles = RolDado.objects.por_mover(hoy or timezone.localdate()).filter(cuenta_id=OuterRef("pk"))
    # Of the whole site, from its index: the panel asks for those of a scope only when some term is near.
    return cuentas.annotate(
        clave_inicial_en=Subquery(suyas),
        con_factor=Exists(con_factor),
        rol_por_mover=Exists(roles),
        primer_pedido_vence_el=Subquery(esperan.values("vence_el")[:1]),
    )


@preparada
def cuenta_numero(*, numero: int, hoy: datetime.date) -> Any:
    """The account that a session names: each request asks for it."""
    return cuentas_del_aula(hoy).filter(pk=numero)


@preparada
def cuenta_con_su_sesion(*, numero: int, llave: str, ahora: datetime.datetime, hoy: datetime.date) -> Any:
    """The same, with what the session of that key holds; nothing of one that ended."""
    suya = sesiones.SessionStore.get_model_class().objects.filter(session_key=llave, expire_date__gt=ahora)
    datos = {sesiones.DATOS: Subquery(suya.values("session_data")[:1])}
    return cuentas_del_aula(hoy).filter(pk=numero).annotate(**datos)


@preparada
def con_este_documento(*, documento: str, hoy: datetime.date) -> Any:
    """The accounts of persons with this document, whatever its kind; three are enough to choose among."""
    suyas = {"persona__documento__iexact": documento, "persona__absorbida_por__isnull": True}
    return cuentas_del_aula(hoy).filter(**suyas)[:3]


@preparada
def con_el_documento_de_otro(*, documento: str, hoy: datetime.date) -> Any:
    """The account of whoever stayed when the register with this document was hidden."""
    return cuentas_del_aula(hoy).filter(persona__absorbidas__documento__iexact=documento).order_by("pk")[:1]


@preparada
def con_este_nombre(*, nombre: str, hoy: datetime.date) -> Any:
    """The account that is called so."""
    return cuentas_del_aula(hoy).filter(username=nombre).order_by("pk")[:1]


sesiones.se_lee_con(cuenta_con_su_sesion.primera)


def _por_sus_grupos(cuenta: int, hoy: datetime.date) -> Any:
    vencidos = RolDado.objects.vencidos(hoy).filter(cuenta_id=cuenta).values("grupo")
    return Permission.objects.filter(group__in=Group.objects.filter(user=cuenta).exclude(pk__in=vencidos))


@preparada
def permisos_de(*, cuenta: int, por_grupos: bool, hoy: datetime.date) -> Any:
    """What an account may do, by its groups or by itself, as room and name: the first page of each minute asks."""
    suyos = _por_sus_grupos(cuenta, hoy) if por_grupos else Permission.objects.filter(user=cuenta)
    return suyos.values_list("content_type__app_label", "codename").order_by()


def clave_inicial_de(cuenta: Any) -> datetime.datetime | None:
    """When somebody else set the key that this account still has. No statement, if ``cuentas_del_aula`` brought it."""
    if not hasattr(cuenta, "clave_inicial_en"):
        suyas = ClaveInicial.objects.filter(cuenta_id=cuenta.pk)
        cuenta.clave_inicial_en = suyas.values_list("puesta_en", flat=True).first()
    return cuenta.clave_inicial_en


def clave_vencida(cuenta: Any, *, ahora: datetime.datetime) -> bool:
    """Whether the key that somebody else set waited too long."""
    puesta_en = clave_inicial_de(cuenta)
    return puesta_en is not None and ahora - puesta_en >= ClaveInicial.DURA


class CuentasDelAula(ModelBackend):
    """Accounts of the site. A member who was made inactive is out on the next request, open tabs included."""

    def user_can_authenticate(self, user: Any) -> bool:
        if not super().user_can_authenticate(user) or clave_vencida(user, ahora=timezone.now()):
            return False
        persona = getattr(user, "persona", None)
        return persona is None or persona.activa

    def _get_group_permissions(self, user_obj: Any) -> Any:
        """Also for what no request asks: a role whose last day is over gives nothing, swept or not."""
        return _por_sus_grupos(user_obj.pk, timezone.localdate())

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> Any:
        """Where Django looks for them first: what it would ask, written once. All of them are left to it."""
        leidos = f"_{from_name}_perm_cache"
        pregunta = user_obj.is_active and not user_obj.is_anonymous and not user_obj.is_superuser
        if pregunta and obj is None and not hasattr(user_obj, leidos):
            suyos = permisos_de(cuenta=user_obj.pk, por_grupos=from_name == "group", hoy=timezone.localdate())
            setattr(user_obj, leidos, {f"{sala}.{nombre}" for sala, nombre in suyos})
        return super()._get_permissions(user_obj, obj, from_name)

    def get_user(self, user_id: Any) -> Any:
        cuenta = sesiones.ya_leida(user_id)
        cuenta = cuenta or cuenta_numero.primera(numero=user_id, hoy=timezone.localdate())
        return cuenta if cuenta and self.user_can_authenticate(cuenta) else None
