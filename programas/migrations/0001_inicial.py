import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContenidoCargado",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clave", models.CharField(max_length=80, unique=True, verbose_name="clave")),
                ("huella", models.CharField(max_length=64, verbose_name="huella del archivo")),
                ("claves", models.JSONField(blank=True, default=dict, verbose_name="claves de las preguntas")),
                ("cargado_en", models.DateTimeField(verbose_name="cargado")),
                ("retirado_en", models.DateTimeField(blank=True, null=True, verbose_name="retirado")),
                (
                    "pagina",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contenido_cargado",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="página",
                    ),
                ),
            ],
            options={
                "verbose_name": "contenido cargado",
                "verbose_name_plural": "contenidos cargados",
                "ordering": ["clave"],
            },
        ),
    ]
