import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kuska_instancias", "0004_enlace_abierto"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Palabra",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "clase",
                    models.CharField(
                        choices=[("asiento", "Asiento"), ("distrito", "Distrito"), ("calidad", "Calidad")],
                        max_length=8,
                        verbose_name="clase",
                    ),
                ),
                ("leida", models.CharField(max_length=120, verbose_name="palabra")),
                ("clave", models.CharField(max_length=120, verbose_name="clave")),
                (
                    "nivel",
                    models.CharField(
                        blank=True,
                        choices=[("provincial", "Provincial"), ("distrital", "Distrital")],
                        max_length=10,
                        verbose_name="nivel",
                    ),
                ),
                ("significa", models.CharField(max_length=10, verbose_name="significa")),
                ("dicha_en", models.DateTimeField(verbose_name="dicha")),
                (
                    "ambito",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="palabras",
                        to="kuska_instancias.territorio",
                        verbose_name="vale en",
                    ),
                ),
                (
                    "dicha_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dicha por",
                    ),
                ),
            ],
            options={
                "verbose_name": "palabra",
                "verbose_name_plural": "palabras",
                "ordering": ["clase", "clave", "ambito_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clase", "nivel", "clave", "ambito"), name="palabra_unica_en_su_ambito"
                    ),
                    models.CheckConstraint(condition=models.Q(("clave", ""), _negated=True), name="palabra_con_clave"),
                ],
            },
        ),
    ]
