"""Name in Spanish what Wagtail makes in English: the review, its groups and the root of the pages."""

from django.conf import settings
from django.db import migrations
from django.db.models import Model

NOMBRES = (
    ("wagtailcore", "Workflow", "Moderators approval", "Revisión del CEM"),
    ("wagtailcore", "Task", "Moderators approval", "Revisión del CEM"),
    ("auth", "Group", "Moderators", "Revisión"),
    ("auth", "Group", "Editors", "Redacción"),
)


def nombrar(apps, schema_editor):
    for app, modelo, antes, despues in NOMBRES:
        _renombrar(apps.get_model(app, modelo), antes, despues)
    _titular_la_raiz(apps, "Root", "Raíz")


def deshacer(apps, schema_editor):
    for app, modelo, antes, despues in NOMBRES:
        _renombrar(apps.get_model(app, modelo), despues, antes)
    _titular_la_raiz(apps, "Raíz", "Root")


def _renombrar(modelo: type[Model], antes: str, despues: str) -> None:
    filas = modelo._default_manager
    if not filas.filter(name=despues).exists():
        filas.filter(name=antes).update(name=despues)


def _titular_la_raiz(apps, antes: str, despues: str) -> None:
    paginas = apps.get_model(getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page"))
    paginas._default_manager.filter(depth=1, title=antes).update(title=despues, draft_title=despues)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_portada"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(nombrar, deshacer)]
