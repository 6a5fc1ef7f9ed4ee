"""What people say of themselves because they want to: with its notice, seen by nobody else, and taken back at will."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias.acceso.services.declarados import declarar, retirar
from instancias.declarados import NO_DICE, lo_declarado
from instancias.models import DatoDeclarado, Persona
from marco.errores import ErrorDeDominio
from tests.instancias.fusiones import foto, separar, unir
from tests.instancias.test_fusion import otra, rosa  # noqa: F401

pytestmark = pytest.mark.django_db
SEXO, ORIGEN = "/mi-cuenta/dato/sexo", "/mi-cuenta/dato/origen"


def dicho(persona, campo="sexo") -> str:
    return Persona.objects.annotate(dicho=lo_declarado(campo)).get(pk=persona.pk).dicho


def poner(persona, valor, campo="sexo"):
    return declarar(persona=persona, campo=campo, valor=valor, ahora=timezone.now())


@pytest.mark.un_motor
def test_each_question_shows_its_notice_before_its_answers(entrar, integrante):
    cliente = entrar(integrante)
    for direccion in (SEXO, ORIGEN):
        texto = cliente.get(direccion).text
        assert (
            texto.index("Para qué:") < texto.index("Quién lo ve:") < texto.index("Es voluntario") < texto.index("radio")
        )
        assert "Prefiero no decirlo" in texto and "Retirar" not in texto
    assert "Perteneciente a otro pueblo indígena u originario" in cliente.get(ORIGEN).text
    assert cliente.get("/mi-cuenta").text.count("Sin declarar (es voluntario)") == 2


def test_what_is_said_is_kept_with_its_day_and_the_words_of_the_notice(entrar, integrante):
    cliente = entrar(integrante)
    assert cliente.post(ORIGEN, {"valor": "quechua"}, follow=True).text.count("Quechua") == 1
    dato = DatoDeclarado.objects.get()
    assert (dato.campo, dato.valor, dato.retirado_en) == ("origen", "quechua", None)
    assert "Es un dato sensible (Ley 29733)" in dato.aviso and dato.declarado_en
    cliente.post(ORIGEN, {"valor": "mestizo"})
    assert DatoDeclarado.objects.get().valor == "mestizo"
    rastro = ModelLogEntry.objects.filter(action="instancias.declarar").values_list("data", flat=True)
    assert list(rastro) == [{"dato": "origen"}, {"dato": "origen"}]


def test_what_was_said_is_emptied_when_it_is_taken_back(entrar, integrante):
    cliente = entrar(integrante)
    poner(integrante, "mujer")
    assert "Retirar lo que declaré" in cliente.get(SEXO).text
    assert "Borramos lo que había declarado." in cliente.post(SEXO, {"retirar": "si"}, follow=True).text
    dato = DatoDeclarado.objects.get()
    assert dato.valor == "" and dato.retirado_en and dicho(integrante) == ""
    assert not retirar(persona=integrante, campo="sexo", ahora=timezone.now())
    poner(integrante, "hombre")
    assert dicho(integrante) == "hombre" and DatoDeclarado.objects.get().retirado_en is None


@pytest.mark.un_motor
def test_an_answer_that_is_not_of_the_list_is_told_and_not_kept(entrar, integrante):
    respuesta = entrar(integrante).post(SEXO, {"valor": "quechua"})
    assert "Elija una de las respuestas." in respuesta.text
    with pytest.raises(ErrorDeDominio):
        poner(integrante, "quechua")
    assert not DatoDeclarado.objects.exists()


@pytest.mark.un_motor
def test_whoever_prefers_not_to_say_it_is_counted_with_who_said_nothing(entrar, integrante):
    poner(integrante, NO_DICE)
    assert dicho(integrante) == ""
    assert "Prefiero no decirlo" in entrar(integrante).get("/mi-cuenta").text


def test_the_database_keeps_nothing_of_what_was_taken_back(integrante):
    dato = poner(integrante, "mujer")
    with pytest.raises(IntegrityError), transaction.atomic():
        DatoDeclarado.objects.filter(pk=dato.pk).update(retirado_en=timezone.now())


@pytest.mark.un_motor
def test_nobody_of_the_staff_reads_the_origin_of_a_person(entrar, integrante, coordinadora_a):
    poner(integrante, "amazonia", "origen")
    cliente = entrar(coordinadora_a)
    paginas = (
        "/panel",
        "/panel/personas",
        f"/panel/personas/{integrante.pk}",
        "/panel/lista?ver=todas&instancia=100601",
    )
    for direccion in paginas:
        assert "Amazonía" not in cliente.get(direccion).text, direccion


def test_two_registers_made_one_say_what_the_one_that_stays_says(territorio, rosa, otra):  # noqa: F811
    poner(rosa, "mujer")
    poner(otra, "hombre")
    poner(otra, "quechua", "origen")
    antes = foto()
    fusion = unir(rosa, otra)
    assert (dicho(rosa), dicho(rosa, "origen")) == ("mujer", "quechua")
    assert separar(fusion) == []
    assert foto() == antes
