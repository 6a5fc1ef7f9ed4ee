"""By hand as by sheet: optional seats, names and phones as people type them, institutions, and what is refused."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias.forms_personal import PersonaNuevaForm
from instancias.models import Asiento, Instancia, Institucion, Membresia, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services import personas
from instancias.services.asientos import abrir_asiento, asientos_ofrecidos
from marco.errores import ErrorDeDominio
from tests import gente
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.usefixtures("provincia")
LUYANDO = AlcanceEfectivo(("100605",))
NUEVA = "/panel/personas/nueva"


@pytest.fixture
@hecho_una_vez
def cliente(entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


def asiento(codigo="IDC-03", ubigeo="100605") -> Asiento:
    return Asiento.objects.get(tipo__codigo=codigo, instancia__territorio_id=ubigeo, numero=1)


def datos(**cambios) -> dict:
    base = {
        "documento": "40000101",
        "nombres": "María José",
        "apellidos": "Quispe Ñahui",
        "celular": "",
        "institucion": "",
        "calidad": "titular",
        "designacion": "",
    }
    return {**base, "asiento": asiento().pk, **cambios}


def por_abrir(codigo: str, alcance: AlcanceEfectivo = LUYANDO) -> Asiento | None:
    return next((a for a in asientos_ofrecidos(alcance) if a.pk is None and a.tipo.codigo == codigo), None)


class TestAsientosOpcionales:
    def test_those_the_norm_allows_are_offered_with_their_article_and_opened_on_saving(self, cliente):
        pagina = cliente.get(NUEVA).content.decode()
        assert "Luyando · Rondas, comunidades y comités de autodefensa (art. 109.1, num. 5)" in pagina
        assert "Leoncio Prado · Pueblos indígenas u originarios (art. 107.1, num. 14)" in pagina
        assert "Luyando · Jefatura de la Policía Nacional (art. 109.1, num. 3)" in pagina
        mesa = Instancia.objects.get(territorio_id="100605")
        cliente.post(NUEVA, datos(asiento=f"abrir-{mesa.pk}-IDC-05-1"))
        membresia = Membresia.objects.get()
        assert (membresia.asiento.tipo.codigo, membresia.asiento.instancia) == ("IDC-05", mesa)

    def test_only_as_many_as_the_norm_has(self):
        for numero in (1, 2):
            assert por_abrir("IDC-08").numero == numero
            abrir_asiento(asiento=por_abrir("IDC-08"), alcance=LUYANDO)
        assert por_abrir("IDC-08") is None
        assert por_abrir("IDC-04").numero == 1  # a district may have no populated centre with its own municipality
        assert por_abrir("IDC-03") is None
        assert por_abrir("IPC-08") is None
        assert por_abrir("IPC-08", AlcanceEfectivo(("1006",))).numero == 2
        tercero = Asiento(instancia=asiento().instancia, tipo=Asiento.objects.get(tipo__codigo="IDC-08", numero=2).tipo)
        tercero.numero = 3
        with pytest.raises(ErrorDeDominio) as error:
            abrir_asiento(asiento=tercero, alcance=LUYANDO)
        assert error.value.codigo == "asiento_no_aplica"

    def test_none_is_offered_nor_opened_outside_the_scope_or_where_there_is_no_table(self):
        with pytest.raises(ErrorDeDominio) as error:
            abrir_asiento(asiento=por_abrir("IDC-05"), alcance=AlcanceEfectivo(("100607",)))
        assert error.value.codigo == "fuera_de_alcance"
        assert {a.instancia.territorio_id for a in asientos_ofrecidos(LUYANDO)} == {"100605"}
        Instancia.objects.filter(territorio_id="100605").update(atendida_por=Instancia.objects.get(nivel="provincial"))
        assert asientos_ofrecidos(LUYANDO) == []

    def test_a_seat_refused_is_not_left_open(self, cliente):
        Persona.objects.create(documento="40000101", nombres="Otra", apellidos="Persona")
        antes = Asiento.objects.count()
        mesa = asiento().instancia_id
        assert cliente.post(NUEVA, datos(asiento=f"abrir-{mesa}-IDC-05-1")).status_code == 422
        assert Asiento.objects.count() == antes

    def test_offering_costs_the_same_however_many_tables(self, presupuesto):
        with presupuesto(4):
            PersonaNuevaForm(alcance=AlcanceEfectivo(("10",))).fields["asiento"]


class TestPersonaConocida:
    @pytest.fixture
    def conocida(self, cliente) -> Persona:
        cliente.post(NUEVA, datos())
        return Persona.objects.get()

    def test_the_same_name_without_accents_is_the_same_person(self, cliente, conocida):
        sin_tildes = datos(nombres="Maria Jose", apellidos="Quispe Nahui", asiento=asiento("IDC-11").pk)
        assert cliente.post(NUEVA, sin_tildes).status_code == 302
        assert conocida.membresias.count() == 2
        conocida.refresh_from_db()
        assert conocida.nombre_completo == "María José Quispe Ñahui"

    def test_a_phone_is_kept_where_there_was_none_and_never_dropped_in_silence(self, cliente, conocida):
        cliente.post(NUEVA, datos(celular="987654321", asiento=asiento("IDC-11").pk))
        conocida.refresh_from_db()
        assert conocida.celular == "987654321"
        pagina = cliente.post(NUEVA, datos(celular="911111111", asiento=asiento("IDC-12").pk), follow=True)
        conocida.refresh_from_db()
        assert conocida.celular == "987654321"
        assert "ya tenía otro celular" in pagina.content.decode()


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("campo", "texto"),
    [
        ("nombres", "123 <b>"),
        ("nombres", "=1+1"),
        ("apellidos", "Quispe <b>"),
        ("apellidos", "@SUMA"),
        ("apellidos", "٧٠"),
        ("nombres", "..."),
        ("documento", "٧٠٤٤٠٠٠٣"),
        ("institucion", "=1+1"),
        ("designacion", "+cmd"),
        ("asiento", "abrir-1-IDC-05-9"),
    ],
)
def test_what_the_sheet_refuses_is_refused_by_hand(cliente, campo, texto):
    respuesta = cliente.post(NUEVA, datos(**{campo: texto}))
    assert respuesta.status_code == 422
    assert list(respuesta.context["form"].errors) == [campo]
    assert not Persona.objects.exists()


@pytest.mark.un_motor
def test_names_as_people_have_them_are_accepted(cliente):
    cliente.post(NUEVA, datos(nombres="Ma.  del Carmen", apellidos="O’Higgins-Pérez D'Ávila"))
    assert Persona.objects.get().nombre_completo == "Ma. del Carmen O’Higgins-Pérez D'Ávila"


@pytest.mark.un_motor
def test_a_taken_seat_is_told_without_two_periods(cliente):
    cliente.post(NUEVA, datos())
    texto = cliente.post(NUEVA, datos(documento="40000102", nombres="Elsa")).content.decode()
    assert "ya tiene titular: María Q. Si lo dejó" in texto


class TestInstitucion:
    @pytest.mark.un_motor
    def test_the_form_says_it_where_nobody_had_and_keeps_what_was(self, cliente):
        conocida = Institucion.objects.create(nombre="Comisaría de Naranjillo", sector="policia")
        cliente.post(NUEVA, datos(institucion="comisaria de naranjillo"))
        assert asiento().institucion == conocida
        pagina = cliente.post(
            NUEVA, datos(documento="40000102", calidad="alterno", institucion="Otra comisaría"), follow=True
        ).content.decode()
        assert "«Comisaría de Naranjillo»; se conserva" in pagina
        assert asiento().institucion == conocida

    def test_it_is_corrected_from_the_seat_and_other_seats_keep_theirs(self, cliente):
        cliente.post(NUEVA, datos(institucion="Comisaria mal escrita"))
        otro = asiento("IDC-03", "100601")
        otro.institucion = asiento().institucion
        otro.save()
        direccion = f"/panel/asientos/{Membresia.objects.get().pk}/institucion"
        assert "Comisaria mal escrita" in cliente.get(direccion).content.decode()
        cliente.post(direccion, {"institucion": "Comisaría de Naranjillo"})
        assert asiento().institucion.nombre == "Comisaría de Naranjillo"
        assert asiento("IDC-03", "100601").institucion.nombre == "Comisaria mal escrita"
        cliente.post(direccion, {"institucion": ""})
        assert asiento().institucion is None

    def test_another_coordinator_does_not_reach_it(self, cliente, entrar):
        cliente.post(NUEVA, datos())
        direccion = f"/panel/asientos/{Membresia.objects.get().pk}/institucion"
        ajena = entrar(gente.crear_coordinacion("a", "100601"))
        assert ajena.post(direccion, {"institucion": "X"}).status_code == 404
        assert asiento().institucion is None


class TestCorregirElDNI:
    @pytest.fixture
    def persona(self, cliente) -> Persona:
        cliente.post(NUEVA, datos())
        return Persona.objects.get()

    def corregir(self, cliente, persona, documento):
        datos = {"documento": documento, "nombres": persona.nombres, "apellidos": persona.apellidos, "celular": ""}
        return cliente.post(f"/panel/personas/{persona.pk}", datos)

    def test_a_wrong_number_is_mended_and_the_trail_says_which_field_without_the_number(self, cliente, persona):
        assert self.corregir(cliente, persona, "4000 0199").status_code == 302
        persona.refresh_from_db()
        assert persona.documento == "40000199"
        anotado = ModelLogEntry.objects.filter(action="instancias.corregir").get()
        assert anotado.data == {"campos": ["documento"]}
        assert self.corregir(cliente, persona, "40000199").status_code == 302

    @pytest.mark.un_motor
    @pytest.mark.parametrize(("documento", "dice"), [("40000102", "otra persona"), ("٧٠٤٤٠٠٠٣", "8 números")])
    def test_the_number_of_somebody_else_or_no_number_is_refused(self, cliente, persona, documento, dice):
        Persona.objects.create(documento="40000102", nombres="Elsa", apellidos="Soto")
        respuesta = self.corregir(cliente, persona, documento)
        assert respuesta.status_code == 422
        assert dice in respuesta.content.decode()
        persona.refresh_from_db()
        assert persona.documento == "40000101"

    def test_another_kind_of_document_is_not_touched(self, cliente, persona):
        Persona.objects.update(tipo_de_documento=Persona.Documento.CODIGO, documento="P-7")
        self.corregir(cliente, persona, "40000199")
        persona.refresh_from_db()
        assert persona.documento == "P-7"
        personas.corregir_datos(persona=persona, nombres="Ana", apellidos="Soto", celular="", por=None)
        assert Membresia.objects.vigentes(timezone.localdate()).get().persona.nombres == "Ana"
