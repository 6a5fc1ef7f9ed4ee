"""What this room keeps of a person: how each model is told in a copy of their data, and taken away when they ask."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from marco.errores import ErrorDeDominio

from ..apartados import Apartado, Suprimida, limpiar
from ..models import (
    ActoDePedido,
    CeldasDePadron,
    Consentimiento,
    DatoDeclarado,
    EnlaceDeAcceso,
    EnvioPorCorreo,
    FilaDePadron,
    Fusion,
    ImportacionDePadron,
    Membresia,
    PedidoDeDatos,
    Persona,
    SegundoFactor,
    SesionAbierta,
)

NOMBRES, APELLIDOS = gettext_lazy("Datos"), gettext_lazy("suprimidos")
DE_SIEMPRE = {
    "tipo_de_documento",
    "documento",
    "nombres",
    "apellidos",
    "cuenta",
    "activa",
    "absorbida_por",
    "creada_en",
}
LETRAS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Identidad(Apartado):
    """The register itself. What is left is a number, a code that means nothing and the day it was made."""

    modelo, ruta, titulo = Persona, "pk", gettext_lazy("Quién es usted")
    sin = ("absorbida_por", "aviso_visto", "suprimida_en")

    def suprimir(self, quien: Suprimida) -> int:
        for persona in self.filas(quien.personas):
            persona.tipo_de_documento = Persona.Documento.CODIGO
            persona.documento = f"S{get_random_string(11, LETRAS)}"
            persona.nombres, persona.apellidos = str(NOMBRES), str(APELLIDOS)
            persona.cuenta, persona.activa, persona.suprimida_en = None, False, quien.ahora
            for campo in self.campos():
                if campo.name not in DE_SIEMPRE:
                    setattr(persona, campo.attname, campo.get_default())
            persona.save()
        return len(quien.personas)


class Cuenta(Apartado):
    """The account: closed and emptied. Its number stays, for what it signed."""

    ruta, titulo = "persona", gettext_lazy("Su cuenta para entrar")
    sin = ("password", "is_active")
    modelo: Any = None  # that of the site, known once everything is loaded

    def __init__(self) -> None:
        self.modelo = get_user_model()

    def suprimir(self, quien: Suprimida) -> int:
        for cuenta in self.modelo._base_manager.filter(pk__in=quien.cuentas):
            cuenta.set_unusable_password()
            setattr(cuenta, self.modelo.USERNAME_FIELD, f"suprimida-{cuenta.pk}")
            for campo in {"first_name", "last_name", self.modelo.get_email_field_name()}:
                if hasattr(cuenta, campo) and campo != self.modelo.USERNAME_FIELD:
                    setattr(cuenta, campo, "")
            cuenta.is_active = False
            cuenta.save()
            perfil = getattr(cuenta, "wagtail_userprofile", None)
            if perfil is not None:
                perfil.delete()
        SegundoFactor.objects.filter(cuenta_id__in=quien.cuentas).delete()
        cerrar_sus_sesiones(quien.cuentas)
        return len(quien.cuentas)


def cerrar_sus_sesiones(cuentas: Collection[int]) -> None:
    """Sessions keep what somebody was doing, and of whom: those of these accounts go, wherever the site lists them."""
    SesionAbierta.objects.filter(cuenta_id__in=cuentas).delete()
    almacen = import_module(settings.SESSION_ENGINE).SessionStore
    if not cuentas or not hasattr(almacen, "get_model_class"):
        return
    numeros = {str(cuenta) for cuenta in cuentas}
    for sesion in almacen.get_model_class().objects.iterator():
        if sesion.get_decoded().get(SESSION_KEY) in numeros:
            almacen(sesion.session_key).delete()


class Asientos(Apartado):
    modelo, titulo = Membresia, gettext_lazy("Sus asientos")


class Avisos(Apartado):
    modelo, titulo = Consentimiento, gettext_lazy("Lo que aceptó sobre sus datos")

    def suprimir(self, quien: Suprimida) -> int:
        return self.filas(quien.personas).filter(retirado_en__isnull=True).update(retirado_en=quien.ahora)


class Declarados(Apartado):
    modelo, titulo = DatoDeclarado, gettext_lazy("Lo que declaró de usted")

    def suprimir(self, quien: Suprimida) -> int:
        vigentes = self.filas(quien.personas).filter(retirado_en__isnull=True)
        return vigentes.update(valor="", retirado_en=quien.ahora)


class SeBorra(Apartado):
    """Keys and notes of the way: they prove nothing."""

    def suprimir(self, quien: Suprimida) -> int:
        return self.filas(quien.personas).delete()[0]


class Envios(SeBorra):
    modelo, titulo, sin = EnvioPorCorreo, gettext_lazy("Enlaces que pidió por correo"), ("enlace",)


class Enlaces(SeBorra):
    modelo, titulo, sin = EnlaceDeAcceso, gettext_lazy("Enlaces para entrar"), ("huella",)


class Pedidos(Apartado):
    modelo, titulo = PedidoDeDatos, gettext_lazy("Sus pedidos sobre sus datos")

    def suprimir(self, quien: Suprimida) -> int:
        return self.filas(quien.personas).exclude(detalle="").update(detalle="")


class ActosDePedidos(Apartado):
    modelo, ruta, titulo, sin = (
        ActoDePedido,
        "pedido__persona",
        gettext_lazy("Qué se hizo con sus pedidos"),
        ("pedido",),
    )

    def suprimir(self, quien: Suprimida) -> int:
        return ActoDePedido.objects.filter(pedido__persona__in=quien.personas).vaciar_textos()


class FilasDeListas(Apartado):
    """Rows of lists: those still under review go; of those saved, only numbers stay. A list at work is waited for."""

    modelo, titulo = FilaDePadron, gettext_lazy("Filas de listas en que aparece")
    sin = ("hecho", "problemas", "detalles", "leida")

    def filas(self, personas: Collection[int]) -> QuerySet:
        documentos = Persona.objects.filter(pk__in=personas).values("documento")
        suyas = Q(persona__in=personas) | Q(documento__in=documentos)
        return FilaDePadron.objects.filter(suyas).order_by("pk")

    def suprimir(self, quien: Suprimida) -> int:
        tocadas = 0
        for lista in tomar_listas():
            sueltas = lista.filas.exclude(estado=FilaDePadron.Estado.GUARDADA).only("documento", "cruda", "leida")
            suyas = [fila.pk for fila in sueltas.iterator() if _es_de(fila, quien)]
            celdas = CeldasDePadron.objects.filter(importacion=lista).first()
            limpias = sin_sus_filas(celdas.hojas, quien) if celdas else None
            if not suyas and (celdas is None or limpias == celdas.hojas):
                continue
            if lista.fase and not lista.detenida:
                frase = _("Aparece en la lista «%(lista)s», que se está leyendo o guardando. Espere a que termine.")
                raise ErrorDeDominio("lista_en_trabajo", frase % {"lista": lista.archivo})
            tocadas += lista.filas.filter(pk__in=suyas).delete()[0]
            CeldasDePadron.objects.filter(importacion=lista).update(hojas=limpias)
        for fila in FilaDePadron.objects.filter(persona__in=quien.personas, hecho__has_key="antes"):
            hecho = {clave: valor for clave, valor in fila.hecho.items() if clave not in ("antes", "ahora")}
            FilaDePadron.objects.filter(pk=fila.pk).update(hecho={**hecho, "antes_borrado": True})
            tocadas += 1
        return tocadas


def tomar_listas() -> list[ImportacionDePadron]:
    """The open lists, for this act alone. Before the person: whoever saves one holds it, and then the person."""
    abiertas = Q(estado__in=ImportacionDePadron.ABIERTAS) | ~Q(fase="")
    return list(ImportacionDePadron.objects.select_for_update().filter(abiertas).order_by("pk"))


def _es_de(fila: FilaDePadron, quien: Suprimida) -> bool:
    """By its document; without one, by its name."""
    if fila.documento:
        return fila.documento in quien.valores
    return quien.nombra(" ".join(str(valor) for datos in (fila.cruda, fila.leida) for valor in datos.values()))


def sin_sus_filas(hojas: Any, quien: Suprimida) -> Any:
    """The cells of a list with the rows of the person left blank."""
    if isinstance(hojas, list):
        if hojas and all(not isinstance(una, (list, dict)) for una in hojas):
            suya = quien.nombra(" ".join(str(una) for una in hojas if una is not None))
            return ["" for _una in hojas] if suya else hojas
        return [sin_sus_filas(una, quien) for una in hojas]
    if isinstance(hojas, dict):
        return {clave: sin_sus_filas(valor, quien) for clave, valor in hojas.items()}
    return hojas


class Uniones(Apartado):
    """A merge of their registers: what it could set back is theirs. Nothing of it is told: the person is one."""

    modelo = Fusion

    def filas(self, personas: Collection[int]) -> QuerySet:
        return Fusion.objects.filter(Q(queda__in=personas) | Q(absorbida__in=personas)).order_by("pk")

    def copiar(self, personas: Collection[int]) -> list[dict[str, Any]]:
        return []

    def suprimir(self, quien: Suprimida) -> int:
        return self.filas(quien.personas).update(datos={}, cuentas={})


class Rastro(Apartado):
    """What was done about the person: what and when. The trail is only cleaned of names that it should not have."""

    modelo, titulo = ModelLogEntry, gettext_lazy("Qué se hizo con su registro")

    def filas(self, personas: Collection[int]) -> QuerySet:
        tipo = ContentType.objects.get_for_model(Persona)
        numeros = [str(persona) for persona in personas]
        return ModelLogEntry.objects.filter(content_type=tipo, object_id__in=numeros).order_by("timestamp", "pk")

    def copiar(self, personas: Collection[int]) -> list[dict[str, Any]]:
        return [{"timestamp": una.timestamp.isoformat(), "action": str(una.message)} for una in self.filas(personas)]

    def suprimir(self, quien: Suprimida) -> int:
        de_su_cuenta = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(get_user_model()),
            object_id__in=[str(cuenta) for cuenta in quien.cuentas],
        )
        return limpiar(self.filas(quien.personas), quien) + limpiar(de_su_cuenta, quien)


def de_esta_sala() -> list[Apartado]:
    return [
        FilasDeListas(),
        Identidad(),
        Cuenta(),
        Asientos(),
        Avisos(),
        Declarados(),
        Envios(),
        Enlaces(),
        Pedidos(),
        ActosDePedidos(),
        Uniones(),
        Rastro(),
    ]
