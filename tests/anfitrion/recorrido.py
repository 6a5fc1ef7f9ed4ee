"""Run by ``tests/test_anfitrion.py`` inside the foreign site: publish a course there and see its units."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from wagtail.models import Locale  # noqa: E402

from cursos.models import Unidad  # noqa: E402
from tests.anfitrion.models import Catalogo, MiCurso, MiLeccion, MiModulo  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
Locale.objects.get_or_create(language_code="es-pe")
raiz = Catalogo.add_root(instance=Catalogo(title="Raíz", slug="raiz"))
curso = raiz.add_child(instance=MiCurso(title="Curso ajeno", slug="c", horas=10))
modulo = curso.add_child(instance=MiModulo(title="Módulo", slug="m"))
paso = {"type": "texto", "value": {"titulo": "Uno", "texto": "<p>Hola</p>"}}
leccion = modulo.add_child(instance=MiLeccion(title="Lección", slug="l", pasos=[("texto", paso["value"])]))
for pagina in (curso, modulo, leccion):
    pagina.save_revision().publish()
unidades = list(Unidad.objects.order_by("pk").values_list("clase", "titulo"))
print(unidades)  # noqa: T201 (what the test reads)
