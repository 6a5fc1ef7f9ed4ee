"""After somebody's data are taken away, nothing names them: no row of any model, no file, no cache, no export."""

from __future__ import annotations

import json
import pickle
import uuid
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import storages
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from wagtail.log_actions import log

from certificados.consultas.verificacion import verificar
from certificados.models import Certificado, DocumentoDeCifras
from certificados.services import dibujar, emitir, generar_pdf, generar_pdf_de_cifras
from certificados.services.recursos import almacen
from cursos.models import Inscripcion
from cursos.services.avance import registrar_avance
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.envio import enviar
from instancias.acceso.services.enlaces import crear_enlace
from instancias.apartados import Suprimida, apartados, sin_atender
from instancias.models import (
    FilaDePadron,
    ImportacionDePadron,
    Membresia,
    PedidoDeDatos,
    Persona,
    Supresion,
)
from instancias.padron import confirmar, revisar
from instancias.politica import AlcanceEfectivo, alcance_de
from instancias.services.supresion import suprimir, suprimir_otra_vez
from marco.errores import ErrorDeDominio
from marco.textos import normalizar, sin_tildes
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from tests import filas, gente
from tests.certificados.factories import crear_plantilla
from tests.certificados.test_pdf import texto_de as texto_de_pdf
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar
from tests.mundos import hecho_una_vez
from tests.seguimiento.factories import ambito as ambito_de_prueba

pytestmark = pytest.mark.django_db

PROVINCIA = AlcanceEfectivo((gente.PROVINCIA,))
DNI, CELULAR, CORREO = "40771234", "987123654", "zoraida@ejemplo.pe"
NOMBRES, APELLIDOS = "Zoraida Milagros", "Yauricasa Ñahui"
HOJA = (
    "DNI,Nombres,Apellidos,Distrito,Asiento,Calidad,Celular\n"
    f"{DNI},{NOMBRES},{APELLIDOS},Rupa-Rupa,IDC-04,titular,{CELULAR}\n"
    "40000009,Luz,Paredes,Rupa-Rupa,IDC-03,titular,\n"
)
LA_NOMBRAN = {normalizar(uno) for uno in (DNI, CELULAR, CORREO, APELLIDOS, NOMBRES)}


def la_nombra(texto: str) -> bool:
    plano = normalizar(texto)
    return any(uno in plano for uno in LA_NOMBRAN)


@pytest.fixture
@hecho_una_vez
def persona(territorio):
    return gente.crear_integrante(DNI, NOMBRES, APELLIDOS, celular=CELULAR, correo=CORREO)


def en_todas_partes(persona, cem):
    """Put the person in as many places as there are: course, paper, acta, lists, trail, session, request."""
    ahora = timezone.now()
    programa = ProgramaConEvaluacion(lecciones=1)
    crear_plantilla(programa.curso)
    inscripcion = programa.inscribir(persona)
    leccion = programa.unidad(programa.lecciones[0])
    for paso in (1, 2):
        registrar_avance(inscripcion=inscripcion, unidad=leccion, paso=paso, ahora=ahora)
    intento = empezar(persona, programa.unidad_evaluada)
    enviar(persona=persona, intento=intento.clave, ahora=ahora, entrega=buenas(intento))
    certificado = emitir(inscripcion_id=inscripcion.pk, ahora=ahora)
    generar_pdf(certificado_id=certificado.pk)
    certificado.refresh_from_db()
    dibujar(certificado)
    ambito = ambito_de_prueba(gente.PROVINCIA).en(gente.DISTRITO_A)
    pedido = Pedido(operacion=uuid.uuid4(), asistentes=(f"{NOMBRES} {APELLIDOS}",), con_nombres=True)
    acta = hacer_acta(ambito=ambito, pedido=pedido, por=cem)[0]
    generar_pdf_de_cifras(documento_id=acta.pk)
    revisar(nombre="lista.csv", contenido=HOJA.encode(), esquema="inei", alcance=PROVINCIA, por=cem, ahora=ahora)
    crear_enlace(persona=persona, por=cem, ahora=ahora)
    PedidoDeDatos.objects.create(
        persona=persona, clase="rectificacion", detalle=f"Soy {NOMBRES} {APELLIDOS}", recibido_en=ahora,
        vence_el=timezone.localdate(),
    )  # fmt: skip
    log(instance=persona, action="instancias.corregir", title=f"{APELLIDOS}, {NOMBRES}", data={"era": f"{DNI}"})
    membresia = persona.membresias.get()
    Membresia.objects.filter(pk=membresia.pk).update(designacion=f"Oficio 12 de {NOMBRES.upper()} {APELLIDOS.upper()}")
    return certificado, acta


def donde_la_nombran() -> list[str]:
    """Every row of every model, and every file of the private storage, that says who she was."""
    tablas = [filas.tabla_de(modelo) for modelo in filas.modelos()]
    donde = []
    for tabla, suyas in zip(tablas, filas.leer(tablas), strict=True):
        for fila in suyas:
            texto = json.dumps(fila, default=str, ensure_ascii=False) if not isinstance(fila, str) else fila
            if la_nombra(texto.encode().decode("unicode_escape", "ignore")) or la_nombra(texto):
                donde.append(f"{tabla.nombre}: {texto[:300]}")
    donde += [f"sesión: {una.get_decoded()}" for una in Session.objects.all() if la_nombra(str(una.get_decoded()))]
    return donde + archivos_que_la_nombran()


def archivos_que_la_nombran(carpeta: str = "") -> list[str]:
    almacen = storages["privado"]
    try:
        carpetas, nombres = almacen.listdir(carpeta)
    except FileNotFoundError:
        return []
    hallados = [uno for otra in carpetas for uno in archivos_que_la_nombran(f"{carpeta}/{otra}".strip("/"))]
    for nombre in nombres:
        with almacen.open(f"{carpeta}/{nombre}") as archivo:
            if la_nombra(texto_de(archivo.read())):
                hallados.append(nombre)
    return hallados


def texto_de(contenido: bytes) -> str:
    """What a file says: of a PDF, its whole tree with the text that a reader is told."""
    if not contenido.startswith(b"%PDF"):
        return contenido.decode("utf-8", "ignore")
    return texto_de_pdf(contenido)


def cifras_de(persona) -> dict:
    """What figures are made of: rows by state, with no name."""
    return {
        "inscripciones": list(Inscripcion.objects.values_list("pk", "estado", "hechas", "territorio").order_by("pk")),
        "intentos": list(Intento.objects.values_list("pk", "estado", "puntos", "aprobado").order_by("pk")),
        "respuestas": Respuesta.objects.count(),
        "certificados": list(Certificado.objects.values_list("pk", "estado", "anio", "numero", "codigo_largo")),
        "documentos": list(DocumentoDeCifras.objects.values_list("pk", "estado", "numero")),
        "personas": Persona.objects.count(),
        "asientos": list(Membresia.objects.values_list("pk", "asiento", "desde").order_by("pk")),
    }


@pytest.fixture
def quitar(cem_provincial, django_capture_on_commit_callbacks):
    def hacer(persona, **campos):
        datos = {"alcance": PROVINCIA, "por": cem_provincial, "ahora": timezone.now(), **campos}
        with django_capture_on_commit_callbacks(execute=True):
            return suprimir(persona_id=persona.pk, **datos)

    return hacer


def test_nothing_names_the_person_afterwards_and_the_figures_are_the_same(persona, cem_provincial, quitar, entrar):
    certificado, acta = en_todas_partes(persona, cem_provincial)
    entrar(persona).get("/inicio")
    antes, sesiones = cifras_de(persona), Session.objects.count()
    assert len(donde_la_nombran()) > 10  # the search sees

    dibujo = f"{certificado.pdf.removesuffix('.pdf')}.png"
    assert almacen().exists(dibujo)

    supresion = quitar(persona)

    assert donde_la_nombran() == []
    assert not almacen().exists(dibujo)  # no text is read in it
    assert cifras_de(persona) == antes
    assert Session.objects.count() == sesiones - 1
    assert not la_nombra(repr([pickle.loads(uno) for uno in getattr(cache, "_cache", {}).values()]))  # noqa: S301
    assert supresion.personas == [persona.pk] and supresion.resumen["kuska_certificados.Certificado"] == 1

    publico = verificar(codigo=certificado.codigo_largo)
    assert publico.estado == "suprimido" and publico.nombre == "Datos suprimidos"
    assert DocumentoDeCifras.objects.get(pk=acta.pk).datos["suprimidos"][0]["huella"] == acta.huella
    # What is made afterwards does not bring it back.
    generar_pdf(certificado_id=certificado.pk)
    generar_pdf_de_cifras(documento_id=acta.pk)
    assert archivos_que_la_nombran() == []
    assert Certificado.objects.get(pk=certificado.pk).pdf == ""
    panel = entrar(cem_provincial)
    for direccion in ("/panel", "/panel/personas", f"/panel/personas/{persona.pk}", "/panel/certificados"):
        assert not la_nombra(panel.get(direccion).text), direccion
    archivo = panel.get("/panel/avance.xlsx")
    assert archivo.status_code == 200 and not la_nombra(texto_del_libro(archivo))


def texto_del_libro(respuesta) -> str:
    contenido = b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
    libro = load_workbook(BytesIO(contenido))
    return " ".join(
        str(celda) for hoja in libro for fila in hoja.iter_rows(values_only=True) for celda in fila if celda
    )


def test_the_page_of_a_paper_says_that_its_data_were_taken_away(persona, cem_provincial, quitar, visitante):
    certificado, _acta = en_todas_partes(persona, cem_provincial)
    quitar(persona)
    pagina = visitante.get(f"/v/{certificado.codigo_largo}").text
    assert "Datos suprimidos a pedido de su titular" in pagina and "Documento válido" not in pagina
    assert "Otorgado a" not in pagina


def test_the_account_is_closed_and_whoever_was_inside_is_out(persona, quitar, entrar):
    cliente = entrar(persona)
    assert cliente.get("/inicio").status_code == 200
    quitar(persona)
    assert cliente.get("/inicio").status_code == 302
    cuenta = persona.cuenta
    cuenta.refresh_from_db()
    assert not cuenta.is_active and not cuenta.has_usable_password() and DNI not in cuenta.username


def test_in_the_middle_of_an_attempt_what_was_answered_stays_and_nobody_is_named(persona, quitar, entrar):
    programa = ProgramaConEvaluacion(lecciones=1)
    inscripcion = programa.inscribir(persona)
    for paso in (1, 2):
        leccion = programa.unidad(programa.lecciones[0])
        registrar_avance(inscripcion=inscripcion, unidad=leccion, paso=paso, ahora=timezone.now())
    intento = empezar(persona, programa.unidad_evaluada)
    quitar(persona)
    assert Intento.objects.get(pk=intento.pk).estado == Intento.Estado.EN_CURSO
    assert donde_la_nombran() == []


def test_a_list_that_is_being_saved_is_waited_for(persona, cem_provincial, quitar):
    lista = revisar(
        nombre="lista.csv", contenido=HOJA.encode(), esquema="inei", alcance=PROVINCIA, por=cem_provincial,
        ahora=timezone.now(),
    )  # fmt: skip
    ImportacionDePadron.objects.filter(pk=lista.pk).update(fase="guardar")
    with pytest.raises(ErrorDeDominio) as error:
        quitar(persona)
    assert error.value.codigo == "lista_en_trabajo" and "lista.csv" in error.value.mensaje
    persona.refresh_from_db()
    assert persona.documento == DNI and persona.membresias.get().hasta is None and not Supresion.objects.exists()


@pytest.mark.usefixtures("provincia")
def test_the_row_of_a_list_goes_and_the_others_can_still_be_saved(persona, cem_provincial, quitar):
    lista = revisar(
        nombre="lista.csv", contenido=HOJA.encode(), esquema="inei", alcance=PROVINCIA, por=cem_provincial,
        ahora=timezone.now(),
    )  # fmt: skip
    quitar(persona)
    assert list(FilaDePadron.objects.values_list("documento", flat=True)) == ["40000009"]
    confirmar(importacion_id=lista.pk, alcance=PROVINCIA, por=cem_provincial, ahora=timezone.now())
    assert Persona.objects.filter(documento="40000009").exists()


def test_somebody_else_with_the_same_phone_or_the_same_name_is_left_as_they_were(persona, quitar):
    otra = gente.crear_integrante("40779999", NOMBRES, APELLIDOS, celular=CELULAR, ubigeo=gente.DISTRITO_B)
    quitar(persona)
    otra.refresh_from_db()
    assert (otra.documento, otra.nombres, otra.celular) == ("40779999", NOMBRES, CELULAR)


def test_the_hidden_register_goes_with_the_one_that_stays(persona, quitar):
    oculta = Persona.objects.create(
        documento="40770000", nombres=NOMBRES, apellidos=APELLIDOS, absorbida_por=persona, activa=False
    )
    quitar(persona)
    oculta.refresh_from_db()
    assert oculta.suprimida_en and donde_la_nombran() == []


@pytest.mark.parametrize("quien", ["coordinador_b", "integrante"])
def test_only_who_answers_for_the_person_takes_them_away(persona, quitar, request, quien):
    cuenta = request.getfixturevalue(quien)
    cuenta = getattr(cuenta, "cuenta", cuenta)
    with pytest.raises(ErrorDeDominio) as error:
        quitar(persona, alcance=alcance_de(cuenta, hoy=timezone.localdate()), por=cuenta)
    assert error.value.codigo == "fuera_de_alcance"


def test_who_works_here_is_not_taken_away_while_they_do(persona, quitar):
    persona.cuenta.is_staff = True
    persona.cuenta.save()
    with pytest.raises(ErrorDeDominio) as error:
        quitar(persona)
    assert error.value.codigo == "es_personal"


def test_it_is_done_once(persona, quitar):
    quitar(persona)
    with pytest.raises(ErrorDeDominio) as error:
        quitar(persona)
    assert error.value.codigo == "ya_suprimida"
    assert Supresion.objects.count() == 1


def test_a_restored_backup_is_cleaned_again_and_once(persona, cem_provincial, django_capture_on_commit_callbacks):
    en_todas_partes(persona, cem_provincial)
    ahora = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        assert suprimir_otra_vez(personas=[persona.pk, 999_999], ahora=ahora).personas == [persona.pk]
    assert donde_la_nombran() == []
    assert suprimir_otra_vez(personas=[persona.pk], ahora=ahora) is None


def test_every_relation_with_a_person_has_who_answers_for_it():
    assert sin_atender(apartados()) == []
    assert "kuska_instancias.Membresia.persona" in sin_atender([])


@given(st.sampled_from(["{n} {a}", "{a}, {n}", "{A} {N}", "DNI {d}", "{d}", "al {c4} {c3} {c2}", "<{m}>"]))
def test_what_is_crossed_out_is_no_longer_there(forma):
    """However a list, a form or a person wrote it."""
    quien = Suprimida(
        personas=(1,), cuentas=(), valores=(DNI, CELULAR, CORREO), nombres=((NOMBRES, APELLIDOS),), por=None,
        ahora=timezone.now(),
    )  # fmt: skip
    texto = forma.format(
        n=NOMBRES, a=APELLIDOS, N=sin_tildes(NOMBRES).upper(), A=sin_tildes(APELLIDOS).upper(), d=DNI, m=CORREO.upper(),
        c4=CELULAR[:3], c3=CELULAR[3:6], c2=CELULAR[6:],
    )  # fmt: skip
    assert not la_nombra(quien.tachar({"x": [f"antes {texto} después"]})["x"][0])
    assert quien.tachar(f"1{DNI}9") == f"1{DNI}9"  # another number
