"""A note: what one was answered, written anew for everybody who reads its step."""

from __future__ import annotations

import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cursos.models import Duda, NotaDeLeccion
from cursos.services.dudas import preguntar
from cursos.services.notas import quitar_nota
from tests.cursos.dudas import TEXTO, anotar, codigo_de, contestar
from tests.cursos.factories import crear_leccion, decida, paso, publicar

pytestmark = pytest.mark.django_db


class TestNotas:
    @pytest.fixture
    def respondida(self, duda, quien_escribe):
        return contestar(duda, quien_escribe)

    def test_everybody_reads_it_under_its_step_until_it_is_taken_down(
        self, entrar, respondida, quien_escribe, integrante_de_b, programa, base, presupuesto
    ):
        programa.inscribir(integrante_de_b)
        cliente = entrar(integrante_de_b)
        cliente.get(f"{base}/1")
        with presupuesto(6) as sin_nota:
            assert "Lo que otras personas preguntaron" not in cliente.get(f"{base}/1").text
        nota = anotar(respondida, quien_escribe)
        assert anotar(respondida, quien_escribe) == nota  # asked twice, it is the one that is there
        pagina = cliente.get(f"{base}/1").text
        assert "¿Se recibe también de noche?" in pagina and TEXTO not in pagina and "Quispe" not in pagina
        with presupuesto(sin_nota.contadas):
            assert "Se recibe también" in cliente.get(f"{base}/1").text
        assert "Se recibe también" not in cliente.get(f"{base}/2").text
        assert quitar_nota(nota_id=nota.pk, por=quien_escribe, ahora=timezone.now())
        assert not quitar_nota(nota_id=nota.pk, por=quien_escribe, ahora=timezone.now())
        assert "Se recibe también" not in cliente.get(f"{base}/1").text
        assert anotar(respondida, quien_escribe) != nota

    @pytest.mark.parametrize(
        ("pregunta", "texto", "codigo"),
        [
            (TEXTO, "Sí.", "copiada"),
            (f"¿{TEXTO.upper()}?", "Sí.", "copiada"),
            ("¿Se recibe también de noche?", f"Preguntaron: {TEXTO} Sí.", "copiada"),
            ("", "Sí.", "sin_texto"),
            ("¿De noche?", "", "sin_texto"),
            ("¿De noche?", "Pregunte a Rosa Quispe.", "nombra"),
            ("¿De noche?", "Sí: QUISPE HUAMAN, Rosa ya lo hizo.", "nombra"),
            ("¿De noche?", "Llame al 987654321.", "nombra"),
            ("¿De <b>noche</b>?", "Sí.", "mal_escrito"),
            ("¿" * 201, "Sí.", "muy_largo"),
        ],
    )
    def test_it_names_nobody_and_is_written_anew(self, respondida, quien_escribe, pregunta, texto, codigo):
        assert codigo_de(anotar, respondida, quien_escribe, pregunta, texto) == codigo
        assert not NotaDeLeccion.objects.exists()

    def test_it_is_of_who_publishes_and_after_the_person_was_answered(self, duda, quien_escribe, cem_provincial):
        assert codigo_de(anotar, duda, quien_escribe) == "sin_responder"
        contestar(duda, cem_provincial)
        assert codigo_de(anotar, duda, cem_provincial) == "fuera_de_alcance"

    @pytest.mark.un_motor
    def test_what_is_written_is_shown_as_text(self, entrar, respondida, quien_escribe, base):
        anotar(respondida, quien_escribe, texto="Sí: <b onclick=x>siempre</b>.\n\nY de día.")
        pagina = entrar(respondida.inscripcion.persona).get(f"{base}/1").text
        assert "&lt;b onclick=x&gt;siempre" in pagina and "<p>Y de día.</p>" in pagina

    def test_a_note_whose_doubt_was_erased_is_still_taken_down(self, entrar, respondida, quien_escribe, base):
        nota = anotar(respondida, quien_escribe)
        cliente, lista = entrar(quien_escribe), f"{reverse('cursos_dudas')}?ver=respondidas"
        assert "Notas cuya duda ya se borró" not in cliente.get(lista).text
        respondida.delete()
        assert "Notas cuya duda ya se borró" in cliente.get(lista).text
        assert cliente.post(reverse("cursos_quitar_nota", args=[nota.pk])).status_code == 302
        assert "Notas cuya duda ya se borró" not in cliente.get(lista).text

    @pytest.mark.un_motor
    def test_the_editor_publishes_and_takes_it_down(self, entrar, respondida, quien_escribe):
        cliente, camino = entrar(quien_escribe), reverse("cursos_duda", args=[respondida.pk])
        mal = cliente.post(camino, {"nota": "1", "nota-pregunta": TEXTO, "nota-texto": "Sí."})
        assert mal.status_code == 422 and "con otras palabras: estas son de quien preguntó" in mal.text
        bien = {"nota": "1", "nota-pregunta": "¿Se recibe de noche?", "nota-texto": "Sí."}
        assert "Nota bajo la lección" in cliente.post(camino, bien, follow=True).text
        nota = NotaDeLeccion.objects.get()
        assert (nota.publicada_por, nota.duda) == (quien_escribe, respondida)
        assert "Publicada" in cliente.get(f"{reverse('cursos_dudas')}?ver=respondidas").text
        quitar = reverse("cursos_quitar_nota", args=[nota.pk])
        assert cliente.get(quitar).status_code == 405
        cliente.post(quitar)
        nota.refresh_from_db()
        assert nota.retirada_por == quien_escribe

    def test_who_writes_another_note_while_one_was_published_is_told_and_loses_nothing(
        self, entrar, respondida, quien_escribe
    ):
        primera = anotar(respondida, quien_escribe)
        assert codigo_de(anotar, respondida, quien_escribe, texto="De otra manera.") == "ya_publicada"
        otra = {"nota": "1", "nota-pregunta": "¿Y de madrugada?", "nota-texto": "También."}
        respuesta = entrar(quien_escribe).post(reverse("cursos_duda", args=[respondida.pk]), otra)
        assert respuesta.status_code == 422 and "Ya hay una nota de esta duda" in respuesta.text
        assert "¿Y de madrugada?" in respuesta.text and "También." in respuesta.text and primera.texto in respuesta.text
        assert NotaDeLeccion.objects.get() == primera

    def test_what_becomes_of_the_lesson_becomes_of_the_note(self, entrar, respondida, quien_escribe, programa, base):
        """Edited, it goes with its step; without its step it is not seen; a copy of the lesson begins without notes."""
        anotar(respondida, quien_escribe)
        cliente, leccion = entrar(respondida.inscripcion.persona), programa.lecciones[0]
        copia = leccion.copy(update_attrs={"title": "Copia", "slug": "copia"}, to=programa.modulos[0])
        publicar(copia)
        assert "Se recibe también" not in cliente.get(f"/c/{base.split('/')[2]}/{programa.unidad(copia).numero}/1").text
        leccion.pasos = json.dumps([paso("Antes"), *map(dict, leccion.pasos.raw_data)])
        publicar(leccion)
        assert "Se recibe también" not in cliente.get(f"{base}/1").text
        assert "Se recibe también" in cliente.get(f"{base}/2").text
        leccion.pasos = json.dumps([paso("Solo este")])
        publicar(leccion)
        assert "Se recibe también" not in cliente.get(f"{base}/1").text
        assert "Ese paso ya no está en la lección." in cliente.get("/dudas").text
        assert (
            "No se ve: su paso ya no está"
            in entrar(quien_escribe).get(f"{reverse('cursos_dudas')}?ver=respondidas").text
        )
        leccion.unpublish()
        assert TEXTO in cliente.get("/dudas").text and Duda.objects.respondidas().count() == 1
        Duda.objects.update(respondida_en=None)
        assert contestar(respondida, quien_escribe, "Ya no está, pero sí.", sobre=respondida.respuesta)

    @pytest.mark.un_motor
    def test_in_a_step_that_asks_it_waits_for_the_answer(self, entrar, inscrita, programa, quien_escribe):
        leccion = crear_leccion(programa.modulos[0], "Con caso", pasos=[decida(), paso()])
        unidad = programa.unidad(leccion)
        una = preguntar(
            inscripcion=inscrita, unidad=unidad, paso=(unidad.ids_de_pasos[0], 1, "Un papel"), texto=TEXTO,
            operacion=uuid.uuid4(), ahora=timezone.now(),
        )  # fmt: skip
        anotar(contestar(una, quien_escribe), quien_escribe)
        cliente, camino = entrar(inscrita.persona), f"/c/{programa.curso.numero}/{unidad.numero}/1"
        assert "Se recibe también" not in cliente.get(camino).text
        assert "Se recibe también" in cliente.get(f"{camino}?ver=1").text
