"""The table of the workshops, as ``makemigrations talleres`` writes it."""

from __future__ import annotations

import swapper
from django.db import migrations, models

from cursos.models.base import enlace_a_la_base


class Migration(migrations.Migration):
    initial = True
    dependencies = [swapper.dependency("wagtailcore", "Page")]
    operations = [
        migrations.CreateModel(
            name="Taller",
            fields=[
                ("page_ptr", enlace_a_la_base()),
                ("lugar", models.CharField(max_length=120, verbose_name="lugar")),
                ("dia", models.DateField(verbose_name="día")),
            ],
            options={"verbose_name": "taller", "verbose_name_plural": "talleres"},
            bases=(swapper.get_model_name("wagtailcore", "Page").lower(), models.Model),
        ),
    ]
