"""The same site again, otherwise made: everything that a host may have of its own, at once.

A user model, a picture, a base page, a frame, the applications in the other order, and neighbours called as our rooms
are. Warnings are errors. What is walked by the browser elsewhere is only asked for here.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from .receta import Sitio, pasos

GUIA = Path(__file__).resolve().parents[2] / "docs" / "plugin.md"
MARCO = """{% load static %}<!doctype html>
<html lang="es"><head><title>{% block title %}{% endblock %}</title>{% block extra_css %}{% endblock %}</head>
<body><nav id="la-suya">Mi sitio</nav>{% block content %}{% endblock %}</body></html>
"""

VECINOS = ("marco", "instancias", "cursos", "evaluaciones", "certificados", "seguimiento", "programas")

CUENTAS = """
from django.contrib.auth.models import AbstractUser
from django.db import models


class Usuario(AbstractUser):
    area = models.CharField(max_length=40, blank=True)
"""
MODELOS = """
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition


class Foto(AbstractImage):
    credito = models.CharField(max_length=80, blank=True)
    admin_form_fields = ("title", "file", "credito", "collection")


class FotoDerivada(AbstractRendition):
    image = models.ForeignKey(Foto, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="foto_derivada_unica")
        ]
"""
AJUSTES = """
INSTALLED_APPS = ["cuentas", "propio", *[f"vecinos.{{uno}}" for uno in {vecinos}], *reversed(INSTALLED_APPS)]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "cuentas.Usuario"
WAGTAILIMAGES_IMAGE_MODEL = "propio.Foto"
"""
BASE = """
INSTALLED_APPS.remove("home")  # its page stands on the one of Wagtail
INSTALLED_APPS.insert(0, "wagtail.test.basepage")  # a base page, as the makers of Wagtail try theirs
WAGTAIL_PAGE_MODEL = "basepage.BasePage"
"""
VECINO = '''
from django.db import models


class Curso(models.Model):
    """A table of somebody else, with a label that is the name of a room."""

    nombre = models.CharField(max_length=40)
'''

# Run inside the site: its own apps get their migrations, nothing is amiss, and ours lack none.
ANTES = """
import importlib

from django.core.management import call_command

call_command("makemigrations", "cuentas", "propio", verbosity=0)
importlib.invalidate_caches()
call_command("check")
call_command("migrate", verbosity=0)
call_command("makemigrations", *{vecinos}, check_changes=True, dry_run=True)
"""

# And then: what a course needs, by its services, and every door of it by a client.
DENTRO = """
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone
from wagtail.models import Locale, Site

from certificados.models import Certificado, Plantilla
from certificados.tasks import emitir_pendientes
from cursos.models import CatalogoDeCursos, Curso, Edicion, Inscripcion, Leccion, Modulo, Unidad
from cursos.services.avance import terminar_unidad
from instancias.acceso.services.enlaces import crear_enlace
from instancias.models import Asiento, Persona, Territorio
from marco.models import AjustesDelAula

setup_test_environment(debug=False)
call_command("cargar_territorio", "territorio.yaml", verbosity=0)
administra = get_user_model().objects.create_superuser("administra", "a@example.org", "4821-7093-prueba")
AjustesDelAula.objects.update_or_create(pk=AjustesDelAula.load().pk, defaults={"segundo_factor": False})
oficina, celular, nadie = Client(), Client(), Client()
oficina.force_login(administra)

sitio = Site.objects.filter(is_default_site=True).first()
catalogo = CatalogoDeCursos(title="Aula", slug="aula")
if sitio:
    sitio.root_page.add_child(instance=catalogo)
else:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    CatalogoDeCursos.add_root(instance=catalogo)
    Site.objects.create(hostname="localhost", root_page_id=catalogo.pk, is_default_site=True)
curso = catalogo.add_child(instance=Curso(title="Primeros pasos", slug="primeros", horas=4))
modulo = curso.add_child(instance=Modulo(title="Uno", slug="uno"))
paso = ("texto", {"titulo": "Escuchar", "texto": "<p>Escuche sin interrumpir.</p>"})
leccion = modulo.add_child(instance=Leccion(title="Escuchar", slug="escuchar", pasos=[paso], sabe_ahora="Oír"))
for pagina in (curso, modulo, leccion):
    pagina.save_revision().publish()
assert list(Unidad.objects.values_list("clase", flat=True)) == ["curso", "leccion"], list(Unidad.objects.values())

for pagina in (catalogo, curso, modulo, leccion):
    html = oficina.get(f"/admin/pages/{pagina.pk}/edit/")
    assert html.status_code == 200 and b"id_title" in html.content, pagina

edicion = Edicion.objects.create(curso=Unidad.objects.get(clase="curso"), nombre="Primera", inicia="2026-01-01")
edicion.territorios.set(Territorio.objects.filter(nivel="provincia"))
Plantilla.objects.create(nombre="Para todos", entidad="Mi entidad", lugar="Mi ciudad")
asiento = Asiento.objects.filter(instancia__territorio_id="990101").first()
quien = {"documento": "40000777", "nombres": "Luz Marina", "apellidos": "Paredes Soto"}
datos = {**quien, "asiento": asiento.pk, "calidad": "titular"}
hecho = oficina.post("/panel/personas/nueva", datos)
assert hecho.status_code == 302, hecho.content.decode()
persona = Persona.objects.get(documento="40000777")
enlace = crear_enlace(persona=persona, por=administra, ahora=timezone.now()).token
assert nadie.get(f"/a/{enlace}").status_code == 200
assert celular.post(f"/a/{enlace}").url.startswith("/"), enlace
persona.refresh_from_db()
Persona.objects.update(datos_revisados_en=timezone.now())
persona.cuenta.set_password("4821-7093-prueba")
persona.cuenta.save()
celular.force_login(persona.cuenta)

numero = Unidad.objects.get(clase="leccion").numero
for ruta in ("/inicio", "/c/1", f"/c/1/{numero}/1", "/glosario", "/ayuda", "/menu", "/certificados", "/mi-cuenta"):
    respuesta = celular.get(ruta, follow=True)
    html = respuesta.content.decode()
    assert respuesta.status_code == 200 and "<h1" in html, (ruta, respuesta.status_code, respuesta.redirect_chain)
    assert respuesta.redirect_chain in ([], [("/c/1", 302)]), (ruta, respuesta.redirect_chain)
    assert 'id="la-suya"' in html and "kuska/css/kuska.css" in html, ruta
for ruta in ("/panel", "/panel/personas", "/panel/lista", "/panel/certificados", "/admin/"):
    assert oficina.get(ruta).status_code in {200, 302}, ruta

inscripcion = Inscripcion.objects.get(persona=persona)
terminar_unidad(inscripcion=inscripcion, unidad=Unidad.objects.get(clase="leccion"), ahora=timezone.now())
emitir_pendientes()
certificado = Certificado.objects.get(persona=persona)
papel = celular.get(f"/certificados/{certificado.pk}/pdf")
assert b"".join(papel).startswith(b"%PDF-")
assert "Documento válido" in nadie.get(f"/v/{certificado.codigo_largo}").content.decode()
print("anduvo")
"""


def montar(base: Sitio, carpeta: Path, *, con_pagina: bool) -> Sitio:
    """Copy what the README made, before its database, and give it all that a host may have of its own."""
    shutil.copytree(base.carpeta, carpeta, ignore=shutil.ignore_patterns("*.sqlite3", "*.log", "privado", "media"))
    sitio = Sitio(carpeta, base.entorno, {**base.extra, "PYTHONWARNINGS": "error"})
    suyas = {"cuentas": CUENTAS, "propio": MODELOS}
    for nombre, modelos in suyas.items():
        escribir(carpeta / nombre / "__init__.py", "")
        escribir(carpeta / nombre / "models.py", modelos)
    for nombre in VECINOS:
        vecino = carpeta / "vecinos" / nombre
        escribir(vecino / "__init__.py", "")
        escribir(vecino / "models.py", VECINO)
        escribir(vecino / "templatetags/__init__.py", "")
        escribir(vecino / f"templatetags/{nombre}.py", "from django.template import Library\n\nregister = Library()\n")
        escribir(vecino / f"templates/{nombre}/curso.html", "ajena")
    escribir(carpeta / "mysite/templates/base.html", MARCO)
    for paso in pasos(GUIA.read_text("utf-8")):
        if paso.archivo.endswith("base_del_sitio.html"):
            escribir(carpeta / paso.archivo, paso.texto)
    with (carpeta / "mysite/settings/base.py").open("a", encoding="utf-8") as ajustes:
        ajustes.write(AJUSTES.format(vecinos=VECINOS) + (BASE if con_pagina else ""))
    return sitio


def escribir(archivo: Path, texto: str) -> None:
    archivo.parent.mkdir(parents=True, exist_ok=True)
    archivo.write_text(texto, "utf-8")


def probar(sitio: Sitio) -> None:
    """All of it typed into one shell: starting Django again for each command takes longer than the commands."""
    escribir(sitio.carpeta / "dentro.py", ANTES.format(vecinos=[f"kuska_{uno}" for uno in VECINOS]) + DENTRO)
    dicho = sitio.teclear("python manage.py shell -v 0 < dentro.py")
    if "no issues" not in dicho or "anduvo" not in dicho:
        raise AssertionError(f"El recorrido de adentro no llegó al final:\n{dicho}")
