import pytest
from django.utils import timezone

from cursos.errores import CursoError
from cursos.models import Inscripcion, Unidad, VersionDeCurso
from cursos.services.avance import terminar_unidad
from cursos.services.retiros import dejar_de_pedir
from cursos.services.versiones import cambios_por_decidir, decidir, personas_por_decidir, version_por_decidir
from tests import gente
from tests.cursos.factories import crear_leccion, publicar
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


Trato = VersionDeCurso.Trato
Estado = Inscripcion.Estado


def hacer(inscripcion, *unidades):
    for unidad in unidades:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
    return ver(inscripcion)


def ver(inscripcion):
    inscripcion.refresh_from_db()
    return (inscripcion.hechas, inscripcion.requeridas, inscripcion.estado)


def ya_no_se_pide(pagina):
    """Take a page away and decide that it is not asked for any more."""
    pagina.unpublish()
    dejar_de_pedir(unidades=[Unidad.objects.get(pagina=pagina.pk).pk], ahora=timezone.now(), por=None)


@pytest.fixture
@hecho_una_vez
def otra(programa, integrante_de_b):
    return programa.inscribir(integrante_de_b)


def test_publishing_a_new_lesson_keeps_people_as_they_are(programa, inscrita, otra):
    hacer(inscrita, *programa.unidades)
    hacer(otra, programa.unidades[0])
    vieja = programa.vigente
    crear_leccion(programa.modulos[0], "Nueva")
    assert programa.vigente != vieja and programa.vigente.filas.count() == 4
    assert ver(inscrita) == (3, 3, Estado.TERMINADA)
    assert ver(otra) == (1, 3, Estado.EN_CURSO)
    assert otra.version == vieja


def test_whoever_has_not_begun_gets_the_new_version(programa, inscrita):
    crear_leccion(programa.modulos[0], "Nueva")
    assert ver(inscrita) == (0, 4, Estado.POR_EMPEZAR)
    assert VersionDeCurso.objects.count() == 1


def test_asking_for_the_new_part_moves_those_who_have_not_finished(programa, inscrita, otra, administradora):
    hacer(inscrita, *programa.unidades)
    hacer(otra, programa.unidades[0])
    vieja = programa.vigente
    crear_leccion(programa.modulos[0], "Nueva")
    version = version_por_decidir(programa.curso)
    assert version == programa.vigente and personas_por_decidir(version).count() == 1
    movidas = decidir(version=version, trato=Trato.PEDIR_LO_NUEVO, ahora=timezone.now(), por=administradora)
    version.refresh_from_db()
    assert movidas == 1
    assert ver(otra) == (1, 4, Estado.EN_CURSO) and otra.version == version
    assert ver(inscrita) == (3, 3, Estado.TERMINADA) and inscrita.version == vieja
    assert (version.trato, version.decidida_por) == (Trato.PEDIR_LO_NUEVO, administradora)
    assert version_por_decidir(programa.curso) is None


def test_keeping_is_recorded_too(programa, inscrita, administradora):
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Nueva")
    version = version_por_decidir(programa.curso)
    assert decidir(version=version, trato=Trato.CONSERVAR, ahora=timezone.now(), por=administradora) == 0
    version.refresh_from_db()
    assert version.decidida_en and ver(inscrita) == (1, 3, Estado.EN_CURSO)
    assert version_por_decidir(programa.curso) is None


def test_a_version_is_decided_once(programa, inscrita, administradora):
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Nueva")
    version = version_por_decidir(programa.curso)
    decidir(version=version, trato=Trato.CONSERVAR, ahora=timezone.now(), por=administradora)
    with pytest.raises(CursoError) as error:
        decidir(version=version, trato=Trato.PEDIR_LO_NUEVO, ahora=timezone.now(), por=administradora)
    assert error.value.codigo == "ya_decidida"
    with pytest.raises(CursoError) as error:
        decidir(version=version, trato="otro", ahora=timezone.now(), por=administradora)
    assert error.value.codigo == "trato_desconocido"


@pytest.fixture
@hecho_una_vez
def dos_seguidas(programa, inscrita, otra):
    """Two versions in a row with people under each of the three, and nobody has decided. Returns the new two."""
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Cuarta")
    segunda = programa.vigente
    hacer(otra, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Quinta")
    tercera = programa.vigente
    reciente = programa.inscribir(gente.crear_integrante("40000055", "Eva", "Luna"))
    hacer(reciente, programa.unidades[0])
    return segunda, tercera, reciente


@pytest.mark.parametrize("trato", [Trato.PEDIR_LO_NUEVO, Trato.CONSERVAR])
def test_a_former_version_cannot_be_decided_any_more(programa, inscrita, otra, dos_seguidas, administradora, trato):
    segunda, tercera, reciente = dos_seguidas
    with pytest.raises(CursoError) as error:
        decidir(version=segunda, trato=trato, ahora=timezone.now(), por=administradora)
    assert error.value.codigo == "ya_decidida"
    assert [ver(una) for una in (inscrita, otra, reciente)] == [(1, n, Estado.EN_CURSO) for n in (3, 4, 5)]
    assert reciente.version == tercera and version_por_decidir(programa.curso) == tercera
    decidir(version=tercera, trato=Trato.PEDIR_LO_NUEVO, ahora=timezone.now(), por=administradora)
    assert {ver(una) for una in (inscrita, otra, reciente)} == {(1, 5, Estado.EN_CURSO)}


def test_what_changes_is_told_against_what_people_have(dos_seguidas):
    _segunda, tercera, _reciente = dos_seguidas
    assert cambios_por_decidir(tercera) == (["Cuarta", "Quinta"], [])


def test_a_version_is_decided_while_something_it_asks_is_away(programa, inscrita, administradora):
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Nueva")
    ya_no_se_pide(programa.lecciones[1])
    version = version_por_decidir(programa.curso)
    assert version != programa.vigente
    decidir(version=version, trato=Trato.PEDIR_LO_NUEVO, ahora=timezone.now(), por=administradora)
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO) and inscrita.version == programa.vigente


@pytest.fixture
def con_otro_titulo(programa, inscrita, otra):
    """A lesson more, a person under each version, and the course changes its name."""
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Nueva")
    hacer(otra, programa.unidades[0])

    def cambiar():
        programa.pagina.refresh_from_db()
        programa.pagina.title = "Otro título"
        publicar(programa.pagina)
        return programa.vigente

    return cambiar


def test_a_new_title_leaves_the_decision_waiting(programa, inscrita, otra, con_otro_titulo, administradora):
    version = con_otro_titulo()
    assert version.titulo == "Otro título" and version_por_decidir(programa.curso) == version
    assert [una.pk for una in personas_por_decidir(version)] == [inscrita.pk]
    assert cambios_por_decidir(version) == (["Nueva"], [])
    assert ver(otra) == (1, 4, Estado.EN_CURSO) and otra.version == version
    decidir(version=version, trato=Trato.PEDIR_LO_NUEVO, ahora=timezone.now(), por=administradora)
    assert ver(inscrita) == (1, 4, Estado.EN_CURSO)


def test_a_new_title_does_not_ask_again_what_was_decided(programa, inscrita, con_otro_titulo, administradora):
    decidir(version=programa.vigente, trato=Trato.CONSERVAR, ahora=timezone.now(), por=administradora)
    version = con_otro_titulo()
    assert version_por_decidir(programa.curso) is None
    assert (version.trato, version.decidida_por) == (Trato.CONSERVAR, administradora)
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)


def test_several_lessons_published_before_deciding_are_one_version(programa, inscrita):
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Cuarta")
    crear_leccion(programa.modulos[0], "Quinta")
    assert VersionDeCurso.objects.count() == 2
    assert programa.vigente.filas.count() == 5
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)


def test_editing_words_makes_no_version(programa, inscrita):
    hacer(inscrita, programa.unidades[0])
    leccion = programa.lecciones[1]
    leccion.title = "Con otras palabras"
    publicar(leccion)
    assert VersionDeCurso.objects.count() == 1


def test_new_hours_reach_those_under_way_and_not_those_who_finished(programa, inscrita, otra):
    hacer(inscrita, *programa.unidades)
    hacer(otra, programa.unidades[0])
    programa.pagina.refresh_from_db()
    programa.pagina.horas = 30
    publicar(programa.pagina)
    ver(inscrita), ver(otra)
    assert (inscrita.version.horas, otra.version.horas) == (24, 30)
    assert version_por_decidir(programa.curso) is None


def test_a_lesson_that_comes_back_is_asked_again_of_those_under_way(programa, inscrita):
    hacer(inscrita, programa.unidades[0])
    original = programa.vigente
    ya_no_se_pide(programa.lecciones[2])
    assert ver(inscrita) == (1, 2, Estado.EN_CURSO)
    publicar(programa.lecciones[2])
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)
    assert inscrita.version == programa.vigente == original
    ya_no_se_pide(programa.lecciones[2])
    assert VersionDeCurso.objects.count() == 2


def test_people_kept_in_an_old_version_are_not_asked_more_when_something_is_retired(programa, inscrita, administradora):
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Nueva")
    decidir(
        version=version_por_decidir(programa.curso), trato=Trato.CONSERVAR, ahora=timezone.now(), por=administradora
    )
    ya_no_se_pide(programa.lecciones[1])
    assert ver(inscrita) == (1, 2, Estado.EN_CURSO)
    assert programa.vigente.filas.count() == 3
    assert inscrita.version != programa.vigente


def test_unpublishing_the_whole_course_finishes_nobody(programa, inscrita):
    hacer(inscrita, programa.unidades[0])
    programa.pagina.refresh_from_db()
    from wagtail.actions.unpublish_page import UnpublishPageAction

    cuenta = gente.crear_cuenta("jefa", is_superuser=True)
    UnpublishPageAction(programa.pagina, user=cuenta, include_descendants=True).execute()
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)
    publicar(programa.pagina)
    publicar(programa.modulos[0])
    publicar(programa.lecciones[0])
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)
    for leccion in programa.lecciones[1:]:
        publicar(leccion)
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)


def test_deleting_the_whole_course_finishes_nobody(programa, inscrita):
    hacer(inscrita, programa.unidades[0])
    programa.pagina.delete()
    assert ver(inscrita) == (1, 3, Estado.EN_CURSO)


def test_retiring_every_lesson_finishes_nobody(programa, inscrita):
    for leccion in programa.lecciones:
        leccion.unpublish()
    assert ver(inscrita)[2] == Estado.POR_EMPEZAR


def test_new_people_start_with_the_version_in_force(programa, inscrita, integrante_de_b):
    hacer(inscrita, programa.unidades[0])
    crear_leccion(programa.modulos[0], "Nueva")
    assert ver(programa.inscribir(integrante_de_b)) == (0, 4, Estado.POR_EMPEZAR)


def test_moving_a_thousand_people_costs_the_same_as_moving_one(programa, presupuesto, administradora, inscrita):
    from instancias.models import Persona

    hacer(inscrita, programa.unidades[0])
    Persona.objects.bulk_create(Persona(documento=f"5{n:07}", nombres="Ana", apellidos="Ríos") for n in range(1000))
    curso, vigente = programa.curso, programa.vigente
    Inscripcion.objects.bulk_create(
        Inscripcion(
            persona=persona,
            edicion=programa.edicion,
            curso=curso,
            version=vigente,
            territorio_id=gente.DISTRITO_A,
            estado=Estado.EN_CURSO,
            requeridas=3,
            creada_en=timezone.now(),
        )
        for persona in Persona.objects.filter(documento__startswith="5")
    )
    crear_leccion(programa.modulos[0], "Nueva")
    version = version_por_decidir(programa.curso)
    with presupuesto(7):
        movidas = decidir(version=version, trato=Trato.PEDIR_LO_NUEVO, ahora=timezone.now(), por=administradora)
    assert movidas == 1001
    assert Inscripcion.objects.filter(version=version, requeridas=4).count() == 1001
