"""Two at the same moment at the door, with real threads on a real database."""

from functools import partial

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias import padron
from instancias.acceso.services.claves import crear_clave
from instancias.acceso.services.cuenta import confirmar_datos
from instancias.acceso.services.enlaces import (
    EnlaceCreado,
    EnlaceError,
    EnlaceVivo,
    anular_enlaces,
    consumir_enlace,
    crear_enlace,
    mirar_enlace,
)
from instancias.acceso.services.entrada import autenticar
from instancias.models import Asiento, Consentimiento, EnlaceDeAcceso, Institucion, Membresia, Persona
from instancias.politica import AlcanceEfectivo
from instancias.services import personas
from instancias.services.asientos import abrir_asiento
from tests import gente
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.instancias.hojas import fila, hoja

pytestmark = pytest.mark.django_db(transaction=True)
VECES = 6


@pytest.mark.parametrize("con_cuenta", [True, False])
def test_two_touches_of_one_link_let_one_in(integrante, coordinadora_a, con_cuenta):
    if not con_cuenta:
        Persona.objects.filter(pk=integrante.pk).update(cuenta=None)
    for _vez in range(VECES if con_cuenta else 1):
        persona = Persona.objects.get(pk=integrante.pk)
        token = crear_enlace(persona=persona, por=coordinadora_a, ahora=timezone.now()).token
        salidas = a_la_vez(*[lambda token=token: consumir_enlace(token=token, ahora=timezone.now())] * 2)
        assert sorted(isinstance(salida, EnlaceError) for salida in salidas) == [False, True], salidas


def test_two_clicks_make_one_link_and_neither_kills_it(integrante, coordinadora_a):
    for _vez in range(VECES):
        anular_enlaces(persona=integrante, ahora=timezone.now())
        salidas = a_la_vez(
            *[lambda: crear_enlace(persona=integrante, por=coordinadora_a, ahora=timezone.now(), reemplaza=False)] * 2
        )
        assert sorted(isinstance(salida, EnlaceVivo) for salida in salidas) == [False, True], salidas
        (hecho,) = [salida for salida in salidas if isinstance(salida, EnlaceCreado)]
        assert mirar_enlace(token=hecho.token, ahora=timezone.now()) == integrante


def asiento_libre(orden=5, corto="Salud"):
    return gente.crear_asiento(gente.DISTRITO_A, orden=orden, corto=corto)


def registrar(asiento, documento="40000777", **otros):
    return personas.registrar_persona(
        **{
            "documento": documento,
            "nombres": "Nélida",
            "apellidos": "Tello Ponce",
            "celular": "",
            "asiento": asiento,
            "calidad": "titular",
            "designacion": "",
            "institucion": "Centro de salud nuevo",
            "alcance": AlcanceEfectivo((gente.PROVINCIA,)),
            "por": None,
            "ahora": timezone.now(),
            **otros,
        }
    )


def test_a_person_registered_sixteen_times_at_once_is_one_person_on_one_seat(territorio):
    asiento = asiento_libre()
    Asiento.objects.update(institucion=None)
    salidas = a_la_vez(*[lambda: registrar(Asiento.objects.get(pk=asiento.pk))] * 16)
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert len({salida.pk for salida in salidas}) == 1
    assert Persona.objects.filter(documento="40000777").count() == 1
    assert Membresia.objects.filter(asiento=asiento).count() == 1
    assert Institucion.objects.filter(nombre="Centro de salud nuevo").count() == 1
    assert ModelLogEntry.objects.filter(action="instancias.registrar").count() == 1


def test_two_people_for_one_seat_at_once_leave_one_and_tell_the_other(territorio):
    asiento = asiento_libre()
    salidas = a_la_vez(*[lambda n=n: registrar(asiento, documento=f"4000080{n}") for n in range(6)])
    rechazadas = [salida for salida in salidas if isinstance(salida, Exception)]
    assert [error.codigo for error in rechazadas] == ["asiento_ocupado"] * 5, rechazadas
    assert Membresia.objects.filter(asiento=asiento).count() == 1
    assert Persona.objects.filter(documento__startswith="4000080").count() == 1


def test_two_sheets_of_the_same_people_saved_at_once_write_them_once(provincia, coordinadora_a):
    asientos = ("IDC-01", "IDC-03", "IDC-05", "IDC-06", "IDC-09", "IDC-10")
    filas = [
        fila(DNI=f"4000210{n}", Apellidos=f"Tello {letra}", Asiento=asiento, Institución=f"Organización {letra}")
        for n, (letra, asiento) in enumerate(zip("ABCDEF", asientos, strict=True))
    ]
    importaciones = [
        padron.revisar(
            nombre="lista.xlsx",
            contenido=hoja(*(filas if vez % 2 else reversed(filas))),
            esquema="inei",
            alcance=AlcanceEfectivo((gente.PROVINCIA,)),
            por=coordinadora_a,
            ahora=timezone.now(),
        )
        for vez in range(4)
    ]

    def confirmar(importacion):
        alcance = AlcanceEfectivo((gente.PROVINCIA,))
        return lambda: padron.confirmar(importacion_id=importacion.pk, alcance=alcance, ahora=timezone.now())

    salidas = a_la_vez(*[confirmar(importacion) for importacion in importaciones])
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert sum(salida["crear"] for salida in salidas) == Membresia.objects.count() == 6
    assert Persona.objects.filter(documento__startswith="400021").count() == 6
    assert Institucion.objects.filter(nombre__startswith="Organización").count() == 6


def test_one_review_saved_twice_at_once_is_saved_once(provincia, coordinadora_a):
    alcance = AlcanceEfectivo((gente.PROVINCIA,))
    datos = {"nombre": "lista.xlsx", "contenido": hoja(fila()), "esquema": "inei"}
    una = padron.revisar(**datos, alcance=alcance, por=coordinadora_a, ahora=timezone.now())
    acto = partial(padron.confirmar, importacion_id=una.pk, alcance=alcance, ahora=timezone.now())
    salidas = a_la_vez(*[acto] * 4)
    assert sorted(getattr(salida, "codigo", "guardada") for salida in salidas) == ["guardada"] + ["ya_decidida"] * 3


def test_the_same_person_entering_from_many_phones_at_once_enters(integrante):
    clave = "phone-48-horas"
    integrante.cuenta.set_password(clave)
    integrante.cuenta.save()

    def entrar(n):
        datos = {"identificador": integrante.documento, "clave": clave, "ip": "10.0.0.9"}
        return lambda: autenticar(**datos, ahora=timezone.now())

    for _vez in range(4):
        # Those that count before the first one is right wait a little, in words; none of them falls.
        salidas = a_la_vez(*[entrar(n) for n in range(5)])
        assert [salida for salida in salidas if isinstance(salida, Exception)] == []


@pytest.mark.parametrize("acto", ["consentimiento", "enlace", "clave", "asiento"])
def test_what_a_person_does_twice_at_once_is_done_once(acto, integrante, coordinadora_a):
    asiento = asiento_libre()
    ahora, alcance = timezone.now(), AlcanceEfectivo((gente.PROVINCIA,))
    actos = {
        "consentimiento": lambda: confirmar_datos(persona=integrante, version="9", texto="Sí", ahora=ahora),
        "enlace": lambda: crear_enlace(persona=integrante, por=coordinadora_a, ahora=ahora),
        "clave": lambda: crear_clave(cuenta=integrante.cuenta, clave="4826 1935", ahora=ahora),
        "asiento": lambda: abrir_asiento(
            asiento=Asiento(instancia=asiento.instancia, tipo=asiento.tipo, numero=1), alcance=alcance
        ),
    }
    salidas = a_la_vez(*[actos[acto]] * 8)
    assert [salida for salida in salidas if isinstance(salida, Exception)] == []
    assert Consentimiento.objects.filter(version="9").count() <= 1
    assert EnlaceDeAcceso.objects.filter(usado_en=None, anulado_en=None).count() <= 1
