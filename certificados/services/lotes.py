"""Many papers at once, in the background: issued by lots, composed one by one, and put in one file."""

from __future__ import annotations

import datetime
import logging
import zipfile
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certificados.pdf import NoSePudoComponer
from certificados.querysets import CertificadoQuerySet
from instancias.models import Trabajo
from instancias.politica import AlcanceEfectivo
from instancias.services.trabajos import pedir
from instancias.trabajos import ClaseDeTrabajo, Desenlace, Obra, TrabajoError
from marco.fallas import espera_de
from marco.numeros import con_miles

from ..consultas.documentos import Filtro, del_panel
from ..consultas.por_emitir import por_emitir
from ..errores import Motivo
from .documento import componer, generar_pdf
from .emision import emitir_en_lote
from .paquete import anotar_descarga

logger = logging.getLogger(__name__)
EMISION, PAQUETE = "certificados.emision", "certificados.paquete"
DE_UNA_VEZ = 100  # that are issued while somebody waits
POR_LOTE = 100  # that are issued in one transaction
EN_LA_PAGINA = 200  # papers in a file while somebody waits
POR_COMPONER = 40  # of them, those that have no PDF yet: some ten milliseconds each, and a slow machine ten times that
CADA = 5  # papers between two signs of life
SE_NOMBRAN = 5  # of the papers that are missing in a file
MAXIMO = 5000  # papers in a file: some 150 MB


def por_emitir_del(filtro: Filtro, *, ahora: datetime.datetime) -> Any:
    return por_emitir(ahora=ahora).bajo(filtro.prefijos())


def es_largo(certificados: CertificadoQuerySet) -> bool:
    """Whether a file of these papers is one that nobody should wait for. Two statements."""
    return certificados.count() > EN_LA_PAGINA or certificados.filter(pdf="").count() > POR_COMPONER


def pedir_emision_de_varios(*, filtro: Filtro, por: Any, lugar: str, ahora: datetime.datetime) -> Trabajo:
    """Leave to be issued all that is pending in a place. Raises TrabajoError ``muchos``."""
    return pedir(
        clase=EMISION,
        por=por,
        ahora=ahora,
        titulo=_("Emitir: %(lugar)s") % {"lugar": lugar},
        pedido={"territorio": filtro.territorio},
        ambito=list(filtro.prefijos()),
        total=por_emitir_del(filtro, ahora=ahora).count(),
    )


def pedir_paquete(*, filtro: Filtro, por: Any, lugar: str, ahora: datetime.datetime) -> Trabajo:
    """Leave the papers of a list to be put in one file. Raises TrabajoError ``demasiados`` and ``muchos``."""
    total = del_panel(filtro).con_papel().count()
    if total > MAXIMO:
        frase = _("Son %(total)s documentos, y en un archivo caben hasta %(maximo)s. Elija un lugar más chico.")
        raise TrabajoError("demasiados", frase % {"total": con_miles(total), "maximo": con_miles(MAXIMO)})
    return pedir(
        clase=PAQUETE,
        por=por,
        ahora=ahora,
        titulo=_("Documentos: %(lugar)s") % {"lugar": lugar},
        nombre=f"documentos-{timezone.localdate(ahora):%Y-%m-%d}.zip",
        pedido={"territorio": filtro.territorio, "texto": filtro.texto},
        ambito=list(filtro.prefijos()),
        total=total,
    )


def _filtro(obra: Obra) -> Filtro:
    """What was asked for, within what is reached today of where it was asked."""
    prefijos = tuple(prefijo for prefijo in obra.trabajo.ambito if obra.alcance.cubre(prefijo))
    return Filtro(alcance=AlcanceEfectivo(prefijos), texto=obra.trabajo.pedido.get("texto", ""))


class EmisionLarga(ClaseDeTrabajo):
    """By lots, by key: each is a transaction that issues, says how far it is and keeps its count, or nothing of it."""

    clave, gestiona = EMISION, True
    haciendo = gettext_lazy("Emitiendo…")
    al_detener = gettext_lazy("Se detuvo. Lo que ya se emitió queda emitido; el resto sigue entre los pendientes.")
    al_fallar = gettext_lazy("Algo falló. Lo que ya se emitió queda emitido; el resto sigue entre los pendientes.")
    en_la_pagina = 1_000_000  # by parts
    callada = datetime.timedelta(seconds=300)  # more than a statement may take

    def progreso(self, trabajo: Trabajo) -> str:
        return _("%(hechas)s de %(total)s") % {"hechas": con_miles(trabajo.hechas), "total": con_miles(trabajo.total)}

    def desenlace(self, trabajo: Trabajo) -> Desenlace:
        if not trabajo.resultado:
            return Desenlace()
        emitidos, sin_emitir = trabajo.resultado["emitidos"], trabajo.resultado["sin_emitir"]
        frases = [
            ngettext("Se emitió %(n)s documento.", "Se emitieron %(n)s documentos.", emitidos)
            % {"n": con_miles(emitidos)}
            if emitidos
            else _("No había documentos listos para emitir.")
        ]
        frases += [f"{Motivo(motivo).label} ({con_miles(cuantos)})" for motivo, cuantos in sorted(sin_emitir.items())]
        consulta = f"?{urlencode({'territorio': trabajo.pedido['territorio']})}" if trabajo.pedido["territorio"] else ""
        panel = reverse("kuska_certificados:panel")
        enlaces = [(_("Ver los emitidos"), f"{panel}{consulta}")]
        if sin_emitir:  # each with what it lacks
            pendientes = urlencode({"ver": "pendientes", "territorio": trabajo.pedido["territorio"]})
            enlaces.append((_("Ver los pendientes"), f"{panel}?{pendientes}"))
        return Desenlace(tuple(frases), tuple(enlaces))

    def donde_se_pide(self, trabajo: Trabajo) -> str:
        pendientes = {"ver": "pendientes", "territorio": trabajo.pedido["territorio"]}
        return f"{reverse('kuska_certificados:panel')}?{urlencode(pendientes)}"

    def hacer(self, obra: Obra) -> bool:
        trabajo = obra.trabajo
        va = trabajo.resultado or {"hasta": 0, "emitidos": 0, "sin_emitir": {}}
        hechas = trabajo.hechas
        while True:
            ahora = timezone.now()
            faltan = por_emitir_del(_filtro(obra), ahora=ahora).filter(pk__gt=va["hasta"]).order_by("pk")
            ids = list(faltan.values_list("pk", flat=True)[:POR_LOTE])
            if not ids:
                obra.terminar(va)
                return True
            hechas += len(ids)
            with transaction.atomic():
                obra.avisar(hechas)  # first: whoever has not the turn any more issues nothing
                lote = emitir_en_lote(inscripcion_ids=ids, ahora=ahora, por=trabajo.cuenta)
                va = _sumar(va, ids[-1], len(lote.emitidos), lote.rechazos.values())
                obra.avisar(hechas, resultado=va, total=max(hechas, trabajo.total))
            if not obra.hay_tiempo():
                return False


def _sumar(va: dict[str, Any], hasta: int, emitidos: int, rechazos: Iterable[Motivo]) -> dict[str, Any]:
    sin_emitir = dict(va["sin_emitir"])
    for motivo in rechazos:
        sin_emitir[motivo.value] = sin_emitir.get(motivo.value, 0) + 1
    return {"hasta": hasta, "emitidos": va["emitidos"] + emitidos, "sin_emitir": sin_emitir}


class PaqueteDeDocumentos(ClaseDeTrabajo):
    """First each paper is made and kept: whoever comes next finds it. Then all go to the file, from the disk."""

    clave, detalle = PAQUETE, "documentos"
    carpeta, extension, tipo, formato = "paquetes", "zip", "application/zip", "ZIP"
    si_es_demasiado = gettext_lazy("No se pudo hacer: es demasiado para una sola vez. Elija un lugar más chico.")
    en_la_pagina = 1_000_000  # by parts

    def progreso(self, trabajo: Trabajo) -> str:
        return _("%(hechas)s de %(total)s documentos") % {
            "hechas": con_miles(trabajo.hechas),
            "total": con_miles(trabajo.total),
        }

    def desenlace(self, trabajo: Trabajo) -> Desenlace:
        faltan: list[str] = trabajo.resultado.get("faltan", [])
        frase = ngettext(
            "%(n)s documento no se pudo componer y no va en el archivo: el de registro %(cuales)s.",
            "%(n)s documentos no se pudieron componer y no van en el archivo: los de registro %(cuales)s.",
            len(faltan),
        )
        cuales = ", ".join(faltan[:SE_NOMBRAN]) + ("…" if len(faltan) > SE_NOMBRAN else "")
        que_hacer = _("Pida el archivo otra vez más tarde. Si vuelven a faltar, avise a quien administra el aula.")
        return Desenlace((frase % {"n": len(faltan), "cuales": cuales}, que_hacer) if faltan else ())

    def donde_se_pide(self, trabajo: Trabajo) -> str:
        emitidos = {"ver": "emitidos", "territorio": trabajo.pedido["territorio"]}
        return f"{reverse('kuska_certificados:panel')}?{urlencode(emitidos)}"

    def sin_lo_escrito(self, trabajo: Trabajo) -> dict[str, Any]:
        """What was looked for may be a name or a DNI."""
        return {**trabajo.pedido, "texto": ""}

    def hacer(self, obra: Obra) -> bool:
        filtro = _filtro(obra)
        certificados = del_panel(filtro).con_papel().order_by("pk")
        if not self._componer(obra, certificados):
            return False
        ids: list[int] = []
        faltan: list[str] = []
        de_quienes: dict[int, None] = {}
        hasta = 0
        with zipfile.ZipFile(obra.escrito, "w", zipfile.ZIP_STORED) as paquete:
            while lote := list(certificados.filter(pk__gt=hasta)[:POR_LOTE]):
                hasta = lote[-1].pk
                for certificado in lote:
                    try:
                        contenido = componer(certificado)
                    except (NoSePudoComponer, OSError) as error:
                        if espera_de(error):  # the machine could not take it now: all of it is done later
                            raise
                        logger.exception("paper without file", extra={"documento": certificado.pk, "tarea": PAQUETE})
                        faltan.append(certificado.registro)
                        continue
                    paquete.writestr(f"documento-{certificado.registro}.pdf", contenido)
                    ids.append(certificado.pk)
                    de_quienes[certificado.persona_id] = None
                obra.avisar(len(ids))
        if not ids:
            raise TrabajoError("sin_documentos", _("Ya no hay documentos que descargar en ese lugar."))
        obra.avisar(len(ids), total=len(ids), de_quienes=list(de_quienes), resultado={"faltan": faltan})
        anotar_descarga(ids=ids, filtro=filtro, por=obra.trabajo.cuenta)
        return True

    def _componer(self, obra: Obra, certificados: CertificadoQuerySet) -> bool:
        """Make those that have no PDF. Whether none was left for another run."""
        total = certificados.count()
        sin_pdf = list(certificados.filter(pdf="").values_list("pk", flat=True)[:MAXIMO])
        for n, numero in enumerate(sin_pdf):
            if n % CADA == 0:
                obra.avisar(max(total - len(sin_pdf) + n, 0), total=total)
            if n and not obra.hay_tiempo():
                return False
            try:
                generar_pdf(certificado_id=numero)
            except (NoSePudoComponer, OSError) as error:
                if espera_de(error):
                    raise
                logger.exception("PDF failed", extra={"documento": numero, "tarea": PAQUETE})
        return True
