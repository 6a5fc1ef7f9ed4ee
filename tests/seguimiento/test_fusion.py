"""What the rooms above keep of a person with two registers: nothing is lost, and nobody counts twice."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from certificados import services as certificados
from certificados.consultas.documentos import Filtro, cuentas, propios
from certificados.consultas.verificacion import verificar
from certificados.models import Certificado
from cursos.models import Avance, Inscripcion
from cursos.services.partes_de_un_registro import de_esta_sala
from evaluaciones.models import Intento, IntentoMas, Respuesta
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio
from seguimiento.consultas.actividad import por_semana
from seguimiento.consultas.distritos import instancias, totales
from seguimiento.consultas.personas import FILTROS, listar
from seguimiento.models import Recordatorio
from tests.certificados.factories import crear_plantilla
from tests.instancias.fusiones import foto, separar, unir
from tests.instancias.test_fusion import codigo_de
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
EVIDENCIA = (Avance, Intento, Respuesta)


@pytest.fixture
@hecho_una_vez
def ana(edicion):
    return f.integrante(f.A, edicion, codigo="T-03", hechas=1, dias=5)


@pytest.fixture
@hecho_una_vez
def doble(edicion):
    """Ana again, in another district, where she did more."""
    return f.integrante(f.B, edicion, codigo="T-04", hechas=3, dias=2)


def evidencia():
    return [list(modelo.objects.order_by("pk").values()) for modelo in EVIDENCIA]


def figuras():
    ambito = f.ambito()
    todas = totales(ambito, instancias(ambito))
    return todas.integrantes, todas.terminaron, todas.pendientes, todas.suma_de_instancias


def emitir(inscripcion):
    crear_plantilla()
    return certificados.emitir(inscripcion_id=inscripcion.pk, ahora=timezone.now())


def test_of_two_enrolments_the_further_one_is_seen_and_the_other_stays_whole(ana, doble, edicion):
    la_de_ana, la_otra = ana.inscripciones.get(), doble.inscripciones.get()
    antes, antes_todo = evidencia(), foto()
    fusion = unir(ana, doble)
    assert ana.inscripciones.get() == la_otra and doble.inscripciones.get() == la_de_ana
    la_de_ana.refresh_from_db()
    assert la_de_ana.retirada_en and la_de_ana.hechas == 1
    assert evidencia() == antes
    assert figuras() == (1, 0, 1, 2)  # one person, who sits at two tables
    assert list(listar(f.ambito(), FILTROS["en_curso"]).values_list("insc__hechas", flat=True)) == [3]
    assert separar(fusion) == [] and foto() == antes_todo and figuras() == (2, 0, 2, 2)


def test_an_enrolment_that_is_less_far_stays_behind(ana, doble):
    antes = foto()
    fusion = unir(doble, ana)
    assert doble.inscripciones.get().hechas == 3 and ana.inscripciones.get().hechas == 1
    separar(fusion)
    assert foto() == antes


def test_a_course_that_only_the_other_had_passes_with_its_attempts(ana, version):
    otra_edicion = f.abrir(f.crear_curso(numero=901), nombre="Otra")
    doble = f.integrante(f.B, otra_edicion, codigo="T-04", hechas=4)
    f.intentar(doble, otra_edicion.curso.versiones.get(), aprobado=True)
    fusion = unir(ana, doble)
    assert ana.inscripciones.count() == 2 and Intento.objects.get().inscripcion.persona == ana
    assert not doble.inscripciones.exists()
    separar(fusion)
    assert Intento.objects.get().inscripcion.persona == doble


def test_both_certificates_keep_their_number_and_verify(ana, doble, edicion):
    for quien in (ana, doble):
        Inscripcion.objects.filter(persona=quien).delete() if False else None
    otra_edicion = f.abrir(f.crear_curso(numero=901), nombre="Otra")
    mio = emitir(f.inscribir(ana, otra_edicion, hechas=4))
    suyo = certificados.emitir(inscripcion_id=f.inscribir(doble, otra_edicion, hechas=4).pk, ahora=timezone.now())
    campos = ("pk", "anio", "numero", "codigo_largo", "codigo_corto", "datos", "estado")
    antes, todo = list(Certificado.objects.order_by("pk").values(*campos)), foto()
    fusion = unir(ana, doble)
    assert list(Certificado.objects.order_by("pk").values(*campos)) == antes
    assert {mio.persona_id, suyo.persona_id} == {ana.pk, doble.pk}
    for uno in (mio, suyo):
        uno.refresh_from_db()
        assert uno.persona == uno.inscripcion.persona
        assert verificar(codigo=uno.codigo_largo).estado == "vigente"
    assert certificados.emitir_pendientes(ahora=timezone.now()).emitidos == []
    assert cuentas(Filtro(AlcanceEfectivo((f.PROVINCIA,))))["pendientes"] == 0
    assert {uno.pk for uno in propios(persona=ana)} == {mio.pk, suyo.pk}
    separar(fusion)
    assert foto() == todo and propios(persona=ana).get() == mio


@pytest.mark.un_motor
def test_of_two_that_finished_it_is_said_which_was_first_and_of_two_under_way_which_did_more(ana, doble):
    otra_edicion = f.abrir(f.crear_curso(numero=901), nombre="Otra")
    mia, suya = (f.inscribir(quien, otra_edicion, hechas=4) for quien in (ana, doble))
    Inscripcion.objects.filter(pk=mia.pk).update(terminada_en=suya.terminada_en - datetime.timedelta(days=10))
    parte = next(una for una in de_esta_sala() if una.modelo is Inscripcion)

    def dicho(queda, absorbida):
        return parte.notar(parte.repartir(queda, absorbida, {}), queda, absorbida)

    a_medias = (ana.inscripciones.exclude(pk=mia.pk).get().pk, doble.inscripciones.exclude(pk=suya.pk).get().pk)
    de_una, de_otra = dicho(ana, doble), dicho(doble, ana)
    assert "terminaron los dos" in de_una[suya.pk] and "no terminó después" in de_una[suya.pk]
    assert "terminaron los dos" in de_otra[suya.pk] and "que terminó antes" in de_otra[suya.pk]
    assert "el otro registro avanzó más" in de_una[a_medias[0]]
    assert "avanzó lo mismo o más" in de_otra[a_medias[0]]


def test_a_certificate_passes_with_its_enrolment(ana, doble):
    otra_edicion = f.abrir(f.crear_curso(numero=901), nombre="Otra")
    suyo = emitir(f.inscribir(doble, otra_edicion, hechas=4))
    fusion = unir(ana, doble)
    suyo.refresh_from_db()
    assert suyo.persona == ana == suyo.inscripcion.persona
    separar(fusion)
    suyo.refresh_from_db()
    assert suyo.persona == doble


def test_a_hidden_enrolment_earns_no_other_paper(ana, doble, edicion):
    otra_edicion = f.abrir(f.crear_curso(numero=901), nombre="Otra")
    f.inscribir(ana, otra_edicion, hechas=4)
    oculta = f.inscribir(doble, otra_edicion, hechas=4)
    crear_plantilla()
    unir(ana, doble)
    assert len(certificados.emitir_pendientes(ahora=timezone.now()).emitidos) == 1
    assert Certificado.objects.get().persona == ana
    with pytest.raises(ErrorDeDominio):
        certificados.emitir(inscripcion_id=oculta.pk, ahora=timezone.now())


def test_reminders_pass_but_the_one_said_to_both(ana, doble):
    hoy, ahora = timezone.localdate(), timezone.now()
    for quien, motivo in ((ana, "ayuda"), (doble, "ayuda"), (doble, "no_entro")):
        Recordatorio.objects.create(persona=quien, motivo=motivo, hecho_en=ahora, hecho_el=hoy)
    antes = foto()
    fusion = unir(ana, doble)
    assert set(ana.recordatorios.values_list("motivo", flat=True)) == {"ayuda", "no_entro"}
    assert doble.recordatorios.get().motivo == "ayuda"
    separar(fusion)
    assert foto() == antes


def test_weeks_count_what_is_seen(ana, doble):
    antes = sum(map(sum, por_semana(f.ambito()).values()))
    unir(ana, doble)
    assert antes == 4 and sum(map(sum, por_semana(f.ambito()).values())) == 3


def test_what_went_on_keeps_the_registers_one(ana, doble, version, edicion):
    fusion = unir(ana, doble)
    ana.inscripciones.update(ultima_actividad_en=timezone.now())
    antes = foto()
    assert codigo_de(separar, fusion) == "ya_siguio"
    assert foto() == antes


@pytest.mark.parametrize("que", ["intento", "intento_mas", "certificado"])
def test_an_evaluation_or_a_paper_that_came_since_keeps_them_one_too(ana, doble, version, edicion, que):
    otra_edicion = f.abrir(f.crear_curso(numero=901), nombre="Otra")
    suya = f.inscribir(doble, otra_edicion, hechas=4)
    fusion = unir(ana, doble)
    suya.refresh_from_db()
    assert suya.persona == ana
    if que == "intento":
        f.intentar(ana, otra_edicion.curso.versiones.get(), aprobado=True, dias=0)
    elif que == "intento_mas":
        unidad = suya.version.filas.last().unidad
        IntentoMas.objects.create(inscripcion=suya, unidad=unidad, despues_de=1, motivo="x", dado_en=timezone.now())
    else:
        emitir(suya)
    assert codigo_de(separar, fusion) == "ya_siguio"
