"""Staff pages: only one's own zone, every act by POST, few statements."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificados import services
from certificados.models import Certificado, Plantilla
from tests import gente
from tests.certificados import factories
from tests.mundos import hecho_una_vez

AHORA = factories.AHORA
pytestmark = pytest.mark.django_db
PANEL = "/panel/certificados"


def cuerpo(respuesta) -> str:
    return respuesta.content.decode()


def ruta(nombre, certificado) -> str:
    return reverse(f"kuska_certificados:{nombre}", args=[certificado.pk])


@pytest.fixture
@hecho_una_vez
def certificado_de_b(integrante_de_b, curso, plantilla):
    inscripcion = factories.inscribir(integrante_de_b, curso, ubigeo=gente.DISTRITO_B)
    return services.emitir(inscripcion_id=inscripcion.pk, ahora=AHORA)


def test_lists_the_zone_and_nothing_else(entrar, coordinadora_a, cem_provincial, certificado, certificado_de_b):
    solo_a = cuerpo(entrar(coordinadora_a).get(PANEL))
    assert "Rosa Quispe Huamán" in solo_a
    assert "Juan Tello Ponce" not in solo_a
    assert "Emitidos: 1" in solo_a
    toda = cuerpo(entrar(cem_provincial).get(PANEL))
    assert "Rosa Quispe Huamán" in toda
    assert "Emitidos: 2" in toda


def test_filters_by_place_inside_the_scope_only(entrar, coordinadora_a, cem_provincial, certificado, certificado_de_b):
    cliente = entrar(cem_provincial)
    de_b = cuerpo(cliente.get(PANEL, {"territorio": gente.DISTRITO_B}))
    assert "Juan Tello Ponce" in de_b
    assert "Rosa Quispe Huamán" not in de_b
    ajeno = cuerpo(entrar(coordinadora_a).get(PANEL, {"territorio": gente.DISTRITO_B}))
    assert "Juan Tello Ponce" not in ajeno


@pytest.mark.parametrize(
    ("q", "hay"), [("quispe", True), ("1", True), ("0001-2026", True), ("tello", False), ("9", False)]
)
def test_finds_by_name_or_number(entrar, cem_provincial, certificado, q, hay):
    assert ("Rosa Quispe Huamán" in cuerpo(entrar(cem_provincial).get(PANEL, {"q": q}))) is hay


def test_pending_says_what_is_missing(entrar, coordinadora_a, terminada):
    cliente = entrar(coordinadora_a)
    assert "Nada: sale en unos minutos." in cuerpo(cliente.get(PANEL, {"ver": "pendientes"}))
    Plantilla.objects.all().delete()
    assert "no tiene plantilla" in cuerpo(cliente.get(PANEL, {"ver": "pendientes"}))


def test_issues_what_is_ready_in_the_zone(entrar, coordinadora_a, terminada, integrante_de_b, curso):
    factories.inscribir(integrante_de_b, curso, ubigeo=gente.DISTRITO_B)
    respuesta = entrar(coordinadora_a).post(reverse("kuska_certificados:emitir"), follow=True)
    assert "Se emitió 1 documento." in cuerpo(respuesta)
    assert list(Certificado.objects.values_list("territorio_id", flat=True)) == [gente.DISTRITO_A]
    assert Certificado.objects.get().actos.get().por == coordinadora_a


def test_with_nothing_to_issue_it_says_so_and_not_that_it_went_well(entrar, coordinadora_a):
    pagina = cuerpo(entrar(coordinadora_a).post(reverse("kuska_certificados:emitir"), follow=True))
    assert "No había documentos listos para emitir." in pagina
    assert "Se emitieron" not in pagina and "k-aviso--ok" not in pagina


@pytest.mark.un_motor
@pytest.mark.parametrize("ver", ["emitidos", "pendientes", "anulados"])
def test_a_search_that_finds_nothing_says_what_was_searched(entrar, coordinadora_a, certificado, ver):
    pagina = cuerpo(entrar(coordinadora_a).get(PANEL, {"ver": ver, "q": "Zoila"}))
    assert "No encontramos nada con «Zoila» en esta lista." in pagina
    assert f'<a href="?ver={ver}">Ver todos</a>' in pagina
    assert "Aún no hay documentos" not in pagina


def test_replaced_ones_are_not_counted_as_annulled(entrar, coordinadora_a, certificado):
    services.reemplazar(
        certificado_id=certificado.pk, nombre="Rosa Quispe", motivo="Tilde.", por=coordinadora_a, ahora=AHORA
    )
    assert "Anulados o reemplazados: 1" in cuerpo(entrar(coordinadora_a).get(PANEL))


@pytest.mark.parametrize("ver", ["emitidos", "pendientes", "anulados"])
def test_list_costs_the_same_with_many(entrar, cem_provincial, curso, plantilla, presupuesto, ver):
    inscripciones = factories.crear_muchos(curso, 60)
    if ver != "pendientes":
        services.emitir_en_lote(inscripcion_ids=[i.pk for i in inscripciones], ahora=AHORA)
    if ver == "anulados":
        Certificado.objects.update(estado="anulado", anulado_en=AHORA)
    cliente = entrar(cem_provincial)
    cliente.get(PANEL)
    with presupuesto(8):
        respuesta = cliente.get(PANEL, {"ver": ver})
    assert respuesta.context["pagina"].paginator.count == 60
    assert len(respuesta.context["pagina"].object_list) == 50


def test_detail_tells_the_story(entrar, coordinadora_a, certificado):
    services.reemplazar(
        certificado_id=certificado.pk, nombre="Rosa Elvira Quispe", motivo="Faltaba", por=coordinadora_a, ahora=AHORA
    )
    leido = cuerpo(entrar(coordinadora_a).get(ruta("detalle", certificado)))
    for dato in ("Registro 0001-2026", "Reemplazado por", "0002-2026", "Faltaba", "DNI N.º 40000001", "coordina-a"):
        assert dato in leido
    assert "Corregir nombre" not in leido


def test_the_hour_of_an_act_is_written_as_everywhere(entrar, coordinadora_a, certificado):
    assert "10:00\xa0a.\xa0m." in cuerpo(entrar(coordinadora_a).get(ruta("detalle", certificado)))


def test_annul_by_form(entrar, coordinadora_a, certificado):
    cliente = entrar(coordinadora_a)
    direccion = ruta("anular", certificado)
    assert cliente.get(direccion).status_code == 200
    assert Certificado.objects.get().estado == "vigente"
    vacio = cliente.post(direccion, {"motivo": ""})
    assert "<title>Error:" in cuerpo(vacio)
    respuesta = cliente.post(direccion, {"motivo": "No asistió"})
    assert respuesta["Location"] == ruta("detalle", certificado)
    assert Certificado.objects.get().estado == "anulado"
    otra_vez = cliente.post(direccion, {"motivo": "No asistió"})
    assert "ya no está vigente" in cuerpo(otra_vez)


def test_correct_by_form(entrar, coordinadora_a, certificado):
    cliente = entrar(coordinadora_a)
    assert 'value="Rosa Quispe Huamán"' in cuerpo(cliente.get(ruta("corregir", certificado)))
    igual = cliente.post(ruta("corregir", certificado), {"nombre": "Rosa Quispe Huamán", "motivo": "x"})
    assert "No hay nada que corregir" in cuerpo(igual)
    cliente.post(ruta("corregir", certificado), {"nombre": "Rosa Elvira Quispe", "motivo": "Faltaba"})
    assert Certificado.objects.vigentes().get().datos["nombre"] == "Rosa Elvira Quispe"


def test_issue_again_after_annulling(entrar, coordinadora_a, certificado):
    services.anular(certificado_id=certificado.pk, motivo="x", por=coordinadora_a, ahora=AHORA)
    respuesta = entrar(coordinadora_a).post(ruta("emitir_de_nuevo", certificado))
    nuevo = Certificado.objects.vigentes().get()
    assert respuesta["Location"] == ruta("detalle", nuevo)
    assert nuevo.numero == 2


def test_several_in_one_file(entrar, cem_provincial, coordinadora_a, certificado, certificado_de_b):
    respuesta = entrar(cem_provincial).get(reverse("kuska_certificados:descargar_varios"))
    with zipfile.ZipFile(io.BytesIO(respuesta.content)) as paquete:
        assert sorted(paquete.namelist()) == ["documento-0001-2026.pdf", "documento-0002-2026.pdf"]
        assert paquete.read("documento-0001-2026.pdf").startswith(b"%PDF")
    respuesta = entrar(coordinadora_a).get(reverse("kuska_certificados:descargar_varios"))
    with zipfile.ZipFile(io.BytesIO(respuesta.content)) as paquete:
        assert paquete.namelist() == ["documento-0001-2026.pdf"]


def test_taking_several_leaves_a_trace_without_names(entrar, cem_provincial, certificado, certificado_de_b):
    direccion = reverse("kuska_certificados:descargar_varios")
    entrar(cem_provincial).get(direccion, {"q": certificado.persona.apellidos})
    entrada = ModelLogEntry.objects.get(action="certificados.descargar")
    assert entrada.user_id == cem_provincial.pk
    assert entrada.data == {"ambito": [gente.PROVINCIA], "territorio": "", "certificados": [certificado.pk]}
    assert certificado.persona.apellidos not in entrada.label


def test_with_nothing_to_download_there_is_a_sentence_instead_of_a_file(entrar, coordinadora_a):
    cliente = entrar(coordinadora_a)
    assert "Descargar todos" not in cuerpo(cliente.get(PANEL))
    respuesta = cliente.get(reverse("kuska_certificados:descargar_varios"), follow=True)
    assert "No hay documentos que descargar." in cuerpo(respuesta)


@pytest.mark.un_motor
@pytest.mark.parametrize("quien", ["coordinador_b", "integrante", "capacitadora"])
@pytest.mark.parametrize("nombre", ["detalle", "anular", "corregir", "emitir_de_nuevo"])
@pytest.mark.parametrize("metodo", ["get", "post"])
def test_out_of_scope_does_not_exist(entrar, request, certificado, quien, nombre, metodo):
    cliente = entrar(request.getfixturevalue(quien))
    datos = {"motivo": "x", "nombre": "Otra"}
    respuesta = getattr(cliente, metodo)(ruta(nombre, certificado), datos)
    assert respuesta.status_code in {404, 405}
    certificado.refresh_from_db()
    assert certificado.estado == "vigente"
    assert Certificado.objects.count() == 1


@pytest.mark.parametrize("quien", ["integrante", "capacitadora"])
def test_without_scope_there_is_no_panel(entrar, request, quien, certificado):
    cliente = entrar(request.getfixturevalue(quien))
    for direccion in (PANEL, reverse("kuska_certificados:descargar_varios")):
        assert cliente.get(direccion).status_code == 404
    assert cliente.post(reverse("kuska_certificados:emitir")).status_code == 404


def test_acts_take_post_only(entrar, coordinadora_a, certificado):
    cliente = entrar(coordinadora_a)
    assert cliente.get(reverse("kuska_certificados:emitir")).status_code == 405
    assert cliente.get(ruta("emitir_de_nuevo", certificado)).status_code == 405
    assert cliente.post(PANEL).status_code == 405
