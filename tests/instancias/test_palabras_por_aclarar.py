"""A word that nobody knows is asked once for all its rows, and known from then on, in the scope of whoever answered."""

from __future__ import annotations

import random

import pytest
from django.urls import reverse
from django.utils import timezone

from instancias import padron
from instancias.models import ImportacionDePadron, Palabra, Territorio
from instancias.padron.diccionario import palabras
from instancias.padron.revision.preguntas import por_aclarar, preguntas_de, responder
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.hojas import fila, hoja

PROVINCIA = AlcanceEfectivo(("1006",))
LUYANDO = AlcanceEfectivo(("100605",))
DE_DOS = AlcanceEfectivo(("100604", "100605"))


def revisar(*filas, alcance=PROVINCIA) -> ImportacionDePadron:
    return padron.revisar(
        nombre="lista.xlsx", contenido=hoja(*filas), esquema="inei", alcance=alcance, por=None, ahora=timezone.now()
    )


def varias(n: int, **celdas) -> list[list[str]]:
    nombres = ["Rosa", "Juan", "Elsa", "Raúl", "Inés", "Héctor", "Doris", "Percy"]
    return [fila(DNI=f"4000020{i}", Nombres=nombres[i], **celdas) for i in range(n)]


def preguntadas(importacion, alcance=PROVINCIA) -> list[tuple[str, str, int]]:
    return [(p.clase, p.leido, p.cuantas) for p in por_aclarar(importacion, alcance)]


def contestar(importacion, significa, *, alcance=PROVINCIA, cual=0) -> int:
    pregunta = por_aclarar(importacion, alcance)[cual]
    return responder(
        importacion_id=importacion.pk,
        clase=pregunta.clase,
        nivel=pregunta.nivel,
        clave=pregunta.clave,
        significa=significa,
        alcance=alcance,
        por=None,
        ahora=timezone.now(),
    )


def situados(importacion) -> list[tuple[str, str, str]]:
    return [(f.territorio, f.tipo, f.leida.get("calidad", "")) for f in importacion.filas.order_by("orden")]


OPCIONES = palabras.Opciones(
    {"distrital": (palabras.Opcion("IDC-02", "Gobernación"), palabras.Opcion("IDC-03", "PNP: Jefatura"))},
    (palabras.Opcion("100605", "Luyando"),),
)


def renglon(numero, leido, *, codigo="asiento_desconocido", propuestas=("PNP",)):
    problema = {"campo": "asiento", "codigo": codigo, "leido": leido, "propuestas": list(propuestas)}
    return numero, "distrital", [problema]


def test_the_order_of_the_rows_changes_nothing_of_what_is_asked():
    textos = ["Serenazgo", "serenazgo", "Serenazgo", "Hermandad", "SERENAZGO"]
    filas = [renglon(n, texto) for n, texto in enumerate(textos)]
    filas += [renglon(9, "Sereno", propuestas=("Gobernación", "PNP")), (10, "distrital", [])]
    azar = random.Random(7)
    vistas = []
    for _vez in range(20):
        azar.shuffle(filas)
        preguntas = preguntas_de(filas, OPCIONES)
        vistas.append([(p.leido, p.cuantas, [s.valor for s in p.sugeridas], sorted(p.filas)) for p in preguntas])
    assert all(una == vistas[0] for una in vistas)
    assert [(leido, cuantas) for leido, cuantas, *_resto in vistas[0]] == [
        ("Serenazgo", 4),
        ("Hermandad", 1),
        ("Sereno", 1),
    ]
    assert vistas[0][2][2] == ["IDC-02", "IDC-03"]


@pytest.mark.usefixtures("provincia")
class TestUnaVez:
    def test_a_word_is_asked_once_for_its_rows_and_answered_for_all(self):
        importacion = revisar(*varias(2, Asiento="Hermandad de la Cruz"), fila(Asiento="HERMANDAD DE LA CRUZ."))
        assert preguntadas(importacion) == [("asiento", "Hermandad de la Cruz", 3)]
        assert contestar(importacion, "IDC-08") == 3
        assert {tipo for _t, tipo, _c in situados(importacion)} == {"IDC-08"}
        assert preguntadas(importacion) == []

    def test_what_was_answered_is_known_by_the_next_list(self):
        contestar(revisar(fila(Asiento="Hermandad")), "IDC-08")
        assert situados(revisar(fila(Asiento="La hermandad"))) == [("100605", "IDC-08", "titular")]

    def test_a_district_and_a_quality_are_asked_too(self):
        importacion = revisar(fila(Distrito="Zona Alta", Calidad="jefe"))
        assert preguntadas(importacion) == [("distrito", "Zona Alta", 1), ("calidad", "jefe", 1)]
        contestar(importacion, "100605")
        contestar(importacion, "alterno")
        assert situados(importacion) == [("100605", "IDC-03", "alterno")]

    def test_an_empty_quality_is_answered_for_its_rows_and_never_learnt(self):
        importacion = revisar(*varias(2, Calidad=""))
        assert preguntadas(importacion) == [("calidad", "", 2)]
        contestar(importacion, "titular")
        assert {calidad for _t, _a, calidad in situados(importacion)} == {"titular"}
        assert not Palabra.objects.exists()

    def test_empty_districts_are_asked_once_for_all_their_rows(self):
        importacion = revisar(*varias(3, Distrito=""), fila(DNI="40000210", Nombres="Ana"))
        assert preguntadas(importacion) == [("distrito", "", 3)]
        assert contestar(importacion, "100607") == 3
        assert [lugar for lugar, _t, _c in situados(importacion)] == ["100607"] * 3 + ["100605"]
        assert not Palabra.objects.exists()

    def test_a_name_of_two_districts_is_answered_for_its_rows_and_never_learnt(self):
        # The capital of one is called as another one: which of the two is known only here.
        Territorio.objects.filter(ubigeo="100604").update(capital="Naranjillo")
        importacion = revisar(*varias(2, Distrito="Naranjillo"))
        assert preguntadas(importacion) == [("distrito", "Naranjillo", 2)]
        contestar(importacion, "100604")
        assert {lugar for lugar, _t, _c in situados(importacion)} == {"100604"}
        assert not Palabra.objects.exists()
        assert preguntadas(revisar(fila(DNI="40000211", Distrito="Naranjillo"))) == [("distrito", "Naranjillo", 1)]

    def test_a_post_alone_is_answered_for_its_rows_and_never_learnt(self):
        importacion = revisar(fila(Asiento="Director", Institución=""))
        assert preguntadas(importacion) == [("asiento", "Director", 1)]
        contestar(importacion, "IDC-12")
        assert situados(importacion)[0][1] == "IDC-12"
        assert not Palabra.objects.exists()

    def test_beside_a_post_alone_the_institution_is_what_is_asked_and_learnt(self):
        importacion = revisar(fila(Asiento="Presidenta", Institución="Hermandad de la Cruz"))
        assert preguntadas(importacion) == [("asiento", "Hermandad de la Cruz", 1)]
        contestar(importacion, "IDC-08")
        otra = revisar(fila(DNI="40000211", Asiento="Presidente", Institución="Hermandad de la Cruz"))
        assert situados(otra)[0][1] == "IDC-08"

    def test_the_number_of_somebody_is_never_learnt(self):
        importacion = revisar(fila(Asiento="Juan 40000101"))
        contestar(importacion, "IDC-08")
        assert situados(importacion) == [("100605", "IDC-08", "titular")]
        assert not Palabra.objects.exists()

    def test_the_likely_meanings_come_first(self):
        (asiento,) = por_aclarar(revisar(fila(Asiento="Representante de la comunidad")), PROVINCIA)
        assert [una.valor for una in asiento.sugeridas] == ["IDC-05", "IDC-06", "IDC-13"]
        (distrito,) = por_aclarar(revisar(fila(Distrito="Luyndo")), PROVINCIA)
        assert [una.valor for una in distrito.sugeridas] == ["100605"]

    def test_what_is_not_offered_is_refused_and_changes_nothing(self):
        importacion = revisar(fila(Asiento="Hermandad"))
        for significa in ("IPC-01", "", "XX"):
            with pytest.raises(ErrorDeDominio) as error:
                contestar(importacion, significa)
            assert error.value.codigo == "no_significa"
        assert preguntadas(importacion) == [("asiento", "Hermandad", 1)]

    def test_a_district_out_of_scope_is_not_offered(self):
        importacion = revisar(fila(Distrito="Zona Alta"), alcance=LUYANDO)
        with pytest.raises(ErrorDeDominio, match="ofrecen"):
            contestar(importacion, "100604", alcance=LUYANDO)

    def test_a_second_answer_to_the_same_word_is_told_so(self):
        importacion = revisar(fila(Asiento="Hermandad"))
        pregunta = por_aclarar(importacion, PROVINCIA)[0]
        contestar(importacion, "IDC-08")
        with pytest.raises(ErrorDeDominio) as error:
            responder(
                importacion_id=importacion.pk,
                clase=pregunta.clase,
                nivel=pregunta.nivel,
                clave=pregunta.clave,
                significa="IDC-06",
                alcance=PROVINCIA,
                por=None,
                ahora=timezone.now(),
            )
        assert error.value.codigo == "ya_aclarada"
        assert situados(importacion) == [("100605", "IDC-08", "titular")]


def aprender(texto, significa, alcance, *, clase="asiento", nivel="distrital"):
    palabras.aprender(
        clase=clase, texto=texto, significa=significa, nivel=nivel, alcance=alcance, por=None, ahora=timezone.now()
    )


@pytest.mark.usefixtures("provincia")
class TestDondeVale:
    def test_the_answer_of_a_coordinator_holds_in_her_districts_only(self):
        aprender("Hermandad", "IDC-08", LUYANDO)
        lista = revisar(fila(Asiento="Hermandad"), fila(DNI="40000202", Asiento="Hermandad", Distrito="Pucayacu"))
        assert [tipo for _t, tipo, _c in situados(lista)] == ["IDC-08", ""]

    def test_the_answer_of_the_province_holds_in_all_of_it_until_a_district_says_another(self):
        aprender("Hermandad", "IDC-08", PROVINCIA)
        assert situados(revisar(fila(Asiento="Hermandad"), alcance=LUYANDO))[0][1] == "IDC-08"
        aprender("Hermandad", "IDC-06", LUYANDO)
        assert situados(revisar(fila(Asiento="Hermandad"), alcance=LUYANDO))[0][1] == "IDC-06"
        aprender("Hermandad", "IDC-08", PROVINCIA)
        assert Palabra.objects.count() == 1

    def test_a_word_for_a_district_holds_where_whoever_said_it_may_act(self):
        aprender("Zona Alta", "100605", DE_DOS, clase="distrito", nivel="")
        alta = fila(Distrito="Zona Alta")
        assert situados(revisar(alta, alcance=DE_DOS))[0][0] == "100605"
        assert situados(revisar(alta, alcance=LUYANDO))[0][0] == "100605"
        assert situados(revisar(alta))[0][0] == ""

    def test_nobody_makes_of_a_district_another(self):
        aprender("Pucayacu", "100605", PROVINCIA, clase="distrito", nivel="")
        assert situados(revisar(fila(Distrito="Pucayacu")))[0][0] == "100607"

    def test_the_name_of_two_districts_is_not_learnt_by_any_door_and_what_was_learnt_is_not_used(self):
        Territorio.objects.filter(ubigeo="100604").update(capital="Naranjillo")
        with pytest.raises(ErrorDeDominio, match="es el nombre de José Crespo y Castillo y Luyando"):
            aprender("Naranjillo", "100604", PROVINCIA, clase="distrito", nivel="")
        Palabra.objects.create(
            clase="distrito", leida="Naranjillo", clave="naranjillo", significa="100604", ambito_id="1006",
            dicha_en=timezone.now(),
        )  # fmt: skip
        assert preguntadas(revisar(fila(Distrito="Naranjillo"))) == [("distrito", "Naranjillo", 1)]

    def test_a_word_is_forgotten_only_within_the_scope(self):
        aprender("Hermandad", "IDC-08", PROVINCIA)
        (palabra,) = Palabra.objects.all()
        palabras.olvidar(palabra_id=palabra.pk, alcance=LUYANDO)
        assert Palabra.objects.exists()
        palabras.olvidar(palabra_id=palabra.pk, alcance=PROVINCIA)
        assert not Palabra.objects.exists()


@pytest.fixture
def coordinadora(provincia, client):
    cuenta = gente.crear_coordinacion("coordinadora", "100605")
    client.force_login(cuenta)
    return cuenta


@pytest.mark.un_motor
@pytest.mark.usefixtures("coordinadora")
class TestPantallas:
    def test_the_review_asks_and_one_touch_answers(self, client):
        importacion = revisar(*varias(2, Asiento="Vaso de Leche"), alcance=LUYANDO)
        pagina = reverse("kuska_instancias:padron_revisar", args=[importacion.pk])
        texto = client.get(pagina).content.decode()
        assert "Palabras por aclarar" in texto and "«Vaso de Leche»" in texto and 'value="IDC-06"' in texto
        pregunta = por_aclarar(importacion, LUYANDO)[0]
        datos = {"clase": pregunta.clase, "nivel": pregunta.nivel, "clave": pregunta.clave, "significa": "IDC-06"}
        respuesta = client.post(reverse("kuska_instancias:padron_palabra", args=[importacion.pk]), datos, follow=True)
        texto = respuesta.content.decode()
        assert "Se aplicó a 2 filas." in texto and "Palabras por aclarar" not in texto

    def test_any_other_meaning_is_chosen_from_the_list(self, client):
        importacion = revisar(fila(Asiento="Hermandad"), alcance=LUYANDO)
        datos = {"clase": "asiento", "nivel": "distrital", "clave": "hermandad", "otro": "IDC-08"}
        client.post(reverse("kuska_instancias:padron_palabra", args=[importacion.pk]), datos)
        assert situados(importacion)[0][1] == "IDC-08"

    def test_the_staff_adds_and_forgets_words(self, client):
        pagina = reverse("kuska_instancias:padron_palabras")
        respuesta = client.post(pagina, {"leida": "", "significa": ""})
        assert respuesta.status_code == 422 and "Escriba la palabra." in respuesta.content.decode()
        client.post(pagina, {"leida": "Hermandad", "significa": "asiento distrital IDC-08"})
        texto = client.get(pagina).content.decode()
        assert "Hermandad" in texto and "Sociedad civil" in texto and "Luyando" in texto
        (palabra,) = Palabra.objects.all()
        client.post(reverse("kuska_instancias:padron_palabra_olvidar", args=[palabra.pk]))
        assert not Palabra.objects.exists()
