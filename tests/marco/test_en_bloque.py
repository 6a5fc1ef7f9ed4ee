"""Rows written by the thousand are those that one would write by one."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cursos.models import Paquete
from instancias.models import FilaDePadron, ImportacionDePadron, Institucion, Persona
from marco.en_bloque import actualizar, crear, insertar, insertar_una

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


def test_one_row_is_the_one_that_saving_it_would_write_with_its_number():
    campos = [campo.attname for campo in Persona._meta.concrete_fields if not campo.primary_key]
    nueva = Persona(documento="40000101", tipo_de_documento="dni", nombres="Rosa", apellidos="Quispe")
    guardada = Persona.objects.create(documento="40000102", tipo_de_documento="dni", nombres="Rosa", apellidos="Quispe")
    for campo in campos:
        if campo != "documento":
            setattr(nueva, campo, getattr(guardada, campo))
    numero = insertar_una(Persona, campos, [getattr(nueva, campo) for campo in campos])
    assert valores(numero) == {**valores(guardada.pk), "documento": "40000101"}
    with pytest.raises(IntegrityError), transaction.atomic():
        insertar_una(Persona, campos, [getattr(nueva, campo) for campo in campos])


def test_a_row_that_is_single_and_is_there_stays_and_any_other_rule_is_a_rule():
    suyo = {
        "identificador": uuid.UUID(int=7),
        "persona": Persona.objects.create(documento="40000101", nombres="Rosa", apellidos="Quispe").pk,
        "clase": "respuesta",
        "lugar": "1/2",
        "huella": "h",
        "estado": Paquete.Estado.APLICADO,
        "motivo": "",
        "mensaje": "el primero",
        "datos": None,
        "recibido_en": timezone.now(),
    }
    for mensaje in ("el primero", "el segundo"):
        insertar(Paquete, tuple(suyo), [tuple({**suyo, "mensaje": mensaje}.values())], las_que_falten=True)
    assert [*Paquete.objects.values_list("mensaje", flat=True)] == ["el primero"]
    with pytest.raises(IntegrityError), transaction.atomic():
        sin_motivo = {**suyo, "identificador": uuid.UUID(int=8), "estado": Paquete.Estado.SIN_APLICAR}
        insertar(Paquete, tuple(sin_motivo), [tuple(sin_motivo.values())], las_que_falten=True)


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
