"""Two saves at the very same instant, with real connections on both engines: the database says who is second."""

from __future__ import annotations

import datetime
import sqlite3
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cursos.models import Modulo
from marco.models import AjustesDelAula
from marco.otra_version import FormularioQueAvisa
from marco.otra_version.filas import Vigia
from seguimiento.models import MetaDeTerritorio
from seguimiento.services import metas as de_metas
from tests import gente
from tests.autoria import formularios
from tests.autoria.test_otra_version import sabido
from tests.cms.test_dos_en_una_fila import lo_que_se_envia
from tests.cursos.factories import Programa
from tests.cursos.test_concurrencia import a_la_vez
from tests.marco.test_logo import imagen
from tests.paciencia import PACIENCIA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dos(entrar, territorio):
    return [
        entrar(gente.crear_cuenta(nombre, is_superuser=True, is_staff=True, first_name=nombre.title()))
        for nombre in ("rosa", "ana")
    ]


@pytest.mark.parametrize("como", [{}, formularios.PUBLICAR], ids=["borrador", "publicar"])
def test_of_two_pages_that_were_right_when_read_one_is_saved_and_the_other_is_told(dos, como, monkeypatch):
    pagina = Programa(lecciones=1).modulos[0]
    pagina.save_revision()
    editar = formularios.editar(pagina)
    abiertas = [
        {**formularios.modulo(nombre), **sabido(uno.get(editar)), **como} for nombre, uno in zip("AB", dos, strict=True)
    ]
    ambas, de_antes = threading.Barrier(2), FormularioQueAvisa.clean

    def clean(self):
        datos = de_antes(self)
        if self.subscription is not None:
            ambas.wait(PACIENCIA)  # both were looked at, and neither was saved
        return datos

    monkeypatch.setattr(FormularioQueAvisa, "clean", clean)
    respuestas = {}

    def enviar(n):
        def acto():
            respuestas[n] = dos[n].post(editar, abiertas[n])

        return acto

    assert a_la_vez(enviar(0), enviar(1)) == []
    monkeypatch.undo()
    [primera] = [n for n, una in respuestas.items() if una.status_code == 302]
    segunda = 1 - primera
    assert f"{('Rosa', 'Ana')[primera]} guardó esta página el" in respuestas[segunda].text
    guardada = Modulo.objects.get(pk=pagina.pk).get_latest_revision_as_object()
    assert guardada.title == "AB"[primera]
    # Told once: the form that was answered knows of the other version.
    otra_vez = {**abiertas[segunda], **sabido(respuestas[segunda])}
    assert dos[segunda].post(editar, otra_vez).status_code == 302
    assert Modulo.objects.get(pk=pagina.pk).get_latest_revision_as_object().title == "AB"[segunda]


def puede_escribir_otra(modelo, pk) -> bool:
    """Whether another connection could change a row right now, without waiting."""
    if connection.vendor == "sqlite":
        otra = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
        try:
            otra.execute("BEGIN IMMEDIATE")
            otra.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
        finally:
            otra.close()
        return True
    pudo = []

    def probar():
        try:
            with transaction.atomic():
                list(modelo._base_manager.select_for_update(nowait=True, no_key=True).filter(pk=pk))
            pudo.append(True)
        except DatabaseError:
            pudo.append(False)
        finally:
            connection.close()

    hilo = threading.Thread(target=probar)
    hilo.start()
    hilo.join(PACIENCIA)
    return pudo == [True]


def test_while_a_row_is_compared_and_saved_nobody_else_writes_it(dos, monkeypatch):
    ajustes = AjustesDelAula.load()
    editar = reverse("wagtailsettings:edit", args=["kuska_marco", "ajustesdelaula", ajustes.pk])
    datos = lo_que_se_envia(dos[0].get(editar).text)
    comparar, libres = Vigia.comparar, []

    def mirar(self):
        comparar(self)
        libres.append(puede_escribir_otra(AjustesDelAula, ajustes.pk))

    monkeypatch.setattr(Vigia, "comparar", mirar)
    assert dos[0].post(editar, {**datos, "entidad": "Una"}).status_code == 302
    assert libres == [False]
    assert puede_escribir_otra(AjustesDelAula, ajustes.pk)


def test_also_a_row_of_the_panel(entrar, cem_provincial, integrante, monkeypatch):
    yo, editar = entrar(cem_provincial), reverse("kuska_instancias:persona_editar", args=[integrante.pk])
    datos = lo_que_se_envia(yo.get(editar).text)
    comparar, libres = Vigia.comparar, []

    def mirar(self):
        comparar(self)
        libres.append(puede_escribir_otra(type(integrante), integrante.pk))

    monkeypatch.setattr(Vigia, "comparar", mirar)
    assert yo.post(editar, {**datos, "nombres": "Ana Rosa"}).status_code == 302
    assert libres == [False]


def test_two_that_save_a_row_at_once_are_one_after_the_other(dos):
    ajustes = AjustesDelAula.load()
    editar = reverse("wagtailsettings:edit", args=["kuska_marco", "ajustesdelaula", ajustes.pk])
    abiertas = [{**lo_que_se_envia(uno.get(editar).text), "entidad": f"De {n}"} for n, uno in enumerate(dos)]
    respuestas = {}

    def enviar(n):
        def acto():
            respuestas[n] = dos[n].post(editar, abiertas[n])

        return acto

    assert a_la_vez(enviar(0), enviar(1)) == []
    [primera] = [n for n, una in respuestas.items() if una.status_code == 302]
    assert AjustesDelAula.objects.get().entidad == f"De {primera}"
    assert f"Ahora está guardado: De {primera}" in respuestas[1 - primera].text


def test_a_goal_written_between_reading_and_saving_is_told(entrar, cem_provincial, integrante, monkeypatch):
    edicion = Programa(lecciones=1).abrir()
    yo, metas = entrar(cem_provincial), reverse("kuska_seguimiento:metas")
    datos = lo_que_se_envia(yo.get(metas).text)
    dia = timezone.localdate() + datetime.timedelta(days=9)
    guardar, veces = de_metas.guardar_metas, []

    def otra_antes(**lo_suyo):
        if not veces:
            MetaDeTerritorio.objects.create(edicion=edicion, territorio_id=gente.DISTRITO_A, porcentaje=70, para_el=dia)
        veces.append(1)
        guardar(**lo_suyo)

    monkeypatch.setattr("seguimiento.views.metas.guardar_metas", otra_antes)
    mia = {f"m{gente.DISTRITO_A}-porcentaje": "60", f"m{gente.DISTRITO_A}-para_el": dia.isoformat()}
    respuesta = yo.post(metas, {**datos, **mia})
    assert "Ahora está guardado: 70" in respuesta.text
    assert MetaDeTerritorio.objects.get().porcentaje == 70
    assert yo.post(metas, lo_que_se_envia(respuesta.text)).status_code == 302
    assert MetaDeTerritorio.objects.get().porcentaje == 60


def test_a_file_is_looked_at_before_the_turn_and_who_saved_meanwhile_is_told(dos, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    ajustes = AjustesDelAula.load()
    editar = reverse("wagtailsettings:edit", args=["kuska_marco", "ajustesdelaula", ajustes.pk])
    datos = {**lo_que_se_envia(dos[0].get(editar).text), "entidad": "Mía"}
    comparar, libres = Vigia.comparar, []

    def mirar(self):
        comparar(self)
        libres.append(puede_escribir_otra(AjustesDelAula, ajustes.pk))
        AjustesDelAula.objects.update(entidad="De otra")

    monkeypatch.setattr(Vigia, "comparar", mirar)
    respuesta = dos[0].post(editar, {**datos, "logo": SimpleUploadedFile("a.png", imagen(), "image/png")})
    assert libres == [True, False], "the second time, in its turn"
    assert "Ahora está guardado: De otra" in respuesta.text
    guardados = AjustesDelAula.objects.get()
    assert guardados.entidad == "De otra" and not guardados.logo, "nothing half saved"
    monkeypatch.undo()
    settings.MEDIA_ROOT = tmp_path
    otra_vez = {**lo_que_se_envia(respuesta.text), "logo": SimpleUploadedFile("a.png", imagen(), "image/png")}
    assert dos[0].post(editar, otra_vez).status_code == 302
    guardados = AjustesDelAula.objects.get()
    assert guardados.entidad == "Mía" and guardados.logo
