"""A province or a district answers the same whatever the country holds: what is of others is never read through.

The plans are those that the database chooses on a country of 1,900 districts, told only that its rows are in memory
(``random_page_cost``), as ``cms.entorno`` tells it: with so few people, reading a whole relation from a disk would be
cheaper than finding fifty rows in it, which it is not with a million.
"""

from __future__ import annotations

import datetime
import json

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cms.demo import pais_inscrito
from instancias.models import Alcance, Persona
from tests.motores import en_postgres

pytestmark = [pytest.mark.django_db]

GRANDES = {
    "kuska_certificados_certificado",
    "kuska_cursos_avance",
    "kuska_cursos_inscripcion",
    "kuska_evaluaciones_intento",
    "kuska_evaluaciones_respuesta",
    "kuska_instancias_asiento",
    "kuska_instancias_membresia",
    "kuska_instancias_persona",
}
PERSONAS = 19_000
LISTAS = ("integrantes", "terminaron", "pendientes", "sin_actividad", "ayuda", "certificadas", "este_mes", "inscritas")
LISTAS += ("asientos", "sin_persona", "completos", "alcaldias_al_dia")


@pytest.fixture(scope="module")
def pais(django_db_setup, django_db_blocker):
    """A country with its statistics: written once for all."""
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock(), transaction.atomic():
        pais_inscrito.poblar(PERSONAS, pais_inscrito.levantar())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL random_page_cost = 1.1")
        yield
        transaction.set_rollback(True)


def entrar(ubigeo: str) -> Client:
    cuenta = get_user_model().objects.create_user(username=f"de-{ubigeo}", password=None)
    Alcance.objects.create(cuenta=cuenta, territorio_id=ubigeo, desde=timezone.localdate())
    cliente = Client()
    cliente.force_login(cuenta)
    return cliente


def leidas_enteras(cliente: Client, direccion: str) -> list[str]:
    """The big relations that some statement of a page reads whole."""
    hechas: list[tuple[str, tuple]] = []

    def anotar(ejecutar, sql, parametros, muchos, contexto):
        if sql.lstrip(" (\n").startswith("SELECT"):
            hechas.append((sql, parametros))
        return ejecutar(sql, parametros, muchos, contexto)

    cache.clear()
    with connection.execute_wrapper(anotar):
        assert cliente.get(direccion).status_code == 200
    enteras = []
    with connection.cursor() as cursor:
        for sql, parametros in hechas:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parametros)
            plan = cursor.fetchone()[0]
            enteras += [
                f"{una}: {sql[:2000]}"
                for una in _enteras((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
            ]
    assert len(hechas) > 4
    return enteras


def _enteras(nodo: dict) -> list[str]:
    """By sequence, or through an index without saying which part of it."""
    de_un_indice = nodo["Node Type"] in ("Index Scan", "Index Only Scan") and "Index Cond" not in nodo
    grande = nodo.get("Relation Name") in GRANDES
    suyas = [nodo["Relation Name"]] if grande and (nodo["Node Type"] == "Seq Scan" or de_un_indice) else []
    return suyas + [una for hijo in nodo.get("Plans", ()) for una in _enteras(hijo)]


@en_postgres
def test_no_page_of_a_province_or_of_a_district_reads_the_country(pais):
    antes = timezone.localdate() - datetime.timedelta(days=40)
    curso = pais_inscrito.la_edicion().curso.numero
    persona = Persona.objects.filter(inscripciones__territorio="300101").earliest("pk")
    fechadas = ["/panel?", "/panel/mapa?", "/panel/distrito/300101?", f"/panel/curso/{curso}?"]
    fechadas += [f"/panel/lista?ver={ver}&" for ver in LISTAS]
    direcciones = [*fechadas, *(f"{una}al={antes}" for una in fechadas), "/panel/metas", f"/panel/persona/{persona.pk}"]
    direcciones += ["/panel/recordar", "/panel/recordar?motivo=vacante", "/panel/recordar?motivo=detenido"]
    provincia, distrito = entrar("3001"), entrar("300101")
    faltas = {una: leidas for una in direcciones if (leidas := leidas_enteras(provincia, una))}
    faltas |= {f"distrito, {una}": leidas for una in direcciones if (leidas := leidas_enteras(distrito, una))}
    assert faltas == {}
