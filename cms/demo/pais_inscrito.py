"""A whole country that takes a course, written by the database itself: the same rows each time, a million in a minute.

Names, days and how far each one is follow from the number of the person. One of a hundred sits at two tables, one seat
of twenty is empty, three of ten finished, three are under way, and one of fifty of these failed twice.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Count
from django.utils import timezone

from certificados.models import Certificado
from cursos.clases import leccion
from cursos.models import Avance, Edicion, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from evaluaciones import unidad as evaluacion
from evaluaciones.models import Intento, Respuesta, VersionDePregunta
from instancias.models import Alcance, Asiento, Instancia, Membresia, Persona, Territorio, TipoDeAsiento
from instancias.services.territorio import cargar_tipos_de_asiento
from seguimiento.models import CambioDeInstancia, MarcaDeContador, PersonaEnVarias

from .pais import nombre_inventado

DEPARTAMENTOS = tuple(str(codigo) for codigo in range(30, 55))  # nobody's
DISTRITOS = 1900
POR_PROVINCIA = 10
LECCIONES, DIAS = 8, 120
TERMINARON, EMPEZARON = 3, 6  # of ten people
NOMBRE = "Del país"
CADA_DOBLE, CADA_VACANTE = 100, 20
PRIMERO = 1_000_001  # number of the first seat, person and enrolment
FALLAN = 17  # one of so many of those under way
DIA = 86_400


def levantar(distritos: int = DISTRITOS) -> Edicion:
    """Write the territory, a table for each place, and a course that is open to all of it since four months ago."""
    cargar_tipos_de_asiento()
    territorios, por_departamento = [], -(-distritos // len(DEPARTAMENTOS))
    for lugar, codigo in enumerate(DEPARTAMENTOS):
        cuantos = min(por_departamento, distritos - lugar * por_departamento)
        if cuantos <= 0:
            break
        territorios.append(Territorio(ubigeo=codigo, nivel="departamento", nombre=f"Departamento {codigo}"))
        for n in range(cuantos):
            provincia = f"{codigo}{n // POR_PROVINCIA + 1:02d}"
            numero = lugar * por_departamento + n
            if n % POR_PROVINCIA == 0:
                nombre = f"Provincia {nombre_inventado(numero)}"
                territorios.append(Territorio(ubigeo=provincia, nivel="provincia", nombre=nombre))
            ubigeo = f"{provincia}{n % POR_PROVINCIA + 1:02d}"
            nombre = f"Distrito {nombre_inventado(numero)}"
            territorios.append(Territorio(ubigeo=ubigeo, nivel="distrito", nombre=nombre))
    Territorio.objects.bulk_create(territorios)
    Instancia.objects.bulk_create(
        Instancia(nivel="distrital" if uno.nivel == "distrito" else "provincial", territorio=uno)
        for uno in territorios
        if uno.nivel != "departamento"
    )
    return _abrir_curso([uno for uno in territorios if uno.nivel == "departamento"])


def _abrir_curso(departamentos: list[Territorio]) -> Edicion:
    ahora = timezone.now()
    curso = Unidad.objects.create(clase="curso", numero=1 + Unidad.objects.filter(curso=None).count(), titulo="Curso")
    version = VersionDeCurso.objects.create(
        curso=curso, numero=1, titulo=curso.titulo, horas=24, huella="pais", creada_en=ahora
    )
    for orden in range(1, LECCIONES + 2):
        final = orden > LECCIONES
        unidad = Unidad.objects.create(
            clase=evaluacion.CLAVE if final else leccion.CLAVE,
            variante="final" if final else "",
            curso=curso,
            numero=orden,
            orden=orden,
            titulo="Evaluación" if final else f"Lección {orden}",
            modulo=f"Módulo {1 + (orden - 1) // 3}",
            clave_del_modulo=1 + (orden - 1) // 3,
        )
        RequisitoDeVersion.objects.create(version=version, unidad=unidad, orden=orden)
    alternativas = [
        {"clave": letra, "texto": letra, "correcta": letra == "sí", "explicacion": "Por esto."}
        for letra in ("sí", "no")
    ]
    VersionDePregunta.objects.create(
        clave=uuid.UUID(int=1),
        numero=1,
        evaluacion=unidad,
        huella="pais",
        contenido={"tipo": "una", "texto": "¿Qué corresponde?", "alternativas": alternativas},
        creada_en=ahora,
    )
    edicion = Edicion.objects.create(
        curso=curso, nombre=NOMBRE, inicia=timezone.localdate() - datetime.timedelta(days=DIAS)
    )
    edicion.territorios.set(departamentos)
    return edicion


def la_edicion() -> Edicion:
    return Edicion.objects.select_related("curso").get(nombre=NOMBRE)


@dataclass(frozen=True)
class _Plan:
    """How many of each thing there are. Seats come in a row: those of one district, then those of the next one."""

    edicion: Edicion
    version: int
    final: int
    pregunta: int
    distritos: int
    tipos: int
    cuantas: int

    @property
    def con_gente(self) -> int:
        return -(-self.cuantas // self.distritos) // 2 + 1

    @property
    def para_quienes_repiten(self) -> int:
        return self.con_gente + 1 + self.con_gente // CADA_VACANTE

    @property
    def sillas(self) -> int:
        return self.para_quienes_repiten + 1 + self.cuantas // self.distritos // CADA_DOBLE

    @property
    def gente(self) -> str:
        """Of each person: ``n``, the district ``k`` and the place in it ``p``."""
        return f"(SELECT n, n % {self.distritos} AS k, n / {self.distritos} AS p FROM {_serie(self.cuantas)}) AS gente"

    @property
    def lugares(self) -> str:
        return _en_fila(
            Instancia, "lugar", f"nivel = 'distrital' AND territorio_id >= '{DEPARTAMENTOS[0]}'", "territorio_id"
        )


@transaction.atomic
def poblar(cuantas: int, edicion: Edicion) -> None:
    """Seat and enrol this many people over the districts of ``levantar``, where nobody sits yet."""
    plan = _Plan(
        edicion=edicion,
        version=VersionDeCurso.objects.get(curso=edicion.curso).pk,
        final=Unidad.objects.get(curso=edicion.curso, clase=evaluacion.CLAVE).pk,
        pregunta=VersionDePregunta.objects.get(evaluacion__curso=edicion.curso).pk,
        distritos=Instancia.objects.filter(nivel="distrital", territorio__gte=DEPARTAMENTOS[0]).count(),
        tipos=TipoDeAsiento.objects.filter(nivel="distrital").count(),
        cuantas=cuantas,
    )
    with _sin_marcas():
        for escribir in (_sillas, _personas, _inscripciones, _avances, _intentos, _certificados):
            escribir(plan)
    with connection.cursor() as cursor:
        for sentencia in connection.ops.sequence_reset_sql(no_style(), [Asiento, Persona, Inscripcion, Intento]):
            cursor.execute(sentencia)


@contextmanager
def _sin_marcas() -> Iterator[None]:
    """Leave one mark and one change of all that is written, not one of each row (see ``seguimiento.models``)."""
    if not _es_postgres():
        yield
        return
    con_marcas = "SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname IN ('kuska_marca', 'kuska_cambio')"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked keeps a table from being altered
        cursor.execute(con_marcas)
        for una, cual in (tocadas := cursor.fetchall()):
            cursor.execute(f"ALTER TABLE {una} DISABLE TRIGGER {cual}")
        yield
        for una, cual in tocadas:
            cursor.execute(f"ALTER TABLE {una} ENABLE TRIGGER {cual}")
    MarcaDeContador.objects.create(territorio="", desde=None)
    CambioDeInstancia.objects.create()
    repiten = Membresia.objects.values_list("persona", flat=True).annotate(n=Count("pk")).filter(n__gt=1).order_by()
    PersonaEnVarias.objects.bulk_create(map(PersonaEnVarias, repiten), ignore_conflicts=True, batch_size=5000)


def dar_alcance(cuenta: Any) -> None:
    """Let an account follow all of it."""
    Alcance.objects.bulk_create(
        Alcance(cuenta=cuenta, territorio=uno, desde=timezone.localdate())
        for uno in Territorio.objects.filter(nivel="departamento", ubigeo__in=DEPARTAMENTOS)
    )


def _sillas(plan: _Plan) -> None:
    sillas = f"(SELECT n, n / {plan.sillas} AS k, n % {plan.sillas} AS j FROM {_serie(plan.distritos * plan.sillas)})"
    tipos = _en_fila(TipoDeAsiento, "tipo", "nivel = 'distrital'", "orden")
    _escribir(
        Asiento,
        f"{sillas} AS silla JOIN {plan.lugares} ON lugar.fila = k JOIN {tipos} ON tipo.fila = j % {plan.tipos}",
        id=f"{PRIMERO} + n",
        instancia_id="lugar.id",
        tipo_id="tipo.id",
        numero=f"1 + j / {plan.tipos}",
        abierto_en=_instante("0"),
    )


def _personas(plan: _Plan) -> None:
    documento = _ceros("10000000 + n", 8)
    apellidos = f"'Apellido ' || {_ceros('k', 4)} || ' ' || {_ceros('p', 6)}"
    _escribir(
        Persona,
        plan.gente,
        id=f"{PRIMERO} + n",
        documento=documento,
        nombres="'Persona'",
        apellidos=apellidos,
        celular=f"'9' || {documento}",
        busqueda=f"lower('persona ' || {apellidos} || ' ' || {documento})",
        orden_alfabetico=f"lower({apellidos} || ' persona')",
    )
    membresia = {"persona_id": f"{PRIMERO} + n", "desde": _dia(plan.edicion.inicia), "registrada_en": _instante("0")}
    calidad = "CASE WHEN p % 2 = 0 THEN 'titular' ELSE 'alterno' END"
    _escribir(Membresia, plan.gente, asiento_id=f"{PRIMERO} + k * {plan.sillas} + p / 2", calidad=calidad, **membresia)
    lugar = f"((k + 1) % {plan.distritos}) * {plan.sillas} + {plan.para_quienes_repiten} + p / {CADA_DOBLE}"
    repiten = f"{plan.gente} WHERE p % {CADA_DOBLE} = k % {CADA_DOBLE}"
    _escribir(Membresia, repiten, asiento_id=f"{PRIMERO} + {lugar}", calidad="'titular'", **membresia)


def _inscripciones(plan: _Plan) -> None:
    termino, empezo = f"(p + k) % 10 < {TERMINARON}", f"(p + k) % 10 < {EMPEZARON}"
    hora = f"n % 30000 + {DIA} * ((p * 13 + k * 7) % 30"
    iniciada, ultima = f"{hora} + 1)", f"{hora} + 1 + (p * 17 + k * 3) % 80)"
    _escribir(
        Inscripcion,
        f"{plan.gente} JOIN {plan.lugares} ON lugar.fila = k",
        id=f"{PRIMERO} + n",
        persona_id=f"{PRIMERO} + n",
        edicion_id=plan.edicion.pk,
        curso_id=plan.edicion.curso_id,
        version_id=plan.version,
        territorio_id="lugar.territorio_id",
        estado=f"CASE WHEN {termino} THEN 'terminada' WHEN {empezo} THEN 'en_curso' ELSE 'por_empezar' END",
        requeridas=LECCIONES + 1,
        hechas=f"CASE WHEN {termino} THEN {LECCIONES + 1} WHEN {empezo} THEN 1 + (p / 10 + k) % {LECCIONES} ELSE 0 END",
        creada_en=_instante(f"{hora})"),
        iniciada_en=f"CASE WHEN {empezo} THEN {_instante(iniciada)} END",
        ultima_actividad_en=f"CASE WHEN {empezo} THEN {_instante(ultima)} END",
        terminada_en=f"CASE WHEN {termino} THEN {_instante(ultima)} END",
        termino_anotado_en=f"CASE WHEN {termino} THEN {_instante(ultima)} END",
    )


def _inscritas(plan: _Plan) -> str:
    """The enrolments, with the number ``n`` of each person."""
    columnas = f"i.*, i.id - {PRIMERO} AS n, (i.id - {PRIMERO}) / {plan.distritos} AS p"
    return f"(SELECT {columnas} FROM {Inscripcion._meta.db_table} i WHERE edicion_id = {plan.edicion.pk}) AS i"


def _avances(plan: _Plan) -> None:
    unidades = f"{Unidad._meta.db_table} u ON u.curso_id = i.curso_id AND u.orden <= i.hechas"
    _escribir(
        Avance,
        f"{_inscritas(plan)} JOIN {unidades}",
        inscripcion_id="i.id",
        unidad_id="u.id",
        estado="'terminada'",
        paso=1,
        iniciado_en="i.iniciada_en",
        terminado_en="CASE WHEN u.orden = i.hechas THEN i.ultima_actividad_en ELSE i.iniciada_en END",
    )


def _intentos(plan: _Plan) -> None:
    """Who finished passed; one of fifty of those under way failed twice."""
    veces = "(SELECT 1 AS numero UNION ALL SELECT 2) AS vez"
    fallan = f"i.estado = 'en_curso' AND i.p / 10 % {FALLAN} = 0"
    _escribir(
        Intento,
        f"{_inscritas(plan)} JOIN {veces} ON (i.estado = 'terminada' AND numero = 1) OR ({fallan})",
        id=f"{PRIMERO} + 2 * n + numero",
        clave=_uuid("2 * n + numero"),
        inscripcion_id="i.id",
        unidad_id=plan.final,
        numero="numero",
        estado="'enviado'",
        formulario="'[]'",
        reglas="'{}'",
        iniciado_en="i.ultima_actividad_en",
        enviado_en="i.ultima_actividad_en",
        nota="'calificada'",
        puntos="CASE WHEN i.estado = 'terminada' THEN 1 ELSE 0 END",
        puntos_posibles=1,
        aprobado="i.estado = 'terminada'",
    )
    _escribir(
        Respuesta,
        f"{Intento._meta.db_table} t WHERE unidad_id = {plan.final}",
        intento_id="t.id",
        version_id=plan.pregunta,
        operacion="t.clave",
        secuencia=1,
        valor=f"""(CASE WHEN t.aprobado THEN '["sí"]' ELSE '["no"]' END){_como_json()}""",
        definitiva="t.aprobado IS NOT NULL",
        nota="'calificada'",
        puntos="t.puntos",
        recibida_en="t.enviado_en",
    )


def _certificados(plan: _Plan) -> None:
    """Of four of each five that finished."""
    _escribir(
        Certificado,
        f"{_inscritas(plan)} WHERE estado = 'terminada' AND p % 5 <> 0",
        anio=plan.edicion.inicia.year,
        numero="1 + n",
        codigo_largo=_ceros("n", 26),
        codigo_corto=_ceros("n", 10),
        datos="""'{"nombre": "Persona"}'""",
        emitido_en="terminada_en",
        persona_id="persona_id",
        curso_id="curso_id",
        edicion_id="edicion_id",
        inscripcion_id="i.id",
        territorio_id="territorio_id",
        documento="'certificado'",
    )


def _escribir(modelo: type[models.Model], filas: str, /, **expresiones: Any) -> None:
    """Insert what the database computes; the columns that are not said take what a new object has in them."""
    columnas, valores, fijos = [], [], []
    for campo in modelo._meta.concrete_fields:
        if campo.attname in expresiones:
            valores.append(str(expresiones.pop(campo.attname)).replace("%", "%%"))
        elif campo.primary_key:
            continue
        else:
            valor = (
                campo.pre_save(modelo(), add=True) if isinstance(campo, models.DateTimeField) else campo.get_default()
            )
            valores.append("%s")
            fijos.append(campo.get_db_prep_save(valor, connection))
        columnas.append(connection.ops.quote_name(campo.column))
    assert not expresiones, expresiones  # noqa: S101
    destino = f"{connection.ops.quote_name(modelo._meta.db_table)} ({', '.join(columnas)})"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {destino} SELECT {', '.join(valores)} FROM {filas.replace('%', '%%')}", fijos)


# What each engine writes in its own way.


def _es_postgres() -> bool:
    return connection.vendor == "postgresql"


def _serie(cuantos: int) -> str:
    """Numbers from 0 on, in a column ``n``."""
    if _es_postgres():
        return f"generate_series(0, {cuantos - 1}) AS serie(n)"
    contar = f"SELECT 0 UNION ALL SELECT n + 1 FROM serie WHERE n < {cuantos - 1}"
    return f"(WITH RECURSIVE serie(n) AS ({contar}) SELECT n FROM serie)"


def _en_fila(modelo: type[models.Model], nombre: str, condicion: str, orden: str) -> str:
    """Rows with their place, from 0, in ``fila``."""
    columnas = f"id, {orden}, row_number() OVER (ORDER BY {orden}) - 1 AS fila"
    return f"(SELECT {columnas} FROM {modelo._meta.db_table} WHERE {condicion}) AS {nombre}"


def _instante(segundos: str) -> str:
    """The instant so many seconds after the first morning of the edition."""
    dia = timezone.localdate() - datetime.timedelta(days=DIAS)
    if _es_postgres():
        return f"(timestamptz '{dia} 13:00:00+00' + ({segundos}) * interval '1 second')"
    return f"datetime('{dia} 13:00:00', '+' || ({segundos}) || ' seconds')"


def _dia(dia: datetime.date) -> str:
    return f"date '{dia}'" if _es_postgres() else f"'{dia}'"


def _uuid(expresion: str) -> str:
    return f"lpad(to_hex({expresion}), 32, '0')::uuid" if _es_postgres() else f"printf('%032x', {expresion})"


def _ceros(expresion: str, largo: int) -> str:
    return f"lpad(({expresion})::text, {largo}, '0')" if _es_postgres() else f"printf('%0{largo}d', {expresion})"


def _como_json() -> str:
    return "::jsonb" if _es_postgres() else ""
