"""Correcting and annulling: by the right people, with a reason, seen at once."""

from __future__ import annotations

import pytest
from wagtail.models import ModelLogEntry

from certificados import services
from certificados.consultas.verificacion import verificar
from certificados.models import ActoDeCertificado, Certificado
from tests.certificados import factories

AHORA = factories.AHORA
pytestmark = pytest.mark.django_db


def anular(certificado, por, motivo="Se emitió por error"):
    return services.anular(certificado_id=certificado.pk, motivo=motivo, por=por, ahora=AHORA)


def corregir(certificado, por, nombre="Rosa Elvira Quispe Huamán", motivo="Faltaba el segundo nombre"):
    return services.reemplazar(certificado_id=certificado.pk, nombre=nombre, motivo=motivo, por=por, ahora=AHORA)


def codigo_de(acto, *args, **kwargs) -> str:
    with pytest.raises(services.CertificadoError) as error:
        acto(*args, **kwargs)
    return error.value.codigo


def test_annulling_is_seen_at_once(certificado, coordinadora_a):
    assert verificar(codigo=certificado.codigo_largo).estado == "vigente"
    anular(certificado, coordinadora_a)
    visto = verificar(codigo=certificado.codigo_largo)
    assert (visto.estado, visto.anulado_en) == ("anulado", AHORA)


def test_annulling_leaves_who_when_and_why(certificado, coordinadora_a):
    anular(certificado, coordinadora_a, motivo="  La persona\n no asistió ")
    acto = certificado.actos.last()
    assert (acto.acto, acto.por, acto.motivo) == (
        ActoDeCertificado.Acto.ANULAR,
        coordinadora_a,
        "La persona no asistió",
    )
    entrada = ModelLogEntry.objects.get(action="certificados.anular")
    assert entrada.user == coordinadora_a
    assert "Rosa" not in f"{entrada.label} {entrada.data}"


def test_annulling_twice_is_refused(certificado, coordinadora_a):
    anular(certificado, coordinadora_a)
    assert codigo_de(anular, certificado, coordinadora_a) == "no_vigente"
    assert certificado.actos.count() == 2


@pytest.mark.parametrize("acto", [anular, corregir])
def test_needs_a_reason(certificado, coordinadora_a, acto):
    assert codigo_de(acto, certificado, coordinadora_a, motivo=" \n\t ") == "sin_motivo"
    assert verificar(codigo=certificado.codigo_largo).estado == "vigente"


@pytest.mark.parametrize("acto", [anular, corregir])
def test_only_staff_of_the_zone(certificado, acto, coordinador_b, integrante, capacitadora):
    for cuenta in (coordinador_b, integrante.cuenta, capacitadora):
        assert codigo_de(acto, certificado, cuenta) == "fuera_de_alcance"
    certificado.refresh_from_db()
    assert certificado.estado == Certificado.Estado.VIGENTE


def test_staff_of_the_province_may(certificado, cem_provincial):
    assert anular(certificado, cem_provincial).estado == Certificado.Estado.ANULADO


def test_absent_certificate_answers_as_one_of_others(coordinadora_a):
    with pytest.raises(services.CertificadoError) as error:
        services.anular(certificado_id=99_999, motivo="x", por=coordinadora_a, ahora=AHORA)
    assert error.value.codigo == "fuera_de_alcance"


def test_correcting_a_name_makes_another_certificate(certificado, coordinadora_a):
    nuevo = corregir(certificado, coordinadora_a)
    certificado.refresh_from_db()
    assert certificado.estado == Certificado.Estado.REEMPLAZADO
    assert certificado.datos["nombre"] == "Rosa Quispe Huamán"
    assert nuevo.reemplaza_a == certificado
    assert nuevo.datos == {**certificado.datos, "nombre": "Rosa Elvira Quispe Huamán"}
    assert (nuevo.registro, certificado.registro) == ("0002-2026", "0001-2026")
    assert nuevo.codigo_largo != certificado.codigo_largo
    assert verificar(codigo=certificado.codigo_largo).estado == "reemplazado"
    assert verificar(codigo=nuevo.codigo_largo).nombre == "Rosa Elvira Quispe Huamán"


@pytest.mark.parametrize(("nombre", "codigo"), [("   ", "sin_nombre"), (" Rosa  Quispe Huamán ", "mismo_nombre")])
def test_correcting_needs_another_name(certificado, coordinadora_a, nombre, codigo):
    assert codigo_de(corregir, certificado, coordinadora_a, nombre=nombre) == codigo
    assert Certificado.objects.count() == 1


def test_what_was_replaced_or_annulled_is_not_corrected(certificado, coordinadora_a):
    nuevo = corregir(certificado, coordinadora_a)
    assert codigo_de(corregir, certificado, coordinadora_a, nombre="Otra") == "no_vigente"
    anular(nuevo, coordinadora_a)
    assert codigo_de(corregir, nuevo, coordinadora_a, nombre="Otra") == "no_vigente"
    assert Certificado.objects.count() == 2
