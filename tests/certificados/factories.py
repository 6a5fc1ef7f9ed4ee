"""A course that asks for two lessons and an evaluation, people who finish it, and who signs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from certificados.consultas.documentos import Filtro
from certificados.models import Firmante, Plantilla
from cursos.models import Avance, Edicion, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from evaluaciones.models import Intento
from instancias.models import Persona, Territorio
from instancias.politica import alcance_de
from tests import gente

AHORA = datetime.datetime(2026, 11, 30, 15, tzinfo=datetime.UTC)


@dataclass
class CursoDePrueba:
    curso: Unidad
    version: VersionDeCurso
    edicion: Edicion
    unidades: list[Unidad]

    @property
    def evaluacion(self) -> Unidad:
        return self.unidades[-1]


def crear_curso(*, titulo: str = "Nuestras funciones", horas: int = 24, lecciones: int = 2) -> CursoDePrueba:
    numero = 1 + Unidad.objects.cursos().count()
    curso = Unidad.objects.create(clase=Unidad.Clase.CURSO, numero=numero, titulo=titulo)
    version = VersionDeCurso.objects.create(
        curso=curso, numero=1, titulo=titulo, horas=horas, huella="0" * 64, creada_en=AHORA
    )
    clases = ["leccion"] * lecciones + ["evaluacion"]
    unidades = [
        Unidad.objects.create(clase=clase, curso=curso, numero=n, titulo=f"Parte {n}", orden=n)
        for n, clase in enumerate(clases, 1)
    ]
    RequisitoDeVersion.objects.bulk_create(
        [RequisitoDeVersion(version=version, unidad=unidad, orden=unidad.orden) for unidad in unidades]
    )
    edicion = Edicion.objects.create(
        curso=curso, nombre="Noviembre", inicia=datetime.date(2026, 11, 3), termina=datetime.date(2026, 11, 28)
    )
    edicion.territorios.add(Territorio.objects.get(pk=gente.PROVINCIA))
    return CursoDePrueba(curso, version, edicion, unidades)


def crear_plantilla(curso: Unidad | None = None, *, documento: str = "certificado", firmantes: int = 1) -> Plantilla:
    plantilla = Plantilla(
        nombre=f"Plantilla {curso.pk if curso else 'general'}",
        curso=curso,
        documento=documento,
        entidad="Centro de Tingo María",
        lugar="Tingo María",
        lema="“Año de la prueba”",
    )
    for n in range(firmantes):
        plantilla.firmantes.add(
            Firmante(nombre=f"Firmante {n + 1}", cargo="Coordinadora", entidad="Centro", sort_order=n)
        )
    plantilla.save()
    return plantilla


def inscribir(
    persona: Persona,
    de: CursoDePrueba,
    *,
    ubigeo: str = gente.DISTRITO_A,
    terminada: bool = True,
    aprobada: bool = True,
) -> Inscripcion:
    cuando = AHORA - datetime.timedelta(days=3)
    estado = Inscripcion.Estado.TERMINADA if terminada else Inscripcion.Estado.EN_CURSO
    inscripcion = Inscripcion.objects.create(
        persona=persona,
        edicion=de.edicion,
        curso=de.curso,
        version=de.version,
        territorio_id=ubigeo,
        estado=estado,
        requeridas=len(de.unidades),
        hechas=len(de.unidades) if terminada else 1,
        creada_en=cuando - datetime.timedelta(days=20),
        iniciada_en=cuando - datetime.timedelta(days=10),
        terminada_en=cuando if terminada else None,
    )
    if terminada:
        Avance.objects.bulk_create(avances_de([inscripcion], de))
        if aprobada:
            intento_aprobado(inscripcion, de.evaluacion).save()
    return inscripcion


def avances_de(inscripciones: list[Inscripcion], de: CursoDePrueba) -> list[Avance]:
    return [
        Avance(
            inscripcion=inscripcion,
            unidad=unidad,
            estado=Avance.Estado.TERMINADA,
            iniciado_en=inscripcion.creada_en,
            terminado_en=inscripcion.terminada_en,
        )
        for inscripcion in inscripciones
        for unidad in de.unidades
    ]


def intento_aprobado(inscripcion: Inscripcion, evaluacion: Unidad, *, clase: str = "final") -> Intento:
    return Intento(
        inscripcion=inscripcion,
        unidad=evaluacion,
        numero=1,
        estado=Intento.Estado.ENVIADO,
        formulario=[],
        reglas={"clase": clase},
        iniciado_en=inscripcion.terminada_en,
        enviado_en=inscripcion.terminada_en,
        nota="calificada",
        puntos=16,
        puntos_posibles=20,
        aprobado=True,
    )


def crear_muchos(de: CursoDePrueba, cuantos: int, *, ubigeo: str = gente.DISTRITO_A) -> list[Inscripcion]:
    """Many people who finished, without accounts: written in bulk."""
    base = 70_000_000 + Persona.objects.count()
    personas = Persona.objects.bulk_create(
        [Persona(documento=str(base + n), nombres=f"Persona {n}", apellidos="De Prueba") for n in range(cuantos)]
    )
    cuando = AHORA - datetime.timedelta(days=3)
    inscripciones = Inscripcion.objects.bulk_create(
        [
            Inscripcion(
                persona=persona,
                edicion=de.edicion,
                curso=de.curso,
                version=de.version,
                territorio_id=ubigeo,
                estado=Inscripcion.Estado.TERMINADA,
                requeridas=len(de.unidades),
                hechas=len(de.unidades),
                creada_en=cuando,
                iniciada_en=cuando,
                terminada_en=cuando,
            )
            for persona in personas
        ]
    )
    Avance.objects.bulk_create(avances_de(inscripciones, de))
    return inscripciones


def crear_imagen(titulo: str = "Logo de la entidad", color: tuple[int, int, int] = (90, 40, 130)) -> Any:
    from django.core.files.base import ContentFile
    from wagtail.images import get_image_model

    salida = BytesIO()
    Image.new("RGB", (640, 200), color).save(salida, "PNG")
    return get_image_model().objects.create(title=titulo, file=ContentFile(salida.getvalue(), name="logo.png"))


def hoy() -> datetime.date:
    return timezone.localdate(AHORA)


def filtro_de(cuenta: Any, texto: str = "") -> Filtro:
    """What an account looks at in its list of papers."""
    return Filtro(alcance=alcance_de(cuenta, hoy=timezone.localdate()), texto=texto)
