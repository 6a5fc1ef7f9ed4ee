"""A name is found as people type it, and stands where Spanish puts it, on both databases."""

from __future__ import annotations

import pytest
from django.urls import reverse

from instancias.models import Institucion, Oficina, Persona
from marco.textos import buscable, en_orden, palabras_buscadas
from tests import gente
from tests.mundos import hecho_una_vez

LISTA = reverse("kuska_instancias:personas")


@pytest.fixture
@hecho_una_vez
def gente_de_a(territorio):
    """Names with every mark, whose order on bytes is not the one of Spanish."""
    nombres = [
        ("Nélida", "Cárdenas Ponce"),
        ("Ana", "Cotrina Díaz"),
        ("Rosa Elena", "Quispe Huamán"),
        ("Ñuflo", "Ñaupari Nuñez"),
        ("Noé", "Navarro Tello"),
        ("Zoila", "Nuñez Arce"),
        ("Luz", "D’Angelo Ruiz"),
        ("Élida", "de la Cruz Ríos"),
        ("Oscar", "Orbezo Soto"),
    ]
    return {
        nombre: gente.crear_integrante(f"4510{n:04}", nombre, apellidos, celular=f"96200{n:04}")
        for n, (nombre, apellidos) in enumerate(nombres)
    }


def hallados(respuesta) -> list[str]:
    return [membresia.persona.nombres for membresia in respuesta.context["pagina"]]


@pytest.mark.parametrize(
    ("pedido", "esperados"),
    [
        ("Cardenas", ["Nélida"]),
        ("nelida", ["Nélida"]),
        ("CÁRDENAS NÉLIDA", ["Nélida"]),
        ("ponce nel", ["Nélida"]),
        ("quispe rosa", ["Rosa Elena"]),
        ("huaman  elena", ["Rosa Elena"]),
        ("Nunez", ["Zoila", "Ñuflo"]),
        ("Núñez", ["Zoila", "Ñuflo"]),
        ("ñaupari", ["Ñuflo"]),
        ("naupari", ["Ñuflo"]),
        ("d'angelo", ["Luz"]),
        ("dangelo", ["Luz"]),
        ("D´Angelo", ["Luz"]),
        ("elida", ["Nélida", "Élida"]),
        ("45100002", ["Rosa Elena"]),
        ("4510-0002", ["Rosa Elena"]),
        ("962 000 003", ["Ñuflo"]),
        ("+51 962000003", ["Ñuflo"]),
        ("quispe asiento 100601", ["Rosa Elena"]),
        ("quispe cardenas", []),
        ("%", []),
        ("_", []),
        ("Ca\u0301rdenas", ["Nélida"]),
    ],
)
def test_any_part_of_a_name_finds_it_with_accents_or_without(gente_de_a, entrar, coordinadora_a, pedido, esperados):
    assert hallados(entrar(coordinadora_a).get(LISTA, {"q": pedido})) == esperados


def test_names_stand_as_in_spanish(gente_de_a):
    assert [persona.apellidos for persona in Persona.objects.all()] == [
        "Cárdenas Ponce",
        "Cotrina Díaz",
        "D’Angelo Ruiz",
        "de la Cruz Ríos",
        "Navarro Tello",
        "Nuñez Arce",
        "Ñaupari Nuñez",
        "Orbezo Soto",
        "Quispe Huamán",
    ]


def test_a_search_that_finds_nobody_asks_to_look_again_and_not_to_register(gente_de_a, entrar, coordinadora_a):
    visto = entrar(coordinadora_a).get(LISTA, {"q": "Kardenas"}).content.decode()
    assert "No encontramos «Kardenas» en esta lista. Revise la escritura" in visto
    assert "Puede agregarlos" not in visto


def test_a_list_without_search_keeps_the_order_of_the_norm(gente_de_a, entrar, coordinadora_a):
    assert hallados(entrar(coordinadora_a).get(LISTA)) == list(gente_de_a)


@pytest.mark.parametrize(
    ("antes", "despues"),
    [
        (("Cárdenas",), ("Cotrina",)),
        (("Nuzo",), ("Ñato",)),
        (("Ñuflo",), ("Oré",)),
        (("Cruz", "Zoila"), ("Cruz Alva", "Ana")),
        (("Cruz Alva",), ("Cruzado",)),
        (("de la Cruz",), ("Díaz",)),
        (("O'Higgins",), ("Ojeda",)),
        (("Gonzales",), ("Goñi",)),
    ],
)
def test_the_place_of_a_name(antes, despues):
    assert en_orden(*antes) < en_orden(*despues)


def test_marks_case_and_form_do_not_change_what_is_found():
    assert buscable("Ñuñez", "D’Angelo  O'Higgins-Ré") == "nunez dangelo ohiggins re"
    assert palabras_buscadas("Nun\u0303ez") == palabras_buscadas("NÚÑEZ") == ["nunez"]
    assert palabras_buscadas("+51 987-654-321") == ["987654321"]


class TestEveryWriter:
    """The columns of search and order go with the name, whichever way it is written."""

    def crear(self, **campos) -> Persona:
        return Persona.objects.create(documento="45109999", nombres="Ana", apellidos="Peña", **campos)

    def comprobar(self, apellidos: str) -> None:
        persona = Persona.objects.get(documento="45109999")
        assert persona.apellidos == apellidos
        assert persona.busqueda == buscable(persona.nombres, apellidos, persona.documento, persona.celular)
        assert persona.orden_alfabetico == en_orden(apellidos, persona.nombres)

    def test_one_by_one(self, db):
        persona = self.crear(celular="987654321")
        self.comprobar("Peña")
        persona.apellidos = "Ñato"
        persona.save()
        self.comprobar("Ñato")
        persona.apellidos = "Ríos"
        persona.save(update_fields=["apellidos"])
        self.comprobar("Ríos")

    def test_a_row_read_in_part(self, db):
        self.crear()
        persona = Persona.objects.only("apellidos").get()
        persona.apellidos = "Ávila"
        persona.save()
        self.comprobar("Ávila")

    def test_many_at_once(self, db):
        Persona.objects.bulk_create([Persona(documento="45109999", nombres="Ana", apellidos="Núñez")])
        self.comprobar("Núñez")
        persona = Persona.objects.get()
        persona.apellidos = "Óré"
        Persona.objects.bulk_update([persona], ["apellidos"])
        self.comprobar("Óré")

    def test_a_whole_set_also_when_it_no_longer_answers_to_its_filter(self, db):
        self.crear()
        assert Persona.objects.filter(apellidos="Peña").update(apellidos="Cárdenas") == 1
        self.comprobar("Cárdenas")

    def test_made_or_changed(self, db):
        for apellidos in ("Álvarez", "Ubaldo"):
            Persona.objects.update_or_create(documento="45109999", defaults={"nombres": "Ana", "apellidos": apellidos})
            self.comprobar(apellidos)

    def test_made_or_changed_by_the_database(self, db):
        for apellidos in ("Álvarez", "Ubaldo"):
            Persona.objects.bulk_create(
                [Persona(documento="45109999", nombres="Ana", apellidos=apellidos)],
                update_conflicts=True,
                unique_fields=["tipo_de_documento", "documento"],
                update_fields=["apellidos"],
            )
            self.comprobar(apellidos)

    def test_what_does_not_change_a_name_costs_nothing_more(self, db, presupuesto):
        self.crear()
        with presupuesto(1):
            Persona.objects.filter(documento="45109999").update(ahorra_datos=True)


def test_institutions_and_offices_stand_in_order_too(db):
    for nombre in ("Óvalo", "Ñañas", "Nube", "Árbol", "Zorro"):
        Institucion.objects.create(nombre=nombre, sector="salud")
        Oficina.objects.create(nombre=nombre)
    en_su_lugar = ["Árbol", "Nube", "Ñañas", "Óvalo", "Zorro"]
    assert [uno.nombre for uno in Institucion.objects.all()] == en_su_lugar
    assert [uno.nombre for uno in Oficina.objects.all()] == en_su_lugar
