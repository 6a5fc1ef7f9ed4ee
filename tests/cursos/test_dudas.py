"""A doubt: asked in its place, answered by who may, read by its person; taken away with its person and with time."""

from __future__ import annotations

import datetime
import json
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from cursos.dudas import POR_DIA
from cursos.errores import CursoError
from cursos.models import Duda, NotaDeLeccion
from cursos.services.dudas import ConDatosDeAlguien
from instancias.apartados import Suprimida, apartados
from instancias.models import LineaDeRastro, PlazosDeConservacion
from instancias.services.retencion import retener
from marco.models import AjustesDelAula
from tests import gente
from tests.cursos.dudas import TEXTO, anotar, codigo_de, contestar, dejar
from tests.cursos.factories import Programa, paso, publicar
from tests.neutralidad import palabras_en
from tests.plano import plano

pytestmark = pytest.mark.django_db


class TestPreguntar:
    def test_a_step_has_one_link_and_asks_nothing_more(self, entrar, inscrita, base, presupuesto):
        cliente = entrar(inscrita.persona)
        cliente.get(f"{base}/1")
        with presupuesto(4) as medido:
            pagina = cliente.get(f"{base}/1").text
        assert medido.contadas <= 4
        assert pagina.count("Tengo una duda") == 1 and f'href="{base}/1/duda"' in pagina

    @pytest.mark.un_motor
    def test_whatsapp_opens_with_the_place_in_neutral_words(self, cem, entrar, inscrita, base):
        pagina = entrar(inscrita.persona).get(f"{base}/2/duda").text
        enlace = pagina.partition('href="https://wa.me/')[2].partition('"')[0]
        numero, _, texto = unquote(enlace).partition("?text=")
        curso = base.split("/")[2]
        assert numero == "51900000000" and texto == f"Hola. Tengo una duda del curso {curso}, lección 1, paso 2: "
        assert not palabras_en(texto) and inscrita.persona.nombres not in texto
        assert "Le responde Carla Soto." in pagina

    @pytest.mark.un_motor
    def test_where_whatsapp_is_off_it_is_a_call(self, cem, entrar, inscrita, base):
        AjustesDelAula.objects.update_or_create(defaults={"whatsapp_activo": False})
        pagina = entrar(inscrita.persona).get(f"{base}/1/duda").text
        assert "wa.me" not in pagina and 'href="tel:062000000"' in pagina

    def test_it_is_left_in_its_place_once_however_many_times_it_is_sent(self, entrar, inscrita, base):
        cliente = entrar(inscrita.persona)
        pagina = cliente.get(f"{base}/2/duda").text
        datos = {nombre: campo_oculto(pagina, nombre) for nombre in ("operacion", "este")} | {"texto": f" {TEXTO}\r\n"}
        for _vez in range(2):
            respuesta = cliente.post(f"{base}/2/duda", datos, follow=True)
        una = Duda.objects.get()
        assert (una.texto, una.numero_de_paso, una.titulo_del_paso) == (TEXTO, 2, "Paso 2")
        assert "Guardamos su duda." in respuesta.text and TEXTO in respuesta.text and "Por responder" in respuesta.text

    def test_the_step_is_the_one_that_was_read_though_others_came_before(self, entrar, inscrita, programa, base):
        cliente = entrar(inscrita.persona)
        este = campo_oculto(cliente.get(f"{base}/2/duda").text, "este")
        leccion = programa.lecciones[0]
        leccion.pasos = json.dumps([paso("Antes"), *map(dict, leccion.pasos.raw_data)])
        publicar(leccion)
        cliente.post(f"{base}/2/duda", {"texto": TEXTO, "este": este})
        assert (Duda.objects.get().numero_de_paso, Duda.objects.get().titulo_del_paso) == (3, "Paso 2")

    @pytest.mark.un_motor
    def test_numbers_of_people_are_told_once_and_the_text_is_kept_on_the_page(self, entrar, inscrita, base):
        cliente = entrar(inscrita.persona)
        escrito = "¿Llamo al 987 654 321?"
        avisada = cliente.post(f"{base}/1/duda", {"texto": escrito})
        assert avisada.status_code == 422 and escrito in avisada.text and not Duda.objects.exists()
        assert "«987 654 321» parece un documento, un teléfono o un correo." in avisada.text
        assert "Enviarla así" in avisada.text
        otro = cliente.post(f"{base}/1/duda", {"texto": f"{escrito} DNI 40000001", "visto": "987654321"})
        assert otro.status_code == 422 and not Duda.objects.exists()
        assert "«987 654 321», «40000001» parecen documentos, teléfonos o correos." in otro.text
        assert cliente.post(f"{base}/1/duda", {"texto": escrito, "visto": "987654321"}).status_code == 302
        assert Duda.objects.get().texto == escrito

    @pytest.mark.parametrize(
        ("texto", "codigo"), [("  \n ", "sin_texto"), ("a" * 601, "muy_largo"), ("a\u202eb", "mal_escrito")]
    )
    def test_what_cannot_be_kept_is_told(self, inscrita, programa, texto, codigo):
        assert codigo_de(dejar, inscrita, programa, texto) == codigo

    def test_a_day_has_room_for_a_few(self, inscrita, programa):
        ahora = timezone.now()
        for _n in range(POR_DIA):
            dejar(inscrita, programa, ahora=ahora)
        assert codigo_de(dejar, inscrita, programa, ahora=ahora) == "demasiadas"
        dejar(inscrita, programa, ahora=ahora + datetime.timedelta(days=1))

    def test_what_was_on_its_way_when_the_session_ended_is_kept_without_numbers(self, entrar, inscrita, base):
        cliente = Client()
        pagina = entrar(inscrita.persona).get(f"{base}/1/duda").text
        campos = {nombre: campo_oculto(pagina, nombre) for nombre in ("duda", "este", "de")}
        cliente.post(f"{base}/1/duda", {**campos, "texto": "¿Llamo al 987654321 hoy?"})
        puerta = {"identificador": inscrita.persona.documento, "clave": gente.CLAVE}
        dentro = cliente.post("/entrar", puerta, follow=True)
        assert Duda.objects.get().texto == "¿Llamo al … hoy?"
        assert "Guardamos su duda. No hace falta escribirla otra vez." in dentro.text

    @pytest.mark.un_motor
    def test_what_another_was_asking_on_the_same_phone_is_not_kept_as_of_who_comes_in(
        self, entrar, inscrita, integrante_de_b, programa, base
    ):
        programa.inscribir(integrante_de_b)
        cliente = Client()
        pagina = entrar(inscrita.persona).get(f"{base}/1/duda").text
        campos = {nombre: campo_oculto(pagina, nombre) for nombre in ("duda", "este", "de")}
        cliente.post(f"{base}/1/duda", {**campos, "texto": TEXTO})
        dentro = cliente.post(
            "/entrar", {"identificador": integrante_de_b.documento, "clave": gente.CLAVE}, follow=True
        )
        assert not Duda.objects.exists()
        assert "Si era suyo, envíelo otra vez." in dentro.text

    @pytest.mark.un_motor
    def test_what_was_on_its_way_and_nobody_kept_is_told(self, inscrita, base):
        cliente = Client()
        cliente.post(f"{base}/1/duda", {"texto": " ", "duda": f"{base}/1".removeprefix("/c/")})
        dentro = cliente.post(
            "/entrar", {"identificador": inscrita.persona.documento, "clave": gente.CLAVE}, follow=True
        )
        assert "No se guardó lo último que se envió desde este celular. Si era suyo, envíelo otra vez." in dentro.text
        assert not Duda.objects.exists()

    @pytest.mark.un_motor
    def test_only_who_takes_the_course_asks(self, entrar, visitante, integrante_de_b, inscrita, base):
        assert visitante.post(f"{base}/1/duda", {"texto": TEXTO}).status_code == 302
        assert entrar(integrante_de_b).post(f"{base}/1/duda", {"texto": TEXTO}).status_code == 404
        assert not Duda.objects.exists()

    def test_what_nobody_answered_is_taken_back_by_who_asked(self, entrar, duda, integrante_de_b, cem_provincial):
        camino = reverse("kuska_cursos:retirar_duda", args=[duda.pk])
        entrar(integrante_de_b).post(camino)
        assert Duda.objects.count() == 1
        contestar(duda, cem_provincial)
        cliente = entrar(duda.inscripcion.persona)
        assert "ya no está por responder" in cliente.post(camino, follow=True).text
        Duda.objects.update(respondida_en=None)
        assert "No queda guardada" in cliente.post(camino, follow=True).text and not Duda.objects.exists()


class TestResponder:
    def test_the_person_sees_it_as_new_until_they_say_that_they_read_it(self, entrar, duda, cem_provincial):
        cliente = entrar(duda.inscripcion.persona)
        assert "Respondieron su duda" not in cliente.get("/inicio").text
        contestar(duda, cem_provincial)
        assert "Respondieron su duda" in cliente.get("/inicio").text
        for _vez in range(2):  # reading writes nothing
            pagina = plano(cliente.get("/dudas").text)
            assert "Respuesta nueva" in pagina and "Sí, a toda hora." in pagina
        pagina = cliente.post("/dudas/leidas", follow=True).text
        assert "Respuesta nueva" not in pagina and "Respondieron su duda" not in cliente.get("/inicio").text
        contestar(duda, cem_provincial, "De noche, por teléfono.", sobre="Sí, a toda hora.")
        assert "Respondieron su duda" in cliente.get("/inicio").text

    def test_inicio_asks_it_with_the_courses(self, entrar, duda, cem_provincial, presupuesto):
        cliente = entrar(duda.inscripcion.persona)
        cliente.get("/inicio")
        with presupuesto(8) as antes:
            cliente.get("/inicio")
        contestar(duda, cem_provincial)
        with presupuesto(antes.contadas):
            assert "Respondieron su duda" in cliente.get("/inicio").text

    def test_who_answered_and_when_is_kept_and_two_do_not_write_over_each_other(
        self, duda, cem_provincial, coordinadora_a
    ):
        contestar(duda, cem_provincial)
        duda.refresh_from_db()
        assert duda.respondida_por == cem_provincial and duda.respondida_en
        with pytest.raises(CursoError, match="otra respuesta: «Sí, a toda hora.»") as error:
            contestar(duda, coordinadora_a, "Otra cosa.")
        assert error.value.codigo == "ya_respondida"
        duda.refresh_from_db()
        assert duda.respuesta == "Sí, a toda hora."
        linea = LineaDeRastro.objects.get(detalle="cursos.responder_duda")
        assert (linea.cuenta, linea.persona) == (cem_provincial, duda.inscripcion.persona_id)

    def test_each_office_answers_its_own_people_and_leaves_a_line(self, entrar, duda, coordinadora_a, coordinador_b):
        assert codigo_de(contestar, duda, coordinador_b) == "fuera_de_alcance"
        camino = f"/panel/dudas/{duda.pk}"
        assert entrar(coordinador_b).get(camino).status_code == 404
        assert TEXTO not in entrar(coordinador_b).get("/panel/dudas").text
        cliente = entrar(coordinadora_a)
        assert TEXTO in cliente.get("/panel/dudas").text
        assert duda.inscripcion.persona.nombre_completo in cliente.get(camino).text
        lineas = LineaDeRastro.objects.filter(acto="vio", cuenta=coordinadora_a)
        assert {una.persona for una in lineas} == {duda.inscripcion.persona_id} and lineas.count() == 2
        assert cliente.post(camino, {"texto": "  "}).status_code == 422
        assert "Nadie espera una respuesta." in cliente.post(camino, {"texto": "Sí."}, follow=True).text

    @pytest.mark.un_motor
    def test_who_writes_a_course_answers_its_doubts_and_sees_no_names(self, entrar, duda, quien_escribe):
        cliente = entrar(quien_escribe)
        camino = reverse("cursos_duda", args=[duda.pk])
        paginas = [cliente.get(una).text for una in (reverse("cursos_dudas"), camino)]
        titulos = [" ".join(pagina.partition("<title>")[2].partition("</title>")[0].split()) for pagina in paginas]
        assert titulos[0].startswith("Dudas de las lecciones") and titulos[1].startswith("Una duda")
        persona = duda.inscripcion.persona
        for pagina in paginas:
            assert TEXTO in pagina and persona.apellidos not in pagina and persona.documento not in pagina
        assert LineaDeRastro.objects.filter(acto="vio", cuenta=quien_escribe, persona=persona.pk).count() == 2
        assert cliente.post(camino, {"texto": "Sí, a toda hora."}).status_code == 302
        duda.refresh_from_db()
        assert duda.respondida_por == quien_escribe
        assert "1 duda espera su respuesta" not in cliente.get("/admin/").text

    def test_of_another_course_she_finds_nothing(self, entrar, duda, territorio):
        otro = Programa(titulo="Otro curso", lecciones=1)
        cuenta = gente.crear_cuenta("solo-el-otro")
        grupo = Group.objects.create(name="Del otro")
        grupo.permissions.add(Permission.objects.get(codename="access_admin"))
        for codigo in ("change_page", "publish_page"):
            permiso = Permission.objects.get(codename=codigo)
            GroupPagePermission.objects.create(group=grupo, page=otro.pagina, permission=permiso)
        cuenta.groups.add(grupo)
        cliente = entrar(cuenta)
        assert TEXTO not in cliente.get(reverse("cursos_dudas")).text
        assert cliente.get(reverse("cursos_duda", args=[duda.pk])).status_code == 404
        assert codigo_de(contestar, duda, cuenta) == "fuera_de_alcance"
        assert codigo_de(anotar, duda, cuenta) == "fuera_de_alcance"

    def test_lists_cost_the_same_with_many(
        self, entrar, duda, inscrita, programa, cem_provincial, quien_escribe, presupuesto
    ):
        del_panel, del_editor = entrar(cem_provincial), entrar(quien_escribe)
        rutas = [(del_panel, "/panel/dudas"), (del_editor, reverse("cursos_dudas"))]
        medidas = []
        for cliente, ruta in rutas:
            cliente.get(ruta)
            with presupuesto(40) as medido:
                cliente.get(ruta)
            medidas.append(medido.contadas)
        for dia in range(12):
            dejar(inscrita, programa, ahora=timezone.now() - datetime.timedelta(days=dia + 1))
        for (cliente, ruta), antes in zip(rutas, medidas, strict=True):
            with presupuesto(antes):
                cliente.get(ruta)


class TestDatos:
    def test_a_copy_tells_it_and_taking_away_leaves_no_words(self, entrar, duda, quien_escribe, cem_provincial):
        contestar(duda, quien_escribe)
        anotar(duda, quien_escribe)
        persona = duda.inscripcion.persona
        copia = json.loads(entrar(persona).post("/mis-datos/copia.json").content)["datos"]
        (suya,) = copia["kuska_cursos.Duda"]
        assert (suya["texto"], suya["respuesta"]) == (TEXTO, "Sí, a toda hora.")
        quien = Suprimida((persona.pk,), (persona.cuenta_id,), (persona.documento,), (), None, timezone.now())
        for uno in apartados():
            if uno.modelo is Duda:
                uno.suprimir(quien)
        duda.refresh_from_db()
        assert (duda.texto, duda.respuesta) == ("", "") and duda.respondida_en
        assert entrar(quien_escribe).get(reverse("cursos_duda", args=[duda.pk])).status_code == 404
        assert NotaDeLeccion.objects.a_la_vista().count() == 1  # it was written anew and names nobody

    def test_their_time_is_short_and_a_note_stays(self, duda, quien_escribe):
        contestar(duda, quien_escribe)
        nota = anotar(duda, quien_escribe)
        dias = PlazosDeConservacion.actuales().dudas
        hecha = duda.hecha_en
        assert "dudas" not in retener(ahora=hecha + datetime.timedelta(days=dias - 1)).quitadas
        assert retener(ahora=hecha + datetime.timedelta(days=dias, minutes=1)).quitadas["dudas"] == 1
        nota.refresh_from_db()
        assert nota.duda is None and nota.retirada_en is None and not Duda.objects.exists()


def campo_oculto(pagina, nombre):
    return pagina.partition(f'name="{nombre}" value="')[2].partition('"')[0]


@pytest.mark.un_motor
def test_the_warning_says_each_number_that_is_not_known_yet(inscrita, programa):
    with pytest.raises(ConDatosDeAlguien) as error:
        dejar(inscrita, programa, "DNI 40000001 y rosa@ejemplo.pe")
    assert error.value.huella == "40000001,rosa@ejemplope"
    dejar(inscrita, programa, "DNI 40000001 y rosa@ejemplo.pe", visto=error.value.huella)
