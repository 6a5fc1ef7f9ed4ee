"""What the pages say: words, links, shapes and weights."""

from __future__ import annotations

import datetime
import gzip
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from instancias.models import Instancia, Persona, Territorio
from marco.models import AjustesDelAula
from tests import gente
from tests.mundos import hecho_una_vez
from tests.neutralidad import palabras_en
from tests.seguimiento import factories as f


@pytest.fixture
@hecho_una_vez
def cliente(entrar, cem_provincial):
    return entrar(cem_provincial)


def texto_de(respuesta) -> str:
    sin_marcas = re.sub(r"<[^>]+>", " ", respuesta.content.decode())
    return re.sub(r"\s+", " ", sin_marcas)


@pytest.mark.django_db
class TestPanel:
    @pytest.mark.un_motor
    def test_the_sentences_say_both_numbers_the_filter_and_the_hour(self, edicion, cliente):
        f.integrante(f.A, edicion, codigo="T-01", hechas=4)
        f.integrante(f.A, edicion, codigo="T-02", hechas=1)
        visto = texto_de(cliente.get("/panel"))
        assert "1 de 2 integrantes terminaron (50 %)" in visto
        assert "1 de 1 distrito con su alcaldía al día" in visto
        assert "0 de 2 asientos sin persona" in visto
        assert "Integrantes que hoy ocupan un asiento en Leoncio Prado." in visto
        assert re.search(r"Datos del \d{1,2} de \w+ de \d{4}, \d{1,2}:\d{2}", visto)

    @pytest.mark.un_motor
    def test_tiles_say_capital_count_month_and_what_is_missing(self, edicion, cliente):
        Territorio.objects.filter(pk=f.A).update(capital="Tingo María")
        f.integrante(f.A, edicion, codigo="T-01", hechas=4, dias=0)
        f.crear_asiento(f.B)
        f.crear_asiento(f.PROVINCIA)
        Instancia.objects.create(
            nivel="distrital", territorio_id=f.C, atendida_por=Instancia.objects.get(territorio_id=f.PROVINCIA)
        )
        respuesta = cliente.get("/panel")
        visto = texto_de(respuesta)
        assert "Rupa-Rupa Tingo María · Puede certificarse 1 de 1 terminaron" in visto
        assert "+1 este mes" in visto
        assert "Sin integrantes" in visto
        assert "La atiende la instancia provincial" in visto
        assert 'class="k-mosaico"' in respuesta.content.decode()

    def test_every_number_of_a_table_is_a_link(self, edicion, cliente):
        f.integrante(f.A, edicion, codigo="T-01", hechas=4, dias=0)
        pagina = cliente.get("/panel").content.decode()
        for ver in ("terminaron", "completos", "sin_persona", "este_mes"):
            enlaces = re.findall(rf'href="(/panel/lista\?ver={ver}[^"]*instancia={f.A}[^"]*)"', pagina)
            assert enlaces, ver
            assert cliente.get(enlaces[0].replace("&amp;", "&")).status_code == 200

    @pytest.mark.un_motor
    def test_with_one_edition_there_is_nothing_to_choose(self, version, cliente):
        f.abrir(version)
        assert 'name="edicion"' not in cliente.get("/panel").content.decode()
        f.abrir(version, nombre="Otra")
        pagina = cliente.get("/panel").content.decode()
        assert 'name="edicion"' in pagina
        assert re.search(r'href="/panel/lista\?ver=terminaron&amp;edicion=\d+"', pagina)

    def test_two_provinces_are_told_apart_and_each_opens(self, edicion, entrar, administradora):
        Territorio.objects.create(ubigeo="1001", nivel="provincia", nombre="Huánuco")
        Territorio.objects.create(ubigeo="100101", nivel="distrito", nombre="Amarilis")
        f.crear_asiento("100101")
        f.integrante(f.A, edicion, hechas=4)
        cliente = entrar(administradora)
        respuesta = cliente.get("/panel")
        assert [una.ubigeo for una in respuesta.context["provincias"]] == ["1001", "1006"]
        dentro = cliente.get("/panel", {"territorio": "1006"})
        assert "provincias" not in dentro.context
        assert dentro.context["total"].asientos == 1

    @pytest.mark.parametrize(
        "direccion",
        ["/panel/lista?ver=terminaron&tras=3", "/panel/lista?ver=sin_persona", "/panel/curso/900", "/panel/mapa"]
        + ["/panel/metas", "/panel/recordar"],
    )
    def test_names_and_steps_of_a_whole_country_are_asked_for_by_department(
        self, edicion, entrar, administradora, direccion
    ):
        for ubigeo, nivel in (("20", "departamento"), ("2001", "provincia"), ("200101", "distrito")):
            Territorio.objects.create(ubigeo=ubigeo, nivel=nivel, nombre=f"Lugar {ubigeo}")
        edicion.territorios.set(["10", "20"])
        f.integrante(f.A, edicion, hechas=4)
        cliente = entrar(administradora)
        pagina = cliente.get(direccion)
        assert [nombre for _url, nombre in pagina.context["lugares"]] == ["Huánuco", "Lugar 20"]
        assert "Campos Ríos" not in pagina.content.decode()
        camino = pagina.context["lugares"][0][0]
        assert "territorio=10" in camino
        assert "tras=" not in camino
        dentro = cliente.get(camino)
        assert dentro.status_code == 200
        assert "lugares" not in dentro.context
        assert dentro.context["ambito"].territorio == "10"

    @pytest.mark.un_motor
    def test_before_the_first_course_it_still_opens(self, territorio, cliente):
        assert "Todavía no hay una edición abierta" in texto_de(cliente.get("/panel"))

    @pytest.mark.un_motor
    def test_a_coordinator_of_a_district_gets_its_tile(self, edicion, entrar, coordinadora_a):
        f.integrante(f.A, edicion, hechas=1)
        teselas = entrar(coordinadora_a).get("/panel").context["teselas"]
        assert [tesela.instancia.ubigeo for tesela in teselas] == [f.A]

    @pytest.mark.un_motor
    def test_it_fits_the_weight_with_hundreds_of_people(self, edicion, cliente):
        for ubigeo in (f.PROVINCIA, f.A, f.B, f.C):
            for numero in range(1, 41):
                asiento = f.crear_asiento(ubigeo, f"T-{numero % 14 + 2:02}", numero=numero)
                f.inscribir(f.sentar(asiento), edicion, hechas=numero % 4, dias=numero)
        for direccion in ("/panel", f"/panel/distrito/{f.A}", "/panel/recordar", "/panel/lista"):
            assert len(gzip.compress(cliente.get(direccion).content)) <= 40 * 1024, direccion


@pytest.mark.django_db
class TestDistrito:
    def test_seats_come_in_legal_order_with_both_people(self, edicion, cliente):
        for codigo in ("T-07", "T-02"):
            f.integrante(f.A, edicion, codigo=codigo, hechas=2, dias=3)
        f.crear_asiento(f.A, "T-09", estado="no_aplica")
        respuesta = cliente.get(f"/panel/distrito/{f.A}")
        assert [asiento.codigo for asiento in respuesta.context["asientos"]] == ["DT-02", "DT-07", "DT-09"]
        visto = texto_de(respuesta)
        assert "2 de 4 · actividad hace 3 días" in visto
        assert "Vacante" in visto
        assert "No aplica en este lugar" in visto

    @pytest.mark.un_motor
    def test_the_ordinance_and_the_designation_that_are_kept_are_shown(self, edicion, cliente):
        f.sentar(f.crear_asiento(f.A, "T-01"), designacion="Resolución 15-2026")
        assert "Ordenanza de creación: sin registrar." in cliente.get(f"/panel/distrito/{f.A}").text
        Instancia.objects.update(norma_de_creacion="Ordenanza 007-2024")
        visto = cliente.get(f"/panel/distrito/{f.A}").text
        assert "Ordenanza de creación: Ordenanza 007-2024." in visto and "Designación: Resolución 15-2026" in visto

    @pytest.mark.un_motor
    def test_a_served_district_sends_to_the_provincial_table(self, edicion, cliente):
        f.crear_asiento(f.PROVINCIA)
        Instancia.objects.create(
            nivel="distrital", territorio_id=f.A, atendida_por=Instancia.objects.get(territorio_id=f.PROVINCIA)
        )
        assert "lo atiende la Instancia Provincial de Leoncio Prado" in texto_de(cliente.get(f"/panel/distrito/{f.A}"))

    @pytest.mark.un_motor
    def test_an_empty_table_says_what_to_do(self, edicion, cliente):
        f.crear_asiento(f.A)
        assert "Aún no hay integrantes en este distrito. Puede agregarlos o subir la lista." in texto_de(
            cliente.get(f"/panel/distrito/{f.A}")
        )

    @pytest.mark.un_motor
    def test_activity_is_drawn_and_said(self, edicion, cliente):
        f.integrante(f.A, edicion, hechas=3, dias=2)
        respuesta = cliente.get(f"/panel/distrito/{f.A}")
        assert "de 0 a 3 por semana" in texto_de(respuesta)
        assert len(respuesta.context["chispa"].encode()) <= 400

    @pytest.mark.un_motor
    @pytest.mark.parametrize(
        ("terminaron", "total", "dice"),
        [
            (6, 12, "6 de 12 integrantes terminaron."),
            (3, 12, "Ya hay integrantes que terminaron, de 12."),
            (9, 12, "Faltan menos de 5 integrantes, de 12."),
            (12, 12, "Terminaron sus 12 integrantes."),
            (0, 12, "La capacitación está abierta para sus 12 integrantes."),
        ],
    )
    def test_the_group_reads_no_name_and_no_small_count(self, edicion, cliente, terminaron, total, dice):
        for numero in range(1, total + 1):
            f.integrante(f.A, edicion, codigo="T-04", numero=numero, hechas=4 if numero <= terminaron else 1)
        texto = cliente.get(f"/panel/distrito/{f.A}").context["para_el_grupo"].texto
        assert dice in texto
        assert "Ana" not in texto
        assert not palabras_en(texto)

    def test_a_table_of_four_shares_no_count_of_people(self, edicion, cliente):
        for numero in range(1, 5):
            f.integrante(f.A, edicion, codigo="T-04", numero=numero, hechas=4)
        assert "integrantes" not in cliente.get(f"/panel/distrito/{f.A}").context["para_el_grupo"].texto


@pytest.mark.un_motor
@pytest.mark.django_db
class TestMensajes:
    def enlaces(self, respuesta) -> list[str]:
        return [unquote(enlace) for enlace in re.findall(r'href="(https://wa\.me/[^"]*)"', respuesta.content.decode())]

    def test_a_reminder_goes_to_the_number_with_neutral_words(self, edicion, cliente):
        f.integrante(f.A, edicion, nombres="Rosa Elena", hechas=1, dias=20)
        (enlace,) = self.enlaces(cliente.get("/panel/recordar"))
        assert enlace.startswith("https://wa.me/51987654321?text=Buenos días, Rosa.")
        assert "Le faltan 3 partes de su curso." in enlace
        assert enlace.endswith("Le saluda Carla Soto.")
        assert "http://testserver/entrar" in enlace
        assert "Campos" not in enlace
        assert not palabras_en(enlace)

    def test_without_number_whatsapp_asks_whom(self, edicion, cliente):
        f.integrante(f.A, edicion, hechas=1, dias=20)
        Persona.objects.update(celular="")
        (enlace,) = self.enlaces(cliente.get("/panel/recordar"))
        assert enlace.startswith("https://wa.me/?text=")

    def test_where_whatsapp_is_off_the_text_is_copied(self, edicion, cliente):
        f.integrante(f.A, edicion, hechas=1, dias=20)
        ajustes = AjustesDelAula.load()
        ajustes.whatsapp_activo = False
        ajustes.save()
        for direccion in ("/panel", "/panel/recordar", f"/panel/distrito/{f.A}"):
            respuesta = cliente.get(direccion)
            assert not self.enlaces(respuesta)
            assert "Copiar mensaje" in texto_de(respuesta)
            assert re.search(r"<textarea[^>]* readonly", respuesta.content.decode())
        distrito = cliente.get(f"/panel/distrito/{f.A}").content.decode()
        suya = reverse("kuska_seguimiento:persona", args=[Persona.objects.get().pk])
        assert distrito.count(f'href="{suya}#hacer"') == 2, "from their seat, and from where they stopped"
        assert 'id="hacer"' in cliente.get(suya).text and "Copiar mensaje" in cliente.get(suya).text

    def test_an_edited_text_may_hold_braces_of_its_own(self, edicion, cliente):
        f.integrante(f.A, edicion, hechas=1, dias=20)
        ajustes = AjustesDelAula.load()
        ajustes.mensaje_recordatorio = "Hola {nombre} {otra} {nombre.__class__} {"
        ajustes.save()
        (enlace,) = self.enlaces(cliente.get("/panel/recordar"))
        assert enlace.endswith("Hola Ana {otra} {nombre.__class__} {")

    def test_opening_whatsapp_marks_nothing_and_ya_avise_hides_the_row(self, edicion, cliente):
        persona = f.integrante(f.A, edicion, hechas=1, dias=20)
        cliente.get("/panel/recordar")
        assert cliente.get("/panel/recordar").context["total_de_personas"] == 1
        datos = {"persona": persona.pk, "motivo": "detenido", "volver": "/panel"}
        for _vez in range(2):
            respuesta = cliente.post(reverse("kuska_seguimiento:ya_avise"), datos, follow=True)
        assert respuesta.redirect_chain[-1][0] == "/panel"
        assert "Si en 7 días hace falta otro aviso, estará en «A quién recordar»" in texto_de(respuesta)
        assert cliente.get("/panel/recordar").context["total_de_personas"] == 0
        assert persona.recordatorios.count() == 1

    def test_the_reasons_count_their_rows(self, edicion, cliente):
        f.integrante(f.A, edicion, codigo="T-01", hechas=1, dias=20)
        f.integrante(f.A, edicion, codigo="T-02", hechas=3, dias=1)
        f.crear_asiento(f.A, "T-03")
        cuentas = {uno.value: n for uno, n in cliente.get("/panel/recordar").context["motivos"]}
        nadie = dict.fromkeys(("ayuda", "no_entro", "aplicacion"), 0)
        assert cuentas == {**nadie, "solo_evaluacion": 1, "detenido": 1, "vacante": 1}
        for motivo, n in cuentas.items():
            assert cliente.get("/panel/recordar", {"motivo": motivo}).context["pagina"].total == n


@pytest.mark.django_db
class TestPersonaYCurso:
    @pytest.mark.un_motor
    def test_a_person_shows_tries_without_marks_or_answers(self, version, edicion, cliente):
        persona = f.integrante(f.A, edicion, hechas=3)
        pregunta = f.crear_pregunta(version, "¿Secreta?")
        f.intentar(persona, version, aprobado=False, pregunta=pregunta)
        respuesta = cliente.get(reverse("kuska_seguimiento:persona", args=[persona.pk]))
        visto = texto_de(respuesta)
        assert "todavía no" in visto
        assert "3 de 4 partes" in visto
        assert "Secreta" not in visto
        assert f'action="{reverse("kuska_instancias:persona_enlace", args=[persona.pk])}"' in respuesta.content.decode()

    def test_of_who_left_for_another_place_only_what_was_done_here_is_read(self, version, edicion, entrar, territorio):
        persona = f.integrante(f.A, edicion, hechas=1)
        persona.membresias.update(hasta=timezone.localdate() - datetime.timedelta(days=10))
        f.sentar(f.crear_asiento(f.B), persona=persona, desde=timezone.localdate() - datetime.timedelta(days=9))
        f.inscribir(persona, f.abrir(version, f.B, nombre="La de otro lugar"), hechas=3, territorio=f.B)
        direccion = reverse("kuska_seguimiento:persona", args=[persona.pk])
        visto = texto_de(entrar(gente.crear_coordinacion("de-a", f.A)).get(direccion))
        assert "1 de 4 partes" in visto and "3 de 4 partes" not in visto
        visto = texto_de(entrar(gente.crear_coordinacion("de-b", f.B)).get(direccion))
        assert "1 de 4 partes" in visto and "3 de 4 partes" in visto

    def test_the_funnel_counts_each_part_and_opens_both_sides(self, version, edicion, cliente):
        for numero, hechas in enumerate((4, 2, 0), 1):
            f.integrante(f.A, edicion, codigo="T-04", numero=numero, hechas=hechas)
        respuesta = cliente.get("/panel/curso/900")
        peldanos = respuesta.context["peldanos"]
        assert [(uno.terminaron, uno.piden) for uno in peldanos] == [(2, 3), (2, 3), (1, 3), (1, 3)]
        for uno in peldanos:
            for hecha, cuantas in ((1, uno.terminaron), (0, uno.faltan)):
                lista = cliente.get("/panel/lista", {"ver": "integrantes", "unidad": uno.unidad_id, "hecha": hecha})
                assert lista.context["pagina"].total == cuantas

    def test_a_hard_question_tells_the_wrong_option_chosen_most_from_five_answers(self, version, edicion, cliente):
        pregunta = f.crear_pregunta(version, "¿Qué se hace primero?")
        rara = f.crear_pregunta(version, "¿Y después?")
        for numero, elegida in enumerate((0, 1, 2, 2, 2), 1):
            persona = f.integrante(f.A, edicion, codigo="T-04", numero=numero, hechas=3)
            f.intentar(persona, version, aprobado=not elegida, pregunta=pregunta, elegida=elegida)
            if numero < 5:
                f.intentar(persona, version, aprobado=False, pregunta=rara, elegida=1)
        (dificil,) = cliente.get("/panel/curso/900").context["preguntas"]
        assert (dificil.texto, dificil.fallos, dificil.respuestas) == ("¿Qué se hace primero?", 4, 5)
        assert (dificil.mas_elegida, dificil.veces) == ("Tal vez", 3)

    def test_what_is_left_of_the_whole_by_subtraction_names_nobody(self, version, edicion, cliente):
        """Five answers of one district and one of another: the province less the district is a person."""
        pregunta = f.crear_pregunta(version, "¿Qué se hace primero?")
        for numero in range(1, 6):
            f.intentar(f.integrante(f.A, edicion, numero=numero, hechas=3), version, aprobado=False, pregunta=pregunta)
        f.intentar(f.integrante(f.B, edicion, numero=1, hechas=3), version, aprobado=False, pregunta=pregunta)
        assert "6 de 6 respuestas no acertaron" in texto_de(cliente.get("/panel/curso/900"))
        for parte in ({"territorio": f.A}, {"instancia": f.A}):
            visto = texto_de(cliente.get("/panel/curso/900", parte))
            assert "se ven solo para todo su ámbito" in visto
            assert "no acertaron" not in visto and "Cuánto se aprendió" not in visto

    @pytest.mark.un_motor
    def test_staff_who_still_take_the_course_see_no_question(self, version, edicion, entrar, cem_provincial):
        pregunta = f.crear_pregunta(version, "¿Qué se hace primero?")
        for numero in range(1, 6):
            persona = f.integrante(f.A, edicion, codigo="T-04", numero=numero, hechas=3)
            f.intentar(persona, version, aprobado=False, pregunta=pregunta)
        persona.cuenta = cem_provincial
        persona.save()
        respuesta = entrar(cem_provincial).get("/panel/curso/900")
        visto = texto_de(respuesta)
        assert respuesta.context["preguntas"] == []
        assert "Verá las preguntas cuando lo termine" in visto
        assert "primero" not in visto
        persona.inscripciones.update(hechas=4, estado="terminada", terminada_en=timezone.now())
        assert "primero" in texto_de(entrar(cem_provincial).get("/panel/curso/900"))
