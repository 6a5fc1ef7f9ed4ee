"""Loading the files into pages: once is once, a change is one page, nobody's work is overwritten."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from cms.models import Portada
from cursos.models import Articulo, Curso, Edicion, Leccion, Unidad, VersionDeCurso
from cursos.services.avance import registrar_avance
from cursos.services.inscripcion import inscribir
from evaluaciones.clases.eleccion import Eleccion
from evaluaciones.consultas.publicado import publicado_de
from evaluaciones.models import Evaluacion, VersionDePregunta
from marco.models import NombreInstitucional
from programas import fichas
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.extraccion import extraer
from programas.models import ContenidoCargado
from programas.registro import Resumen
from tests.mundos import hecho_una_vez
from tests.neutralidad import palabras_en
from tests.programas import factories

pytestmark = pytest.mark.django_db
AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def programa(territorio: dict) -> fichas.Programa:
    return factories.programa_breve()


def poner(programa: fichas.Programa, **campos: Any) -> Resumen:
    return cargar(programa, ahora=AHORA, **campos)


@pytest.fixture
@hecho_una_vez
def cargado(programa: fichas.Programa) -> None:
    poner(programa)


def leccion(clave: str) -> Leccion:
    return Leccion.objects.get(slug=clave)


def contar() -> tuple[int, ...]:
    return (
        Page.objects.count(),
        Revision.objects.count(),
        VersionDePregunta.objects.count(),
        VersionDeCurso.objects.count(),
        Unidad.objects.count(),
    )


# --- The first time -------------------------------------------------------------------------------------------------


def test_the_first_load_leaves_a_course_ready_to_enrol(cargado: None) -> None:
    portada = Portada.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == portada.pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert list(Unidad.objects.exclude(clase="curso").order_by("orden").values_list("titulo", "variante")) == [
        ("Los plazos", ""),
        ("Los lugares", ""),
        ("Evaluación", "practica"),
        ("Evaluación", "modulo"),
    ]
    version = VersionDeCurso.objects.get()
    assert version.requisitos.count() == 3
    assert version.horas == 2
    assert VersionDePregunta.objects.vigentes().count() == 3
    assert Edicion.objects.get().territorios.get().pk == "1006"
    assert not Page.objects.filter(live=False).exists()


@pytest.mark.un_motor
def test_who_already_had_a_seat_is_enrolled_when_the_programme_comes_after(integrante: Any, cargado: None) -> None:
    assert list(Edicion.objects.get().inscripciones.values_list("persona", flat=True)) == [integrante.pk]


@pytest.mark.un_motor
def test_what_came_from_a_file_can_be_put_back_after_somebody_edits_it(
    cargado: None, entrar: Any, administradora: Any
) -> None:
    """The list of versions offers only what it has written as one."""
    leccion = Leccion.objects.get(title="Los plazos")
    primera = leccion.latest_revision_id
    leccion.presentacion = "Otra."
    leccion.save_revision(log_action=True).publish()
    historial = entrar(administradora).get(reverse("wagtailadmin_pages:history", args=[leccion.pk])).content.decode()
    assert reverse("wagtailadmin_pages:revisions_revert", args=[leccion.pk, primera]) in historial


@pytest.mark.un_motor
def test_a_question_knows_its_article_and_its_lesson(cargado: None) -> None:
    contenido = VersionDePregunta.objects.get(contenido__texto="¿En cuánto decide?").contenido
    assert contenido.ley == "El juzgado decide en 24 horas."
    assert contenido.leccion.titulo == "Los plazos"


@pytest.mark.un_motor
def test_addresses_say_nothing_of_the_subject(programa: fichas.Programa) -> None:
    poner(dataclasses.replace(programa, curso=dataclasses.replace(programa.curso, titulo="Violencia y denuncia")))
    assert [ruta for ruta in Page.objects.values_list("url_path", flat=True) if palabras_en(ruta)] == []


@pytest.mark.un_motor
def test_without_the_territory_nothing_is_loaded(db: None) -> None:
    with pytest.raises(ContenidoInvalido, match="cargar_territorio"):
        poner(factories.programa_breve())
    assert not Curso.objects.exists()
    assert not Articulo.objects.exists()


# --- Again ----------------------------------------------------------------------------------------------------------


def test_loading_twice_changes_nothing(programa: fichas.Programa, cargado: None) -> None:
    antes = contar()
    resumen = poner(programa)
    assert not resumen.cambio
    assert contar() == antes


@pytest.mark.un_motor
def test_a_changed_file_publishes_only_its_page(programa: fichas.Programa, cargado: None) -> None:
    antes = contar()
    pasos = [bruto["id"] for bruto in leccion("m1-l1").pasos.raw_data]
    nuevos = (
        factories.paso("Nuevo"),
        factories.paso("Uno", "<p>Otra cosa.</p>"),
        *programa.curso.modulos[0].lecciones[0].pasos[1:],
    )
    resumen = poner(factories.con_leccion(programa, 0, pasos=nuevos))
    assert resumen.publicadas == ["m1-l1"]
    assert contar()[1] == antes[1] + 1
    assert contar()[2:] == antes[2:]
    # Steps that are still there keep their id: what people have seen points at it.
    assert [bruto["id"] for bruto in leccion("m1-l1").pasos.raw_data][1:] == pasos


@pytest.mark.un_motor
def test_what_somebody_edited_here_is_kept_while_the_file_is_the_same(programa: fichas.Programa, cargado: None) -> None:
    pagina = leccion("m1-l1")
    pagina.presentacion = "Editada aquí."
    pagina.save_revision().publish()
    assert not poner(programa).cambio
    assert leccion("m1-l1").presentacion == "Editada aquí."


@pytest.mark.un_motor
@pytest.mark.parametrize("publicado", [True, False])
def test_a_file_does_not_overwrite_what_somebody_edited(
    programa: fichas.Programa, publicado: bool, cargado: None
) -> None:
    pagina = leccion("m1-l1")
    pagina.presentacion = "Editada aquí."
    revision = pagina.save_revision()
    if publicado:
        revision.publish()
    avisos: list[str] = []
    cambiado = factories.con_leccion(programa, 0, presentacion="Del archivo.")
    resumen = poner(cambiado, avisar=avisos.append)
    assert resumen.en_conflicto == ["m1-l1"]
    assert any("m1-l1 cambió en el archivo y también aquí" in aviso for aviso in avisos)
    assert leccion("m1-l1").presentacion == ("Editada aquí." if publicado else "Para saber.")
    assert poner(cambiado, sobrescribir=True).publicadas == ["m1-l1"]
    assert leccion("m1-l1").presentacion == "Del archivo."
    assert not poner(cambiado).cambio


@pytest.mark.un_motor
def test_a_page_that_already_says_so_is_not_published_again(programa: fichas.Programa, cargado: None) -> None:
    pagina = leccion("m1-l1")
    pagina.presentacion = "Igual en los dos."
    pagina.save_revision().publish()
    antes = contar()
    assert not poner(factories.con_leccion(programa, 0, presentacion="Igual en los dos.")).cambio
    assert contar() == antes


def test_a_removed_file_unpublishes_and_never_deletes(programa: fichas.Programa, cargado: None) -> None:
    sin_la_segunda = factories.con_modulo(programa, lecciones=programa.curso.modulos[0].lecciones[:1])
    assert poner(sin_la_segunda).retiradas == ["m1-l2"]
    assert not leccion("m1-l2").live
    assert Unidad.objects.get(titulo="Los lugares").retirada_en is not None
    assert not poner(sin_la_segunda).cambio
    assert poner(programa).publicadas == ["m1-l2"]
    assert leccion("m1-l2").live
    assert Unidad.objects.get(titulo="Los lugares").retirada_en is None


@pytest.mark.un_motor
def test_pages_follow_the_order_of_the_files(programa: fichas.Programa, cargado: None) -> None:
    una, otra = programa.curso.modulos[0].lecciones
    poner(factories.con_modulo(programa, lecciones=(otra, una)))
    modulo = leccion("m1-l1").get_parent()
    hijas = list(modulo.get_children().order_by("path").values_list("slug", flat=True))
    assert hijas == ["m1-l2", "m1-l1", "m1-practica", "m1-evaluacion"]
    assert list(Unidad.objects.filter(clase="leccion").order_by("orden").values_list("titulo", flat=True)) == [
        "Los lugares",
        "Los plazos",
    ]


@pytest.mark.un_motor
def test_a_lesson_that_goes_to_another_module_is_the_same_page(programa: fichas.Programa, cargado: None) -> None:
    pk = leccion("m1-l2").pk
    uno = dataclasses.replace(programa.curso.modulos[0], lecciones=programa.curso.modulos[0].lecciones[:1])
    dos = fichas.Modulo("m2", "Módulo dos", 1, ("ver",), "", programa.curso.modulos[0].lecciones[1:], ())
    poner(dataclasses.replace(programa, curso=dataclasses.replace(programa.curso, modulos=(uno, dos))))
    assert leccion("m1-l2").pk == pk
    assert leccion("m1-l2").get_parent().slug == "m2"


@pytest.mark.un_motor
def test_a_page_deleted_here_comes_back_with_its_file(programa: fichas.Programa, cargado: None) -> None:
    leccion("m1-l2").delete()
    assert poner(programa).creadas == ["m1-l2"]


def test_a_new_module_asks_nobody_for_more_until_somebody_decides(
    programa: fichas.Programa, integrante: Any, integrante_de_b: Any, cargado: None
) -> None:
    edicion = Edicion.objects.get()
    en_camino, sin_empezar = (inscribir(persona=p, edicion=edicion, ahora=AHORA) for p in (integrante, integrante_de_b))
    primera = Unidad.objects.get(titulo="Los plazos")
    for numero in range(1, primera.pasos + 1):
        registrar_avance(inscripcion=en_camino, unidad=primera, paso=numero, ahora=AHORA)
    nuevo = fichas.Modulo(
        "m2",
        "Módulo dos",
        1,
        ("ver",),
        "",
        (factories.leccion("m2-l1", "Otra"),),
        (factories.evaluacion("m2-evaluacion", "modulo", factories.pregunta("m2-e01", leccion="m2-l1")),),
    )
    modulos = (*programa.curso.modulos, nuevo)
    poner(dataclasses.replace(programa, curso=dataclasses.replace(programa.curso, modulos=modulos)))
    assert VersionDeCurso.objects.count() == 2
    en_camino.refresh_from_db()
    sin_empezar.refresh_from_db()
    assert (en_camino.hechas, en_camino.requeridas) == (1, 3)
    assert (sin_empezar.hechas, sin_empezar.requeridas) == (0, 5)


# --- Questions and law ----------------------------------------------------------------------------------------------


def test_a_corrected_question_is_the_same_question(programa: fichas.Programa, cargado: None) -> None:
    primera, segunda = programa.curso.modulos[0].evaluaciones[1].preguntas
    antes = VersionDePregunta.objects.get(contenido__texto=primera.texto)
    bien, mal = primera.contenido.alternativas
    nueva = dataclasses.replace(
        primera,
        texto="¿En cuánto tiempo decide?",
        contenido=Eleccion((mal, dataclasses.replace(bien, texto="En 24 horas, como máximo."))),
    )
    assert poner(factories.con_preguntas(programa, nueva, segunda)).publicadas == ["m1-evaluacion"]
    despues = VersionDePregunta.objects.vigentes().get(clave=antes.clave)
    assert despues.numero == antes.numero + 1
    claves = {una.texto: una.clave for una in antes.contenido.contenido.alternativas}
    assert [una.clave for una in despues.contenido.contenido.alternativas] == [
        claves["En 72 horas."],
        claves["En 24 horas."],
    ]
    assert VersionDePregunta.objects.vigentes().filter(contenido__texto=segunda.texto).get().numero == 1


@pytest.mark.un_motor
def test_a_question_removed_from_the_file_is_archived(programa: fichas.Programa, cargado: None) -> None:
    primera, segunda = programa.curso.modulos[0].evaluaciones[1].preguntas
    poner(factories.con_preguntas(programa, primera))
    assert not VersionDePregunta.objects.get(contenido__texto=segunda.texto).vigente
    assert Evaluacion.objects.get(slug="m1-evaluacion").preguntas.count() == 1


@pytest.mark.un_motor
def test_a_new_wording_reaches_the_questions_that_rest_on_it(programa: fichas.Programa, cargado: None) -> None:
    antes = contar()
    ley = factories.norma(factories.articulo("16", resumen="El juzgado decide en 12 horas."), factories.articulo("22"))
    resumen = poner(dataclasses.replace(programa, normas=(ley,)))
    assert resumen.articulos == 1
    assert resumen.publicadas == []
    # What was published stays as it was; what is asked today says what the law says today.
    evaluadas = Unidad.objects.vigentes().filter(clase="evaluacion").select_related("curso")
    publicadas = [publicado for unidad in evaluadas if (publicado := publicado_de(unidad))]
    leyes = {pregunta.ley for publicado in publicadas for pregunta in publicado.preguntas}
    assert leyes == {"El juzgado decide en 12 horas."}
    assert contar()[1] == antes[1]


@pytest.mark.un_motor
def test_a_wording_written_here_is_kept_while_the_file_is_the_same(programa: fichas.Programa, cargado: None) -> None:
    Articulo.objects.get(clave="ley-1/22").redacciones.update(resumen="Escrita aquí.")
    assert not poner(programa).cambio
    ley = factories.norma(factories.articulo("16"), factories.articulo("22", resumen="Del archivo."))
    assert poner(dataclasses.replace(programa, normas=(ley,))).en_conflicto == ["ley-1/22"]
    assert Articulo.objects.get(clave="ley-1/22").redacciones.get().resumen == "Escrita aquí."


@pytest.mark.un_motor
def test_a_name_changed_here_is_kept_while_the_file_is_the_same(programa: fichas.Programa) -> None:
    con_nombre = dataclasses.replace(programa, nombres=(fichas.Nombre("cem", "Centro (CEM)", "CEM"),))
    assert poner(con_nombre).nombres == 1
    NombreInstitucional.objects.update(nombre="Centro Nuevo (CN)")
    assert not poner(con_nombre).cambio
    otro = dataclasses.replace(programa, nombres=(fichas.Nombre("cem", "Del archivo", "CEM"),))
    assert poner(otro).en_conflicto == ["nombre:cem"]
    assert NombreInstitucional.objects.get().nombre == "Centro Nuevo (CN)"
    poner(otro, sobrescribir=True)
    assert NombreInstitucional.objects.get().nombre == "Del archivo"


@pytest.mark.un_motor
def test_the_evaluations_of_the_course_stand_around_its_modules(programa: fichas.Programa) -> None:
    entero = factories.con_evaluaciones_del_curso(programa)
    poner(entero)
    curso = Curso.objects.get()
    assert [hija.slug for hija in curso.get_children()] == ["entrada", "m1", "final", "encuesta"]
    final = Evaluacion.objects.get(slug="final")
    assert final.preguntas_de.slug == "entrada" and not final.preguntas.exists()
    assert VersionDePregunta.objects.vigentes().filter(evaluacion__pagina=final.pk).count() == 2
    assert extraer(curso) == entero
    assert not poner(entero).cambio


@pytest.mark.un_motor
def test_what_was_loaded_is_remembered_by_key(cargado: None) -> None:
    fila = ContenidoCargado.objects.get(clave="m1-evaluacion")
    assert str(fila) == "m1-evaluacion"
    assert set(fila.claves.values()) == {"m1-e01", "m1-e02"}
    assert fila.cargado_en <= timezone.now()
