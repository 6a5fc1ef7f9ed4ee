import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from marco.de_una_vez import DeUnaVez


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kuska_cursos", "0001_inicial"),
        ("kuska_instancias", "0001_inicial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MetaDeTerritorio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("porcentaje", models.PositiveSmallIntegerField(verbose_name="porcentaje de integrantes")),
                ("para_el", models.DateField(verbose_name="para el")),
                (
                    "edicion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="metas",
                        to="kuska_cursos.edicion",
                        verbose_name="edición",
                    ),
                ),
                (
                    "territorio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="metas",
                        to="kuska_instancias.territorio",
                        verbose_name="territorio",
                    ),
                ),
            ],
            options={
                "verbose_name": "meta",
                "verbose_name_plural": "metas",
                "ordering": ["para_el"],
                "constraints": [
                    models.UniqueConstraint(fields=("edicion", "territorio"), name="meta_una_por_territorio"),
                    models.CheckConstraint(
                        condition=models.Q(("porcentaje__range", (1, 100))), name="meta_entre_1_y_100"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recordatorio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "motivo",
                    models.CharField(
                        choices=[
                            ("ayuda", "Necesita ayuda"),
                            ("solo_evaluacion", "Solo le falta la evaluación"),
                            ("detenido", "Sin actividad en 14 días"),
                            ("no_entro", "Todavía no entra"),
                            ("vacante", "Asiento sin persona"),
                        ],
                        max_length=16,
                        verbose_name="motivo",
                    ),
                ),
                ("hecho_en", models.DateTimeField(verbose_name="hecho")),
                ("hecho_el", models.DateField(verbose_name="día")),
                (
                    "asiento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recordatorios",
                        to="kuska_instancias.asiento",
                        verbose_name="asiento",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recordatorios",
                        to="kuska_instancias.persona",
                        verbose_name="persona",
                    ),
                ),
                (
                    "por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="por",
                    ),
                ),
            ],
            options={
                "verbose_name": "recordatorio",
                "verbose_name_plural": "recordatorios",
                "ordering": ["-hecho_en"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asiento__isnull", True), ("persona__isnull", False)),
                            models.Q(("asiento__isnull", False), ("persona__isnull", True)),
                            _connector="OR",
                        ),
                        name="recordatorio_a_persona_o_asiento",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("persona__isnull", False)),
                        fields=("persona", "motivo", "hecho_el"),
                        name="recordatorio_uno_por_dia_y_persona",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("asiento__isnull", False)),
                        fields=("asiento", "motivo", "hecho_el"),
                        name="recordatorio_uno_por_dia_y_asiento",
                    ),
                ],
            },
        ),
    ]
    operations = [DeUnaVez(operations)]
