"""Taking a merge back within a day, letting a document go, and what is done with merges as time passes."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio
from marco.restricciones import choco_con, otra_vez

from .. import rastro
from ..consultas.fusion import documento_suelto
from ..fusiones import Parte, Reparto, partes
from ..models import Fusion, Persona
from ..models.fusion import PLAZO
from ..politica import AlcanceEfectivo
from .fusion import CARRERAS, cambiar_cuentas, pasar, planear_fusion, poner_datos, tomar, valores_de

SUELTO = "suelto"  # the document that the hidden register let go, while it can be undone
ATRASADAS = datetime.timedelta(days=2)


def deshacer_fusion(*, fusion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> list[str]:
    """Take the two registers apart, as they were. Return what could not be as before, a sentence each.

    What is new since then stays with the register that stayed. Raises ``fuera_de_alcance``, ``ya_deshecha``, ``tarde``,
    ``antes_otra``, ``ya_siguio``, ``ya_cambio`` and ``documento_repetido``; then nothing was written.
    """
    carreras = [*CARRERAS, *(una for parte in partes() for una in parte.carreras)]
    return otra_vez(*carreras)(_deshacer)(fusion_id, alcance, por, ahora)


def _deshacer(fusion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> list[str]:
    # The people first, as whoever merges them does: two acts at once wait in one order.
    numeros = Fusion.objects.filter(pk=fusion_id).values_list("queda", "absorbida").get()
    queda, absorbida = tomar(*numeros)
    fusion = Fusion.objects.select_for_update(of=("self",)).get(pk=fusion_id)
    _exigir(fusion, ahora)
    todas = partes()
    repartos = {parte.clave: _reparto_de(fusion, parte) for parte in todas}
    if frase := next(filter(None, (parte.lo_que_siguio(repartos, fusion.hecha_en) for parte in todas)), ""):
        raise ErrorDeDominio("ya_siguio", frase)
    dichas = []
    for parte in todas:
        reparto = repartos[parte.clave]
        pasar(parte, reparto.pasan, de=queda, a=absorbida, cambian=reparto.cambian)
        dichas += parte.reponer(fusion.movido.get(parte.clave, {}).get("preparado") or [])
    absorbida.absorbida_por, absorbida.activa = None, fusion.cuentas["activa"]
    absorbida.save(update_fields=["absorbida_por", "activa"])
    dichas += _devolver_datos(fusion, queda, absorbida)
    _devolver_cuentas(fusion, queda, absorbida)
    if alcance.personas_a_cargo().filter(pk__in=(queda.pk, absorbida.pk)).count() != 2:
        raise ErrorDeDominio("fuera_de_alcance", _("Los dos registros deben estar a su cargo para separarlos."))
    fusion.deshecha_en, fusion.datos = ahora, {}
    fusion.save(update_fields=["deshecha_en", "datos"])
    lineas = [("instancias.deshacer_fusion", una, {"fusion": fusion.pk}) for una in (queda, absorbida)]
    rastro.anotar_lineas(lineas, por=por, ahora=ahora)
    return [*dichas, *_lo_nuevo(fusion, todas, queda)]


def _exigir(fusion: Fusion, ahora: datetime.datetime) -> None:
    if fusion.deshecha_en is not None:
        raise ErrorDeDominio("ya_deshecha", _("Estos registros ya se separaron."))
    if not fusion.se_puede_deshacer(ahora):
        raise ErrorDeDominio("tarde", _("Pasó más de un día: estos registros ya no se separan."))
    de_ella = Q(queda=fusion.queda) | Q(absorbida=fusion.queda)
    if Fusion.objects.filter(de_ella, deshecha_en__isnull=True, pk__gt=fusion.pk).exists():
        raise ErrorDeDominio("antes_otra", _("Después se unió otro registro con esta persona. Separe primero ese."))


def _reparto_de(fusion: Fusion, parte: Parte) -> Reparto:
    movido = fusion.movido.get(parte.clave, {})
    return Reparto(*(tuple(movido.get(campo, ())) for campo in ("pasan", "cambian", "quedan")))


def _lo_nuevo(fusion: Fusion, todas: list[Parte], queda: Persona) -> list[str]:
    """What came after the merge and stays with the register that stayed, by kind."""
    dichas = []
    for parte in todas:
        nuevas = set(parte.de(queda)) - set(fusion.movido.get(parte.clave, {}).get("eran", ()))
        if nuevas and parte.titulo:
            frase = _("Lo nuevo desde la unión queda con %(nombre)s. %(que)s: %(n)d.")
            dichas.append(frase % {"nombre": queda.nombre_completo, "que": parte.titulo, "n": len(nuevas)})
    return dichas


def _devolver_datos(fusion: Fusion, queda: Persona, absorbida: Persona) -> list[str]:
    """Each register gets back what it said. What somebody corrected afterwards in the one that stayed is kept."""
    suelto = fusion.datos.pop(SUELTO, None)
    suyos = {campo: antes[0] for campo, antes in fusion.datos.items() if valores_de(queda, campo) == antes[1]}
    de_absorbida = {campo: antes[1] for campo, antes in fusion.datos.items()}
    if suelto is not None:
        de_absorbida.setdefault("documento", suelto)
    try:
        with transaction.atomic():
            poner_datos(queda, suyos, absorbida, de_absorbida)
    except IntegrityError as error:
        if not choco_con(error, (Persona, "persona_documento_unico")):
            raise
        raise ErrorDeDominio(
            "documento_repetido", _("No se puede deshacer: otra persona ya tiene uno de los dos documentos.")
        ) from error
    if fusion.datos.keys() == suyos.keys():
        return []
    frase = _("Los datos de %(nombre)s se corrigieron después de unir: quedan como están.")
    return [frase % {"nombre": queda.nombre_completo}]


def _devolver_cuentas(fusion: Fusion, queda: Persona, absorbida: Persona) -> None:
    antes = fusion.cuentas
    if queda.ultimo_ingreso_en and queda.ultimo_ingreso_en.isoformat() == antes["quedo"]:
        ingreso = antes["ingreso"]
        queda.ultimo_ingreso_en = datetime.datetime.fromisoformat(ingreso) if ingreso else None
        queda.save(update_fields=["ultimo_ingreso_en"])
    if antes["cambian"] and [absorbida.cuenta_id, queda.cuenta_id] == antes["cuentas"]:
        cambiar_cuentas(queda, absorbida)


@transaction.atomic
def soltar_documento(*, fusion_id: int, alcance: AlcanceEfectivo, por: Any, ahora: datetime.datetime) -> None:
    """The document of a hidden register is of somebody else: from now on it names nobody. Twice, nothing changes.

    Raises ``fuera_de_alcance`` and ``ya_deshecha``.
    """
    queda, absorbida = tomar(*Fusion.objects.filter(pk=fusion_id).values_list("queda", "absorbida").get())
    fusion = Fusion.objects.select_for_update(of=("self",)).get(pk=fusion_id)
    if fusion.deshecha_en is not None or not absorbida.absorbida_por_id:
        raise ErrorDeDominio("ya_deshecha", _("Estos registros ya se separaron."))
    if not alcance.personas_a_cargo().filter(pk=absorbida.absorbida_por_id).exists():
        raise ErrorDeDominio("fuera_de_alcance", _("Esa persona no está a su cargo."))
    nuevo = [Persona.Documento.CODIGO.value, documento_suelto(absorbida)]
    if valores_de(absorbida, "documento") == nuevo:
        return
    if fusion.se_puede_deshacer(ahora):
        fusion.datos[SUELTO] = valores_de(absorbida, "documento")
        fusion.save(update_fields=["datos"])
    poner_datos(absorbida, {"documento": nuevo}, queda, {})
    lineas = [("instancias.soltar_documento", una, {"fusion": fusion.pk}) for una in (queda, absorbida)]
    rastro.anotar_lineas(lineas, por=por, ahora=ahora)


def olvidar_datos(*, ahora: datetime.datetime) -> int:
    """Forget the details that changed place in merges that cannot be undone any more. Returns how many."""
    return Fusion.objects.filter(hecha_en__lte=ahora - PLAZO).exclude(datos={}).update(datos={})


def olvidar_contactos(*, ahora: datetime.datetime) -> int:
    """Empty the phone and the e-mail of hidden registers that cannot be taken apart any more. Returns how many.

    They were kept to be given back. From then on nobody reads them, and nobody could take them away: neither whoever
    corrects the person, nor the person who accepts no notice any more.
    """
    por_deshacer = Fusion.objects.filter(deshecha_en__isnull=True, hecha_en__gt=ahora - PLAZO)
    ocultas = Persona.objects.filter(absorbida_por__isnull=False).exclude(pk__in=por_deshacer.values("absorbida"))
    return ocultas.exclude(celular="", correo="").update(celular="", correo="")


def recoger_lo_atrasado(*, ahora: datetime.datetime) -> int:
    """What was on its way to a hidden register at the moment of the merge follows it. Returns how many rows moved.

    An act that had read the person before may write afterwards. Running it again changes nothing.
    """
    recientes = Fusion.objects.filter(deshecha_en__isnull=True, hecha_en__gt=ahora - ATRASADAS)
    return sum(_recoger(fusion_id, ahora) for fusion_id in recientes.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _recoger(fusion_id: int, ahora: datetime.datetime) -> int:
    queda, absorbida = tomar(*Fusion.objects.filter(pk=fusion_id).values_list("queda", "absorbida").get())
    fusion = Fusion.objects.select_for_update(of=("self",)).get(pk=fusion_id)
    if fusion.deshecha_en is not None or absorbida.absorbida_por_id != queda.pk:
        return 0
    repartos = planear_fusion(queda=queda, absorbida=absorbida).repartos
    cuantas = 0
    for parte in partes():
        reparto, movido = repartos[parte.clave], fusion.movido.get(parte.clave, {})
        if not reparto.pasan or reparto.cambian:
            continue
        preparado = parte.preparar(reparto, queda, absorbida, ahora)
        pasar(parte, reparto.pasan, de=absorbida, a=queda)
        movido["pasan"] = [*movido.get("pasan", ()), *reparto.pasan]
        movido["preparado"] = [*(movido.get("preparado") or ()), *(preparado or ())]
        fusion.movido[parte.clave] = movido
        cuantas += len(reparto.pasan)
    if cuantas:
        fusion.save(update_fields=["movido"])
    return cuantas
