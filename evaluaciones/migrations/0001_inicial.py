import uuid

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import evaluaciones.campos
import evaluaciones.clases.registro
from marco.de_una_vez import DeUnaVez


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kuska_cursos", "0001_inicial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evaluacion",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "clase",
                    models.CharField(
                        choices=[
                            ("entrada", "De entrada"),
                            ("practica", "Práctica"),
                            ("modulo", "Del módulo"),
                            ("final", "Final"),
                            ("encuesta", "Encuesta"),
                        ],
                        default="modulo",
                        help_text="Solo la del módulo y la final llevan nota. La práctica explica al momento y se repite.",
                        max_length=10,
                        verbose_name="clase",
                    ),
                ),
                (
                    "presentacion",
                    models.TextField(
                        blank=True,
                        help_text="Una o dos frases tranquilas. Ejemplo: «Responda con calma».",
                        verbose_name="presentación",
                    ),
                ),
                (
                    "sortear",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Cuántas se sortean para cada persona. Vacío: todas.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="preguntas por intento",
                    ),
                ),
                (
                    "nota_minima",
                    models.PositiveSmallIntegerField(
                        default=70,
                        help_text="70 % equivale a 14 de 20. La práctica y la encuesta no la usan.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="nota mínima (%)",
                    ),
                ),
                (
                    "intentos",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="intentos",
                    ),
                ),
                ("barajar", models.BooleanField(default=True, verbose_name="barajar alternativas")),
                (
                    "dias_de_plazo",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Cuentan desde que la persona empieza. Vacío: sin límite, lo más tranquilo.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="días para enviarla",
                    ),
                ),
                (
                    "preguntas_de",
                    models.ForeignKey(
                        blank=True,
                        help_text="Para la final: toma las de la de entrada, y a cada persona le toca la otra forma.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="gemelas",
                        to="kuska_evaluaciones.evaluacion",
                        verbose_name="usa las preguntas de",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluación",
                "verbose_name_plural": "evaluaciones",
            },
            bases=(settings.WAGTAIL_PAGE_MODEL, models.Model),
        ),
        migrations.CreateModel(
            name="Intento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clave", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="clave")),
                ("numero", models.PositiveSmallIntegerField(verbose_name="número de intento")),
                (
                    "estado",
                    models.CharField(
                        choices=[("en_curso", "En curso"), ("enviado", "Enviado"), ("cerrado", "Cerrado sin enviar")],
                        default="en_curso",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("formulario", evaluaciones.campos.CampoFormulario(verbose_name="formulario mostrado")),
                ("reglas", evaluaciones.campos.CampoReglas(verbose_name="reglas del día")),
                ("iniciado_en", models.DateTimeField(verbose_name="iniciado")),
                ("vence_en", models.DateTimeField(blank=True, null=True, verbose_name="vence")),
                ("enviado_en", models.DateTimeField(blank=True, null=True, verbose_name="enviado")),
                (
                    "nota",
                    models.CharField(
                        blank=True,
                        choices=[("calificada", "Calificada"), ("por_calificar", "Por calificar")],
                        max_length=14,
                        verbose_name="nota",
                    ),
                ),
                ("puntos", evaluaciones.campos.CampoPuntos(blank=True, null=True, verbose_name="puntos")),
                ("puntos_posibles", models.PositiveSmallIntegerField(verbose_name="puntos posibles")),
                ("aprobado", models.BooleanField(blank=True, null=True, verbose_name="aprobado")),
                (
                    "cierre",
                    models.CharField(
                        blank=True,
                        choices=[("plazo", "Terminó su plazo"), ("edicion", "Terminó la edición")],
                        max_length=8,
                        verbose_name="por qué se cerró",
                    ),
                ),
                (
                    "clave_vista",
                    models.BooleanField(default=False, editable=False, verbose_name="ya vio las respuestas correctas"),
                ),
                (
                    "inscripcion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intentos",
                        to="kuska_cursos.inscripcion",
                        verbose_name="inscripción",
                    ),
                ),
                (
                    "unidad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intentos",
                        to="kuska_cursos.unidad",
                        verbose_name="evaluación",
                    ),
                ),
            ],
            options={
                "verbose_name": "intento",
                "verbose_name_plural": "intentos",
                "ordering": ["inscripcion_id", "unidad_id", "numero"],
            },
        ),
        migrations.CreateModel(
            name="IntentoMas",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("despues_de", models.PositiveSmallIntegerField(verbose_name="intentos enviados")),
                ("motivo", models.CharField(max_length=200, verbose_name="motivo")),
                ("dado_en", models.DateTimeField(verbose_name="dado")),
                (
                    "inscripcion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intentos_mas",
                        to="kuska_cursos.inscripcion",
                        verbose_name="inscripción",
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
                (
                    "unidad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intentos_mas",
                        to="kuska_cursos.unidad",
                        verbose_name="evaluación",
                    ),
                ),
            ],
            options={
                "verbose_name": "intento más",
                "verbose_name_plural": "intentos más",
                "ordering": ["dado_en"],
            },
        ),
        migrations.CreateModel(
            name="Pregunta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("clave", models.UUIDField(blank=True, default=uuid.uuid4, verbose_name="clave")),
                (
                    "tipo",
                    models.CharField(
                        choices=evaluaciones.clases.registro.opciones, default="una", max_length=30, verbose_name="tipo"
                    ),
                ),
                ("datos", models.JSONField(blank=True, default=dict, editable=False, verbose_name="datos de su clase")),
                ("texto", models.TextField(help_text="Hasta 60 palabras, con su caso.", verbose_name="pregunta")),
                (
                    "dificultad",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Básica"), (2, "Media"), (3, "Aplicada a un caso")],
                        default=1,
                        verbose_name="dificultad",
                    ),
                ),
                (
                    "objetivo",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="El número del objetivo. El sorteo los reparte.",
                        verbose_name="objetivo del módulo",
                    ),
                ),
                (
                    "otro_objetivo",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Solo si el caso pregunta por dos. No cambia el sorteo.",
                        null=True,
                        verbose_name="otro objetivo",
                    ),
                ),
                (
                    "forma",
                    models.CharField(
                        blank=True,
                        choices=[("A", "Forma A"), ("B", "Forma B")],
                        help_text="Para la de entrada y la final: quien empieza con la A termina con la B. Vacía: va en las dos.",
                        max_length=1,
                        verbose_name="forma",
                    ),
                ),
                (
                    "motivo_del_cambio",
                    models.CharField(
                        blank=True,
                        help_text="Solo si cambia cuál es la correcta. Ejemplo: «La Ley 32298 cambió el plazo».",
                        max_length=200,
                        verbose_name="por qué cambió la respuesta correcta",
                    ),
                ),
                (
                    "articulo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kuska_cursos.articulo",
                        verbose_name="artículo",
                    ),
                ),
                (
                    "evaluacion",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preguntas",
                        to="kuska_evaluaciones.evaluacion",
                        verbose_name="evaluación",
                    ),
                ),
                (
                    "leccion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kuska_cursos.unidad",
                        verbose_name="lección para repasar",
                    ),
                ),
            ],
            options={
                "verbose_name": "pregunta",
                "verbose_name_plural": "preguntas",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Alternativa",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("clave", models.UUIDField(blank=True, default=uuid.uuid4, verbose_name="clave")),
                ("texto", models.CharField(max_length=300, verbose_name="texto")),
                ("correcta", models.BooleanField(default=False, verbose_name="es correcta")),
                (
                    "explicacion",
                    models.TextField(
                        blank=True,
                        help_text="Explica esta alternativa y nombra la norma. La verá quien la elija.",
                        verbose_name="por qué",
                    ),
                ),
                (
                    "pregunta",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alternativas",
                        to="kuska_evaluaciones.pregunta",
                    ),
                ),
            ],
            options={
                "verbose_name": "alternativa",
                "verbose_name_plural": "alternativas",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VersionDePregunta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clave", models.UUIDField(verbose_name="clave de la pregunta")),
                ("numero", models.PositiveIntegerField(verbose_name="número")),
                ("huella", models.CharField(max_length=64, verbose_name="huella")),
                ("contenido", evaluaciones.campos.CampoPregunta(verbose_name="contenido")),
                ("vigente", models.BooleanField(default=True, verbose_name="vigente")),
                (
                    "motivo",
                    models.CharField(blank=True, max_length=200, verbose_name="por qué cambió la respuesta correcta"),
                ),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="orden")),
                ("creada_en", models.DateTimeField(verbose_name="creada")),
                (
                    "evaluacion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preguntas",
                        to="kuska_cursos.unidad",
                        verbose_name="evaluación",
                    ),
                ),
            ],
            options={
                "verbose_name": "versión de pregunta",
                "verbose_name_plural": "versiones de pregunta",
                "ordering": ["evaluacion_id", "orden"],
            },
        ),
        migrations.CreateModel(
            name="Respuesta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operacion", models.UUIDField(unique=True, verbose_name="operación")),
                ("secuencia", models.PositiveIntegerField(verbose_name="secuencia")),
                ("valor", models.JSONField(null=True, verbose_name="respuesta")),
                ("definitiva", models.BooleanField(default=False, verbose_name="definitiva")),
                (
                    "nota",
                    models.CharField(
                        blank=True,
                        choices=[("calificada", "Calificada"), ("por_calificar", "Por calificar")],
                        max_length=14,
                        verbose_name="nota",
                    ),
                ),
                ("puntos", evaluaciones.campos.CampoPuntos(blank=True, null=True, verbose_name="puntos")),
                ("maximo", models.PositiveSmallIntegerField(default=1, verbose_name="de")),
                ("calificada_en", models.DateTimeField(blank=True, null=True, verbose_name="calificada")),
                ("recibida_en", models.DateTimeField(verbose_name="recibida")),
                (
                    "calificada_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="calificada por",
                    ),
                ),
                (
                    "intento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="respuestas",
                        to="kuska_evaluaciones.intento",
                        verbose_name="intento",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="respuestas",
                        to="kuska_evaluaciones.versiondepregunta",
                        verbose_name="pregunta",
                    ),
                ),
            ],
            options={
                "verbose_name": "respuesta",
                "verbose_name_plural": "respuestas",
                "ordering": ["intento_id", "secuencia"],
            },
        ),
        migrations.AddConstraint(
            model_name="intento",
            constraint=models.UniqueConstraint(fields=("inscripcion", "unidad", "numero"), name="intento_numero_unico"),
        ),
        migrations.AddConstraint(
            model_name="intento",
            constraint=models.UniqueConstraint(
                condition=models.Q(("estado", "en_curso")),
                fields=("inscripcion", "unidad"),
                name="intento_uno_en_curso",
            ),
        ),
        migrations.AddConstraint(
            model_name="intento",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("aprobado__isnull", False),
                        ("enviado_en__isnull", False),
                        ("estado", "enviado"),
                        ("nota", "calificada"),
                        ("puntos__isnull", False),
                    ),
                    models.Q(
                        ("aprobado__isnull", True),
                        ("enviado_en__isnull", False),
                        ("estado", "enviado"),
                        ("nota", "por_calificar"),
                        ("puntos__isnull", True),
                    ),
                    models.Q(
                        models.Q(("estado", "enviado"), _negated=True),
                        ("aprobado__isnull", True),
                        ("nota", ""),
                        ("puntos__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="intento_enviado_con_resultado",
            ),
        ),
        migrations.AddConstraint(
            model_name="intento",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("enviado_en__isnull", True), ("enviado_en__gte", models.F("iniciado_en")), _connector="OR"
                ),
                name="intento_se_envia_despues_de_empezar",
            ),
        ),
        migrations.AddConstraint(
            model_name="intento",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("puntos__isnull", True), ("puntos__lte", models.F("puntos_posibles")), _connector="OR"
                ),
                name="intento_puntos_hasta_posibles",
            ),
        ),
        migrations.AddConstraint(
            model_name="intentomas",
            constraint=models.UniqueConstraint(
                fields=("inscripcion", "unidad", "despues_de"), name="intento_mas_una_vez"
            ),
        ),
        migrations.AddConstraint(
            model_name="versiondepregunta",
            constraint=models.UniqueConstraint(
                fields=("evaluacion", "clave", "numero"), name="version_de_pregunta_unica"
            ),
        ),
        migrations.AddConstraint(
            model_name="versiondepregunta",
            constraint=models.UniqueConstraint(
                condition=models.Q(("vigente", True)),
                fields=("evaluacion", "clave"),
                name="version_de_pregunta_vigente_unica",
            ),
        ),
        migrations.AddConstraint(
            model_name="respuesta",
            constraint=models.UniqueConstraint(fields=("intento", "secuencia"), name="respuesta_secuencia_unica"),
        ),
        migrations.AddConstraint(
            model_name="respuesta",
            constraint=models.UniqueConstraint(
                condition=models.Q(("definitiva", True)),
                fields=("intento", "version"),
                name="respuesta_definitiva_unica",
            ),
        ),
        migrations.AddConstraint(
            model_name="respuesta",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("definitiva", False), ("nota", ""), ("puntos__isnull", True)),
                    models.Q(("definitiva", True), ("nota", "calificada"), ("puntos__isnull", False)),
                    models.Q(("definitiva", True), ("nota", "por_calificar"), ("puntos__isnull", True)),
                    _connector="OR",
                ),
                name="respuesta_definitiva_calificada",
            ),
        ),
        migrations.AddConstraint(
            model_name="respuesta",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("puntos__isnull", True),
                    models.Q(("maximo__gt", 0), ("puntos__gte", 0), ("puntos__lte", models.F("maximo"))),
                    _connector="OR",
                ),
                name="respuesta_puntos_hasta_maximo",
            ),
        ),
    ]
    operations = [DeUnaVez(operations)]
