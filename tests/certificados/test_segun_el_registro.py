"""A name corrected in the register and one corrected on a certificate: each page leads to the other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from certificados import services
from certificados.models import Certificado
from instancias.models import Persona
from instancias.services.personas import corregir_datos
from tests import gente

from .test_panel import AHORA, cuerpo, ruta

pytestmark = pytest.mark.un_motor


def pagina_de(persona: Persona) -> str:
    return reverse("kuska_instancias:persona_editar", args=[persona.pk])


def test_while_they_agree_nothing_is_said(entrar, coordinadora_a, certificado):
    cliente = entrar(coordinadora_a)
    assert "En el registro de la persona" not in cuerpo(cliente.get(ruta("detalle", certificado)))
    assert certificado.registro not in cuerpo(cliente.get(pagina_de(certificado.persona)))


def test_correcting_the_certificate_leads_to_the_register(entrar, coordinadora_a, certificado):
    cliente, persona = entrar(coordinadora_a), certificado.persona
    assert f'href="{pagina_de(persona)}"' in cuerpo(cliente.get(ruta("corregir", certificado)))
    datos = {"nombre": "Rosa Elvira Quispe", "motivo": "Faltaba"}
    texto = cuerpo(cliente.post(ruta("corregir", certificado), datos, follow=True))
    assert f"el nombre es «{persona.nombre_completo}»" in texto and f'href="{pagina_de(persona)}"' in texto
    anterior = Certificado.objects.get(pk=certificado.pk)
    assert anterior.estado == "reemplazado"
    assert "En el registro de la persona" not in cuerpo(cliente.get(ruta("detalle", anterior)))


def test_correcting_the_register_says_what_was_issued_with_the_former_name(entrar, coordinadora_a, certificado):
    cliente, persona = entrar(coordinadora_a), certificado.persona
    datos = {"documento": "40999999", "nombres": "Rosa Elvira", "apellidos": persona.apellidos, "celular": ""}
    texto = cuerpo(cliente.post(pagina_de(persona), datos, follow=True))
    assert f"El certificado {certificado.registro} se emitió a nombre de «Rosa Quispe Huamán»" in texto
    assert f"El certificado {certificado.registro} lleva otro documento" in texto
    assert f'href="{ruta("detalle", certificado)}"' in texto
    detalle = cuerpo(cliente.get(ruta("detalle", certificado)))
    assert "el nombre es «Rosa Elvira Quispe Huamán»" in detalle and "el documento es «DNI 40999999»" in detalle
    # What the register says now is what is offered.
    assert 'value="Rosa Elvira Quispe Huamán"' in cuerpo(cliente.get(ruta("corregir", certificado)))
    services.anular(certificado_id=certificado.pk, motivo="x", por=coordinadora_a, ahora=AHORA)
    cliente.post(ruta("emitir_de_nuevo", certificado))
    nuevo = Certificado.objects.vigentes().get()
    assert "En el registro de la persona" not in cuerpo(cliente.get(ruta("detalle", nuevo)))
    assert "El certificado" not in cuerpo(cliente.get(pagina_de(persona)))


def test_who_does_not_reach_the_certificate_reads_nothing_of_it(entrar, coordinadora_a, certificado):
    Certificado.objects.filter(pk=certificado.pk).update(territorio=gente.DISTRITO_B)
    persona = certificado.persona
    corregir_datos(persona=persona, nombres="Rosa Elvira", apellidos=persona.apellidos, celular="", por=None)
    assert certificado.registro not in cuerpo(entrar(coordinadora_a).get(pagina_de(persona)))
