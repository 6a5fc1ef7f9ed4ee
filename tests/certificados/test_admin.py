"""The admin: templates are edited there, certificates only read."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from certificados.models import Certificado, Plantilla
from tests import gente
from tests.certificados import factories

pytestmark = pytest.mark.django_db


def test_administrator_reads_certificates_but_cannot_touch_them(entrar, administradora, certificado):
    cliente = entrar(administradora)
    lista = cliente.get(reverse("certificados_emitidos:index"))
    assert "0001-2026" in lista.content.decode()
    assert cliente.get(reverse("certificados_emitidos:add")).status_code == 302
    editar = reverse("certificados_emitidos:edit", args=[certificado.pk])
    borrar = reverse("certificados_emitidos:delete", args=[certificado.pk])
    for direccion in (editar, borrar):
        assert cliente.get(direccion).status_code == 302
        assert cliente.post(direccion, {"estado": "anulado"}).status_code == 302
    certificado.refresh_from_db()
    assert certificado.estado == Certificado.Estado.VIGENTE


def test_admin_list_keeps_to_the_scope(entrar, coordinador_b, coordinadora_a, certificado):
    grupo = Group.objects.create(name="Lectura")
    grupo.permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "view_certificado", "change_certificado"])
    )
    for cuenta, ve in ((coordinadora_a, True), (coordinador_b, False)):
        cuenta.groups.add(grupo)
        respuesta = entrar(cuenta).get(reverse("certificados_emitidos:index"))
        assert ("0001-2026" in respuesta.content.decode()) is ve


def test_template_is_made_with_its_signers_and_logos(entrar, administradora, curso):
    imagen = factories.crear_imagen()
    respuesta = entrar(administradora).post(
        reverse("plantillas:add"),
        {
            "nombre": "General",
            "curso": "",
            "documento": "constancia",
            "entidad": "Entidad",
            "lugar": "Tingo María",
            "modalidad": "virtual",
            "lema": "",
            "con_contenido": "on",
            "logos-TOTAL_FORMS": "1",
            "logos-INITIAL_FORMS": "0",
            "logos-MIN_NUM_FORMS": "0",
            "logos-MAX_NUM_FORMS": "4",
            "logos-0-imagen": str(imagen.pk),
            "logos-0-ORDER": "1",
            "firmantes-TOTAL_FORMS": "1",
            "firmantes-INITIAL_FORMS": "0",
            "firmantes-MIN_NUM_FORMS": "1",
            "firmantes-MAX_NUM_FORMS": "3",
            "firmantes-0-nombre": "Ana Ríos",
            "firmantes-0-cargo": "Directora",
            "firmantes-0-entidad": "Entidad",
            "firmantes-0-imagen": "",
            "firmantes-0-ORDER": "1",
        },
    )
    assert respuesta.status_code == 302, respuesta.context and respuesta.context["form"].errors
    plantilla = Plantilla.objects.get(nombre="General")
    assert [firmante.nombre for firmante in plantilla.firmantes.all()] == ["Ana Ríos"]
    assert [logo.imagen for logo in plantilla.logos.all()] == [imagen]


@pytest.mark.parametrize("quien", ["coordinadora_a", "integrante"])
def test_templates_are_not_for_everybody(entrar, request, quien, territorio):
    respuesta = entrar(request.getfixturevalue(quien)).get(reverse("plantillas:index"))
    assert respuesta.status_code in {302, 403, 404}


def test_members_menu_and_staff_menu_lead_here(rf, integrante, coordinadora_a):
    from certificados import wagtail_hooks
    from instancias.politica import AlcanceEfectivo

    peticion = rf.get("/")
    assert wagtail_hooks.menu_mis_certificados(peticion).url == "/certificados"
    assert wagtail_hooks.menu_certificados(peticion) is None
    peticion.alcance = AlcanceEfectivo((gente.DISTRITO_A,))
    assert wagtail_hooks.menu_certificados(peticion).url == "/panel/certificados"
