"""One small province with a bit of everything, so that every address has something to show."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model

from certificados.services import emitir
from cursos.models import Encuentro, NotaDeLeccion, Paquete, Prorroga
from cursos.paquetes import Llegado
from cursos.services.avance import registrar_avance
from cursos.services.dudas import preguntar
from cursos.services.paquetes import recibir
from evaluaciones.services.envio import enviar
from instancias.acceso.services.enlaces import crear_enlace
from instancias.models import ImportacionDePadron, Relevo
from instancias.padron import revisar
from instancias.politica import AlcanceEfectivo, alcance_de
from instancias.services import privilegios
from instancias.services.fusion import fusionar
from instancias.services.pedidos import pedir
from instancias.services.trabajos import hacer
from marco.models import AjustesDelAula
from seguimiento.informes.definicion import Definicion
from seguimiento.models import Lector, MetaDeTerritorio
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from seguimiento.services.archivos import pedir_informe
from seguimiento.services.cierres import cerrar
from seguimiento.services.informes import guardar_informe
from seguimiento.services.publicacion import publicar
from seguimiento.services.suscripcion import direccion_para_salir
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, crear_evaluacion, empezar, unidad_de
from tests.seguimiento.factories import ambito as ambito_de_prueba

HOJA = "DNI,Nombres,Apellidos,Distrito,Asiento,Calidad\n40000009,Luz,Paredes,Rupa-Rupa,IDC-03,titular\n"


@dataclass
class Escenario:
    """Who is here, and the pieces of the addresses of the table."""

    gente: dict[str, Any]
    datos: dict[str, Any]
    sesiones: dict[str, str] = field(default_factory=dict)

    def cliente(self, rol: str) -> Client:
        """A browser of this role, new; ``visitante`` is nobody. The role signed in once, when the scene was made."""
        cliente = Client()
        if rol != "visitante":
            cliente.cookies[settings.SESSION_COOKIE_NAME] = self.sesiones[rol]
        return cliente

    def entrar(self) -> Escenario:
        """Sign everybody in."""
        for rol, quien in self.gente.items():
            cliente = Client()
            cliente.force_login(getattr(quien, "cuenta", None) or quien)
            self.sesiones[rol] = cliente.cookies[settings.SESSION_COOKIE_NAME].value
        return self


def montar() -> Escenario:
    """Make everybody and everything: a course under way, one finished with its paper, a sheet under review."""
    gente.crear_territorio()
    gente.crear_cem()
    quienes = {
        "integrante": gente.crear_integrante("40000001", "Rosa", "Quispe Huamán", celular="987654321"),
        "integrante_b": gente.crear_integrante("40000002", "Juan", "Tello Ponce", ubigeo=gente.DISTRITO_B),
        "capacitadora": gente.crear_capacitadora(),
        "coordinadora_a": gente.crear_coordinacion("coordina-a", gente.DISTRITO_A),
        "coordinador_b": gente.crear_coordinacion("coordina-b", gente.DISTRITO_B),
        "cem": gente.crear_coordinacion("cem", gente.PROVINCIA),
        "administradora": gente.crear_cuenta("administra", is_superuser=True, is_staff=True),
    }
    nueva = gente.crear_integrante("40000003", "Nélida", "Rojas Campos")
    datos = {**_cursos(quienes["integrante"]), **_padron(quienes["cem"])}
    ahora = timezone.now()
    datos |= {
        "token": crear_enlace(persona=nueva, por=quienes["cem"], ahora=ahora).token,
        "persona": quienes["integrante"].pk,
        "persona_b": quienes["integrante_b"].pk,
        "a": gente.DISTRITO_A,
        "b": gente.DISTRITO_B,
        "asiento": quienes["integrante"].membresias.get().asiento_id,
        "membresia": quienes["integrante"].membresias.get().pk,
        "relevo": _relevo(quienes["integrante"]),
        "acta": _acta(quienes["cem"]),
        "cierre": _cierre(quienes["cem"]),
        "otro_registro": nueva.pk,
        "fusion": _fusion(nueva),
        "pedido": _pedido(quienes["integrante"]),
        "paquete": _paquete(quienes["integrante"]),
        **_privilegios(quienes),
        **_informes(quienes["cem"], quienes["coordinadora_a"]),
        **_editor(datos["edicion"]),
    }
    return Escenario(quienes, datos).entrar()


def _cursos(persona: Any) -> dict[str, Any]:
    """A course under way, with a passed evaluation and a practice begun, and another one finished and certified."""
    ahora = timezone.now()
    en_camino = ProgramaConEvaluacion(lecciones=2)
    practica = unidad_de(crear_evaluacion(en_camino.modulos[0], clase="practica", preguntas=3, titulo="Práctica"))
    inscripcion = en_camino.inscribir(persona)
    leccion = en_camino.unidad(en_camino.lecciones[0])
    for paso in (1, 2):
        registrar_avance(inscripcion=inscripcion, unidad=leccion, paso=paso, ahora=ahora)
    empezar(persona, practica)

    hecho = ProgramaConEvaluacion(lecciones=1)
    crear_plantilla(hecho.curso)
    terminada = hecho.inscribir(persona)
    for paso in (1, 2):
        registrar_avance(inscripcion=terminada, unidad=hecho.unidad(hecho.lecciones[0]), paso=paso, ahora=ahora)
    duda, nota = _duda(inscripcion, leccion)
    intento = empezar(persona, hecho.unidad_evaluada)
    enviado = enviar(persona=persona, intento=intento.clave, ahora=ahora, entrega=buenas(intento)).intento
    certificado = emitir(inscripcion_id=terminada.pk, ahora=ahora + datetime.timedelta(minutes=1))
    return {
        "curso": en_camino.curso.numero,
        "leccion": leccion.numero,
        "practica": practica.numero,
        "evaluacion": en_camino.unidad_evaluada.numero,
        "hecho": hecho.curso.numero,
        "hecha": hecho.unidad_evaluada.numero,
        "recibo": enviado.codigo_de_recibo,
        "edicion": inscripcion.edicion_id,
        "inscripcion": inscripcion.pk,
        "certificado": certificado.pk,
        "codigo": certificado.codigo_largo,
        "duda": duda,
        "encuentro": _encuentro(ahora),
        "nota": nota,
    }


def _encuentro(ahora: Any) -> int:
    """A session of district A, next week."""
    dia = timezone.localdate(ahora) + datetime.timedelta(days=7)
    datos = {"titulo": "Sesión", "dia": dia, "hora": datetime.time(15), "lugar": "Local comunal", "creado_en": ahora}
    return Encuentro.objects.create(territorio_id=gente.DISTRITO_A, **datos).pk


def _duda(inscripcion: Any, leccion: Any) -> tuple[int, int]:
    """What the member asked in a step and waits for its answer, and a note under it."""
    ahora, paso = timezone.now(), leccion.ids_de_pasos[1]
    una = preguntar(
        inscripcion=inscripcion,
        unidad=leccion,
        paso=(paso, 2, "Paso 2"),
        texto="¿De noche también?",
        operacion=uuid.uuid4(),
        ahora=ahora,
    )
    nota = NotaDeLeccion.objects.create(
        unidad=leccion, paso=paso, duda=una, pregunta="¿También de noche?", texto="Sí.", publicada_en=ahora
    )
    return una.pk, nota.pk


def _padron(cem: Any) -> dict[str, Any]:
    ahora = timezone.now()
    importacion = revisar(
        nombre="lista.csv",
        contenido=HOJA.encode(),
        esquema=ImportacionDePadron.Esquema.INEI,
        alcance=alcance_de(cem, hoy=timezone.localdate(ahora)),
        por=cem,
        ahora=ahora,
    )
    return {"importacion": importacion.pk, "fila": importacion.filas.get().pk}


def _relevo(persona: Any) -> int:
    """A handover of today, of a seat of district A."""
    creadas = [persona.membresias.get().pk]
    return Relevo.objects.create(desde=gente.DESDE, creadas=creadas, hecho_en=timezone.now()).pk


def _acta(cem: Any) -> int:
    """The acta of district A."""
    ambito = ambito_de_prueba(gente.PROVINCIA).en(gente.DISTRITO_A)
    return hacer_acta(ambito=ambito, pedido=Pedido(operacion=uuid.uuid4()), por=cem)[0].pk


def _cierre(cem: Any) -> int:
    """The closing of the province, of the first day of its edition."""
    ambito = ambito_de_prueba(gente.PROVINCIA)
    return cerrar(ambito=ambito, al=ambito.edicion.inicia, por=cem)[0].pk


def _pedido(persona: Any) -> int:
    """What the member of district A asked about their data."""
    return pedir(persona=persona, clase="supresion", ahora=timezone.now(), por=persona.cuenta).pk


def _paquete(persona: Any) -> int:
    """Something that her phone kept and could not be applied."""
    llegado = Llegado(uuid.uuid4(), "paso", (9999, 1, 1))
    recibir(persona=persona, llegados=[llegado], ahora=timezone.now())
    return Paquete.objects.get(identificador=llegado.identificador).pk


def _fusion(queda: Any) -> int:
    """A register of district A that was made one with this one."""
    oculta = gente.crear_integrante("40000004", "Nelida", "Rojas Campos")
    datos = {"valores": {}, "operacion": uuid.uuid4(), "por": None, "ahora": timezone.now()}
    alcance = AlcanceEfectivo((gente.PROVINCIA,))
    return fusionar(queda=queda.pk, absorbida=oculta.pk, alcance=alcance, **datos).pk


def _privilegios(quienes: dict[str, Any]) -> dict[str, Any]:
    """The scope of district A, the group of the trainer, and a review that was signed."""
    firma = {"por": quienes["administradora"], "ahora": timezone.now()}
    revision = privilegios.firmar_revision(vista=privilegios.huella_de(privilegios.por_firmar(**firma)), **firma)
    return {
        "alcance_a": quienes["coordinadora_a"].alcances.get().pk,
        "cuenta_a": quienes["coordinadora_a"].pk,
        "cuenta_c": quienes["capacitadora"].pk,
        "grupo": quienes["capacitadora"].groups.get().pk,
        "revision": revision.pk,
    }


def _informes(cem: Any, coordinadora: Any) -> dict[str, Any]:
    """A report of cem, another that the coordinator of district A saved for everybody, and a file of cem, written."""
    pedida = Definicion(nombre="Quiénes", columnas=("apellidos", "estado"))
    dia = timezone.localdate()
    alcances = {quien: alcance_de(quien, hoy=dia) for quien in (cem, coordinadora)}
    suyo = guardar_informe(pedida=pedida, de_todos=False, por=cem, alcance=alcances[cem])
    de_todos = guardar_informe(pedida=pedida, de_todos=True, por=coordinadora, alcance=alcances[coordinadora])
    archivo = pedir_informe(pedida=pedida, por=cem, alcance=alcances[cem], ahora=timezone.now())
    hacer(trabajo_id=archivo.pk)
    return {"informe": suyo.pk, "de_todos": de_todos.pk, "archivo": archivo.clave}


def _editor(edicion_id: int) -> dict[str, Any]:
    """A goal of district A, more days for it, a reader of it, and what only has an address in the editor: a sound."""
    dia = datetime.date(2026, 12, 15)
    meta = MetaDeTerritorio.objects.create(
        edicion_id=edicion_id, territorio_id=gente.DISTRITO_A, porcentaje=80, para_el=dia
    )
    sonido = get_document_model().objects.create(title="Audio", file=ContentFile(b"OggS", name="nota.ogg"))
    plazo = Prorroga.objects.create(
        edicion_id=edicion_id, territorio_id=gente.DISTRITO_A, hasta=dia, motivo="Lluvias", dada_en=timezone.now()
    )
    lector = Lector.objects.create(
        nombre="Tablero",
        territorio_id=gente.DISTRITO_A,
        huella="0" * 64,
        operacion=uuid.uuid4(),
        creado_en=timezone.now(),
        vence_el=dia,
    )
    AjustesDelAula.objects.update_or_create(defaults={"transparencia_activa": True})
    ambito = ambito_de_prueba(gente.PROVINCIA)
    publicar(ambito=ambito, corte=ambito.edicion.inicia)
    return {
        "meta": meta.pk,
        "plazo": plazo.pk,
        "lector": lector.pk,
        "salir": direccion_para_salir(lector.pk).rpartition("/")[2],
        "documento": f"{sonido.pk}/{sonido.filename}",
    }
