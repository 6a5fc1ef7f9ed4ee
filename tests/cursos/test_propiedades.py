"""Whatever the order of what people and publishers do, progress never falls, nobody finishes by accident and nobody is
left unable to finish.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule
from wagtail.models import Page

from cursos.errores import CursoError
from cursos.models import Avance, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from cursos.services.avance import PasoSalteado, registrar_avance, terminar_unidad
from cursos.services.publicacion import sincronizar_curso
from cursos.services.retiros import dejar_de_pedir, deshacer, en_pausa, que_esperan, seguir_pidiendo
from cursos.services.versiones import decidir, version_por_decidir
from cursos.signals import curso_terminado
from tests import gente
from tests.cursos.factories import Programa, crear_leccion, publicar
from tests.motores import ejemplos

Estado = Inscripcion.Estado


class VidaDeUnaInscripcion(RuleBasedStateMachine):
    """Two people, one course, and a publisher who cannot leave it alone."""

    lecciones = Bundle("lecciones")

    @initialize(target=lecciones)
    def empezar(self):
        self.punto = transaction.atomic()
        self.punto.__enter__()
        gente.crear_territorio()
        # Both before anybody is enrolled, so that they are poured and not published for each example.
        self.programa, self.otro = Programa(lecciones=3), Programa(lecciones=1, titulo="Otro curso")
        personas = [gente.crear_integrante(f"4000001{n}", "Ana", f"Ríos {n}") for n in range(2)]
        self.tipo = personas[0].membresias.get().asiento.tipo
        self.inscripciones = [self.programa.inscribir(persona) for persona in personas]
        self.maximo = [(0, False)] * 2
        self.a_sabiendas = self.deshecho = False
        self.oidos = []
        curso_terminado.connect(self.oir)
        return self.programa.lecciones[0].pk

    def oir(self, inscripcion_id, **kwargs):
        self.oidos.append(inscripcion_id)

    def teardown(self):
        curso_terminado.disconnect(self.oir)
        if hasattr(self, "punto"):
            transaction.set_rollback(True)
            self.punto.__exit__(None, None, None)

    def unidad(self, n):
        return Unidad.objects.filter(curso=self.programa.curso).order_by("pk")[n % 8 :].first()

    @rule(quien=st.integers(0, 1), n=st.integers(0, 7), paso=st.integers(0, 4))
    def continuar(self, quien, n, paso):
        self.a_sabiendas = True
        unidad = self.unidad(n)
        if unidad is None:
            return
        try:
            registrar_avance(inscripcion=self.inscripciones[quien], unidad=unidad, paso=paso, ahora=timezone.now())
        except PasoSalteado as salto:
            assert salto.paso <= max(paso, 1)
        except CursoError as error:
            assert error.codigo == "unidad_retirada"

    @rule(quien=st.integers(0, 1), n=st.integers(0, 7))
    def terminar(self, quien, n):
        self.a_sabiendas = True
        unidad = self.unidad(n)
        if unidad is not None and unidad.retirada_en is None:
            terminar_unidad(inscripcion=self.inscripciones[quien], unidad=unidad, ahora=timezone.now())

    def pagina(self, n):
        vivas = list(self.programa.modulos[0].get_children().order_by("path"))
        return vivas[n % len(vivas)].specific if vivas else None

    @rule(target=lecciones)
    def agregar_leccion(self):
        self.programa.modulos[0].refresh_from_db()
        return crear_leccion(self.programa.modulos[0], "Otra").pk

    @rule(n=st.integers(0, 7))
    def dejar_de_publicar(self, n):
        if (pagina := self.pagina(n)) and pagina.live:
            pagina.unpublish()

    @rule(n=st.integers(0, 7))
    def volver_a_publicar(self, n):
        if pagina := self.pagina(n):
            publicar(pagina)

    @rule(n=st.integers(0, 7))
    def borrar(self, n):
        if pagina := self.pagina(n):
            pagina.delete()

    @rule(n=st.integers(0, 7))
    def mover_al_principio(self, n):
        pagina, primera = self.pagina(n), self.pagina(0)
        if pagina and pagina != primera:
            pagina.move(primera, pos="left")

    @rule(n=st.integers(0, 7))
    def llevar_a_otro_curso(self, n):
        if pagina := self.pagina(n):
            pagina.move(Page.objects.get(pk=self.otro.modulos[0].pk), pos="last-child")

    @rule(n=st.integers(0, 7))
    def traer_de_otro_curso(self, n):
        alla = list(Page.objects.get(pk=self.otro.modulos[0].pk).get_children().order_by("path"))
        if alla:
            alla[n % len(alla)].specific.move(Page.objects.get(pk=self.programa.modulos[0].pk), pos="last-child")

    @rule(n=st.integers(0, 7))
    def vencer(self, n):
        if pagina := self.pagina(n):
            Page.objects.filter(pk=pagina.pk, live=True).update(expire_at=timezone.now() - timedelta(minutes=1))
            call_command("publish_scheduled")

    @rule(n=st.integers(0, 7), suya=st.booleans())
    def cambiar_para_quien_es(self, n, suya):
        if (pagina := self.pagina(n)) and pagina.live:
            pagina.asientos = [self.tipo] if suya else []
            publicar(pagina)

    @rule(n=st.integers(0, 7), definitivo=st.booleans())
    def decidir_una_pausa(self, n, definitivo):
        pausadas = list(en_pausa([self.programa.curso]))
        if pausadas:
            self.a_sabiendas = True
            acto = dejar_de_pedir if definitivo else seguir_pidiendo
            acto(unidades=[pausadas[n % len(pausadas)].pk], ahora=timezone.now(), por=None)

    @rule()
    def deshacer_la_ultima(self):
        decision = que_esperan([self.programa.curso], ahora=timezone.now()).first()
        if decision:
            self.deshecho = True
            deshacer(decision=decision, ahora=timezone.now(), por=None)

    @rule(trato=st.sampled_from(["conservar", "pedir_lo_nuevo"]))
    def decidir_lo_pendiente(self, trato):
        self.a_sabiendas = True
        version = version_por_decidir(self.programa.curso)
        if version:
            decidir(version=version, trato=trato, ahora=timezone.now(), por=None)

    @rule(horas=st.integers(1, 60))
    def cambiar_las_horas(self, horas):
        self.programa.pagina.refresh_from_db()
        self.programa.pagina.horas = horas
        publicar(self.programa.pagina)

    @rule()
    def repetir_la_sincronizacion(self):
        self.programa.pagina.refresh_from_db()
        antes = VersionDeCurso.objects.count()
        sincronizar_curso(pagina=self.programa.pagina, ahora=timezone.now())
        assert VersionDeCurso.objects.count() == antes

    @precondition(lambda self: hasattr(self, "programa"))
    @invariant()
    def lo_hecho_no_baja_y_las_cuentas_cuadran(self):
        for n, inscripcion in enumerate(self.inscripciones):
            inscripcion.refresh_from_db()
            hechas, terminada = self.maximo[n]
            termino = inscripcion.estado == Estado.TERMINADA
            assert inscripcion.hechas >= hechas, "lo hecho bajó"
            assert not terminada or termino or self.deshecho, "lo terminado se abrió"
            assert terminada or not termino or self.a_sabiendas, "terminó sin que nadie lo decidiera"
            self.maximo[n] = (inscripcion.hechas, inscripcion.estado == Estado.TERMINADA)
            if inscripcion.estado == Estado.TERMINADA:
                assert inscripcion.hechas == inscripcion.requeridas > 0
                continue
            hecho = Avance.objects.terminados().filter(inscripcion=inscripcion).values("unidad")
            faltan = RequisitoDeVersion.objects.filter(version=inscripcion.version).exclude(unidad__in=hecho)
            assert inscripcion.requeridas - inscripcion.hechas == faltan.count()
            assert faltan.exists() or inscripcion.requeridas == 0, "hizo todo y no terminó"
        self.a_sabiendas = self.deshecho = False

    @precondition(lambda self: hasattr(self, "programa"))
    @invariant()
    def nadie_queda_sin_poder_terminar(self):
        hay = Unidad.objects.vigentes().filter(curso=self.programa.curso).exists()
        for inscripcion in self.inscripciones:
            pide = RequisitoDeVersion.objects.filter(version=inscripcion.version)
            posibles = pide.filter(unidad__retirada_en__isnull=True)
            if hay and inscripcion.estado != Estado.TERMINADA and posibles.exists():
                perdidas = pide.filter(unidad__retirada_en__isnull=False, unidad__en_pausa=False)
                assert not perdidas.exists(), "se pide algo que ya no está y de lo que nadie puede decidir"

    @precondition(lambda self: hasattr(self, "programa"))
    @invariant()
    def hay_una_version_vigente(self):
        assert VersionDeCurso.objects.filter(curso=self.programa.curso, vigente=True).count() == 1


class TestVidaDeUnaInscripcion(TestCase, VidaDeUnaInscripcion.TestCase):
    settings = settings(
        max_examples=ejemplos(8),
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


pytestmark = pytest.mark.django_db
