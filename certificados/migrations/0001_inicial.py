import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

import instancias.nombres_propios
import marco.derivados
from marco.de_una_vez import DeUnaVez


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kuska_cursos", "0001_inicial"),
        ("kuska_instancias", "0001_inicial"),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificado",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "documento",
                    models.CharField(
                        choices=[("certificado", "Certificado"), ("constancia", "Constancia")],
                        max_length=12,
                        verbose_name="documento",
                    ),
                ),
                ("anio", models.PositiveSmallIntegerField(verbose_name="año de registro")),
                ("numero", models.PositiveIntegerField(verbose_name="número de registro")),
                ("codigo_largo", models.CharField(max_length=40, unique=True, verbose_name="código de verificación")),
                ("codigo_corto", models.CharField(max_length=10, unique=True, verbose_name="código impreso")),
                ("datos", models.JSONField(verbose_name="datos impresos")),
                (
                    "estado",
                    models.CharField(
                        choices=[("vigente", "Vigente"), ("reemplazado", "Reemplazado"), ("anulado", "Anulado")],
                        default="vigente",
                        max_length=12,
                        verbose_name="estado",
                    ),
                ),
                ("emitido_en", models.DateTimeField(verbose_name="emitido")),
                ("anulado_en", models.DateTimeField(blank=True, null=True, verbose_name="anulado")),
                ("pdf", models.CharField(blank=True, max_length=120, verbose_name="archivo PDF")),
                ("pdf_bytes", models.PositiveIntegerField(blank=True, null=True, verbose_name="tamaño del PDF")),
                ("pdf_sha256", models.CharField(blank=True, max_length=64, verbose_name="huella del PDF")),
                ("busqueda", marco.derivados.CampoBuscable(de=("datos__nombre", "datos__numero_de_documento"))),
            ],
            options={
                "verbose_name": "certificado",
                "verbose_name_plural": "certificados",
                "ordering": ["-anio", "-numero"],
            },
        ),
        migrations.CreateModel(
            name="ContadorDeRegistro",
            fields=[
                ("anio", models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name="año")),
                ("ultimo", models.PositiveIntegerField(default=0, verbose_name="último número")),
            ],
            options={
                "verbose_name": "contador de registro",
                "verbose_name_plural": "contadores de registro",
            },
        ),
        migrations.CreateModel(
            name="Firmante",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("nombre", instancias.nombres_propios.CampoDeFirma(max_length=120, verbose_name="nombre")),
                ("cargo", models.CharField(max_length=120, verbose_name="cargo")),
                ("entidad", models.CharField(max_length=160, verbose_name="entidad")),
            ],
            options={
                "verbose_name": "firmante",
                "verbose_name_plural": "firmantes",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LogoDePlantilla",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "logo",
                "verbose_name_plural": "logos",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plantilla",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nombre", models.CharField(max_length=80, unique=True, verbose_name="nombre")),
                (
                    "documento",
                    models.CharField(
                        choices=[("certificado", "Certificado (exige aprobar)"), ("constancia", "Constancia")],
                        default="constancia",
                        max_length=12,
                        verbose_name="documento",
                    ),
                ),
                ("entidad", models.CharField(max_length=160, verbose_name="entidad que emite")),
                ("lugar", models.CharField(max_length=80, verbose_name="lugar")),
                ("modalidad", models.CharField(default="virtual", max_length=40, verbose_name="modalidad")),
                ("lema", models.CharField(blank=True, max_length=160, verbose_name="denominación oficial del año")),
                ("con_contenido", models.BooleanField(default=True, verbose_name="segunda página con el contenido")),
                ("busqueda", marco.derivados.CampoBuscable(de=("nombre", "entidad"))),
                ("orden_alfabetico", marco.derivados.CampoDeOrden(de=("nombre",))),
            ],
            options={
                "verbose_name": "plantilla de certificado",
                "verbose_name_plural": "plantillas de certificado",
                "ordering": ["orden_alfabetico", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ActoDeCertificado",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "acto",
                    models.CharField(
                        choices=[("emitir", "Emitido"), ("reemplazar", "Reemplazado"), ("anular", "Anulado")],
                        max_length=12,
                        verbose_name="acto",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=200, verbose_name="motivo")),
                ("en", models.DateTimeField(verbose_name="fecha")),
                (
                    "por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "acto de certificado",
                "verbose_name_plural": "actos de certificado",
                "ordering": ["en", "pk"],
            },
        ),
        migrations.AddField(
            model_name="certificado",
            name="curso",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificados",
                to="kuska_cursos.unidad",
                verbose_name="curso",
            ),
        ),
        migrations.AddField(
            model_name="certificado",
            name="edicion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificados",
                to="kuska_cursos.edicion",
                verbose_name="edición",
            ),
        ),
        migrations.AddField(
            model_name="certificado",
            name="inscripcion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificados",
                to="kuska_cursos.inscripcion",
                verbose_name="inscripción",
            ),
        ),
        migrations.AddField(
            model_name="certificado",
            name="persona",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificados",
                to="kuska_instancias.persona",
                verbose_name="persona",
            ),
        ),
        migrations.AddField(
            model_name="certificado",
            name="reemplaza_a",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reemplazado_por",
                to="kuska_certificados.certificado",
                verbose_name="reemplaza a",
            ),
        ),
        migrations.AddField(
            model_name="certificado",
            name="territorio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificados",
                to="kuska_instancias.territorio",
                verbose_name="territorio",
            ),
        ),
        migrations.AddField(
            model_name="actodecertificado",
            name="certificado",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actos",
                to="kuska_certificados.certificado",
                verbose_name="certificado",
            ),
        ),
        migrations.AddField(
            model_name="firmante",
            name="imagen",
            field=models.ForeignKey(
                blank=True,
                help_text="Opcional. Una imagen no es una firma digital.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=get_image_model_string(),
                verbose_name="imagen de la firma",
            ),
        ),
        migrations.AddField(
            model_name="logodeplantilla",
            name="imagen",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=get_image_model_string()
            ),
        ),
        migrations.AddField(
            model_name="plantilla",
            name="curso",
            field=models.OneToOneField(
                blank=True,
                help_text="Vacío: es la plantilla de los cursos que no tienen una propia.",
                limit_choices_to={"clase": "curso"},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plantilla",
                to="kuska_cursos.unidad",
                verbose_name="curso",
            ),
        ),
        migrations.AddField(
            model_name="logodeplantilla",
            name="plantilla",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="logos", to="kuska_certificados.plantilla"
            ),
        ),
        migrations.AddField(
            model_name="firmante",
            name="plantilla",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="firmantes", to="kuska_certificados.plantilla"
            ),
        ),
        migrations.AddIndex(
            model_name="certificado",
            index=models.Index(fields=["territorio", "estado"], name="certificado_por_territorio"),
        ),
        migrations.AddConstraint(
            model_name="certificado",
            constraint=models.UniqueConstraint(fields=("anio", "numero"), name="certificado_registro_unico"),
        ),
        migrations.AddConstraint(
            model_name="certificado",
            constraint=models.UniqueConstraint(
                condition=models.Q(("estado", "vigente")),
                fields=("persona", "edicion"),
                name="certificado_uno_vigente_por_persona_y_edicion",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificado",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("anulado_en__isnull", False), ("estado", "anulado")),
                    models.Q(models.Q(("estado", "anulado"), _negated=True), ("anulado_en__isnull", True)),
                    _connector="OR",
                ),
                name="certificado_anulado_con_fecha",
            ),
        ),
    ]
    operations = [DeUnaVez(operations)]
