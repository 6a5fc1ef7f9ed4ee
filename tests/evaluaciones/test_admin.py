"""Attempts in the admin: to read, inside one's territory; to write, nobody, not even who administers."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from evaluaciones.models import Intento, Respuesta, VersionDePregunta
from evaluaciones.services.envio import enviar
from tests.evaluaciones.factories import buenas, empezar
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def intento(inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 8))
    return intento


@pytest.mark.parametrize("modelo", [Intento, Respuesta])
def test_nobody_writes_evidence_by_hand(intento, administradora, coordinadora_a, modelo):
    politica = policy_registry.get_by_type(modelo)
    fila = modelo.objects.first()
    for cuenta in (administradora, coordinadora_a):
        for accion in ("add", "change", "delete"):
            assert not politica.user_has_permission(cuenta, accion)
            assert not politica.user_has_permission_for_instance(cuenta, accion, fila)


@pytest.mark.parametrize("modelo", [Intento, Respuesta])
def test_each_one_reads_their_territory(intento, modelo, coordinadora_a, coordinador_b, cem_provincial, capacitadora):
    politica = policy_registry.get_by_type(modelo)
    fila = modelo.objects.first()
    for cuenta, ve in ((coordinadora_a, True), (cem_provincial, True), (coordinador_b, False), (capacitadora, False)):
        assert politica.user_has_permission_for_instance(cuenta, "view", fila) is ve
        assert politica.instances_user_has_permission_for(cuenta, "view").exists() is ve


@pytest.mark.un_motor
@pytest.mark.parametrize(("lista", "modelo"), [("intento", Intento), ("respuesta", Respuesta)])
def test_the_screens_only_read_and_show_no_key(entrar, intento, administradora, lista, modelo):
    fila = modelo.objects.first()
    pagina = entrar(administradora).get(reverse(f"{lista}:index"))
    assert pagina.status_code == 200
    assert "Explica" not in pagina.content.decode()
    ficha = entrar(administradora).get(reverse(f"{lista}:inspect", args=[fila.pk]))
    assert ficha.status_code == 200
    assert "Explica" not in ficha.content.decode()
    for acto in ("add", "edit", "delete", "copy"):
        with pytest.raises(NoReverseMatch):
            reverse(f"{lista}:{acto}")
        with pytest.raises(NoReverseMatch):
            reverse(f"{lista}:{acto}", args=[fila.pk])


def test_evidence_stays_out_of_the_index_of_references():
    for modelo in (Intento, Respuesta, VersionDePregunta):
        assert not ReferenceIndex.model_is_indexable(modelo)


@pytest.mark.un_motor
def test_publishing_from_the_list_asks_the_same(entrar, administradora, programa):
    from tests.evaluaciones.factories import crear_evaluacion, hacer_pregunta

    pagina = crear_evaluacion(programa.modulos[0], preguntas=1, titulo="Otra")
    mala = hacer_pregunta(2)
    mala.alternativas = [a for a in mala.alternativas.all() if not a.correcta]
    pagina.preguntas = [mala]
    pagina.save_revision()
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={pagina.pk}"
    respuesta = entrar(administradora).post(direccion, {"include_descendants": ""})
    assert respuesta.url == reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    assert VersionDePregunta.objects.filter(evaluacion__pagina=pagina.pk).count() == 1
