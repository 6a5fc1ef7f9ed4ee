import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import cursos.esquemas
import marco.derivados
from marco.de_una_vez import DeUnaVez


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kuska_instancias", "0001_inicial"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogoDeCursos",
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
            ],
            options={
                "verbose_name": "catálogo de cursos",
                "verbose_name_plural": "catálogos de cursos",
            },
            bases=(settings.WAGTAIL_PAGE_MODEL, models.Model),
        ),
        migrations.CreateModel(
            name="Curso",
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
                    "presentacion",
                    models.TextField(blank=True, help_text="Una o dos oraciones.", verbose_name="presentación"),
                ),
                (
                    "aprendera",
                    models.TextField(
                        blank=True,
                        help_text="Hasta tres líneas, una por renglón. Empiece con un verbo.",
                        verbose_name="qué podrá hacer",
                    ),
                ),
                (
                    "horas",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Las que declara la entidad. Van en el certificado.",
                        null=True,
                        verbose_name="horas",
                    ),
                ),
                (
                    "tipo_de_horas",
                    models.CharField(
                        choices=[("cronologicas", "cronológicas"), ("academicas", "académicas")],
                        default="academicas",
                        max_length=12,
                        verbose_name="tipo de horas",
                    ),
                ),
                (
                    "revisado_el",
                    models.DateField(
                        blank=True,
                        help_text="Día en que alguien revisó que las normas sigan vigentes.",
                        null=True,
                        verbose_name="revisión legal",
                    ),
                ),
            ],
            options={
                "verbose_name": "curso",
                "verbose_name_plural": "cursos",
            },
            bases=(settings.WAGTAIL_PAGE_MODEL, models.Model),
        ),
        migrations.CreateModel(
            name="Modulo",
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
                    "objetivos",
                    models.TextField(
                        blank=True, help_text="Hasta tres líneas, una por renglón.", verbose_name="objetivos"
                    ),
                ),
                ("horas", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="horas")),
                (
                    "tarea",
                    models.TextField(
                        blank=True,
                        help_text="Una tarea breve y aplicada. No pide datos de casos.",
                        verbose_name="tarea para su instancia",
                    ),
                ),
                (
                    "rutas",
                    models.BooleanField(
                        default=False,
                        help_text="Cada lección dice a qué asientos toca. Es opcional y no va en el certificado.",
                        verbose_name="sus lecciones son por asiento",
                    ),
                ),
            ],
            options={
                "verbose_name": "módulo",
                "verbose_name_plural": "módulos",
            },
            bases=(settings.WAGTAIL_PAGE_MODEL, models.Model),
        ),
        migrations.CreateModel(
            name="Norma",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clave", models.SlugField(max_length=40, unique=True, verbose_name="clave")),
                ("tipo", models.CharField(max_length=60, verbose_name="tipo")),
                ("numero", models.CharField(max_length=40, verbose_name="número")),
                ("titulo", models.CharField(max_length=300, verbose_name="título")),
                ("publicada", models.DateField(blank=True, null=True, verbose_name="publicada")),
                ("busqueda", marco.derivados.CampoBuscable(de=("tipo", "numero", "titulo"))),
            ],
            options={
                "verbose_name": "norma",
                "verbose_name_plural": "normas",
                "ordering": ["tipo", "numero"],
            },
        ),
        migrations.CreateModel(
            name="DecisionDeRetiro",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trato",
                    models.CharField(
                        choices=[
                            ("dejar_de_pedir", "Dejar de pedirla"),
                            ("se_sigue_pidiendo", "Se sigue pidiendo: volverá"),
                        ],
                        max_length=20,
                        verbose_name="decisión",
                    ),
                ),
                ("personas", models.PositiveIntegerField(default=0, verbose_name="personas a quienes les faltaba")),
                ("terminan", models.PositiveIntegerField(default=0, verbose_name="personas que terminaron por ella")),
                ("pierden", models.PositiveIntegerField(default=0, verbose_name="personas que la tenían a medias")),
                ("en", models.DateTimeField(verbose_name="fecha")),
                ("firme_desde", models.DateTimeField(verbose_name="se puede deshacer hasta")),
                ("cerrada_en", models.DateTimeField(blank=True, null=True, verbose_name="en firme")),
                ("deshecha_en", models.DateTimeField(blank=True, null=True, verbose_name="deshecha")),
                (
                    "deshecha_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "verbose_name": "decisión sobre una parte retirada",
                "verbose_name_plural": "decisiones sobre partes retiradas",
                "ordering": ["-en", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Edicion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nombre", models.CharField(max_length=120, verbose_name="nombre")),
                ("inicia", models.DateField(verbose_name="inicia")),
                ("termina", models.DateField(blank=True, null=True, verbose_name="termina")),
                ("abierta", models.BooleanField(default=True, verbose_name="abierta")),
                (
                    "territorios",
                    models.ManyToManyField(
                        related_name="ediciones", to="kuska_instancias.territorio", verbose_name="territorios"
                    ),
                ),
                (
                    "tipos_de_asiento",
                    models.ManyToManyField(
                        blank=True,
                        related_name="ediciones",
                        to="kuska_instancias.tipodeasiento",
                        verbose_name="tipos de asiento",
                    ),
                ),
            ],
            options={
                "verbose_name": "edición",
                "verbose_name_plural": "ediciones",
                "ordering": ["-inicia"],
            },
        ),
        migrations.CreateModel(
            name="Leccion",
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
                ("presentacion", models.CharField(blank=True, max_length=200, verbose_name="presentación")),
                (
                    "sabe_ahora",
                    models.TextField(
                        blank=True,
                        help_text="Tres líneas, una por renglón. Se muestran al terminar.",
                        verbose_name="lo que ahora sabe",
                    ),
                ),
                (
                    "tema_dificil",
                    models.BooleanField(
                        default=False,
                        help_text="Avisa antes de empezar que puede saltarlo o dejarlo.",
                        verbose_name="tema difícil",
                    ),
                ),
                (
                    "pasos",
                    wagtail.fields.StreamField(
                        [
                            ("texto", 4),
                            ("caso", 8),
                            ("cita", 12),
                            ("imagen", 16),
                            ("audio", 21),
                            ("pensar", 24),
                            ("resumen", 27),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "La idea del paso. Por ejemplo: «Quién recibe una denuncia».",
                                    "label": "Título",
                                    "max_length": 90,
                                },
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Hasta 120 palabras, en párrafos de tres oraciones como máximo.",
                                    "label": "Texto",
                                    "required": True,
                                },
                            ),
                            2: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Una o dos oraciones con un ejemplo del lugar.",
                                    "label": "En nuestra zona",
                                    "required": False,
                                },
                            ),
                            3: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Queda plegado; lo abre quien quiere saber más.",
                                    "label": "Más detalle",
                                    "required": False,
                                },
                            ),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("titulo", 0), ("texto", 1), ("en_nuestra_zona", 2), ("mas_detalle", 3)]],
                                {},
                            ),
                            5: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Hasta 90 palabras. Nombres de pila inventados y sin detalles que duelan.",
                                    "label": "Caso",
                                    "required": True,
                                },
                            ),
                            6: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "Una pregunta para pensar. No se califica.", "label": "Qué haría usted"},
                            ),
                            7: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "La respuesta y la regla en que se apoya. Queda plegada.",
                                    "label": "Qué dice la ruta",
                                    "required": True,
                                },
                            ),
                            8: (
                                "wagtail.blocks.StructBlock",
                                [[("titulo", 0), ("caso", 5), ("pregunta", 6), ("respuesta", 7)]],
                                {},
                            ),
                            9: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("kuska_cursos.Articulo",),
                                {
                                    "help_text": "Elíjalo del registro: así se sabe qué lecciones lo citan.",
                                    "label": "Artículo",
                                },
                            ),
                            10: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "Copiadas tal cual. Hasta 60 palabras.", "label": "Palabras de la norma"},
                            ),
                            11: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Lo mismo, como se lo diría a su vecina.",
                                    "label": "En palabras sencillas",
                                    "required": True,
                                },
                            ),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("titulo", 0), ("articulo", 9), ("cita", 10), ("en_palabras_sencillas", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.images.blocks.ImageBlock",
                                [],
                                {
                                    "help_text": "Diga qué muestra y para qué, o marque que es solo adorno. Hasta 10 MB.",
                                    "label": "Imagen",
                                },
                            ),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": cursos.esquemas.opciones,
                                    "help_text": "Pesa muy poco y ya trae su texto. Elija uno solo: imagen o dibujo.",
                                    "label": "O un dibujo del aula",
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Lo que hay que mirar y qué significa.",
                                    "label": "Explicación",
                                    "required": True,
                                },
                            ),
                            16: (
                                "wagtail.blocks.StructBlock",
                                [[("titulo", 0), ("imagen", 13), ("esquema", 14), ("explicacion", 15)]],
                                {},
                            ),
                            17: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "Un archivo listo (.opus, .ogg, .mp3 o .m4a) hasta 1 MB.",
                                    "label": "Audio",
                                },
                            ),
                            18: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"label": "Duración en segundos", "max_value": 600, "min_value": 1},
                            ),
                            19: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Todo el texto, para quien no puede escuchar. Obligatorio.",
                                    "label": "Lo que dice el audio",
                                    "required": True,
                                },
                            ),
                            20: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "Para celulares que no abren el primero: si aquel es .opus, aquí va .m4a.",
                                    "label": "El mismo audio en otro formato",
                                    "required": False,
                                },
                            ),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("titulo", 0),
                                        ("audio", 17),
                                        ("segundos", 18),
                                        ("transcripcion", 19),
                                        ("audio_alterno", 20),
                                    ]
                                ],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Para pensar. No se califica ni se guarda.",
                                    "label": "Pregunta",
                                    "required": True,
                                },
                            ),
                            23: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "ol", "ul", "link"],
                                    "help_text": "Queda plegada. Explique por qué, sin regañar.",
                                    "label": "Explicación",
                                    "required": True,
                                },
                            ),
                            24: (
                                "wagtail.blocks.StructBlock",
                                [[("titulo", 0), ("pregunta", 22), ("explicacion", 23)]],
                                {},
                            ),
                            25: ("wagtail.blocks.CharBlock", (), {"label": "Línea", "max_length": 160}),
                            26: ("wagtail.blocks.ListBlock", (25,), {"label": "Líneas", "min_num": 1}),
                            27: ("wagtail.blocks.StructBlock", [[("titulo", 0), ("lineas", 26)]], {}),
                        },
                        verbose_name="pasos",
                    ),
                ),
                (
                    "guion",
                    models.TextField(
                        blank=True,
                        help_text="La lección contada en voz alta, hasta 3 minutos. No se muestra: es para quien la grabe.",
                        verbose_name="guion de audio",
                    ),
                ),
                (
                    "asientos",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Sin marcar: es para todas las personas. Con alguno: es opcional y lo ven primero esos asientos.",
                        related_name="+",
                        to="kuska_instancias.tipodeasiento",
                        verbose_name="asientos",
                    ),
                ),
            ],
            options={
                "verbose_name": "lección",
                "verbose_name_plural": "lecciones",
            },
            bases=(settings.WAGTAIL_PAGE_MODEL, models.Model),
        ),
        migrations.CreateModel(
            name="Articulo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clave", models.CharField(max_length=60, unique=True, verbose_name="clave")),
                ("numero", models.CharField(max_length=40, verbose_name="número")),
                ("numero_tuo", models.CharField(blank=True, max_length=20, verbose_name="número en el TUO")),
                ("titulo", models.CharField(max_length=200, verbose_name="de qué trata")),
                ("busqueda", marco.derivados.CampoBuscable(de=("numero", "titulo", "clave"))),
                (
                    "norma",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articulos",
                        to="kuska_cursos.norma",
                        verbose_name="norma",
                    ),
                ),
            ],
            options={
                "verbose_name": "artículo",
                "verbose_name_plural": "artículos",
                "ordering": ["norma__tipo", "norma__numero", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RedaccionDeArticulo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vigente_desde", models.DateField(verbose_name="vigente desde")),
                ("vigente_hasta", models.DateField(blank=True, null=True, verbose_name="vigente hasta")),
                ("resumen", models.TextField(verbose_name="qué dice, en palabras propias")),
                (
                    "articulo",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redacciones",
                        to="kuska_cursos.articulo",
                        verbose_name="artículo",
                    ),
                ),
                (
                    "modificada_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kuska_cursos.norma",
                        verbose_name="modificada por",
                    ),
                ),
            ],
            options={
                "verbose_name": "redacción de artículo",
                "verbose_name_plural": "redacciones de artículo",
                "ordering": ["-vigente_desde"],
            },
        ),
        migrations.CreateModel(
            name="Termino",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "clave",
                    models.SlugField(
                        help_text="En minúsculas y con guiones. No la cambie.",
                        max_length=60,
                        unique=True,
                        verbose_name="clave",
                    ),
                ),
                ("termino", models.CharField(max_length=80, verbose_name="término")),
                (
                    "variantes",
                    models.TextField(
                        blank=True,
                        help_text="Una por renglón: plurales, femeninos, siglas. Por ejemplo: «medidas de protección».",
                        verbose_name="otras formas",
                    ),
                ),
                (
                    "definicion",
                    models.TextField(
                        help_text="De 10 a 40 palabras, en oraciones cortas.", verbose_name="qué significa"
                    ),
                ),
                (
                    "ejemplo",
                    models.TextField(
                        help_text="Una oración de la zona, con nombres inventados.", verbose_name="ejemplo"
                    ),
                ),
                ("busqueda", marco.derivados.CampoBuscable(de=("termino", "variantes", "definicion"))),
                ("orden_alfabetico", marco.derivados.CampoDeOrden(de=("termino",))),
                (
                    "articulo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="terminos",
                        to="kuska_cursos.articulo",
                        verbose_name="artículo en que se apoya",
                    ),
                ),
            ],
            options={
                "verbose_name": "término del glosario",
                "verbose_name_plural": "términos del glosario",
                "ordering": ["orden_alfabetico", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Unidad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clase", models.CharField(max_length=20, verbose_name="clase")),
                ("variante", models.CharField(blank=True, max_length=20, verbose_name="variante")),
                ("numero", models.PositiveIntegerField(verbose_name="número")),
                ("titulo", models.CharField(max_length=255, verbose_name="título publicado")),
                ("modulo", models.CharField(blank=True, max_length=255, verbose_name="módulo")),
                ("clave_del_modulo", models.PositiveBigIntegerField(default=0, verbose_name="identidad del módulo")),
                ("orden", models.PositiveIntegerField(default=0, verbose_name="orden")),
                ("pasos", models.PositiveSmallIntegerField(default=0, verbose_name="pasos")),
                (
                    "ids_de_pasos",
                    models.JSONField(blank=True, default=list, verbose_name="identificadores de sus pasos"),
                ),
                ("segundos", models.PositiveIntegerField(default=0, verbose_name="segundos en pantalla")),
                ("obligatoria", models.BooleanField(default=True, verbose_name="cuenta para terminar")),
                ("asientos", models.JSONField(blank=True, default=list, verbose_name="para los asientos")),
                (
                    "pagina_recordada",
                    models.PositiveBigIntegerField(blank=True, editable=False, null=True, verbose_name="última página"),
                ),
                ("retirada_en", models.DateTimeField(blank=True, null=True, verbose_name="retirada")),
                ("en_pausa", models.BooleanField(default=False, verbose_name="se sigue pidiendo aunque no se vea")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="revisión del contenido")),
                (
                    "curso",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unidades",
                        to="kuska_cursos.unidad",
                        verbose_name="curso",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kuska_cursos.decisionderetiro",
                        verbose_name="decisión",
                    ),
                ),
                (
                    "pagina",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="unidad",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="página",
                    ),
                ),
                (
                    "retirada_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="retirada por",
                    ),
                ),
            ],
            options={
                "verbose_name": "unidad",
                "verbose_name_plural": "unidades",
                "ordering": ["orden", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RequisitoDeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveIntegerField(default=0)),
                (
                    "unidad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kuska_cursos.unidad"
                    ),
                ),
            ],
            options={
                "verbose_name": "requisito de versión",
                "verbose_name_plural": "requisitos de versión",
                "ordering": ["orden"],
            },
        ),
        migrations.CreateModel(
            name="Inscripcion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "estado",
                    models.CharField(
                        choices=[("por_empezar", "Por empezar"), ("en_curso", "En curso"), ("terminada", "Terminada")],
                        default="por_empezar",
                        max_length=12,
                        verbose_name="estado",
                    ),
                ),
                ("requeridas", models.PositiveSmallIntegerField(default=0, verbose_name="unidades que pide")),
                ("hechas", models.PositiveSmallIntegerField(default=0, verbose_name="unidades hechas")),
                ("paso_actual", models.PositiveSmallIntegerField(default=0, verbose_name="paso actual")),
                ("creada_en", models.DateTimeField(verbose_name="creada")),
                ("iniciada_en", models.DateTimeField(blank=True, null=True, verbose_name="iniciada")),
                ("terminada_en", models.DateTimeField(blank=True, null=True, verbose_name="terminada")),
                ("termino_anotado_en", models.DateTimeField(editable=False, null=True, verbose_name="término anotado")),
                ("ultima_actividad_en", models.DateTimeField(blank=True, null=True, verbose_name="última actividad")),
                ("retirada_en", models.DateTimeField(blank=True, null=True, verbose_name="retirada")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inscripciones",
                        to="kuska_cursos.decisionderetiro",
                        verbose_name="decisión que le alcanzó",
                    ),
                ),
                (
                    "edicion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inscripciones",
                        to="kuska_cursos.edicion",
                        verbose_name="edición",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inscripciones",
                        to="kuska_instancias.persona",
                        verbose_name="persona",
                    ),
                ),
                (
                    "territorio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inscripciones",
                        to="kuska_instancias.territorio",
                        verbose_name="territorio",
                    ),
                ),
                (
                    "curso",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kuska_cursos.unidad",
                        verbose_name="curso",
                    ),
                ),
                (
                    "unidad_actual",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kuska_cursos.unidad",
                        verbose_name="unidad actual",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscripción",
                "verbose_name_plural": "inscripciones",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="edicion",
            name="curso",
            field=models.ForeignKey(
                limit_choices_to={"clase": "curso"},
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ediciones",
                to="kuska_cursos.unidad",
                verbose_name="curso",
            ),
        ),
        migrations.AddField(
            model_name="decisionderetiro",
            name="curso",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisiones",
                to="kuska_cursos.unidad",
                verbose_name="curso",
            ),
        ),
        migrations.AddField(
            model_name="decisionderetiro",
            name="unidades",
            field=models.ManyToManyField(related_name="+", to="kuska_cursos.unidad", verbose_name="partes"),
        ),
        migrations.CreateModel(
            name="Avance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "estado",
                    models.CharField(
                        choices=[("en_curso", "En curso"), ("terminada", "Terminada")],
                        default="en_curso",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("paso", models.PositiveSmallIntegerField(default=0, verbose_name="último paso visto")),
                ("vistos", models.TextField(blank=True, default="", verbose_name="pasos vistos")),
                ("iniciado_en", models.DateTimeField(verbose_name="iniciado")),
                ("terminado_en", models.DateTimeField(blank=True, null=True, verbose_name="terminado")),
                (
                    "inscripcion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avances",
                        to="kuska_cursos.inscripcion",
                        verbose_name="inscripción",
                    ),
                ),
                (
                    "unidad",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avances",
                        to="kuska_cursos.unidad",
                        verbose_name="unidad",
                    ),
                ),
            ],
            options={
                "verbose_name": "avance",
                "verbose_name_plural": "avances",
            },
        ),
        migrations.CreateModel(
            name="VersionDeCurso",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.PositiveIntegerField(verbose_name="número")),
                ("titulo", models.CharField(max_length=255, verbose_name="título")),
                ("horas", models.PositiveSmallIntegerField(verbose_name="horas")),
                ("huella", models.CharField(max_length=64, verbose_name="huella")),
                (
                    "trato",
                    models.CharField(
                        choices=[
                            ("conservar", "Dejar como está a quienes ya empezaron"),
                            ("pedir_lo_nuevo", "Pedir la parte nueva a quienes no han terminado"),
                            ("sin_lo_retirado", "Dejar de pedir lo que se retiró"),
                        ],
                        default="conservar",
                        max_length=16,
                        verbose_name="quienes ya empezaron",
                    ),
                ),
                ("creada_en", models.DateTimeField(verbose_name="creada")),
                ("vigente", models.BooleanField(default=False, verbose_name="vigente")),
                ("decidida_en", models.DateTimeField(blank=True, null=True, verbose_name="decidida")),
                (
                    "creada_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="creada por",
                    ),
                ),
                (
                    "curso",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versiones",
                        to="kuska_cursos.unidad",
                        verbose_name="curso",
                    ),
                ),
                (
                    "decidida_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decidida por",
                    ),
                ),
                (
                    "origen",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kuska_cursos.versiondecurso",
                        verbose_name="viene de",
                    ),
                ),
                (
                    "requisitos",
                    models.ManyToManyField(
                        related_name="+", through="kuska_cursos.RequisitoDeVersion", to="kuska_cursos.unidad"
                    ),
                ),
            ],
            options={
                "verbose_name": "versión de curso",
                "verbose_name_plural": "versiones de curso",
                "ordering": ["curso_id", "-numero"],
            },
        ),
        migrations.AddField(
            model_name="requisitodeversion",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="filas", to="kuska_cursos.versiondecurso"
            ),
        ),
        migrations.AddField(
            model_name="inscripcion",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inscripciones",
                to="kuska_cursos.versiondecurso",
                verbose_name="versión",
            ),
        ),
        migrations.AddField(
            model_name="inscripcion",
            name="version_anterior",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kuska_cursos.versiondecurso",
            ),
        ),
        migrations.AddField(
            model_name="decisionderetiro",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kuska_cursos.versiondecurso",
                verbose_name="versión",
            ),
        ),
        migrations.AddConstraint(
            model_name="articulo",
            constraint=models.UniqueConstraint(fields=("norma", "numero"), name="articulo_unico_en_su_norma"),
        ),
        migrations.AddConstraint(
            model_name="redacciondearticulo",
            constraint=models.UniqueConstraint(fields=("articulo", "vigente_desde"), name="redaccion_unica_por_fecha"),
        ),
        migrations.AddConstraint(
            model_name="redacciondearticulo",
            constraint=models.UniqueConstraint(
                condition=models.Q(("vigente_hasta__isnull", True)),
                fields=("articulo",),
                name="redaccion_vigente_unica",
            ),
        ),
        migrations.AddConstraint(
            model_name="redacciondearticulo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vigente_hasta__isnull", True), ("vigente_hasta__gte", models.F("vigente_desde")), _connector="OR"
                ),
                name="redaccion_termina_despues",
            ),
        ),
        migrations.AddConstraint(
            model_name="termino",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("termino"), name="termino_del_glosario_unico"
            ),
        ),
        migrations.AddConstraint(
            model_name="unidad",
            constraint=models.UniqueConstraint(fields=("curso", "numero"), name="unidad_numero_unico_en_su_curso"),
        ),
        migrations.AddConstraint(
            model_name="unidad",
            constraint=models.UniqueConstraint(
                condition=models.Q(("curso__isnull", True)), fields=("numero",), name="unidad_numero_de_curso_unico"
            ),
        ),
        migrations.AddConstraint(
            model_name="unidad",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clase", "curso"), ("curso__isnull", True)),
                    models.Q(("clase", "curso"), _negated=True),
                    _connector="OR",
                ),
                name="unidad_raiz_es_curso",
            ),
        ),
        migrations.AddConstraint(
            model_name="edicion",
            constraint=models.CheckConstraint(
                condition=models.Q(("termina__isnull", True), ("termina__gte", models.F("inicia")), _connector="OR"),
                name="edicion_termina_despues_de_iniciar",
            ),
        ),
        migrations.AddConstraint(
            model_name="edicion",
            constraint=models.UniqueConstraint(fields=("curso", "nombre"), name="edicion_nombre_unico_en_su_curso"),
        ),
        migrations.AddConstraint(
            model_name="avance",
            constraint=models.UniqueConstraint(fields=("inscripcion", "unidad"), name="avance_uno_por_unidad"),
        ),
        migrations.AddConstraint(
            model_name="avance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("estado", "terminada"), ("terminado_en__isnull", False)),
                    models.Q(("estado", "en_curso"), ("terminado_en__isnull", True)),
                    _connector="OR",
                ),
                name="avance_terminado_con_fecha",
            ),
        ),
        migrations.AddConstraint(
            model_name="versiondecurso",
            constraint=models.UniqueConstraint(fields=("curso", "numero"), name="version_numero_unico_en_su_curso"),
        ),
        migrations.AddConstraint(
            model_name="versiondecurso",
            constraint=models.UniqueConstraint(
                condition=models.Q(("vigente", True)), fields=("curso",), name="version_vigente_unica_en_su_curso"
            ),
        ),
        migrations.AddConstraint(
            model_name="requisitodeversion",
            constraint=models.UniqueConstraint(fields=("version", "unidad"), name="requisito_unico_en_su_version"),
        ),
        migrations.AddIndex(
            model_name="inscripcion",
            index=models.Index(fields=["edicion", "territorio", "estado"], name="inscripcion_por_territorio"),
        ),
        migrations.AddIndex(
            model_name="inscripcion",
            index=models.Index(fields=["persona", "curso"], name="inscripcion_por_curso"),
        ),
        migrations.AddConstraint(
            model_name="inscripcion",
            constraint=models.UniqueConstraint(
                fields=("persona", "edicion"), name="inscripcion_una_por_persona_y_edicion"
            ),
        ),
        migrations.AddConstraint(
            model_name="inscripcion",
            constraint=models.CheckConstraint(
                condition=models.Q(("hechas__lte", models.F("requeridas"))), name="inscripcion_hechas_hasta_requeridas"
            ),
        ),
        migrations.AddConstraint(
            model_name="inscripcion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("estado", "terminada"), ("terminada_en__isnull", False)),
                    models.Q(models.Q(("estado", "terminada"), _negated=True), ("terminada_en__isnull", True)),
                    _connector="OR",
                ),
                name="inscripcion_terminada_con_fecha",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionderetiro",
            constraint=models.CheckConstraint(
                condition=models.Q(("cerrada_en__isnull", True), ("deshecha_en__isnull", True), _connector="OR"),
                name="decision_firme_o_deshecha",
            ),
        ),
    ]
    operations = [DeUnaVez(operations)]
