"""Rows written by the thousand are those that one would write by one."""

from __future__ import annotations

import pytest
from django.utils import timezone

from instancias.models import FilaDePadron, ImportacionDePadron, Institucion, Persona
from marco.en_bloque import actualizar, crear, insertar

pytestmark = pytest.mark.django_db
CAMPOS = ("documento", "tipo_de_documento", "nombres", "apellidos", "celular")
PERSONAS = [
    ("40000101", "dni", "Nélida", "Ñaupari  O’Higgins", "987654321"),
    ("001234567", "ce", "Ana", "de la Cruz", ""),
    ("40000303", "dni", "Zoila", "Müller", ""),
]


def valores(pk: int) -> dict:
    return {c: v for c, v in Persona.objects.filter(pk=pk).values().get().items() if c not in ("id", "creada_en")}


def test_new_rows_have_what_a_new_object_has_and_their_numbers_in_order():
    antes = timezone.now()
    numeros = crear(Persona, CAMPOS, iter(PERSONAS))
    for numero, fila in zip(numeros, PERSONAS, strict=True):
        en_bloque = valores(numero)
        assert antes <= Persona.objects.get(pk=numero).creada_en <= timezone.now()
        Persona.objects.filter(pk=numero).delete()
        assert en_bloque == valores(Persona.objects.create(**dict(zip(CAMPOS, fila, strict=True))).pk)
    assert crear(Institucion, ("nombre", "sector"), []) == []


def test_rows_that_another_act_wrote_first_stay_as_they_are_and_give_no_number():
    suya = Persona.objects.create(documento="001234567", tipo_de_documento="ce", nombres="Otra", apellidos="Ríos")
    numeros = crear(Persona, CAMPOS, PERSONAS, las_que_falten=True)
    suya.refresh_from_db()
    assert suya.nombres == "Otra" and suya.pk not in numeros and Persona.objects.count() == 3
    assert [Persona.objects.get(pk=numero).documento for numero in numeros] == ["40000101", "40000303"]


def test_a_name_that_is_none_is_not_written_by_the_thousand_either():
    with pytest.raises(Exception, match="signo"):
        crear(Persona, CAMPOS, [("40000101", "dni", "<b>Rosa</b>", "Quispe", "")])


def test_rows_are_changed_each_to_its_values_and_all_to_one():
    importacion = ImportacionDePadron.objects.create(archivo="a", esquema="inei", subida_en=timezone.now())
    campos = ("importacion", "orden", "fila", "cruda", "problemas", "documento", "persona")
    resto = ("hoja", "leida", "accion", "detalles", "motivos", "aceptados", "estado", "territorio", "tipo", "version")
    de_mas = ["", {}, "", [], "", [], "por_revisar", "", "", 0, {}]
    filas = [[importacion.pk, n, n, {"á": [n]} if n else {}, [], str(n), n or None, *de_mas] for n in range(3)]
    insertar(FilaDePadron, (*campos, *resto, "hecho"), filas)
    numeros = list(importacion.filas.order_by("orden").values_list("pk", flat=True))
    cambios = [(pk, {"membresia": pk}, None) for pk in numeros[1:]]
    actualizar(FilaDePadron, ("hecho", "persona"), cambios, iguales={"cruda": {}, "estado": "guardada"})
    vistas = list(importacion.filas.order_by("orden").values_list("cruda", "estado", "documento", "persona", "hecho"))
    guardadas = [({}, "guardada", str(n), None, {"membresia": numeros[n]}) for n in (1, 2)]
    assert vistas == [({}, "por_revisar", "0", None, {}), *guardadas]
