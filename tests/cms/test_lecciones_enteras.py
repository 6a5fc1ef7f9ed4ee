"""The programme as a member meets it: every step of every lesson, light, whole and with its words explained once."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cursos.models import Edicion, Unidad
from cursos.services.inscripcion import inscribir
from instancias.services.territorio import cargar_tipos_de_asiento
from marco.marcas import MARCA
from tests.neutralidad import faltas

pytestmark = pytest.mark.django_db
KB_DE_UN_PASO = 8
GLOSA = re.compile(r'href="/glosario#t-(\d+)"')


def cuerpo(pagina: str) -> str:
    return pagina.split("<main", 1)[1].split("</main>", 1)[0]


def test_every_step_of_the_programme_reads_well(territorio, integrante, entrar):
    cargar_tipos_de_asiento()
    call_command("cargar_programa", verbosity=0, stdout=StringIO())
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
