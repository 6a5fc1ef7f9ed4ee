"""Fill an empty space: territory, programme, people, and seven months of work: twelve weeks of most of them."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from certificados.errores import CertificadoError
from certificados.models import Certificado
from certificados.services import emitir
from cursos.models import Edicion, Inscripcion, Unidad
from cursos.services.inscripcion import inscribir_en_lote
from instancias.models import Asiento, ImportacionDePadron, Persona
from instancias.padron import confirmar, revisar
from instancias.politica import alcance_de
from instancias.services.personas import registrar_persona

from .aplicaciones import dejar_aplicaciones
from .calendario import dejar_encuentros
from .centros import poner_contacto
from .cuentas import CLAVE_DE_INTEGRANTE, CLAVE_DEL_PERSONAL, PERSONAL, crear_personal, dar_clave, hacer_entrar
from .declarados import dejar_declarados
from .documentos import dejar_documentos
from .dudas import dejar_dudas
from .libro import Libro
from .listas import dejar_por_terminar
from .opiniones import ANTES, TEMPRANO, encuesta_de
from .padron import hoja, plazas
from .pedidos import dejar_pedidos
from .personas import SEMILLA, Invento, inventar
from .recorridos import Camino, entrada_de, recorrer, requisitos_en_orden

SEMANAS = 12
PERFIL_DE_LA_VISITA = {"en_curso": "Integrante, en camino", "termino": "Integrante, con certificado"}


@dataclass(frozen=True)
class Entrada:
    """A way in that the demonstration prints."""

    papel: str
    usuario: str
    clave: str
    ruta: str


def hay_datos() -> bool:
    """Whether this space already has people: then nothing is touched."""
    return Persona.objects.exists()


def poner_al_dia(*, sitio: str) -> None:
    """Bring data sown by an older demonstration, or at another port, to what it shows today."""
    poner_contacto()
    _mudar(sitio)


def _mudar(sitio: str) -> None:
    """Point the papers at the address of today when they were issued at another port of this machine.

    A paper is frozen because somebody holds it; nobody outside this machine can hold one that says «localhost».
    """
    viejos = Certificado.objects.filter(datos__sitio__startswith="http://localhost:").exclude(datos__sitio=sitio)
    for certificado in viejos:
        certificado.datos["sitio"] = sitio
        certificado.pdf, certificado.pdf_bytes, certificado.pdf_sha256 = "", None, ""
        certificado.save(update_fields=["datos", "pdf", "pdf_bytes", "pdf_sha256"])


def sembrar(*, avisar: Callable[[str], object]) -> None:
    """Fill the space. Everything passes by the services, as it would from the screens, or is held against them."""
    ahora = timezone.now().replace(microsecond=0)
    # Wagtail's index of where each thing is used is made at the end, once, and not at each of some hundreds of saves.
    with disable_reference_index_auto_update():
        for paso in ("cargar_territorio", "cargar_programa"):
            call_command(paso, verbosity=0, stdout=StringIO())
    call_command("rebuild_references_index", verbosity=0, stdout=StringIO())
    poner_contacto()
    avisar("Territorio y programa cargados.")
    with transaction.atomic():
        gente = _importar(ahora)
        inscripciones = _inscribir(ahora)
    avisar(f"{len(gente)} integrantes inscritos.")
    with transaction.atomic():
        _avanzar(gente, inscripciones, ahora)
    with transaction.atomic():
        cuantos = _certificar(inscripciones)
        _traer_listas(ahora)
        _registrar_dos_veces(gente, ahora)
        dejar_documentos(ahora)
        dejar_pedidos(ahora)
        dejar_encuentros(ahora)
        visitas = [una.usuario for una in entradas()]
        dejar_dudas(ahora, primero=visitas)
        dejar_declarados(gente, ahora, menos=visitas)
    avisar(f"Siete meses de avance y {cuantos} certificados.")


def _importar(ahora: datetime.datetime) -> list[Invento]:
    """Upload the sheets as the office would, and confirm them: that of who began first, and that of the others."""
    inicio = ahora - datetime.timedelta(weeks=SEMANAS + ANTES + 2)
    cuentas = crear_personal(desde=timezone.localdate(inicio), ahora=inicio)
    gente = inventar(plazas())
    primero = [uno for uno in gente if uno.territorio in TEMPRANO]
    despues = [uno for uno in gente if uno.territorio not in TEMPRANO]
    _traer("padron-provincial.xlsx", primero, cuentas["cem"], ahora=ahora, antes=ANTES)
    _traer("padron.xlsx", despues, cuentas["cem"], ahora=ahora, antes=0)
    return gente


def _traer(nombre: str, gente: list[Invento], por: Any, *, ahora: datetime.datetime, antes: int) -> None:
    hoy, inicio = timezone.localdate(ahora), ahora - datetime.timedelta(weeks=SEMANAS + antes + 2)
    alcance = alcance_de(por, hoy=hoy)
    importacion = revisar(
        nombre=nombre,
        contenido=hoja(gente, hoy=hoy, antes=antes),
        esquema=ImportacionDePadron.Esquema.INEI,
        alcance=alcance,
        por=por,
        ahora=inicio,
    )
    resumen = confirmar(importacion_id=importacion.pk, alcance=alcance, ahora=inicio)
    if resumen["rechazar"]:
        raise RuntimeError(f"El padrón de ejemplo tiene filas rechazadas: {resumen}")


def _traer_listas(ahora: datetime.datetime) -> None:
    """Leave lists that somebody was bringing, as on any day of the office."""
    cem = get_user_model().objects.get(username="cem")
    dejar_por_terminar(alcance=alcance_de(cem, hoy=timezone.localdate(ahora)), por=cem, ahora=ahora)


def _registrar_dos_veces(gente: list[Invento], ahora: datetime.datetime) -> None:
    """Leave somebody under two documents, as when a number is typed wrong: «Posibles repetidas» has what to show."""
    cem = get_user_model().objects.get(username="cem")
    alcance = alcance_de(cem, hoy=timezone.localdate(ahora))
    con_alterno = {(uno.territorio, uno.tipo, uno.numero) for uno in gente if uno.calidad == "alterno"}
    solas = [
        uno for uno in gente if uno.perfil == "no_entro" and (uno.territorio, uno.tipo, uno.numero) not in con_alterno
    ]
    una, otra = solas[0], next(otra for otra in solas if otra.territorio != solas[0].territorio)
    asiento = Asiento.objects.get(instancia__territorio=otra.territorio, tipo__codigo=otra.tipo, numero=otra.numero)
    registrar_persona(
        documento=f"9998{una.documento[4:]}",
        nombres=una.nombres,
        apellidos=una.apellidos,
        celular="",
        asiento=asiento,
        calidad="alterno",
        designacion="Oficio 021-2026",
        alcance=alcance,
        por=cem,
        ahora=ahora,
    )


def _inscribir(ahora: datetime.datetime) -> dict[str, Inscripcion]:
    """Open the edition and enrol each week those who already sat."""
    inicio = ahora - datetime.timedelta(weeks=SEMANAS + ANTES)
    curso = Unidad.objects.cursos().vigentes().order_by("numero").first()
    edicion = Edicion.objects.filter(curso=curso).first() or Edicion(curso=curso, nombre="Edición 2026")
    edicion.inicia = timezone.localdate(inicio)
    edicion.termina = timezone.localdate(ahora + datetime.timedelta(weeks=6))
    edicion.abierta = True
    edicion.save()
    edicion.territorios.set(["1006"])
    for semana in range(SEMANAS + ANTES, -1, -1):
        inscribir_en_lote(edicion=edicion, ahora=ahora - datetime.timedelta(weeks=semana))
    filas = Inscripcion.objects.filter(edicion=edicion).select_related("persona", "curso", "version")
    return {inscripcion.persona.documento: inscripcion for inscripcion in filas}


def _avanzar(gente: list[Invento], inscripciones: dict[str, Inscripcion], ahora: datetime.datetime) -> None:
    azar = random.Random(SEMILLA)  # noqa: S311 — repeatable on purpose
    primera = next(iter(inscripciones.values()))
    camino = Camino(requisitos_en_orden(primera), azar, ahora, entrada_de(primera.curso), encuesta_de(primera.curso))
    libro = Libro()
    con_clave: set[str] = set()
    con_nombre: set[str] = set()
    for invento in gente:
        inscripcion = inscripciones.get(invento.documento)
        if inscripcion is None or invento.perfil == "no_entro":
            continue
        ingreso = inscripcion.creada_en + datetime.timedelta(days=azar.uniform(0.3, 6))
        hacer_entrar(persona=inscripcion.persona, por=None, ahora=ingreso)
        recorrer(inscripcion=inscripcion, perfil=invento.perfil, ingreso=ingreso, camino=camino, libro=libro)
        if invento.perfil in PERFIL_DE_LA_VISITA and invento.perfil not in con_clave and invento.celular:
            con_clave.add(invento.perfil)
            con_nombre.add(invento.documento)
            dar_clave(persona=inscripcion.persona, ahora=ingreso)
    libro.guardar()
    dejar_aplicaciones(primera.curso, siempre=con_nombre)


def _certificar(inscripciones: dict[str, Inscripcion]) -> int:
    """Issue each certificate on the day it was earned, in that order."""
    terminadas = Inscripcion.objects.terminadas().filter(pk__in=[fila.pk for fila in inscripciones.values()])
    cuantos = 0
    for pk, terminada_en in terminadas.order_by("terminada_en").values_list("pk", "terminada_en"):
        try:
            emitir(inscripcion_id=pk, ahora=terminada_en + datetime.timedelta(minutes=1))
        except CertificadoError as error:
            raise RuntimeError(f"No se pudo emitir un certificado de ejemplo: {error.codigo}") from error
        cuantos += 1
    return cuantos


def entradas() -> list[Entrada]:
    """Return the ways in: two people with different progress and each role of the staff."""
    lista = []
    inventadas = Persona.objects.filter(cuenta__isnull=False, documento__startswith="9999").select_related("cuenta")
    personas = list(inventadas.order_by("documento"))
    veces = Counter(persona.cuenta.password for persona in personas)
    for persona in personas:
        # Most share the digest of a key that nobody knows: only who was given one of their own has a way in.
        if veces[persona.cuenta.password] > 1 or not persona.cuenta.has_usable_password():
            continue
        termino = Inscripcion.objects.terminadas().filter(persona=persona).exists()
        papel = PERFIL_DE_LA_VISITA["termino" if termino else "en_curso"]
        lista.append(Entrada(papel, persona.documento, CLAVE_DE_INTEGRANTE, "/inicio"))
    return lista + [Entrada(uno.papel, uno.usuario, CLAVE_DEL_PERSONAL, uno.empieza) for uno in PERSONAL]
