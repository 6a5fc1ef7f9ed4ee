"""Two registers of one person made one: what would happen, and the act. ``fusion_deshecha`` takes it back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.errores import ErrorDeDominio
from marco.restricciones import Restriccion, otra_vez

from .. import rastro
from ..acceso.accesos import Acceso, acceso_de
from ..fusiones import Parte, Reparto, partes
from ..models import Distincion, Fusion, Persona
from ..politica import AlcanceEfectivo, es_personal

QUEDA, ABSORBIDA = "queda", "absorbida"
CAMPOS: dict[str, tuple[tuple[str, ...], Promise]] = {
    "documento": (("tipo_de_documento", "documento"), gettext_lazy("Documento")),
    "nombres": (("nombres",), gettext_lazy("Nombres")),
    "apellidos": (("apellidos",), gettext_lazy("Apellidos")),
    "celular": (("celular",), gettext_lazy("Celular")),
    "correo": (("correo",), gettext_lazy("Correo")),
}
CONTACTO = frozenset({"celular", "correo"})  # what is kept only of who accepts the notice
FUERA = gettext_lazy("Los dos registros deben estar a su cargo. Pida ayuda a quien acompaña el otro lugar.")
YA_UNIDA = gettext_lazy("Uno de los dos registros ya se unió con otro. Busque otra vez a la persona.")
CARRERAS: tuple[Restriccion, ...] = (
    (Fusion, "operacion"),
    (Fusion, "fusion_una_vigente_por_absorbida"),
    (Persona, "persona_documento_unico"),
    (Persona, "cuenta"),
)


class Entra(models.TextChoices):
    """How the person comes in once the registers are one."""

    CON_LA_SUYA = "suya", gettext_lazy("Entra con la clave que ya tiene este registro.")
    CON_LA_DEL_OTRO = "otra", gettext_lazy("Este registro no tiene clave: entra con la del otro.")
    SIN_CLAVE = "sin_clave", gettext_lazy("Todavía no tiene clave: envíele su enlace después de unir.")


@dataclass(frozen=True)
class Diferencia:
    """A detail that the two registers do not say alike, in words, and which one stays unless told otherwise."""

    campo: str
    titulo: str
    queda: str
    absorbida: str

    @property
    def propuesta(self) -> str:
        return QUEDA if self.queda else ABSORBIDA


@dataclass
class PlanDeFusion:
    """What making two registers one would do, before it is done."""

    queda: Persona
    absorbida: Persona
    diferencias: list[Diferencia]
    repartos: dict[str, Reparto] = field(default_factory=dict)

    @property
    def huella(self) -> str:
        """Tells whether anything changed since it was shown."""
        datos = [valores_de(una, campo) for una in (self.queda, self.absorbida) for campo in CAMPOS]
        return salted_hmac("kuska.fusion", repr((self.queda.pk, datos, self.repartos))).hexdigest()[:32]


def valores_de(persona: Persona, campo: str) -> list[str]:
    return [str(getattr(persona, nombre)) for nombre in CAMPOS[campo][0]]


def en_palabras(persona: Persona, campo: str) -> str:
    texto: str = getattr(persona, campo)
    return f"{persona.get_tipo_de_documento_display()} {texto}" if campo == "documento" else texto


def planear_fusion(*, queda: Persona, absorbida: Persona) -> PlanDeFusion:
    """Say what would move, change and stay. Only reads; who may do it is asked by ``exigir_fusion``."""
    diferencias = [
        Diferencia(campo, str(titulo), en_palabras(queda, campo), en_palabras(absorbida, campo))
        for campo, (_nombres, titulo) in CAMPOS.items()
        if valores_de(queda, campo) != valores_de(absorbida, campo)
    ]
    return PlanDeFusion(queda, absorbida, diferencias, _repartir(partes(), queda, absorbida))


def _repartir(todas: list[Parte], queda: Persona, absorbida: Persona) -> dict[str, Reparto]:
    repartos: dict[str, Reparto] = {}
    for parte in todas:
        repartos[parte.clave] = parte.repartir(queda, absorbida, repartos)
    return repartos


def exigir_fusion(*, queda: Persona, absorbida: Persona, alcance: AlcanceEfectivo) -> None:
    """Raise ``la_misma``, ``ya_unida``, ``fuera_de_alcance``, ``desactivada`` or ``es_personal`` when it may not be."""
    if queda.pk == absorbida.pk:
        raise ErrorDeDominio("la_misma", _("Es el mismo registro. Busque el otro."))
    quienes = {una.absorbida_por_id or una.pk for una in (queda, absorbida)}
    if alcance.personas_a_cargo().filter(pk__in=quienes).count() != len(quienes):
        raise ErrorDeDominio("fuera_de_alcance", str(FUERA))
    if queda.absorbida_por_id or absorbida.absorbida_por_id:
        raise ErrorDeDominio("ya_unida", str(YA_UNIDA))
    if not queda.activa:
        raise ErrorDeDominio(
            "desactivada", _("El registro que queda está desactivado: no entra. Deje el otro, o pida que lo activen.")
        )
    if absorbida.cuenta and es_personal(absorbida.cuenta):
        raise ErrorDeDominio(
            "es_personal",
            _("%(nombre)s entra también como personal, con su propia cuenta. Deje ese registro como el que queda.")
            % {"nombre": absorbida.nombre_completo},
        )


def fusionar(
    *,
    queda: int,
    absorbida: int,
    valores: Mapping[str, str],
    operacion: UUID,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    huella: str = "",
) -> Fusion:
    """Make two registers one, whole or not at all. Done twice, the first act is returned.

    ``valores``: of each detail that differs, whether that of the one that stays or of the hidden one is right. The
    other one goes to the hidden register: nothing is lost. ``huella``: of the plan that somebody saw.

    Raises what ``exigir_fusion`` raises, and ``cambio_mientras`` when the plan is another one by now.
    """
    carreras = [*CARRERAS, *(una for parte in partes() for una in parte.carreras)]
    return otra_vez(*carreras)(_fusionar)(queda, absorbida, valores, operacion, alcance, por, ahora, huella)


def _fusionar(
    queda_id: int,
    absorbida_id: int,
    valores: Mapping[str, str],
    operacion: UUID,
    alcance: AlcanceEfectivo,
    por: Any,
    ahora: datetime.datetime,
    huella: str,
) -> Fusion:
    queda, absorbida = tomar(queda_id, absorbida_id)
    hechas = Fusion.objects.filter(queda=queda.pk, absorbida=absorbida.pk, deshecha_en__isnull=True)
    hecha = Fusion.objects.filter(operacion=operacion).first() or hechas.first()
    if hecha and alcance.personas_a_cargo().filter(pk=hecha.queda).exists():
        return hecha
    exigir_fusion(queda=queda, absorbida=absorbida, alcance=alcance)
    plan = planear_fusion(queda=queda, absorbida=absorbida)
    if huella and huella != plan.huella:
        raise ErrorDeDominio(
            "cambio_mientras", _("Mientras tanto cambió algo en uno de los registros. Mire otra vez antes de unirlos.")
        )
    fusion = Fusion(operacion=operacion, queda=queda.pk, absorbida=absorbida.pk, hecha_por=por, hecha_en=ahora)
    fusion.movido = mover(plan, ahora)
    fusion.datos = _intercambiar_datos(plan, valores)
    fusion.cuentas = _juntar_cuentas(queda, absorbida)
    fusion.save()
    # Whoever says that they are one takes back that they were two.
    Distincion.objects.filter(una=min(queda.pk, absorbida.pk), otra=max(queda.pk, absorbida.pk)).delete()
    datos = {"fusion": fusion.pk}
    lineas = [("instancias.fusionar", una, datos) for una in (queda, absorbida)]
    rastro.anotar_lineas(lineas, por=por, ahora=ahora)
    return fusion


def tomar(queda_id: int, absorbida_id: int) -> tuple[Persona, Persona]:
    """Both registers, for this act alone: whoever acts on either waits. In one order, so that nobody waits crossed."""
    filas = Persona.objects.select_for_update(of=("self",)).select_related("cuenta").order_by("pk")
    personas = {una.pk: una for una in filas.filter(pk__in=(queda_id, absorbida_id))}
    if not {queda_id, absorbida_id} <= personas.keys():
        raise ErrorDeDominio("fuera_de_alcance", str(FUERA))
    return personas[queda_id], personas[absorbida_id]


def mover(plan: PlanDeFusion, ahora: datetime.datetime) -> dict[str, Any]:
    """Move the rows of every part. Return what moved, by part: what undoing it needs."""
    movido = {}
    for parte in partes():
        reparto = plan.repartos[parte.clave]
        eran = parte.de(plan.queda)
        preparado = parte.preparar(reparto, plan.queda, plan.absorbida, ahora)
        pasar(parte, reparto.pasan, de=plan.absorbida, a=plan.queda, cambian=reparto.cambian)
        movido[parte.clave] = {**vars(reparto), "eran": eran, "preparado": preparado}
    return movido


def pasar(parte: Parte, pasan: Any, *, de: Persona, a: Persona, cambian: Any = ()) -> None:
    """Give rows to another register, and in exchange some of its own, that took the same place.

    Those wait at a number that is nobody's: the database asks who it is at the end of the transaction.
    """
    filas, nadie = parte.modelo._base_manager.all(), -de.pk
    campo: Any = parte.modelo._meta.get_field(parte.campo)
    columna = campo.attname
    if cambian:
        filas.filter(pk__in=cambian, **{columna: a.pk}).update(**{columna: nadie})
    filas.filter(pk__in=pasan, **{columna: de.pk}).update(**{columna: a.pk})
    if cambian:
        filas.filter(pk__in=cambian, **{columna: nadie}).update(**{columna: de.pk})


def _intercambiar_datos(plan: PlanDeFusion, valores: Mapping[str, str]) -> dict[str, Any]:
    """Each detail that the hidden register has right changes place. Return both values of each, as they were."""
    queda, absorbida = plan.queda, plan.absorbida
    if queda.no_acepta():  # by now, also what the other register answered: the empty ones are right
        de_contacto = [una for una in plan.diferencias if una.campo in CONTACTO and not (una.queda and una.absorbida)]
        valores = {**valores, **{una.campo: ABSORBIDA if una.queda else QUEDA for una in de_contacto}}
    elegidos = [una.campo for una in plan.diferencias if valores.get(una.campo, una.propuesta) == ABSORBIDA]
    antes = {campo: [valores_de(queda, campo), valores_de(absorbida, campo)] for campo in elegidos}
    poner_datos(
        queda,
        {campo: de_absorbida for campo, (_suyo, de_absorbida) in antes.items()},
        absorbida,
        {campo: suyo for campo, (suyo, _otro) in antes.items()},
    )
    return antes


def poner_datos(una: Persona, suyos: Mapping[str, Any], otra: Persona, de_la_otra: Mapping[str, Any]) -> None:
    """Write details of two people that may change place: a document waits at a number that is nobody's."""
    if "documento" in suyos and "documento" in de_la_otra:
        otra.documento = f"~{otra.pk}"[:12]
        otra.save(update_fields=["documento"])
    for persona, datos in ((una, suyos), (otra, de_la_otra)):
        escritos = []
        for campo, valores in datos.items():
            for nombre, valor in zip(CAMPOS[campo][0], valores, strict=True):
                setattr(persona, nombre, valor)
                escritos.append(nombre)
        if escritos:
            persona.save(update_fields=escritos)


def _juntar_cuentas(queda: Persona, absorbida: Persona) -> dict[str, Any]:
    """The account that has a key is the one that stays, that of the register that stays first. The other one closes."""
    antes = {
        "cuentas": [queda.cuenta_id, absorbida.cuenta_id],
        "activa": absorbida.activa,
        "ingreso": _iso(queda.ultimo_ingreso_en),
    }
    cambian = entra_con(queda=queda, absorbida=absorbida) == Entra.CON_LA_DEL_OTRO
    if cambian:
        cambiar_cuentas(queda, absorbida)
    ingresos = [una.ultimo_ingreso_en for una in (queda, absorbida) if una.ultimo_ingreso_en]
    queda.ultimo_ingreso_en = max(ingresos, default=None)
    queda.save(update_fields=["ultimo_ingreso_en"])
    absorbida.absorbida_por, absorbida.activa = queda, False
    absorbida.save(update_fields=["absorbida_por", "activa"])
    return {**antes, "cambian": cambian, "quedo": _iso(queda.ultimo_ingreso_en)}


def cambiar_cuentas(una: Persona, otra: Persona) -> None:
    """Each takes the account of the other; one waits without, because an account is of one person."""
    cuentas = una.cuenta, otra.cuenta
    una.cuenta = None
    una.save(update_fields=["cuenta"])
    otra.cuenta, una.cuenta = cuentas
    otra.save(update_fields=["cuenta"])
    una.save(update_fields=["cuenta"])


def entra_con(*, queda: Persona, absorbida: Persona) -> Entra:
    """Whose key opens from now on. Only reads."""
    if _tiene_clave(queda) or (queda.cuenta and es_personal(queda.cuenta)):
        return Entra.CON_LA_SUYA
    return Entra.CON_LA_DEL_OTRO if _tiene_clave(absorbida) else Entra.SIN_CLAVE


def _tiene_clave(persona: Persona) -> bool:
    return acceso_de(persona) == Acceso.CON_CLAVE


def _iso(momento: datetime.datetime | None) -> str:
    return momento.isoformat() if momento else ""
