"""A kind of unit that no room knows of goes wherever a lesson goes. Its code is that of the tutorial."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from certificados.models import Certificado
from cursos import clases
from cursos.models import Inscripcion, Unidad
from cursos.services.avance import terminar_unidad
from seguimiento.consultas import ayuda, recordar
from tests.certificados.factories import crear_plantilla
from tests.cursos.factories import Programa, publicar
from tests.evaluaciones.factories import crear_evaluacion, unidad_de, ver_lecciones
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.talleres.models import Taller
from tests.talleres.services import anotar_asistencia

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.talleres.sitio"), pytest.mark.usefixtures("talleres")]


class ConTaller:
    """A course of two lessons, a workshop and a final, with somebody enrolled."""

    def __init__(self, persona):
        self.programa = Programa(lecciones=2)
        modulo = self.programa.modulos[0]
        datos = {"title": "Taller de la ruta", "lugar": "Casa comunal", "dia": datetime.date(2026, 12, 1)}
        self.pagina = publicar(modulo.add_child(instance=Taller(live=False, **datos)))
        self.final = unidad_de(crear_evaluacion(self.programa.pagina, clase="final", titulo="Evaluación final"))
        self.inscripcion = self.programa.inscribir(persona)
        self.taller = Unidad.objects.select_related("curso").get(pagina=self.pagina.pk)

    def asistir(self):
        return anotar_asistencia(inscripcion=self.inscripcion, unidad=self.taller, ahora=timezone.now())


@pytest.fixture
@hecho_una_vez
def con_taller(talleres, integrante):
    return ConTaller(integrante)


def leer(cliente, direccion):
    respuesta = cliente.get(direccion)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


@pytest.mark.un_motor
def test_publishing_its_page_makes_its_unit(con_taller):
    unidad = con_taller.taller
    assert (unidad.clase, unidad.titulo, unidad.obligatoria) == ("taller", "Taller de la ruta", True)


@pytest.mark.un_motor
def test_the_page_of_the_course_shows_it_in_its_own_words(con_taller, entrar, integrante):
    cliente, curso = entrar(integrante), con_taller.programa.curso.get_absolute_url()
    pagina = leer(cliente, curso)
    assert "0 de 4 lecciones, talleres y evaluaciones" in pagina
    assert f'href="{curso}/{con_taller.taller.numero}/taller"' in pagina
    assert "en persona" in pagina
    assert "Asistió" not in pagina
    con_taller.asistir()
    pagina = leer(cliente, curso)
    assert "1 de 4 lecciones, talleres y evaluaciones" in pagina
    assert "Asistió" in pagina


@pytest.mark.un_motor
def test_going_on_leads_to_it(con_taller, entrar, integrante):
    ver_lecciones(con_taller.inscripcion)
    cliente = entrar(integrante)
    inicio = leer(cliente, "/inicio")
    assert "Taller de la ruta" in inicio
    direccion = con_taller.taller.get_absolute_url()
    assert f'href="{direccion}/taller"' in inicio
    assert cliente.get(direccion)["Location"] == f"{direccion}/taller"
    assert "Casa comunal" in leer(cliente, f"{direccion}/taller")
    ultima = con_taller.programa.unidad(con_taller.programa.lecciones[-1])
    assert "Ir a: Taller de la ruta" in leer(cliente, f"{ultima.get_absolute_url()}/fin")


@pytest.mark.un_motor
def test_a_final_waits_for_it(con_taller, entrar, integrante):
    ver_lecciones(con_taller.inscripcion)
    cliente, direccion = entrar(integrante), con_taller.final.get_absolute_url() + "/evaluacion"
    direccion = cliente.get(con_taller.final.get_absolute_url())["Location"]
    assert "Se abre al terminar «Taller de la ruta»" in leer(cliente, direccion)
    assert cliente.post(f"{direccion}/empezar", {"numero": "1"}).status_code == 409
    con_taller.asistir()
    assert "Se abre al terminar" not in leer(cliente, direccion)


@pytest.mark.un_motor
def test_a_final_names_each_kind_in_its_words(con_taller, entrar, integrante):
    cliente = entrar(integrante)
    direccion = cliente.get(con_taller.final.get_absolute_url())["Location"]
    assert "Se abre al terminar las lecciones 1 y 2 y «Taller de la ruta»" in leer(cliente, direccion)


@pytest.mark.un_motor
def test_the_staff_see_how_many_came(con_taller, entrar, cem_provincial):
    con_taller.asistir()
    cliente, numero = entrar(cem_provincial), con_taller.programa.curso.numero
    assert "(taller)" in leer(cliente, f"/panel/curso/{numero}")
    assert "Asistió" in leer(cliente, f"/panel/persona/{con_taller.inscripcion.persona_id}")
    libro = load_workbook(BytesIO(b"".join(cliente.get("/panel/avance.xlsx").streaming_content)))
    filas = [fila[2:] for fila in libro["Lecciones"].iter_rows(values_only=True)]
    assert ("Taller de la ruta", "Taller", 1, 1, 1) in filas


@pytest.mark.un_motor
def test_who_only_lacks_it_is_not_told_that_only_the_exam_is_missing(con_taller, integrante):
    def motivo():
        Inscripcion.objects.update(ultima_actividad_en=f.hace(20))
        ambito = f.ambito()
        (fila,) = recordar.filas(recordar.personas(ambito, por_ayudar=ayuda.personas_por_ayudar(ambito)))
        return fila.motivo

    ver_lecciones(con_taller.inscripcion)
    assert motivo() == "detenido"
    con_taller.asistir()
    assert motivo() == "solo_evaluacion"


def test_the_last_to_be_done_gives_the_certificate(con_taller, django_capture_on_commit_callbacks):
    crear_plantilla()
    ver_lecciones(con_taller.inscripcion)
    ahora = timezone.now()
    terminar_unidad(inscripcion=con_taller.inscripcion, unidad=con_taller.final, ahora=ahora)
    assert not Certificado.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert con_taller.asistir().curso_terminado
        assert not con_taller.asistir().curso_terminado
    assert Certificado.objects.count() == 1


@pytest.mark.un_motor
def test_after_the_last_day_it_says_that_it_is_over(con_taller, entrar, integrante):
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    con_taller.programa.edicion.termina = ayer
    con_taller.programa.edicion.save()
    assert "Ya pasó" in leer(entrar(integrante), con_taller.programa.curso.get_absolute_url())


@pytest.mark.un_motor
def test_its_preview_is_that_of_its_page(con_taller):
    assert "Casa comunal" in con_taller.pagina.make_preview_request().rendered_content


# --- When its kind is no longer registered ---------------------------------------------------------------------------


@pytest.fixture
def sin_clase(con_taller):
    """Its app is gone: the unit stays, with its last title."""
    clases.olvidar("taller")
    return con_taller


@pytest.mark.un_motor
def test_a_unit_without_kind_is_shown_with_its_last_title_and_opens_nothing(sin_clase, entrar, integrante):
    cliente, curso = entrar(integrante), sin_clase.programa.curso.get_absolute_url()
    pagina = leer(cliente, curso)
    assert "Taller de la ruta" in pagina
    assert "0 de 4 partes" in pagina
    assert "No se puede abrir por ahora" in pagina
    assert f'href="{curso}/{sin_clase.taller.numero}' not in pagina
    respuesta = cliente.get(sin_clase.taller.get_absolute_url())
    assert respuesta.status_code == 410
    assert "«Taller de la ruta» no se puede abrir por ahora" in respuesta.content.decode()
    assert leer(cliente, "/inicio")


@pytest.mark.un_motor
def test_nobody_finishes_nor_is_kept_from_the_final_by_it(sin_clase, entrar, integrante):
    ver_lecciones(sin_clase.inscripcion)
    cliente = entrar(integrante)
    direccion = cliente.get(sin_clase.final.get_absolute_url())["Location"]
    assert "Se abre al terminar" not in leer(cliente, direccion)
    terminar_unidad(inscripcion=sin_clase.inscripcion, unidad=sin_clase.final, ahora=timezone.now())
    sin_clase.inscripcion.refresh_from_db()
    assert sin_clase.inscripcion.estado == Inscripcion.Estado.EN_CURSO
    ultima = sin_clase.programa.unidad(sin_clase.programa.lecciones[-1])
    assert leer(cliente, f"{ultima.get_absolute_url()}/fin")


@pytest.mark.un_motor
def test_the_staff_still_read_what_was_done_of_it(sin_clase, entrar, cem_provincial):
    sin_clase.asistir()
    cliente, numero = entrar(cem_provincial), sin_clase.programa.curso.numero
    assert "Taller de la ruta" in leer(cliente, f"/panel/curso/{numero}")
    assert "Taller de la ruta" in leer(cliente, f"/panel/persona/{sin_clase.inscripcion.persona_id}")
    libro = load_workbook(BytesIO(b"".join(cliente.get("/panel/avance.xlsx").streaming_content)))
    assert "Taller de la ruta" in [fila[2] for fila in libro["Lecciones"].iter_rows(values_only=True)]


def test_publishing_without_its_kind_pauses_it(sin_clase):
    publicar(sin_clase.programa.pagina)
    sin_clase.taller.refresh_from_db()
    assert sin_clase.taller.en_pausa
    assert sin_clase.taller.titulo == "Taller de la ruta"


@pytest.mark.un_motor
def test_two_kinds_with_one_key_are_a_mistake(talleres):
    class Otra(clases.ClaseDeUnidad):
        clase = "taller"

    with pytest.raises(clases.ImproperlyConfigured, match="«taller»"):
        clases.registrar(Otra())
