"""Staff see what came from phones and was not applied, of the people of their scope, and note it once."""

import uuid

import pytest
from django.utils import timezone

from cursos.models import Paquete
from cursos.paquetes import Llegado
from cursos.services.paquetes import recibir
from tests.cursos.factories import Programa
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def sin_aplicar(territorio, integrante):
    programa = Programa(lecciones=1)
    inscripcion = programa.inscribir(integrante)
    inscripcion.retirada_en = timezone.now()
    inscripcion.save()
    unidad = programa.unidad(programa.lecciones[0])
    lugar = (programa.curso.numero, unidad.numero, 1)
    suyo = Llegado(uuid.uuid4(), "paso", lugar, (("este", "secreto-de-la-persona"),))
    recibir(persona=integrante, llegados=[suyo], ahora=timezone.now())
    return Paquete.objects.get()


def test_it_says_who_what_and_why_and_not_what_was_answered(entrar, coordinadora_a, sin_aplicar, presupuesto):
    cliente = entrar(coordinadora_a)
    cliente.get("/panel/sin-aplicar")
    with presupuesto(8):
        pagina = cliente.get("/panel/sin-aplicar").content.decode()
    assert str(sin_aplicar.persona) in pagina and "Paso de una lección" in pagina
    assert sin_aplicar.mensaje in pagina and "secreto-de-la-persona" not in pagina


def test_of_another_district_nothing_is_seen_nor_noted(entrar, coordinador_b, sin_aplicar):
    cliente = entrar(coordinador_b)
    assert str(sin_aplicar.persona) not in cliente.get("/panel/sin-aplicar").content.decode()
    assert cliente.post("/panel/sin-aplicar/anotado", {"paquete": sin_aplicar.pk}).status_code == 404
    sin_aplicar.refresh_from_db()
    assert sin_aplicar.anotado_en is None


@pytest.mark.parametrize("numero", ["", "x", "99999999999999999999", "0"])
def test_what_is_not_there_cannot_be_noted(entrar, coordinadora_a, sin_aplicar, numero):
    assert entrar(coordinadora_a).post("/panel/sin-aplicar/anotado", {"paquete": numero}).status_code == 404


def test_once_noted_it_leaves_the_list_and_says_by_whom(entrar, coordinadora_a, sin_aplicar):
    cliente = entrar(coordinadora_a)
    respuesta = cliente.post("/panel/sin-aplicar/anotado", {"paquete": sin_aplicar.pk}, follow=True)
    assert "Todo lo que llegó de los celulares está aplicado o anotado." in respuesta.content.decode()
    sin_aplicar.refresh_from_db()
    assert sin_aplicar.anotado_por == coordinadora_a and sin_aplicar.anotado_en
    assert cliente.post("/panel/sin-aplicar/anotado", {"paquete": sin_aplicar.pk}).status_code == 404
