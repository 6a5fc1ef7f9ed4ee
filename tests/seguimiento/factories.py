"""Tables, people and progress written row by row, so that every answer is known by hand."""

from __future__ import annotations

import datetime
import itertools
import uuid
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from cursos.models import Avance, Edicion, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from evaluaciones.models import Intento, Respuesta, VersionDePregunta
from instancias.models import Asiento, Instancia, Institucion, Membresia, Persona, Territorio, TipoDeAsiento
from instancias.politica import AlcanceEfectivo
from marco.preparadas import Preparada
from seguimiento.consultas.ambito import Ambito, edicion_por_defecto, ediciones_del
from tests import gente

PROVINCIA, A, B, C = gente.PROVINCIA, gente.DISTRITO_A, gente.DISTRITO_B, "100607"
_documentos = itertools.count(70000001)


@partial(Preparada, se_anota=False)
def version_de(*, curso: int) -> Any:
    return VersionDeCurso.objects.filter(curso=curso)


@partial(Preparada, se_anota=False)
def partes_de(*, version: int) -> Any:
    return RequisitoDeVersion.objects.filter(version=version).select_related("unidad")


@partial(Preparada, se_anota=False)
def lugar_de(*, persona: int) -> Any:
    """Where they sit."""
    return Membresia.objects.filter(persona=persona).values_list("asiento__instancia__territorio", flat=True)[:1]


def hace(dias: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=dias)


def crear_tercer_distrito() -> Territorio:
    return Territorio.objects.get_or_create(
        ubigeo=C, defaults={"nivel": "distrito", "nombre": "Pucayacu", "sigla": "PUC", "fila": 1, "columna": 1}
    )[0]


def crear_curso(*, lecciones: int = 3, evaluaciones: int = 1, numero: int = 900) -> VersionDeCurso:
    """A course of lessons and then evaluations, without pages: what reports read are its units."""
    curso = Unidad.objects.create(clase="curso", numero=numero, titulo=f"Curso {numero}")
    clases = ["leccion"] * lecciones + ["evaluacion"] * evaluaciones
    version = VersionDeCurso.objects.create(
        curso=curso, numero=1, titulo=curso.titulo, horas=24, huella=f"h{numero}", creada_en=hace(90)
    )
    for orden, clase in enumerate(clases, 1):
        unidad = Unidad.objects.create(
            clase=clase,
            variante="modulo" if clase == "evaluacion" else "",
            curso=curso,
            numero=orden,
            orden=orden,
            titulo=f"Parte {orden}",
            modulo="Módulo 1",
        )
        RequisitoDeVersion.objects.create(version=version, unidad=unidad, orden=orden)
    return version


def abrir(version: VersionDeCurso, *territorios: str, nombre: str = "Edición", **campos: Any) -> Edicion:
    datos = {"inicia": timezone.localdate() - datetime.timedelta(days=80), **campos}
    edicion = Edicion.objects.create(curso=version.curso, nombre=nombre, **datos)
    edicion.territorios.set(territorios or [PROVINCIA])
    return edicion


def crear_asiento(ubigeo: str, codigo: str = "T-03", *, numero: int = 1, **campos: Any) -> Asiento:
    nivel = Instancia.Nivel.PROVINCIAL if len(ubigeo) == 4 else Instancia.Nivel.DISTRITAL
    instancia, _creada = Instancia.objects.get_or_create(nivel=nivel, territorio_id=ubigeo)
    tipo, _creado = TipoDeAsiento.objects.get_or_create(
        codigo=f"{nivel[0].upper()}{codigo}",
        defaults={
            "nivel": nivel,
            "articulo": "109.1",
            "numeral": codigo[2:],
            "nombre": f"Asiento {codigo}",
            "corto": f"Asiento {codigo}",
            "sector": Institucion.Sector.SOCIEDAD,
            "orden": 100 + int(codigo[2:]),
            "preside": codigo == "T-01",
            "version_de_norma": "de prueba",
        },
    )
    return Asiento.objects.create(instancia=instancia, tipo=tipo, numero=numero, **campos)


def crear_persona(nombres: str = "Ana") -> Persona:
    """Somebody who has a key."""
    documento = str(next(_documentos))
    return Persona.objects.create(
        documento=documento,
        nombres=nombres,
        apellidos="Campos Ríos",
        celular="987654321",
        cuenta=get_user_model().objects.create(username=documento, password="sin-usar"),
    )


def sentar(
    asiento: Asiento, nombres: str = "Ana", *, calidad: str = "titular", persona: Persona | None = None, **campos: Any
) -> Persona:
    persona = persona or crear_persona(nombres)
    datos = {"desde": timezone.localdate() - datetime.timedelta(days=100), **campos}
    Membresia.objects.create(persona=persona, asiento=asiento, calidad=calidad, **datos)
    return persona


def inscribir(
    persona: Persona, edicion: Edicion, *, hechas: int = 0, dias: float | None = None, creada: float = 60, **campos: Any
) -> Inscripcion:
    """Enrol a person who did the first ``hechas`` units, the last of them ``dias`` ago."""
    [version] = version_de(curso=edicion.curso_id)
    unidades = [fila.unidad for fila in partes_de(version=version.pk)]
    datos: dict[str, Any] = {"requeridas": len(unidades), "hechas": hechas, "creada_en": hace(creada)}
    if hechas:
        fin = hace(1 if dias is None else dias)
        datos |= {"iniciada_en": min(hace(creada - 1), fin), "ultima_actividad_en": fin, "estado": "en_curso"}
        Persona.objects.filter(pk=persona.pk).update(ultimo_ingreso_en=fin)
        if hechas == len(unidades):
            datos |= {"estado": "terminada", "terminada_en": fin}
    territorio = campos.pop("territorio", None) or lugar_de.primera(persona=persona.pk)
    inscripcion = Inscripcion.objects.create(
        persona=persona,
        edicion=edicion,
        curso=edicion.curso,
        version=version,
        territorio_id=territorio,
        **datos,
        **campos,
    )
    Avance.objects.bulk_create(
        Avance(
            inscripcion=inscripcion,
            unidad=unidad,
            estado="terminada",
            paso=1,
            iniciado_en=datos["ultima_actividad_en"],
            terminado_en=datos["ultima_actividad_en"],
        )
        for unidad in unidades[:hechas]
    )
    return inscripcion


def integrante(
    ubigeo: str, edicion: Edicion, *, codigo: str = "T-03", numero: int = 1, calidad: str = "titular", **campos: Any
) -> Persona:
    """A seat with somebody enrolled on it."""
    nombres = campos.pop("nombres", "Ana")
    persona = sentar(crear_asiento(ubigeo, codigo, numero=numero), nombres, calidad=calidad)
    inscribir(persona, edicion, **campos)
    return persona


def crear_pregunta(version: VersionDeCurso, texto: str = "¿Qué corresponde?") -> VersionDePregunta:
    evaluacion = Unidad.objects.get(curso=version.curso, clase="evaluacion")
    alternativas = [
        {"clave": str(uuid.uuid4()), "texto": letra, "correcta": letra == "Sí", "explicacion": "Por esto."}
        for letra in ("Sí", "No", "Tal vez")
    ]
    return VersionDePregunta.objects.create(
        clave=uuid.uuid4(),
        numero=1,
        evaluacion=evaluacion,
        huella="h",
        contenido={"tipo": "una", "texto": texto, "alternativas": alternativas},
        creada_en=hace(90),
    )


def intentar(
    persona: Persona,
    version: VersionDeCurso,
    *,
    aprobado: bool,
    dias: float = 2,
    pregunta: VersionDePregunta | None = None,
    elegida: int | None = None,
) -> Intento:
    """A sent attempt, with the answer to one question if given."""
    inscripcion = persona.inscripciones.get(curso=version.curso)
    unidad = Unidad.objects.get(curso=version.curso, clase="evaluacion")
    intento = Intento.objects.create(
        inscripcion=inscripcion,
        unidad=unidad,
        numero=1 + inscripcion.intentos.count(),
        estado="enviado",
        formulario=[],
        reglas={},
        iniciado_en=hace(dias),
        enviado_en=hace(dias),
        nota="calificada",
        puntos=int(aprobado),
        puntos_posibles=1,
        aprobado=aprobado,
    )
    if pregunta is not None:
        cual = (0 if aprobado else 1) if elegida is None else elegida
        Respuesta.objects.create(
            intento=intento,
            version=pregunta,
            operacion=uuid.uuid4(),
            secuencia=1,
            valor=[pregunta.contenido["alternativas"][cual]["clave"]],
            definitiva=True,
            nota="calificada",
            puntos=int(cual == 0),
            recibida_en=hace(dias),
        )
    return intento


def contar_para_el_planificador() -> None:
    """Tests undo their rows and PostgreSQL may remember tables as empty: tell it what there is, as autovacuum would."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def ambito(*prefijos: str, ahora: datetime.datetime | None = None, **campos: Any) -> Ambito:
    """What an account with these territories looks at, as the page builds it."""
    alcance = AlcanceEfectivo(prefijos or (PROVINCIA,))
    momento = ahora or timezone.now()
    ediciones = ediciones_del(alcance)
    dia = campos.get("al") or timezone.localdate(momento)
    datos = {"edicion": edicion_por_defecto(ediciones, dia=dia), "ediciones": ediciones}
    return Ambito(prefijos=alcance.prefijos, ahora=momento, **{**datos, **campos})
