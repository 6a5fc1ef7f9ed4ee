"""A certificate that comes out while its person's registers are made one ends up with whoever stays."""

from __future__ import annotations

import pytest

from certificados import services
from certificados.models import Certificado
from certificados.services import CertificadoError
from cursos.models import Inscripcion
from instancias.models import Fusion
from instancias.services.fusion_deshecha import recoger_lo_atrasado
from tests import gente
from tests.certificados import factories
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.instancias.fusiones import unir

pytestmark = pytest.mark.django_db(transaction=True)
VECES = 3


def test_a_paper_issued_at_that_moment_is_of_the_one_who_stays(territorio):
    curso = factories.crear_curso()
    factories.crear_plantilla(curso.curso)
    for vez in range(VECES):
        queda = gente.crear_integrante(f"4000020{vez}", "Rosa", "Quispe Huamán")
        otra = gente.crear_integrante(f"4000030{vez}", "Rosa", "Quispe Huamán")
        suya = factories.inscribir(otra, curso)

        def emitir(suya=suya):
            return services.emitir(inscripcion_id=suya.pk, ahora=factories.AHORA)

        salidas = a_la_vez(emitir, lambda queda=queda, otra=otra: unir(queda, otra))
        assert all(isinstance(salida, Certificado | Fusion | CertificadoError) for salida in salidas), salidas
        recoger_lo_atrasado(ahora=Fusion.objects.latest("hecha_en").hecha_en)
        services.emitir_pendientes(ahora=factories.AHORA)
        papel = Certificado.objects.get(inscripcion=suya)
        assert papel.persona == queda == Inscripcion.objects.get(pk=suya.pk).persona
