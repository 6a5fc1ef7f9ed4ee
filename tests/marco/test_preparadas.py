"""Statements written once say what Django would write anew, for any values, on any day, on both engines."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import NotSupportedError, connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail import hooks

from certificados.consultas import verificacion
from cursos import clases
from cursos.clases.leccion.unidad import LeccionComoUnidad
from cursos.consultas import acceso, calendario, inicio, recorrido, siguiente
from cursos.decida import quien_pregunta
from cursos.models import Inscripcion
from cursos.services import avance, contadores, mudanza, paquetes, publicacion, sombras, versiones
from cursos.views.aula import PorAvisar
from evaluaciones.consultas import aplicacion, ensayos
from evaluaciones.consultas.situacion import lo_intentado
from evaluaciones.services import avisos, envio, intentos
from instancias import contacto, politica
from instancias.acceso import autenticacion, novedades
from instancias.acceso.services import frenos
from instancias.models import Persona
from marco import sesiones
from marco.literales import escribir
from marco.models import ajustes
from marco.preparadas import ANCHOS, MAYOR, PREPARADAS, CambioPreparado, CambioQueDice, Preparada
from tests.evaluaciones.factories import ProgramaConEvaluacion

pytestmark = pytest.mark.django_db

HOY, AHORA = datetime.date(2026, 3, 2), datetime.datetime(2026, 3, 2, 15, 4, 5, 678, tzinfo=datetime.UTC)
OTRO = {"hoy": datetime.date(2031, 12, 31), "ahora": datetime.datetime(2031, 12, 31, 23, 59, tzinfo=datetime.UTC)}
NUMEROS = (1, 31_001, 40_000, 3_000_000_000)


def por_avisar() -> PorAvisar:
    return PorAvisar(tuple(hooks.get_hooks("hay_avisos_del_aula")))


def casos() -> dict[Any, list[dict[str, Any]]]:
    """Each question with the values that change what it says."""
    lugar = {"persona": 1, "curso": 1, "hoy": HOY}
    de_la_unidad = {**lugar, "unidad": 3}
    de_la_inscripcion = {"inscripcion": 1, "unidad": 2, "ahora": AHORA, "hoy": HOY, "siguiente": 3}
    vistas: list[dict[str, Any]] = [
        {"paso": None, "lugar": None, "empezada": True},
        {"paso": None, "lugar": None, "empezada": False},
        {"paso": " un%_paso ", "lugar": 4, "empezada": False},
    ]
    return {
        ajustes.con_los_nombres_de_sus_lineas: [{}],
        politica.lugares_a_cargo_de: [{"cuenta": 1, "hoy": HOY}],
        verificacion.con_este_codigo: [{"codigo": "un%_código"}],
        aplicacion.unidad_de_aplicacion: [{"curso": 1}],
        autenticacion.permisos_de: [{"cuenta": 1, "por_grupos": cual, "hoy": HOY} for cual in (True, False)],
        autenticacion.con_este_documento: [{"documento": "40%_00001", "hoy": HOY}],
        autenticacion.con_el_documento_de_otro: [{"documento": "40%_00001", "hoy": HOY}],
        autenticacion.con_este_nombre: [{"nombre": "un%_nombre", "hoy": HOY}],
        novedades.enlaces_de_otros: [{"persona": 1, "cuenta": 2, "desde": AHORA}],
        contacto.lugar_donde_se_sienta: [{"persona": 1, "hoy": HOY}],
        contacto.oficina_de_uno: [{"hoy": HOY, "l6": "100601", "l4": "1006", "l2": "10"}, {"hoy": HOY, "l2": "10"}],
        contacto.oficina_de_adentro: [{"hoy": HOY, "ubigeo": "10%06"}],
        frenos.frenos_de: [{"con_llave": cual, "h0": "un%a", "h1": "otra", "h2": "más"} for cual in (True, False)],
        frenos.frenos_contados: [
            {"pk0": 1, "fallos0": 3, "ultimo_en0": AHORA, "espera_hasta0": None},
            {"pk0": 1, "fallos0": 3, "ultimo_en0": AHORA, "espera_hasta0": AHORA}
            | {"pk1": 2, "fallos1": 4, "ultimo_en1": AHORA, "espera_hasta1": None},
        ],
        autenticacion.cuenta_numero: [{"numero": 1, "hoy": HOY}],
        autenticacion.cuenta_con_su_sesion: [{"numero": 1, "llave": "una-llave", "ahora": AHORA, "hoy": HOY}],
        sesiones.sesion_con: [{"llave": "una-llave", "ahora": AHORA}],
        inicio.inscripciones_de: [{"persona": 1, "hoy": HOY}],
        calendario.encuentro_que_sigue: [{"persona": 1, "hoy": HOY}],
        inicio.codigos_de_sus_asientos: [{"persona": 1, "hoy": HOY}],
        recorrido.avances_de: [{"inscripcion": 1}],
        siguiente.unidades_terminadas: [{"inscripcion": 1}],
        intentos.intento_tomado: [
            {"persona": 1, "clave": uuid.UUID(int=7), "curso": None, "unidad": None, "ademas": None},
            {"persona": 1, "clave": uuid.UUID(int=7), "curso": 2, "unidad": 3, "ademas": None},
            {"persona": 1, "clave": uuid.UUID(int=7), "curso": 2, "unidad": 3, "ademas": envio.por_decir},
        ],
        avisos.por_decir: [{"persona": 1, "ahora": AHORA}],
        ensayos.ensayados: [
            {"inscripcion": 1, "unidad": None, "paso": None},
            {"inscripcion": 1, "unidad": 2, "paso": "un %_paso"},
        ],
        paquetes.llegados_antes: [{f"i{n}": uuid.UUID(int=7 + n) for n in range(cuantos)} for cuantos in (1, 8)],
        avance.avance_en: [{"inscripcion": 1, "unidad": 2}],
        avance.tomar_inscripcion: [
            {**de_la_inscripcion, **vista, "a_tiempo": a_tiempo, "es_ruta": es_ruta}
            for vista in vistas
            for a_tiempo in (True, False)
            for es_ruta in (True, False)
        ],
        avance.cerrar_avance: [
            {"inscripcion": 1, "unidad": 2, "ahora": AHORA, "paso": 3, "vistos": vistos}
            for vistos in (None, " un%_paso ")
        ],
        avance.anotar_visto: [{"avance": 1, "vistos": " un%_paso ", "paso": 3}],
        contadores.contada_o_cerrada: [{"inscripcion": 1, "ahora": AHORA}],
        contadores.contadas_donde_no_se_ve: [{"curso": 1}],
        mudanza.pedidas_de_una_version: [{"version": 1}],
        mudanza.contadas_de_una_version: [{"version": 1}],
        versiones.versiones_de: [{"curso": 1}],
        versiones.lo_que_piden_las_de: [{"curso": 1}],
        versiones.en_uso_en: [{"curso": 1}],
        sombras.unidades_de: [{"curso": 1}],
        sombras.paginas_de_adentro: [{"camino": "0001_%0002", "hondo": 2}],
        publicacion.unidad_de_pagina: [{"curso": 1, "pagina": 2}],
        publicacion.curso_de_pagina: [{"pagina": 1}],
        publicacion.curso_tomado: [
            {"pagina": 1, "titulo": "un %_título", "a_la_vista": a_la_vista, "ahora": AHORA}
            for a_la_vista in (True, False)
        ],
        envio.enviado: [
            {"intento": 1, "enviado_en": AHORA, "recibo": "un%_recibo", "codigo_de_recibo": "C0", **nota}
            for nota in (
                {"nota": "calificada", "puntos": Decimal("7.25"), "aprobado": True},
                {"nota": "por_calificar", "puntos": None, "aprobado": None},
            )
        ],
        acceso.inscripcion_al_curso: [
            {**lugar, "ademas": None, "ahora": None},
            {**lugar, "ademas": por_avisar(), "ahora": AHORA},
        ],
        acceso.inscripcion_a_la_unidad: [
            {**de_la_unidad, "ademas": None},
            {**de_la_unidad, "ademas": lo_intentado},
            {**de_la_unidad, "ademas": quien_pregunta().ademas},
            {**de_la_unidad, "ademas": quien_pregunta().ademas_al_empezar},
        ],
    }


def test_each_question_has_its_cases_here():
    de_las_pruebas = {una for una in PREPARADAS if una.__module__.startswith("tests.")}
    assert set(casos()) == set(PREPARADAS) - de_las_pruebas


def escrita(una: Any, valores: dict[str, Any]) -> tuple[str, list[str]]:
    """What it asks the database with these values."""
    with _escuchada() as dichas:
        una(**valores)
    return dichas[-1]


class _escuchada:
    """The statements and parameters that are sent meanwhile."""

    def __enter__(self) -> list[tuple[str, list[str]]]:
        self.dichas: list[tuple[str, list[str]]] = []

        def oir(ejecutar, sql, params, many, contexto):
            self.dichas.append(_entera(sql, params))
            return ejecutar(sql, params, many, contexto)

        self.puesta = connection.execute_wrapper(oir)
        self.puesta.__enter__()
        return self.dichas

    def __exit__(self, *error: Any) -> None:
        self.puesta.__exit__(*error)


def _entera(sql: str, params: Any) -> tuple[str, list[str]]:
    """The statement with its texts in it, whoever put them there, and what goes apart."""
    escrita, quedan = escribir(sql, params, ())
    return escrita, [f"{_ancho(params[lugar])} {params[lugar]}" for lugar in quedan]


def _ancho(valor: Any) -> str:
    """Its type; of a number that its width would cut, the widest: Django writes its digits, whatever it is called."""
    clase = type(valor).__name__
    return "Int8" if abs(valor if clase in ANCHOS else 0) > ANCHOS.get(clase, 0) else clase


def test_each_says_what_django_writes_anew_with_any_values():
    for una, de_ella in casos().items():
        for valores in de_ella:
            una(**valores)  # written with these, asked with others
            for numero in NUMEROS:
                otros = {clave: _otro(clave, valor, numero) for clave, valor in valores.items()}
                for pedidos in (otros, {**otros, **{c: v for c, v in OTRO.items() if otros.get(c) is not None}}):
                    if _cabe(una, pedidos):
                        assert escrita(una, pedidos) == _de_nuevo(una, pedidos), (una.__name__, pedidos)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite no planea aparte.")
def test_postgresql_reads_each_of_them_once_and_whoever_records_statements_sees_them_whole():
    for una, de_ella in casos().items():
        for _vez in range(2):
            una(**de_ella[0])
        with CaptureQueriesContext(connection) as captura:
            una(**de_ella[0])
        [dicha] = [fila["sql"] for fila in captura if "SAVEPOINT" not in fila["sql"]]
        assert "%s" not in dicha and "$1" not in dicha, una.__name__
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] >= len(casos())


def _otro(clave: str, valor: Any, numero: int) -> Any:
    """Another number, but for the places of a lesson, which are never many."""
    return valor if type(valor) is not int else numero % 30_000 if clave in {"lugar", "siguiente", "paso"} else numero


def _de_nuevo(una: Any, valores: dict[str, Any]) -> tuple[str, list[str]]:
    with _escuchada() as dichas:
        _a_la_antigua(una, valores)
    dicha, parametros = dichas[-1]
    return (f'{dicha} RETURNING "{una.columna}"' if isinstance(una, CambioQueDice) else dicha), parametros


def _a_la_antigua(una: Any, valores: dict[str, Any]) -> None:
    if isinstance(una, CambioPreparado):
        filas, cambios = una.construir(**valores)
        filas.update(**cambios)
    else:
        list(una.construir(**valores))


def _cabe(una: Any, valores: dict[str, Any]) -> bool:
    """Django asks nothing for a number that no column holds; the question asks, and finds nobody."""
    with _escuchada() as dichas:
        _a_la_antigua(una, valores)
    return bool(dichas)


def test_a_number_of_an_address_that_no_column_holds_finds_nobody(integrante):
    suya = {"persona": integrante.pk, "curso": 1, "hoy": HOY}
    for numero in (*NUMEROS, MAYOR, MAYOR + 1, 10**30):
        del_curso = {**suya, "curso": numero, "ademas": por_avisar(), "ahora": AHORA}
        assert acceso.inscripcion_al_curso.primera(**del_curso) is None
        for ademas in (None, lo_intentado):
            assert acceso.inscripcion_a_la_unidad.primera(**suya, unidad=numero, ademas=ademas) is None


def test_a_number_that_a_column_cuts_short_is_nobody_else_s(integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    programa.inscribir(integrante)
    curso, unidad = programa.curso.numero, programa.unidad_evaluada.numero
    suya = {"persona": integrante.pk, "hoy": timezone.localdate(), "ademas": None}
    assert acceso.inscripcion_a_la_unidad.primera(**suya, curso=curso, unidad=unidad).la_unidad is not None
    for vuelta in (2**16, 2**32, 2**33, 2**63, 2**64):
        assert acceso.inscripcion_al_curso.primera(**suya, curso=vuelta + curso, ahora=None) is None
        for otra in ({"curso": vuelta + curso, "unidad": unidad}, {"curso": curso, "unidad": vuelta + unidad}):
            hallada = acceso.inscripcion_a_la_unidad.primera(**suya, **otra)
            assert getattr(hallada, "la_unidad", None) is None, otra
    with pytest.raises(OverflowError):
        contadores.contada_o_cerrada(inscripcion=2**64, ahora=AHORA)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite no planea aparte.")
@pytest.mark.django_db(transaction=True)
def test_a_connection_whose_plans_are_of_other_columns_is_used_no_more():
    valores = {"llave": "una-llave", "ahora": AHORA}
    for _vez in range(3):
        sesiones.sesion_con(**valores)
    cambiar = "ALTER TABLE django_session ALTER COLUMN session_data TYPE {}"
    otra = connection.copy()  # the driver lets go of its plans when it is the one that changes the columns
    with otra.cursor() as cursor:
        cursor.execute(cambiar.format("varchar"))
    otra.close()
    try:
        with pytest.raises(NotSupportedError, match="cached plan"):
            sesiones.sesion_con(**valores)
        assert sesiones.sesion_con(**valores) == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute(cambiar.format("text"))


def test_the_rows_are_those_of_django_with_what_they_join(django_user_model, integrante):
    suya = autenticacion.cuenta_numero.primera(numero=integrante.cuenta.pk, hoy=HOY)
    otra = autenticacion.cuenta_numero.construir(numero=integrante.cuenta.pk, hoy=HOY).get()
    assert suya == otra and type(suya) is django_user_model
    assert {**suya.__dict__, "_state": 0} == {**otra.__dict__, "_state": 0}
    assert suya._state.db == otra._state.db and not suya._state.adding
    with _escuchada() as dichas:
        assert suya.persona == integrante and suya.persona.nombres == integrante.nombres
    assert not dichas


def test_what_depends_on_its_values_in_another_way_is_refused():
    def del_que_toca(*, numero: int) -> Any:
        return Persona.objects.filter(activa=True) if numero % 2 else Persona.objects.filter(activa=False)

    def al_doble(*, numero: int) -> Any:
        return Persona.objects.filter(pk=numero * 2)

    def en_mayusculas(*, texto: str) -> Any:
        return Persona.objects.filter(nombres=texto.upper())

    for construir, valores in ((al_doble, {"numero": 4}), (en_mayusculas, {"texto": "ana"})):
        with pytest.raises(TypeError, match="worked out"):
            Preparada(construir, se_anota=False)(**valores)
    preparada = Preparada(del_que_toca, se_anota=False)  # the same text with other constants: only the cases above tell
    assert escrita(preparada, {"numero": 31}) == _de_nuevo(preparada, {"numero": 31})
    assert escrita(preparada, {"numero": 30}) != _de_nuevo(preparada, {"numero": 30})


def test_texts_instants_and_what_is_so_many_days_away_find_their_places(integrante):
    def una(*, texto: str, clave: uuid.UUID, ahora: datetime.datetime, hoy: datetime.date) -> Any:
        return Inscripcion.objects.filter(
            persona__nombres=texto,
            creada_en__gte=ahora - datetime.timedelta(days=3, minutes=1),
            creada_en__lt=ahora,
            hasta__gt=hoy + datetime.timedelta(days=2),
            intentos__clave=clave,
        ).annotate(dicho=Concat(Value("de "), F("persona__nombres"), output_field=CharField()))

    preparada = Preparada(una, se_anota=False)
    for n in range(3):
        valores = {
            "texto": f"Rosa {n} %s",
            "clave": uuid.UUID(int=n),
            "ahora": timezone.now() - datetime.timedelta(hours=n),
            "hoy": HOY + datetime.timedelta(days=n),
        }
        assert escrita(preparada, valores) == _de_nuevo(preparada, valores)


def test_a_kind_that_is_registered_or_forgotten_is_asked_for_at_once():
    valores = {"persona": 1, "curso": 1, "unidad": 3, "hoy": HOY, "ademas": lo_intentado}
    antes = escrita(acceso.inscripcion_a_la_unidad, valores)
    leccion = clases.clase_de("leccion")
    assert type(leccion) is LeccionComoUnidad
    clases.olvidar("leccion")
    try:
        assert escrita(acceso.inscripcion_a_la_unidad, valores) == _de_nuevo(acceso.inscripcion_a_la_unidad, valores)
        assert escrita(acceso.inscripcion_a_la_unidad, valores) != antes
    finally:
        clases.registrar(leccion)
    assert escrita(acceso.inscripcion_a_la_unidad, valores) == antes
