"""More days than the edition has: for a person or for a district, by every door, with who gave them and why."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django.utils.formats import date_format

from certificados.consultas.documentos import se_quedo_sin_terminar
from cursos.errores import CursoError
from cursos.models import Edicion, Inscripcion, Prorroga
from cursos.services.avance import registrar_avance
from cursos.services.prorrogas import dar_prorroga_a_persona, dar_prorroga_a_territorio, retirar_prorroga
from evaluaciones.services.cierre import cerrar_vencidos
from seguimiento.consultas.ambito import Ambito, EdicionDelAmbito
from tests import gente
from tests.evaluaciones.factories import ProgramaConEvaluacion, empezar, ver_lecciones
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
AYER, MANANA = HOY - datetime.timedelta(days=1), HOY + datetime.timedelta(days=1)
EN_UNA_SEMANA = HOY + datetime.timedelta(days=7)


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return ProgramaConEvaluacion(lecciones=2)


@pytest.fixture
@hecho_una_vez
def cerrada(programa, integrante):
    """Enrolled in an edition whose last day was yesterday."""
    inscripcion = programa.inscribir(integrante)
    Edicion.objects.update(termina=AYER)
    return leer(inscripcion)


def leer(inscripcion):
    return Inscripcion.objects.select_related("edicion", "persona").get(pk=inscripcion.pk)


def dar(inscripcion, *, hasta=EN_UNA_SEMANA, motivo="Estuvo de licencia", por=None, ahora=None):
    return dar_prorroga_a_persona(
        inscripcion=leer(inscripcion), hasta=hasta, motivo=motivo, por=por, ahora=ahora or timezone.now()
    )


def dar_al_distrito(programa, *, territorio=gente.DISTRITO_A, hasta=EN_UNA_SEMANA, motivo="Lluvias", por=None):
    edicion = Edicion.objects.get(curso=programa.curso)
    return dar_prorroga_a_territorio(
        edicion=edicion, territorio=territorio, hasta=hasta, motivo=motivo, por=por, ahora=timezone.now()
    )


def ver(inscripcion, unidad, paso=1, ahora=None):
    return registrar_avance(inscripcion=leer(inscripcion), unidad=unidad, paso=paso, ahora=ahora or timezone.now())


@pytest.mark.un_motor
def test_with_more_days_every_door_opens_again_and_says_until_when(entrar, programa, cerrada, coordinadora_a):
    """The step, the course, «Inicio», the evaluation, its closing and what a page of documents says."""
    cliente, curso = entrar(cerrada.persona), f"/c/{programa.curso.numero}"
    with pytest.raises(CursoError):
        ver(cerrada, programa.unidades[0])
    assert se_quedo_sin_terminar(persona=cerrada.persona, hoy=HOY)

    assert dar(cerrada, por=coordinadora_a)
    dice = f"Puede terminarlo hasta el {date_format(EN_UNA_SEMANA)}. Le dieron más plazo."
    for direccion in ("/inicio", curso):
        pagina = texto(cliente.get(direccion))
        assert dice in " ".join(pagina.split()) and "Este curso terminó" not in pagina
    assert "Ir a la lección 1" in texto(cliente.get("/inicio"))
    paso = f"{programa.unidades[0].get_absolute_url()}/1"
    assert f'action="{paso}"' in texto(cliente.get(paso))
    assert cliente.post(paso).status_code == 302
    ver_lecciones(leer(cerrada))
    intento = empezar(cerrada.persona, programa.unidad_evaluada)
    assert cerrar_vencidos(ahora=timezone.now()) == 0
    assert not se_quedo_sin_terminar(persona=cerrada.persona, hoy=HOY)

    # It ends as any edition does, by whole days of here: the last instant of the day counts, the next one does not.
    fin = timezone.make_aware(datetime.datetime.combine(EN_UNA_SEMANA, datetime.time(23, 59, 59)))
    assert ver(cerrada, programa.unidades[0], ahora=fin)
    with pytest.raises(CursoError):
        ver(cerrada, programa.unidades[0], ahora=fin + datetime.timedelta(seconds=1))
    assert cerrar_vencidos(ahora=fin + datetime.timedelta(days=1)) == 1
    intento.refresh_from_db()
    assert intento.enviado_en == fin.replace(microsecond=999999) and intento.cierre == "edicion"

    dada = Prorroga.objects.get()
    assert (dada.por, dada.motivo, dada.hasta) == (coordinadora_a, "Estuvo de licencia", EN_UNA_SEMANA)


def test_a_district_gets_it_whole_and_nobody_else(programa, integrante, integrante_de_b):
    en_a, en_b = programa.inscribir(integrante), programa.inscribir(integrante_de_b)
    Edicion.objects.update(termina=HOY)
    assert dar_al_distrito(programa)
    assert not dar_al_distrito(programa)  # asked twice, given once
    assert (leer(en_a).hasta, leer(en_b).hasta) == (EN_UNA_SEMANA, None)
    # Who takes a seat there afterwards has it too.
    llega = programa.inscribir(gente.crear_integrante("40000055", "Nora", "Paz"))
    assert leer(llega).ultimo_dia == EN_UNA_SEMANA

    # One of them is given still more; taking back that of the district leaves what is theirs.
    suyo = EN_UNA_SEMANA + datetime.timedelta(days=1)
    assert dar(en_a, hasta=suyo)
    la_del_distrito = Prorroga.objects.get(territorio=gente.DISTRITO_A)
    assert retirar_prorroga(prorroga=la_del_distrito, por=None, ahora=timezone.now())
    assert not retirar_prorroga(prorroga=la_del_distrito, por=None, ahora=timezone.now())
    assert (leer(en_a).hasta, leer(llega).hasta) == (suyo, None)
    la_del_distrito.refresh_from_db()
    assert la_del_distrito.retirada_en is not None and Prorroga.objects.count() == 2


@pytest.mark.parametrize("de", [gente.DISTRITO_A, gente.PROVINCIA])
def test_who_arrives_is_given_their_days_and_nobody_elses_row_is_written(programa, integrante, de):
    """Two who enrol at once hold the rows of each other's place otherwise, and a province is written for one."""
    de_antes = programa.inscribir(integrante)
    Edicion.objects.update(termina=HOY)
    assert al_lugar(programa, territorio=de, con_distritos=de == gente.PROVINCIA)
    Inscripcion.objects.update(hasta=None)  # whoever writes it again is seen
    llega = programa.inscribir(gente.crear_integrante("40000055", "Nora", "Paz"))
    assert (leer(de_antes).hasta, leer(llega).hasta) == (None, EN_UNA_SEMANA)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("cambio", "codigo"),
    [
        ({"hasta": None}, "sin_dia"),
        ({"hasta": AYER}, "dia_pasado"),
        ({"hasta": HOY.replace(year=HOY.year + 2)}, "muy_lejos"),
        ({"motivo": "  "}, "sin_motivo"),
        ({"motivo": "x" * 201}, "sin_motivo"),
        ({"motivo": "Pidi\ufffd tiempo"}, "mal_escrito"),
    ],
    ids=lambda valor: valor if isinstance(valor, str) else "",
)
def test_what_is_not_a_term_is_refused_and_nothing_is_kept(cerrada, cambio, codigo):
    with pytest.raises(CursoError) as error:
        dar(cerrada, **cambio)
    assert error.value.codigo == codigo
    assert not Prorroga.objects.exists() and leer(cerrada).hasta is None


def test_nobody_gives_it_to_themselves_nor_to_who_needs_none(cerrada):
    with pytest.raises(CursoError, match="No puede darse más plazo"):
        dar(cerrada, por=cerrada.persona.cuenta)
    Edicion.objects.update(termina=MANANA)
    with pytest.raises(CursoError, match="Ya puede seguir hasta"):
        dar(cerrada, hasta=MANANA)
    Edicion.objects.update(termina=None)
    with pytest.raises(CursoError, match="no tiene último día"):
        dar(cerrada)
    Edicion.objects.update(termina=AYER)
    Inscripcion.objects.update(estado="terminada", terminada_en=timezone.now())
    with pytest.raises(CursoError, match="ya terminó el curso"):
        dar(cerrada)


def test_whoever_does_not_answer_for_them_gives_and_takes_nothing_by_any_door(programa, cerrada, coordinador_b):
    fuera = "no es de su zona"
    with pytest.raises(CursoError, match=fuera):
        dar(cerrada, por=coordinador_b)
    with pytest.raises(CursoError, match=fuera):
        dar_al_distrito(programa, por=coordinador_b)
    assert not Prorroga.objects.exists()
    dar(cerrada)
    dar_al_distrito(programa)
    for dada in Prorroga.objects.all():
        with pytest.raises(CursoError, match=fuera):
            retirar_prorroga(prorroga=dada, por=coordinador_b, ahora=timezone.now())
    assert Prorroga.objects.vigentes().count() == 2


def test_staff_give_it_from_the_person_and_from_the_district_and_take_it_back(
    entrar, programa, cerrada, coordinadora_a, coordinador_b
):
    Inscripcion.objects.update(creada_en=timezone.now() - datetime.timedelta(days=40))
    cliente, persona = entrar(coordinadora_a), f"/panel/persona/{cerrada.persona_id}"
    distrito = f"/panel/distrito/{gente.DISTRITO_A}"
    assert cliente.get("/panel/recordar").context["filas"] == []

    datos = {"inscripcion": cerrada.pk, "hasta": EN_UNA_SEMANA.isoformat(), "motivo": "De licencia"}
    assert entrar(coordinador_b).post(f"{persona}/plazo", datos).status_code == 404
    malo = texto(cliente.post(f"{persona}/plazo", {**datos, "hasta": "30 de diciembre"}))
    assert "«30 de diciembre» no es una fecha. Escríbala así: 30/09/2026." in malo
    assert not Prorroga.objects.exists()

    pagina = " ".join(texto(cliente.post(f"{persona}/plazo", datos, follow=True)).split())
    assert f"Último día: {date_format(EN_UNA_SEMANA)}. Tiene más plazo que su edición." in pagina
    assert "De licencia" in pagina and str(coordinadora_a) in pagina
    assert [fila.id for fila in cliente.get("/panel/recordar").context["filas"]] == [cerrada.persona_id]
    assert "solo se recuerda a quienes tienen más plazo" in texto(cliente.get("/panel/recordar"))

    dada = Prorroga.objects.get()
    assert entrar(coordinador_b).post(f"/panel/plazo/{dada.pk}/quitar").status_code == 404
    pagina = texto(cliente.post(f"/panel/plazo/{dada.pk}/quitar", {"volver": persona}, follow=True))
    assert "retirado el" in pagina and "Tiene más plazo" not in pagina and "De licencia" in pagina

    datos = {"edicion": programa.edicion.pk, "hasta": EN_UNA_SEMANA.strftime("%d/%m/%Y"), "motivo": "Lluvias"}
    assert entrar(coordinador_b).post(f"{distrito}/plazo", datos).status_code == 404
    pagina = texto(cliente.post(f"{distrito}/plazo", datos, follow=True))
    assert "Lluvias" in pagina and "A todo el distrito" in pagina
    assert leer(cerrada).ultimo_dia == EN_UNA_SEMANA
    otra = {**datos, "edicion": 10**9}
    assert cliente.post(f"{distrito}/plazo", otra).status_code == 404


def al_lugar(programa, **cambios):
    datos = {"territorio": gente.PROVINCIA, "con_distritos": True, "hasta": EN_UNA_SEMANA, "motivo": "Lluvias"}
    edicion = Edicion.objects.get(curso=programa.curso)
    return dar_prorroga_a_territorio(edicion=edicion, por=None, ahora=timezone.now(), **{**datos, **cambios})


def test_a_province_gives_them_to_its_own_table_or_to_all_its_districts_too(programa, integrante, integrante_de_b):
    en_a, en_b = programa.inscribir(integrante), programa.inscribir(integrante_de_b)
    Edicion.objects.update(termina=HOY)
    assert al_lugar(programa, con_distritos=False)
    assert (leer(en_a).hasta, leer(en_b).hasta) == (None, None)
    assert al_lugar(programa) and not al_lugar(programa)
    assert (leer(en_a).hasta, leer(en_b).hasta) == (EN_UNA_SEMANA, EN_UNA_SEMANA)
    llega = programa.inscribir(gente.crear_integrante("40000056", "Nora", "Paz"))
    assert leer(llega).ultimo_dia == EN_UNA_SEMANA  # who takes a seat there afterwards has them too

    # Taken back in one act; what a district was given by itself stays.
    mas = EN_UNA_SEMANA + datetime.timedelta(days=1)
    assert dar_al_distrito(programa, hasta=mas)
    assert retirar_prorroga(prorroga=Prorroga.objects.get(con_distritos=True), por=None, ahora=timezone.now())
    assert (leer(en_a).hasta, leer(llega).hasta, leer(en_b).hasta) == (mas, mas, None)


def test_days_for_the_districts_are_of_a_territory(cerrada):
    dar(cerrada)
    with pytest.raises(IntegrityError):
        Prorroga.objects.update(con_distritos=True)


@pytest.mark.un_motor
def test_the_page_of_a_province_asks_whom_and_its_districts_read_it_there(
    entrar, programa, cerrada, coordinadora_a, cem_provincial
):
    gente.crear_asiento(gente.PROVINCIA)
    Edicion.objects.update(termina=AYER)
    provincia, distrito = f"/panel/distrito/{gente.PROVINCIA}", f"/panel/distrito/{gente.DISTRITO_A}"
    cliente = entrar(cem_provincial)
    assert "2 distritos: 1 persona que no termina" in texto(cliente.get(provincia))
    datos = {"edicion": programa.edicion.pk, "hasta": EN_UNA_SEMANA.isoformat(), "motivo": "Inundación"}
    respuesta = cliente.post(f"{provincia}/plazo", datos)
    assert respuesta.status_code == 422
    pagina = texto(respuesta)
    assert "Elija a quién le da más plazo." in pagina
    assert f'value="{EN_UNA_SEMANA.isoformat()}"' in pagina and 'value="Inundación"' in pagina
    assert leer(cerrada).hasta is None
    cliente.post(f"{provincia}/plazo", {**datos, "a_quien": "todo"})
    assert leer(cerrada).ultimo_dia == EN_UNA_SEMANA
    assert "Retirar este plazo" in texto(cliente.get(provincia))
    # A coordination of the district reads it, and what was given from above is not hers to take back.
    de_abajo = texto(entrar(coordinadora_a).get(distrito))
    assert "A la provincia entera, con sus distritos" in de_abajo and "Retirar este plazo" not in de_abajo
    dada = Prorroga.objects.get()
    assert entrar(coordinadora_a).post(f"/panel/plazo/{dada.pk}/quitar").status_code == 404
    # Her own page asks whom to nobody: it is of one table.
    assert 'name="a_quien"' not in de_abajo
    assert "A la provincia entera" in texto(entrar(coordinadora_a).get(f"/panel/persona/{cerrada.persona_id}"))


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"hasta": AYER.isoformat()}, "ya pasó"),
        ({"hasta": "mañana"}, "«mañana» no es una fecha"),
        ({"hasta": ""}, "Elija hasta qué día."),
        ({"motivo": ""}, "Escriba por qué da más plazo."),
        ({"motivo": "y" * 201}, "El motivo es muy largo"),
    ],
)
def test_what_was_typed_is_shown_again_beside_what_is_wrong(entrar, programa, cerrada, coordinadora_a, cambio, dice):
    datos = {"hasta": EN_UNA_SEMANA.isoformat(), "motivo": "De licencia", **cambio}
    for donde, de_que in (
        (f"/panel/persona/{cerrada.persona_id}/plazo", {"inscripcion": cerrada.pk}),
        (f"/panel/distrito/{gente.DISTRITO_A}/plazo", {"edicion": programa.edicion.pk}),
    ):
        cliente = entrar(coordinadora_a)
        respuesta = cliente.post(donde, {**datos, **de_que})
        assert respuesta.status_code == 422
        pagina = texto(respuesta)
        assert dice in pagina and "Hay un problema" in pagina
        for campo, valor in {**datos, **de_que}.items():
            assert not valor or (f'name="{campo}"' in pagina and f'value="{valor}"' in pagina)
        assert cliente.get(donde).status_code == 302  # read by itself, it is where its form is
    assert not Prorroga.objects.exists()


@pytest.mark.un_motor
def test_the_panel_knows_the_last_day_of_an_edition_as_before():
    edicion = EdicionDelAmbito(1, "", 1, 1, "", AYER, AYER, True, False)
    assert Ambito(prefijos=(), ahora=timezone.now(), edicion=edicion).termino
