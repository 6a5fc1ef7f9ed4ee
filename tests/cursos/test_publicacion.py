import re

import pytest
from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published

from cursos import tiempo
from cursos.models import Leccion, Unidad, VersionDeCurso
from cursos.services.publicacion import carga_en_bloque, sincronizar_curso
from tests.cursos.factories import Programa, crear_leccion, crear_modulo, crear_pagina_de_curso, paso, publicar

pytestmark = pytest.mark.django_db


def test_publishing_registers_a_unit(territorio):
    curso = crear_pagina_de_curso("Rutas")
    modulo = crear_modulo(curso, "Módulo uno")
    leccion = crear_leccion(modulo, "Primera", pasos=3)
    unidad = Unidad.objects.get(pagina=leccion.pk)
    assert (unidad.clase, unidad.titulo, unidad.modulo) == ("leccion", "Primera", "Módulo uno")
    assert (unidad.numero, unidad.orden, unidad.pasos, unidad.segundos) == (1, 1, 3, 8)
    assert unidad.curso == Unidad.objects.get(pagina=curso.pk)


def test_a_draft_changes_nothing_until_published(programa):
    leccion = programa.lecciones[0]
    leccion.title = "Otro título"
    leccion.save_revision()
    assert programa.unidades[0].titulo == "Lección 1.1"
    leccion.get_latest_revision().publish()
    assert programa.unidades[0].titulo == "Otro título"


def test_a_lesson_never_published_is_no_unit(programa):
    programa.modulos[0].add_child(instance=Leccion(title="En borrador", live=False))
    sincronizar_curso(pagina=programa.pagina, ahora=programa.vigente.creada_en)
    assert len(programa.unidades) == 3


def test_a_lesson_inside_a_draft_module_waits(programa):
    programa.modulos[0].unpublish()
    assert not Unidad.objects.vigentes().filter(curso=programa.curso).exists()
    publicar(programa.modulos[0])
    assert Unidad.objects.vigentes().filter(curso=programa.curso).count() == 3


def test_numbers_are_never_used_again(programa):
    programa.lecciones[2].delete()
    nueva = crear_leccion(programa.modulos[0], "Nueva")
    assert programa.unidad(nueva).numero == 4
    antes = programa.curso.numero
    programa.pagina.delete()
    assert Unidad.objects.get(pagina=crear_pagina_de_curso("Otro").pk).numero == antes + 1


def test_a_deleted_lesson_leaves_its_unit(programa):
    unidad = programa.unidades[0]
    programa.lecciones[0].delete()
    unidad.refresh_from_db()
    assert unidad.pagina_id is None and unidad.retirada_en and not unidad.en_pausa
    assert unidad.titulo == "Lección 1.1"


def test_a_lesson_that_could_not_be_deleted_can_still_be_taken_down(programa):
    leccion = programa.lecciones[0]

    def fallar(**kwargs):
        raise OSError("No space left on device")

    post_delete.connect(fallar, sender=Leccion)
    try:
        with pytest.raises(OSError, match="No space"), transaction.atomic():
            Leccion.objects.get(pk=leccion.pk).delete()
    finally:
        post_delete.disconnect(fallar, sender=Leccion)
    assert programa.unidad(leccion).retirada_en is None
    Leccion.objects.get(pk=leccion.pk).unpublish()
    assert programa.unidad(leccion).retirada_en is not None
    assert programa.vigente.filas.count() == 2


def test_what_cannot_be_registered_is_not_published(programa):
    """Live and asked of nobody, or the other way round, is what nobody must find."""
    leccion = programa.modulos[0].add_child(instance=Leccion(title="Nueva", live=False, pasos=[paso()]))
    leccion.save_revision()

    def fallar(**kwargs):
        raise OSError("No space left on device")

    page_published.connect(fallar, sender=Leccion)
    try:
        with pytest.raises(OSError, match="No space"):
            leccion.get_latest_revision().publish()
    finally:
        page_published.disconnect(fallar, sender=Leccion)
    leccion.refresh_from_db()
    assert not leccion.live and not Unidad.objects.filter(pagina=leccion.pk).exists()


def test_order_follows_the_tree(programa):
    programa.lecciones[2].move(programa.lecciones[0], pos="left")
    assert [unidad.titulo for unidad in programa.unidades] == ["Lección 1.3", "Lección 1.1", "Lección 1.2"]


def test_a_lesson_moved_to_another_course_starts_anew_there(programa):
    otro = Programa(titulo="Otro curso", lecciones=1)
    vieja = programa.unidades[0]
    leccion = programa.lecciones[0]
    leccion.move(otro.modulos[0], pos="last-child")
    vieja.refresh_from_db()
    assert vieja.pagina_id is None and vieja.retirada_en
    nueva = otro.unidad(leccion)
    assert nueva != vieja and nueva.curso == otro.curso
    assert programa.vigente.filas.count() == 2 and otro.vigente.filas.count() == 2


def test_loading_many_pages_makes_one_version(territorio):
    with carga_en_bloque():
        programa = crear_pagina_de_curso("Grande")
        for n in range(2):
            modulo = crear_modulo(programa, f"Módulo {n}")
            for m in range(5):
                crear_leccion(modulo, f"Lección {n}.{m}")
        assert not Unidad.objects.exists()
    version = VersionDeCurso.objects.get()
    assert version.vigente and version.filas.count() == 10


def test_publishing_one_by_one_before_anybody_comes_makes_one_version(programa):
    crear_leccion(programa.modulos[0], "Cuarta")
    crear_leccion(programa.modulos[0], "Quinta")
    assert VersionDeCurso.objects.get().filas.count() == 5


def test_the_version_keeps_title_and_hours(programa):
    assert (programa.vigente.titulo, programa.vigente.horas) == ("Nuestras funciones", 24)


@pytest.mark.un_motor
def test_a_copied_course_is_another_course(programa):
    copia = programa.pagina.copy(recursive=True, update_attrs={"slug": "copia", "title": "Copia"})
    curso = Unidad.objects.get(pagina=copia.pk)
    assert curso.numero != programa.curso.numero
    assert Unidad.objects.filter(curso=curso).count() == 3
    assert VersionDeCurso.objects.get(curso=curso).filas.count() == 3


def test_deleting_the_course_keeps_every_unit(programa):
    curso = programa.curso
    Page.objects.get(pk=programa.pagina.pk).delete()
    curso.refresh_from_db()
    assert curso.pagina_id is None and curso.retirada_en
    assert Unidad.objects.filter(curso=curso, pagina=None, retirada_en__isnull=False).count() == 3
    assert VersionDeCurso.objects.get().filas.count() == 3


def test_what_is_cached_changes_key_when_published(programa):
    antes = programa.curso.revision
    publicar(programa.lecciones[0])
    assert programa.curso.revision > antes


def test_what_a_lesson_takes_is_its_words_by_reading_speed(programa):
    leccion = crear_leccion(programa.modulos[0], "Larga", pasos=[paso("Uno", "palabra " * 659)])
    assert programa.unidad(leccion).segundos == 330
    assert [tiempo.minutos(n) for n in (0, 29, 330, 331, 600)] == [1, 1, 6, 6, 10]


def test_a_hard_subject_adds_its_warning_as_a_step(programa):
    leccion = crear_leccion(programa.modulos[0], "Difícil", pasos=2, tema_dificil=True)
    assert programa.unidad(leccion).pasos == 3


@pytest.mark.parametrize("lecciones", [2, 20])
def test_cost_does_not_grow_with_the_lessons(territorio, lecciones, presupuesto):
    programa = Programa(lecciones=lecciones)
    leccion = programa.lecciones[0]
    leccion.title = "Cambiada"
    leccion.save_revision().publish()
    programa.pagina.refresh_from_db()
    with presupuesto(16):
        sincronizar_curso(pagina=programa.pagina, ahora=programa.vigente.creada_en)


def test_addresses_never_come_from_titles(programa):
    paginas = [programa.pagina, *programa.modulos, *programa.lecciones]
    assert all(re.fullmatch("c-[0-9a-f]{8}", pagina.slug) for pagina in paginas)
