"""Second steps: set, shown and taken away. Each code is used once, also by two at the same moment."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.restricciones import otra_vez

from ... import rastro
from ...models import CodigoDeUnUso, SegundoFactor
from ...politica import manda_sobre, se_sabe_del_personal
from .. import codigos, credenciales, sobres
from ..conocidos import NINGUNO as SIN_EQUIPO
from ..conocidos import Equipo
from . import frenos

Clase = SegundoFactor.Clase
EQUIPOS = 5


class FactorError(ErrorDeDominio):
    """The second step cannot be set, or what was shown is not it."""


def factores_de(cuenta: Any) -> QuerySet[SegundoFactor]:
    """Those that open today."""
    return SegundoFactor.objects.filter(cuenta_id=cuenta.pk, quitado_en__isnull=True)


def clases_de(cuenta: Any) -> set[str]:
    return set(factores_de(cuenta).values_list("clase", flat=True))


@otra_vez((SegundoFactor, "segundo_factor_uno_por_clase"))
def poner_aplicacion(*, cuenta: Any, secreto: str, codigo: str, ahora: datetime.datetime) -> None:
    """Keep the secret of an application, once a code of it shows that it was read well. It takes the place of another.

    That code is used up.
    """
    _exigir_personal(cuenta)
    paso = codigos.paso_de(secreto, codigos.leer(codigo), ahora=ahora)
    if paso is None:
        raise FactorError(
            "no_es_el_codigo", _("Ese código no es el que muestra la aplicación. Revise la hora de su celular.")
        )
    _retirar(factores_de(cuenta).filter(clase=Clase.APLICACION), por=cuenta, ahora=ahora)
    cerrado = sobres.cerrar(secreto)
    SegundoFactor.objects.create(
        cuenta_id=cuenta.pk, clase=Clase.APLICACION, secreto=cerrado, usos=paso, creado_en=ahora
    )
    _anotar(cuenta, "instancias.poner_factor", Clase.APLICACION)


@otra_vez((SegundoFactor, "segundo_factor_credencial_unica"))
def poner_equipo(
    *, cuenta: Any, nombre: str, sitio: credenciales.Sitio, estado: Any, respuesta: str, ahora: datetime.datetime
) -> None:
    """Keep what a machine answered: its public half. The other one never leaves it."""
    _exigir_personal(cuenta)
    if factores_de(cuenta).filter(clase=Clase.EQUIPO).count() >= EQUIPOS:
        raise FactorError("muchos", _("Ya tiene %(n)d equipos. Quite uno antes de agregar otro.") % {"n": EQUIPOS})
    try:
        huella, credencial, cuenta_de_usos = credenciales.dar_de_alta(sitio, estado=estado, respuesta=respuesta)
    except credenciales.NoVale as error:
        raise FactorError("no_vale", _("Este equipo no terminó de registrarse. Intente otra vez.")) from error
    if SegundoFactor.objects.filter(credencial=huella, quitado_en__isnull=True).exists():
        raise FactorError("ya_esta", _("Este equipo ya está registrado."))
    SegundoFactor.objects.create(
        cuenta_id=cuenta.pk,
        clase=Clase.EQUIPO,
        nombre=nombre,
        secreto=sobres.cerrar(credencial),
        credencial=huella,
        usos=cuenta_de_usos,
        creado_en=ahora,
    )
    _anotar(cuenta, "instancias.poner_factor", Clase.EQUIPO)


@otra_vez((SegundoFactor, "segundo_factor_uno_por_clase"))
def hacer_hoja(*, cuenta: Any, ahora: datetime.datetime) -> list[str]:
    """Make a sheet of codes, told this once. The one before opens nothing any more."""
    _exigir_personal(cuenta)
    _retirar(factores_de(cuenta).filter(clase=Clase.HOJA), por=cuenta, ahora=ahora)
    factor = SegundoFactor.objects.create(cuenta_id=cuenta.pk, clase=Clase.HOJA, creado_en=ahora)
    hechos = codigos.hoja_nueva()
    CodigoDeUnUso.objects.bulk_create(
        CodigoDeUnUso(factor=factor, huella=sobres.huellas_de(f"{cuenta.pk}\n{codigo}")[0]) for codigo in hechos
    )
    _anotar(cuenta, "instancias.poner_factor", Clase.HOJA)
    return hechos


def comprobar_codigo(
    *, cuenta: Any, codigo: str, ip: str, ahora: datetime.datetime, equipo: Equipo = SIN_EQUIPO
) -> None:
    """Use up a code, of the application or of the sheet. Raises FactorError, or ``espere`` after too many."""
    intento = _intento(cuenta, ip, equipo)
    frenos.tomar_turno(intento, ahora=ahora)
    leido = codigos.leer(codigo)
    if codigos.es_de_aplicacion(leido):
        _usar_de_la_aplicacion(cuenta, leido, ahora)
    else:
        _usar_de_la_hoja(cuenta, leido, ahora)
    frenos.soltar(intento)


def comprobar_equipo(
    *,
    cuenta: Any,
    sitio: credenciales.Sitio,
    estado: Any,
    respuesta: str,
    ip: str,
    ahora: datetime.datetime,
    equipo: Equipo = SIN_EQUIPO,
) -> None:
    """Check what a machine signed. The challenge is used once; a machine that counts backwards was copied."""
    intento = _intento(cuenta, ip, equipo)
    frenos.tomar_turno(intento, ahora=ahora)
    try:
        huella, usos = credenciales.comprobar_firma(
            sitio, estado=estado, guardadas=guardadas_de(cuenta), respuesta=respuesta
        )
    except credenciales.NoVale as error:
        raise _no_vale() from error
    suyo = factores_de(cuenta).filter(clase=Clase.EQUIPO, credencial=huella)
    if not (suyo.filter(usos__lt=usos) if usos else suyo.filter(usos=0)).update(usos=usos, usado_en=ahora):
        raise _no_vale()
    frenos.soltar(intento)


def guardadas_de(cuenta: Any) -> list[str]:
    """The credentials of the machines of an account, opened."""
    sobres_de = factores_de(cuenta).filter(clase=Clase.EQUIPO).values_list("secreto", flat=True)
    return [abierto for sobre in sobres_de if (abierto := sobres.abrir(sobre))]


def codigos_que_quedan(cuenta: Any) -> int | None:
    """Of the sheet; None without one."""
    hoja = factores_de(cuenta).filter(clase=Clase.HOJA).first()
    return hoja.codigos.filter(usado_en__isnull=True).count() if hoja else None


@transaction.atomic
def quitar_propio(*, cuenta: Any, factor_id: int, ahora: datetime.datetime) -> bool:
    """Take one of one's own away. Whether there was one."""
    suyo = factores_de(cuenta).filter(pk=factor_id).first()
    if suyo is None or not _retirar(factores_de(cuenta).filter(pk=factor_id), por=cuenta, ahora=ahora):
        return False
    _anotar(cuenta, "instancias.quitar_factor", suyo.clase)
    return True


@transaction.atomic
def quitar_ajeno(*, cuenta: Any, por: Any, motivo: str, ahora: datetime.datetime) -> int:
    """Somebody lost theirs: who has authority over the account takes all away, with a reason. Return how many.

    Its person is told, and sets another at the next entry. Nobody does it for themselves.
    """
    if not manda_sobre(por, cuenta, hoy=timezone.localdate(ahora)):
        raise FactorError("no_le_toca", _("Esa cuenta no está a su cargo."))
    return _quitar_todos(cuenta, por, motivo, ahora)


@transaction.atomic
def quitar_desde_el_servidor(*, cuenta: Any, motivo: str, ahora: datetime.datetime) -> int:
    """The same for whoever has the machine of the site in their hands: the last administrator has nobody above."""
    return _quitar_todos(cuenta, None, motivo, ahora)


def _quitar_todos(cuenta: Any, por: Any, motivo: str, ahora: datetime.datetime) -> int:
    motivo = " ".join(motivo.split())
    if not motivo:
        raise FactorError("sin_motivo", _("Escriba por qué se quita."))
    quitados = _retirar(factores_de(cuenta), por=por, ahora=ahora, motivo=motivo)
    if quitados:
        rastro.anotar_de_cuenta(
            accion="instancias.quitar_factor_ajeno", cuenta=cuenta, por=por, datos={"motivo": motivo, "n": quitados}
        )
    return quitados


def _usar_de_la_aplicacion(cuenta: Any, codigo: str, ahora: datetime.datetime) -> None:
    factor = factores_de(cuenta).filter(clase=Clase.APLICACION).first()
    secreto = sobres.abrir(factor.secreto) if factor else None
    paso = codigos.paso_de(secreto, codigo, ahora=ahora) if secreto else None
    if factor is None or paso is None:
        raise _no_vale()
    # The condition is of the row itself: of two at once, one finds the step used.
    if not factores_de(cuenta).filter(pk=factor.pk, usos__lt=paso).update(usos=paso, usado_en=ahora):
        raise FactorError("ya_se_uso", _("Ese código ya se usó. Espere a que la aplicación muestre el siguiente."))


def _usar_de_la_hoja(cuenta: Any, codigo: str, ahora: datetime.datetime) -> None:
    suyos = CodigoDeUnUso.objects.filter(
        factor__in=factores_de(cuenta).values("pk"), huella__in=sobres.huellas_de(f"{cuenta.pk}\n{codigo}")
    )
    uno = suyos.first()
    if uno is None:
        raise _no_vale()
    if not CodigoDeUnUso.objects.filter(pk=uno.pk, usado_en__isnull=True).update(usado_en=ahora):
        raise FactorError("ya_se_uso", _("Ese código ya se usó. Táchelo y escriba otro de su hoja."))
    factores_de(cuenta).filter(pk=uno.factor_id).update(usado_en=ahora)


def _retirar(factores: QuerySet[SegundoFactor], *, por: Any, ahora: datetime.datetime, motivo: str = "") -> int:
    """What is taken away keeps no secret."""
    CodigoDeUnUso.objects.filter(factor__in=factores.values("pk")).delete()
    return factores.update(secreto="", quitado_en=ahora, quitado_por=por, motivo=motivo)


def _intento(cuenta: Any, ip: str, equipo: Equipo) -> frenos.Intento:
    return frenos.Intento("factor", cuenta=f"cuenta:{cuenta.pk}", ip=ip, equipo=equipo.conoce(cuenta.pk))


def _exigir_personal(cuenta: Any) -> None:
    if not se_sabe_del_personal(cuenta):
        raise FactorError("no_es_personal", _("El segundo paso es solo para quien trabaja aquí."))


def _no_vale() -> FactorError:
    return FactorError("no_vale", _("Ese código no sirve. Revise e intente otra vez."))


def _anotar(cuenta: Any, accion: str, clase: str) -> None:
    rastro.anotar_de_cuenta(accion=accion, cuenta=cuenta, datos={"clase": clase})
