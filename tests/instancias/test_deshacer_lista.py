"""A list is undone whole while nothing rests on it, expires when nobody confirms it, and removes nobody unless told."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cursos.models import Avance, Inscripcion
from instancias import padron
from instancias.acceso.services.enlaces import consumir_enlace, crear_enlace
from instancias.models import Asiento, FilaDePadron, ImportacionDePadron, Institucion, Membresia, Persona
from instancias.padron.caducidad import olvidar_listas
from instancias.padron.deshacer.consecuencia import prever
from instancias.padron.deshacer.deshacer import deshacer
from instancias.padron.revision import banco, completas
from instancias.politica import AlcanceEfectivo
from instancias.services.personas import cesar
from marco.errores import ErrorDeDominio
from tests import gente
from tests.cursos.factories import Programa
from tests.instancias.hojas import fila, hoja

pytestmark = pytest.mark.usefixtures("provincia")
PROVINCIA = AlcanceEfectivo(("1006",))
JUAN = {"DNI": "40000202", "Nombres": "Juan", "Apellidos": "Tello", "Asiento": "IDC-07", "Institución": "Ronda"}
MES = datetime.timedelta(days=30)


def revisar(*filas, por=None) -> ImportacionDePadron:
    return padron.revisar(
        nombre="l.xlsx", contenido=hoja(*filas), esquema="inei", alcance=PROVINCIA, por=por, ahora=timezone.now()
    )


def guardar(*filas) -> ImportacionDePadron:
    importacion = revisar(*filas)
    padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())
    importacion.refresh_from_db()
    return importacion


def quitar(importacion, por=None):
    return deshacer(importacion_id=importacion.pk, alcance=PROVINCIA, por=por, ahora=timezone.now())


def registro() -> list:
    """The register, as it would be compared by somebody who looks at every page of it."""
    personas = Persona.objects.order_by("documento").values_list("documento", "nombres", "apellidos", "celular")
    asientos = Asiento.objects.order_by("pk").values_list("pk", "institucion__nombre")
    return [
        list(personas),
        list(asientos),
        list(Membresia.objects.vigentes().order_by("pk").values_list("persona__documento", "asiento", "calidad")),
        list(Institucion.objects.order_by("nombre").values_list("nombre", flat=True)),
    ]


def motivos(que) -> dict[str, str]:
    return {persona.nombres: motivo for persona, motivo in que.quedan}


def test_undoing_leaves_the_register_as_it_was():
    guardar(fila())
    antes = registro()
    importacion = guardar(
        fila(Nombres="Rosa María", Celular="912345678", Asiento="IDC-08", Institución="Junta de agua"), fila(**JUAN)
    )
    assert registro() != antes
    quitar(importacion)
    assert registro() == antes
    importacion.refresh_from_db()
    assert importacion.estado == "deshecha"
    # She keeps a trace of a seat that was never held only where the seat stood before the list.
    assert Membresia.objects.count() == 1


def test_a_seat_given_to_somebody_known_was_never_held():
    guardar(fila())
    otra = guardar(fila(Asiento="IDC-11", Institución=""))
    quitar(otra)
    retirada = Membresia.objects.get(asiento__tipo__codigo="IDC-11")
    assert retirada.hasta == retirada.desde and retirada.motivo_de_cese == "Se deshizo la lista"
    assert not Membresia.objects.vigentes().filter(pk=retirada.pk).exists()


def test_it_is_written_in_the_trail_by_number_and_who(coordinadora_a):
    importacion = guardar(fila())
    persona = Persona.objects.get()
    quitar(importacion, por=coordinadora_a)
    linea = ModelLogEntry.objects.get(action="instancias.deshacer_lista")
    assert (linea.object_id, linea.user) == (str(persona.pk), coordinadora_a)
    assert linea.data["importacion"] == importacion.pk and "Rosa" not in linea.label


def test_who_entered_stays_and_it_is_said_by_name_and_why(coordinadora_a):
    importacion = guardar(fila(), fila(**JUAN))
    rosa = Persona.objects.get(nombres="Rosa")
    enlace = crear_enlace(persona=rosa, por=coordinadora_a, ahora=timezone.now())
    consumir_enlace(token=enlace.token, ahora=timezone.now())
    assert motivos(prever(importacion)) == {"Rosa": "ya entró al aula"}
    assert Persona.objects.count() == 2, "looking at what would happen did it"
    quitar(importacion)
    assert Persona.objects.get() == rosa
    assert rosa.membresias.vigentes().count() == 1


def test_a_link_that_nobody_opened_goes_with_its_person(coordinadora_a):
    importacion = guardar(fila())
    crear_enlace(persona=Persona.objects.get(), por=coordinadora_a, ahora=timezone.now())
    quitar(importacion)
    assert not Persona.objects.exists()


def test_an_enrolment_that_nobody_began_goes_and_one_with_progress_stays(django_capture_on_commit_callbacks):
    Programa(lecciones=1).abrir(inicia=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        importacion = guardar(fila(), fila(**JUAN))
    assert Inscripcion.objects.count() == 2
    suya = Inscripcion.objects.get(persona__nombres="Rosa")
    Avance.objects.create(inscripcion=suya, unidad=suya.version.filas.first().unidad, iniciado_en=timezone.now())
    assert motivos(prever(importacion)) == {"Rosa": "ya empezó un curso"}
    quitar(importacion)
    assert Inscripcion.objects.get() == suya
    assert Persona.objects.get().nombres == "Rosa"


def test_who_left_the_seat_since_keeps_their_days():
    importacion = guardar(fila())
    cesar(membresia=Membresia.objects.get(), motivo="x", alcance=PROVINCIA, por=None, ahora=timezone.now() + MES)
    assert motivos(quitar(importacion)) == {"Rosa": "ya dejó el asiento"}
    assert Persona.objects.exists()


def test_data_corrected_since_are_not_set_back():
    guardar(fila())
    otra = guardar(fila(Celular="911111111"))
    Persona.objects.update(celular="922222222")
    assert motivos(quitar(otra)) == {"Rosa": "sus datos se corrigieron después"}
    assert Persona.objects.get().celular == "922222222"


def test_a_list_is_undone_once():
    importacion = guardar(fila())
    quitar(importacion)
    with pytest.raises(ErrorDeDominio) as error:
        quitar(importacion)
    assert error.value.codigo == "no_se_deshace"


def test_a_list_that_nobody_confirmed_expires_with_its_rows(time_machine, entrar):
    cuenta = gente.crear_coordinacion("cem-p", "1006")
    importacion = revisar(fila())
    ahora = timezone.now()
    time_machine.move_to(ahora + MES)
    cem = entrar(cuenta)
    importacion = ImportacionDePadron.objects.get()
    # No task ran: no door shows it, and no act reaches it.
    assert "Quispe" not in (pagina := cem.get(f"/panel/importar/{importacion.pk}").content.decode())
    assert "La lista venció" in pagina
    assert cem.get(f"/panel/importar/{importacion.pk}/por-resolver.xlsx").status_code == 404
    assert "l.xlsx" not in cem.get("/panel/importar").content.decode()
    with pytest.raises(ErrorDeDominio) as error:
        padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())
    assert error.value.codigo == "vencida"
    assert olvidar_listas(ahora=timezone.now()) == 1
    assert not FilaDePadron.objects.exists()
    assert ImportacionDePadron.objects.get().estado == "vencida"
    assert olvidar_listas(ahora=timezone.now()) == 0


def test_former_data_are_forgotten_after_a_month():
    guardar(fila())
    otra = guardar(fila(Celular="911111111"))
    assert olvidar_listas(ahora=timezone.now() + MES / 2) == 0
    olvidar_listas(ahora=timezone.now() + MES)
    assert "987654321" not in str(list(FilaDePadron.objects.values_list("hecho", flat=True)))
    assert motivos(prever(otra)) == {"Rosa": "sus datos de antes ya no se guardan"}


def completar(importacion, *lugares: str, vistas=None, ultimo_dia=None) -> dict[str, int]:
    salen = [una.pk for una in completas.quienes_saldrian(importacion, lugares)]
    return completas.confirmar_completa(
        importacion_id=importacion.pk,
        lugares=lugares,
        vistas=salen if vistas is None else vistas,
        alcance=PROVINCIA,
        por=None,
        ahora=timezone.now(),
        ultimo_dia=ultimo_dia,
    )


def sentados() -> set[str]:
    return set(Membresia.objects.vigentes().values_list("persona__documento", flat=True))


class TestCompleta:
    @pytest.fixture
    def _hay_gente(self, provincia, time_machine):
        ahora = timezone.now()
        time_machine.move_to(ahora - MES)
        guardar(fila(), fila(**JUAN), fila(DNI="40000303", Nombres="Ana", Distrito="Pucayacu"))
        time_machine.move_to(ahora)

    @pytest.mark.usefixtures("_hay_gente")
    def test_a_list_removes_nobody_unless_told(self):
        guardar(fila())
        assert sentados() == {"40000101", "40000202", "40000303"}

    @pytest.mark.usefixtures("_hay_gente")
    def test_whoever_is_not_in_a_complete_list_leaves_and_another_takes_the_seat(self):
        importacion = revisar(fila(**JUAN), fila(DNI="40000404", Nombres="Luz", Apellidos="Rojas"))
        assert [una.persona.nombres for una in completas.quienes_saldrian(importacion, ["100605"])] == ["Rosa"]
        hecho = completar(importacion, "100605")
        assert (hecho["salieron"], hecho["crear"], hecho["rechazar"]) == (1, 1, 0)
        assert sentados() == {"40000202", "40000303", "40000404"}
        quitar(importacion)
        assert sentados() == {"40000101", "40000202", "40000303"}

    @pytest.mark.usefixtures("_hay_gente")
    def test_the_last_day_is_the_one_that_was_said(self):
        importacion = revisar(fila(**JUAN))
        completar(importacion, "100605", ultimo_dia=timezone.localdate() + MES)
        assert Membresia.objects.get(persona__documento="40000101").hasta == timezone.localdate() + MES

    @pytest.mark.usefixtures("_hay_gente")
    def test_a_row_that_nobody_understands_yet_stops_it(self):
        importacion = revisar(fila(**JUAN), fila(DNI="4000"))
        with pytest.raises(ErrorDeDominio) as error:
            completar(importacion, "100605")
        assert error.value.codigo == "con_dudas" and "3" in error.value.mensaje
        assert "40000101" in sentados()

    @pytest.mark.usefixtures("_hay_gente")
    def test_only_those_who_were_shown_leave(self):
        importacion = revisar(fila(**JUAN))
        with pytest.raises(ErrorDeDominio) as error:
            completar(importacion, "100605", vistas=[])
        assert error.value.codigo == "otros_salen"
        assert "40000101" in sentados()


def test_undoing_a_list_that_changes_authorities_gives_the_seats_back(time_machine):
    ahora = timezone.now()
    time_machine.move_to(ahora - MES)
    guardar(fila())
    time_machine.move_to(ahora)
    importacion = revisar(fila(**JUAN | {"Asiento": "IDC-03"}))
    banco.declarar_relevo(importacion_id=importacion.pk, releva=True, alcance=PROVINCIA, ahora=timezone.now())
    padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())
    assert sentados() == {"40000202"}
    importacion.refresh_from_db()
    assert len(prever(importacion).cesadas) == 1
    quitar(importacion)
    assert sentados() == {"40000101"}
    assert Membresia.objects.get().hasta is None


@pytest.mark.un_motor
class TestPantallas:
    @pytest.fixture
    def cem(self, entrar):
        return entrar(gente.crear_coordinacion("cem-p", "1006"))

    def test_the_consequences_are_shown_before_undoing(self, cem):
        importacion = guardar(fila())
        url = f"/panel/importar/{importacion.pk}"
        assert f"{url}/deshacer" in cem.get(url).content.decode()
        antes = cem.get(f"{url}/deshacer").content.decode()
        assert "Se borra 1 persona" in antes and Persona.objects.exists()
        despues = cem.post(f"{url}/deshacer", follow=True).content.decode()
        assert "La lista se deshizo" in despues and "Personas borradas: 1" in despues
        assert not Persona.objects.exists()
        assert cem.get(f"{url}/deshacer").status_code == 404

    def test_the_names_of_who_would_leave_are_shown_before(self, cem):
        guardar(fila())
        importacion = revisar(fila(**JUAN))
        url = f"/panel/importar/{importacion.pk}/completa"
        pagina = cem.get(f"{url}?lugar=100605").content.decode()
        assert "Rosa Quispe Huamán" in pagina and "Terminar 1 asiento y guardar la lista" in pagina
        assert Membresia.objects.vigentes().count() == 1
        vista = Membresia.objects.get().pk
        assert cem.post(url, {"lugar": "100605", "sale": vista, "ultimo_dia": ""}).status_code == 302
        assert sentados() == {"40000202"}
