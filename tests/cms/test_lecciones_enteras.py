"""The programme as a member meets it: every step of every lesson, light, whole and with its words explained once.

It is loaded once. What it says does not depend on the database that keeps it.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from certificados.models import Plantilla
from cursos import tiempo
from cursos.consultas.temario import temario_de
from cursos.models import Edicion, Leccion, Unidad
from cursos.services.inscripcion import inscribir
from cursos.validators import antes_de_publicar
from evaluaciones.models import VersionDePregunta
from instancias.services.territorio import cargar_tipos_de_asiento
from marco.marcas import MARCA
from programas import tiempos
from programas.lectura import leer_programa
from programas.tabla import escribir
from tests import gente
from tests.neutralidad import faltas
from tests.programas.test_carga import contar

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
PROGRAMA = Path(__file__).resolve().parents[2] / "cms" / "programa" / "ley-30364"
KB_DE_UN_PASO = 8
KB_DE_UN_MODULO = 80
GLOSA = re.compile(r'href="/glosario#t-(\d+)"')


def cuerpo(pagina: str) -> str:
    return pagina.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.fixture(scope="module")
def programa_cargado(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        gente.crear_territorio()
        cargar_tipos_de_asiento()
        salida = StringIO()
        call_command("cargar_programa", stdout=salida)
        yield salida.getvalue()
        transaction.set_rollback(True)


def test_the_programme_loads_and_comes_back_equal(programa_cargado, tmp_path):
    leido = leer_programa(PROGRAMA)
    paginas = 1 + len(leido.curso.modulos) + len([*leido.lecciones(), *leido.evaluaciones()])
    assert f"{paginas} páginas publicadas" in programa_cargado
    for pagina in Leccion.objects.all():
        assert [linea.texto for linea in antes_de_publicar(pagina) if not linea.lista] == [], pagina.slug
    plantilla = Plantilla.objects.get()
    assert plantilla.firmantes.count() == 2
    call_command("exportar_programa", tmp_path / "salida", stdout=StringIO())
    assert leer_programa(tmp_path / "salida") == leido
    antes = contar()
    call_command("cargar_programa", stdout=StringIO())
    assert contar() == antes
    assert Plantilla.objects.count() == 1


def test_every_step_of_the_programme_reads_well(programa_cargado, entrar):
    integrante = gente.crear_integrante("40000001", "Rosa", "Quispe Huamán")
    inscripcion = inscribir(persona=integrante, edicion=Edicion.objects.get(), ahora=timezone.now())
    cliente = entrar(integrante)
    curso = inscripcion.curso
    lecciones = Unidad.objects.vigentes().filter(curso=curso, clase="leccion").order_by("orden")
    vistos, problemas, con_glosa = 0, [], 0
    for leccion in lecciones:
        glosas: Counter[str] = Counter()
        for paso in range(1, leccion.pasos + 1):
            direccion = f"/c/{curso.numero}/{leccion.numero}/{paso}"
            respuesta = cliente.get(direccion)
            pagina = respuesta.content.decode()
            peso = len(gzip.compress(respuesta.content, 6))
            donde = f"{leccion.titulo}, paso {paso}"
            if respuesta.status_code != 200 or "<h1" not in pagina:
                problemas.append(f"{donde}: {respuesta.status_code}")
                continue
            if peso > KB_DE_UN_PASO * 1024:
                problemas.append(f"{donde}: {peso} bytes")
            if sueltas := MARCA.findall(cuerpo(pagina)):
                problemas.append(f"{donde}: {sueltas} sin su nombre")
            problemas += [f"{donde}: {falta}" for falta in faltas(pagina)]
            glosas.update(GLOSA.findall(cuerpo(pagina)))
            vistos += 1
        repetidas = [termino for termino, veces in glosas.items() if veces > 1]
        if repetidas:
            problemas.append(f"{leccion.titulo}: términos {repetidas} enlazados más de una vez")
        con_glosa += bool(glosas)
    assert problemas == []
    assert lecciones.count() >= 8 * 5 and vistos == sum(leccion.pasos for leccion in lecciones)
    assert con_glosa == lecciones.count(), "una lección no explica ninguna palabra"


def test_the_course_and_the_page_of_numbers_say_the_same_time(programa_cargado):
    programa = leer_programa(PROGRAMA)
    temario = temario_de(Unidad.objects.get(clase="curso"))
    assert temario.segundos == tiempos.del_programa(programa)
    dicho = tiempo.en_palabras(temario.segundos)
    assert re.fullmatch(r"unas 8 horas( y media)?", dicho)
    assert f"En pantalla se miden {dicho}" in escribir(programa)
    assert temario.segundos != sum(fila.minutos * 60 for fila in temario.filas if not fila.es_ruta)


def explicaciones(versiones):
    """Why of every option of these questions."""
    return {
        una.explicacion for version in versiones for una in getattr(version.contenido.contenido, "alternativas", ())
    }


def test_every_module_fits_on_a_phone_and_leaves_the_keys_of_what_is_marked(programa_cargado, entrar):
    """What somebody saves: text, drawings and practice, in less than a photograph; of what is marked, not a word."""
    integrante = gente.crear_integrante("40000002", "Ana", "Flores Inga")
    inscripcion = inscribir(persona=integrante, edicion=Edicion.objects.get(), ahora=timezone.now())
    cliente, curso, pesos = entrar(integrante), inscripcion.curso, {}
    temario = temario_de(curso)
    practica = VersionDePregunta.objects.filter(evaluacion__variante="practica")
    marcadas = VersionDePregunta.objects.exclude(evaluacion__variante="practica")
    secretos = {str(una.clave) for una in marcadas} | (explicaciones(marcadas) - explicaciones(practica) - {""})
    for grupo in sorted({fila.grupo for fila in temario.filas if fila.modulo}):
        base = f"/c/{curso.numero}/m/{min(fila.numero for fila in temario.del_grupo(grupo))}"
        assert cliente.post(f"{base}/celular", headers={"accept": "application/json"}).status_code == 200
        contenido = cliente.get(f"{base}/contenido")
        pesos[base] = len(gzip.compress(contenido.content, 6))
        paginas = contenido.json()["paginas"]
        dicho = unescape("\n".join(t for una in paginas for t in (una["cuerpo"], *una.get("respuestas", {}).values())))
        assert [uno for uno in secretos if uno in dicho] == []
        assert not MARCA.findall(dicho)
    assert max(pesos.values()) <= KB_DE_UN_MODULO * 1024, pesos
