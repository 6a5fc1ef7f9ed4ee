import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.apps import apps
from django.conf import settings
from django.db import migrations, models

import instancias.nombres_propios
import marco.derivados
from marco.de_una_vez import DeUnaVez

# Those of Wagtail 8 go first: Django draws again, with each of their steps, whatever began before and touches theirs.
# Only what the rooms ask for (``marco.sala``): a site that added another one later would have it after this, and Django
# refuses a history where what comes first is missing.
DE_WAGTAIL = [
    ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ("wagtailadmin", "0006_formstate"),
    ("wagtaildocs", "0014_alter_document_file_size"),
    ("wagtailimages", "0027_image_description"),
    ("wagtailsearch", "0010_add_text_fields"),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        *(una for una in DE_WAGTAIL if una[0] in apps.app_configs),
    ]

    operations = [
        migrations.CreateModel(
            name="FrenoDeEntrada",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("huella", models.CharField(max_length=64, unique=True, verbose_name="huella")),
                ("fallos", models.PositiveIntegerField(default=0, verbose_name="fallos")),
                ("ultimo_en", models.DateTimeField(verbose_name="último fallo")),
                ("espera_hasta", models.DateTimeField(blank=True, null=True, verbose_name="espera hasta")),
            ],
            options={
                "verbose_name": "freno de entrada",
                "verbose_name_plural": "frenos de entrada",
            },
        ),
        migrations.CreateModel(
            name="Institucion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nombre", models.CharField(max_length=160, unique=True, verbose_name="nombre")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("gobierno_local", "Gobierno local"),
                            ("ejecutivo", "Poder Ejecutivo"),
                            ("policia", "Policía Nacional"),
                            ("educacion", "Educación"),
                            ("salud", "Salud"),
                            ("justicia", "Justicia"),
                            ("mimp", "Mujer y poblaciones vulnerables"),
                            ("sociedad", "Sociedad civil y comunidades"),
                        ],
                        max_length=30,
                        verbose_name="sector",
                    ),
                ),
                ("busqueda", marco.derivados.CampoBuscable(de=("nombre",))),
                ("orden_alfabetico", marco.derivados.CampoDeOrden(de=("nombre",))),
            ],
            options={
                "verbose_name": "institución",
                "verbose_name_plural": "instituciones",
                "ordering": ["orden_alfabetico", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Oficina",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nombre", models.CharField(max_length=120, unique=True, verbose_name="nombre")),
                ("telefono", models.CharField(blank=True, max_length=20, verbose_name="teléfono")),
                ("whatsapp", models.CharField(blank=True, max_length=9, verbose_name="WhatsApp")),
                ("horario", models.CharField(blank=True, max_length=120, verbose_name="horario")),
                (
                    "facilitadora",
                    instancias.nombres_propios.CampoDeFirma(
                        blank=True, max_length=120, verbose_name="persona facilitadora"
                    ),
                ),
                ("orden_alfabetico", marco.derivados.CampoDeOrden(de=("nombre",))),
            ],
            options={
                "verbose_name": "centro",
                "verbose_name_plural": "centros",
                "ordering": ["orden_alfabetico", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClaveInicial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("puesta_en", models.DateTimeField(verbose_name="puesta")),
                (
                    "cuenta",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clave_inicial",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
                (
                    "puesta_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="puesta por",
                    ),
                ),
            ],
            options={
                "verbose_name": "clave inicial",
                "verbose_name_plural": "claves iniciales",
            },
        ),
        migrations.CreateModel(
            name="EnlaceDeAcceso",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("huella", models.CharField(max_length=64, unique=True, verbose_name="huella del enlace")),
                ("creado_en", models.DateTimeField(verbose_name="creado")),
                ("vence_en", models.DateTimeField(verbose_name="vence")),
                ("abierto_en", models.DateTimeField(blank=True, null=True, verbose_name="abierto")),
                ("usado_en", models.DateTimeField(blank=True, null=True, verbose_name="usado")),
                ("anulado_en", models.DateTimeField(blank=True, null=True, verbose_name="anulado")),
                (
                    "creado_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="creado por",
                    ),
                ),
            ],
            options={
                "verbose_name": "enlace de acceso",
                "verbose_name_plural": "enlaces de acceso",
                "ordering": ["-creado_en"],
            },
        ),
        migrations.CreateModel(
            name="ImportacionDePadron",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("archivo", models.CharField(max_length=160, verbose_name="archivo")),
                ("huella", models.CharField(max_length=64, verbose_name="huella del archivo")),
                (
                    "esquema",
                    models.CharField(
                        choices=[("inei", "INEI"), ("reniec", "RENIEC")],
                        max_length=8,
                        verbose_name="códigos de distrito",
                    ),
                ),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("por_ordenar", "Por ordenar"),
                            ("por_revisar", "Por revisar"),
                            ("confirmada", "Confirmada"),
                            ("descartada", "Descartada"),
                            ("vencida", "Vencida"),
                            ("deshecha", "Deshecha"),
                        ],
                        default="por_revisar",
                        max_length=12,
                        verbose_name="estado",
                    ),
                ),
                ("resumen", models.JSONField(default=dict, verbose_name="resumen")),
                ("forma", models.JSONField(blank=True, default=dict, verbose_name="forma")),
                ("leido", models.JSONField(blank=True, default=dict, verbose_name="lo que se leyó")),
                (
                    "supuestos",
                    models.JSONField(blank=True, default=dict, verbose_name="lo que vale para toda la lista"),
                ),
                ("completa_para", models.JSONField(blank=True, default=list, verbose_name="completa para")),
                ("ambito", models.JSONField(default=list, verbose_name="ámbito")),
                ("releva", models.BooleanField(default=False, verbose_name="cambia autoridades")),
                ("cesadas", models.JSONField(blank=True, default=list, verbose_name="asientos que terminó")),
                ("subida_en", models.DateTimeField(verbose_name="subida")),
                ("vence_en", models.DateTimeField(default=django.utils.timezone.now, verbose_name="vence")),
                ("primera_en", models.DateTimeField(blank=True, null=True, verbose_name="guardada por primera vez")),
                ("decidida_en", models.DateTimeField(blank=True, null=True, verbose_name="decidida")),
                (
                    "fase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Ninguna"),
                            ("leer", "Leyendo"),
                            ("revisar", "Revisando"),
                            ("guardar", "Guardando"),
                            ("deshacer", "Deshaciendo"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="fase",
                    ),
                ),
                ("hechas", models.PositiveIntegerField(default=0, verbose_name="filas hechas")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="filas por hacer")),
                ("latido_en", models.DateTimeField(blank=True, null=True, verbose_name="último avance")),
                ("turno", models.CharField(blank=True, max_length=32, verbose_name="turno")),
                ("detenida", models.BooleanField(default=False, verbose_name="detenida")),
                (
                    "pedida_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pedida por",
                    ),
                ),
                (
                    "subida_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="subida por",
                    ),
                ),
            ],
            options={
                "verbose_name": "importación de padrón",
                "verbose_name_plural": "importaciones de padrón",
                "ordering": ["-subida_en"],
            },
        ),
        migrations.CreateModel(
            name="CeldasDePadron",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hojas", models.JSONField(default=list, verbose_name="hojas")),
                (
                    "importacion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="celdas",
                        to="kuska_instancias.importaciondepadron",
                        verbose_name="importación",
                    ),
                ),
            ],
            options={
                "verbose_name": "celdas de padrón",
                "verbose_name_plural": "celdas de padrón",
            },
        ),
        migrations.CreateModel(
            name="Instancia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nivel",
                    models.CharField(
                        choices=[("provincial", "Provincial"), ("distrital", "Distrital")],
                        max_length=10,
                        verbose_name="nivel",
                    ),
                ),
                (
                    "norma_de_creacion",
                    models.CharField(blank=True, max_length=120, verbose_name="ordenanza de creación"),
                ),
                ("instalada_el", models.DateField(blank=True, null=True, verbose_name="fecha de instalación")),
                (
                    "sesiona_cada",
                    models.CharField(
                        blank=True,
                        help_text="Según su reglamento interno. Por ejemplo: «cada dos meses».",
                        max_length=60,
                        verbose_name="frecuencia de sesiones",
                    ),
                ),
                (
                    "atendida_por",
                    models.ForeignKey(
                        blank=True,
                        help_text="Si este distrito no tiene instancia propia, la que lo atiende.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="atiende_a",
                        to="kuska_instancias.instancia",
                        verbose_name="atendida por",
                    ),
                ),
            ],
            options={
                "verbose_name": "instancia",
                "verbose_name_plural": "instancias",
                "ordering": ["territorio_id"],
            },
        ),
        migrations.CreateModel(
            name="Asiento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.PositiveSmallIntegerField(default=1, verbose_name="número")),
                (
                    "estado",
                    models.CharField(
                        choices=[("exigido", "Exigido"), ("no_aplica", "No aplica en este lugar")],
                        default="exigido",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                (
                    "abierto_en",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, null=True, verbose_name="abierto"
                    ),
                ),
                (
                    "instancia",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asientos",
                        to="kuska_instancias.instancia",
                        verbose_name="instancia",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asientos",
                        to="kuska_instancias.institucion",
                        verbose_name="institución u organización",
                    ),
                ),
            ],
            options={
                "verbose_name": "asiento",
                "verbose_name_plural": "asientos",
                "ordering": ["instancia_id", "tipo__orden", "numero"],
            },
        ),
        migrations.CreateModel(
            name="Persona",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo_de_documento",
                    models.CharField(
                        choices=[("dni", "DNI"), ("ce", "Carné de extranjería"), ("codigo", "Código de participante")],
                        default="dni",
                        max_length=8,
                        verbose_name="tipo de documento",
                    ),
                ),
                ("documento", models.CharField(max_length=12, verbose_name="número de documento")),
                ("nombres", instancias.nombres_propios.CampoDeNombre(max_length=80, verbose_name="nombres")),
                ("apellidos", instancias.nombres_propios.CampoDeNombre(max_length=80, verbose_name="apellidos")),
                (
                    "celular",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^9[0-9]{8}\\Z", "El celular tiene 9 números y empieza con 9.", code="celular"
                            )
                        ],
                        verbose_name="celular",
                    ),
                ),
                (
                    "correo",
                    models.EmailField(
                        blank=True,
                        help_text="Solo si prefiere recibir por correo su enlace para entrar. Puede quedar vacío.",
                        max_length=120,
                        verbose_name="correo",
                    ),
                ),
                ("datos_revisados_en", models.DateTimeField(blank=True, null=True, verbose_name="datos revisados")),
                ("ultimo_ingreso_en", models.DateTimeField(blank=True, null=True, verbose_name="último ingreso")),
                ("activa", models.BooleanField(default=True, verbose_name="activa")),
                ("ahorra_datos", models.BooleanField(default=False, verbose_name="ahorra datos")),
                ("creada_en", models.DateTimeField(auto_now_add=True, verbose_name="creada")),
                ("busqueda", marco.derivados.CampoBuscable(de=("nombres", "apellidos", "documento", "celular"))),
                ("orden_alfabetico", marco.derivados.CampoDeOrden(de=("apellidos", "nombres"))),
                (
                    "absorbida_por",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbidas",
                        to="kuska_instancias.persona",
                        verbose_name="queda en",
                    ),
                ),
                (
                    "cuenta",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="persona",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
            ],
            options={
                "verbose_name": "persona",
                "verbose_name_plural": "personas",
                "ordering": ["orden_alfabetico", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Membresia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "calidad",
                    models.CharField(
                        choices=[("titular", "Titular"), ("alterno", "Alterno/a")], max_length=8, verbose_name="calidad"
                    ),
                ),
                ("desde", models.DateField(verbose_name="desde")),
                ("hasta", models.DateField(blank=True, null=True, verbose_name="hasta")),
                ("designacion", models.CharField(blank=True, max_length=120, verbose_name="documento de designación")),
                ("motivo_de_cese", models.CharField(blank=True, max_length=120, verbose_name="motivo de cese")),
                (
                    "registrada_en",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, null=True, verbose_name="registrada"
                    ),
                ),
                (
                    "cese_registrado_en",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="cese registrado"),
                ),
                (
                    "asiento",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="membresias",
                        to="kuska_instancias.asiento",
                        verbose_name="asiento",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="membresias",
                        to="kuska_instancias.persona",
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "membresía",
                "verbose_name_plural": "membresías",
                "ordering": ["asiento_id", "-calidad"],
            },
        ),
        migrations.CreateModel(
            name="EnvioPorCorreo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pedido_en", models.DateTimeField(verbose_name="pedido")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("por_enviar", "Por enviar"),
                            ("saliendo", "Saliendo"),
                            ("enviado", "Enviado"),
                            ("no_salio", "No salió"),
                        ],
                        default="por_enviar",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("tomado_en", models.DateTimeField(blank=True, null=True, verbose_name="tomado")),
                (
                    "enlace",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="envio_por_correo",
                        to="kuska_instancias.enlacedeacceso",
                        verbose_name="enlace",
                    ),
                ),
                (
                    "pedido_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pedido por",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="envios_por_correo",
                        to="kuska_instancias.persona",
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "envío por correo",
                "verbose_name_plural": "envíos por correo",
                "ordering": ["-pedido_en"],
            },
        ),
        migrations.AddField(
            model_name="enlacedeacceso",
            name="persona",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="enlaces",
                to="kuska_instancias.persona",
                verbose_name="persona",
            ),
        ),
        migrations.CreateModel(
            name="Consentimiento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=20, verbose_name="versión")),
                ("texto", models.TextField(verbose_name="texto mostrado")),
                ("aceptado_en", models.DateTimeField(verbose_name="aceptado")),
                ("retirado_en", models.DateTimeField(blank=True, null=True, verbose_name="retirado")),
                (
                    "persona",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consentimientos",
                        to="kuska_instancias.persona",
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "consentimiento",
                "verbose_name_plural": "consentimientos",
                "ordering": ["-aceptado_en"],
            },
        ),
        migrations.CreateModel(
            name="Relevo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "operacion",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="operación"),
                ),
                ("desde", models.DateField(verbose_name="primer día")),
                ("designacion", models.CharField(blank=True, max_length=120, verbose_name="documento de designación")),
                ("terminadas", models.JSONField(default=list, verbose_name="membresías que terminó")),
                ("creadas", models.JSONField(default=list, verbose_name="membresías que abrió")),
                ("registradas", models.JSONField(default=list, verbose_name="personas que registró")),
                ("hecho_en", models.DateTimeField(verbose_name="hecho")),
                ("deshecho_en", models.DateTimeField(blank=True, null=True, verbose_name="deshecho")),
                (
                    "hecho_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hecho por",
                    ),
                ),
            ],
            options={
                "verbose_name": "relevo",
                "verbose_name_plural": "relevos",
                "ordering": ["-hecho_en"],
            },
        ),
        migrations.CreateModel(
            name="SesionAbierta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("llave", models.CharField(max_length=40, unique=True, verbose_name="llave")),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sesiones_abiertas",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
            ],
            options={
                "verbose_name": "sesión abierta",
                "verbose_name_plural": "sesiones abiertas",
            },
        ),
        migrations.CreateModel(
            name="Territorio",
            fields=[
                (
                    "ubigeo",
                    models.CharField(
                        max_length=6,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(\\d{2}|\\d{4}|\\d{6})$",
                                "El código de ubicación tiene 2, 4 o 6 números.",
                                code="ubigeo",
                            )
                        ],
                        verbose_name="ubigeo INEI",
                    ),
                ),
                (
                    "nivel",
                    models.CharField(
                        choices=[
                            ("departamento", "Departamento"),
                            ("provincia", "Provincia"),
                            ("distrito", "Distrito"),
                        ],
                        max_length=12,
                        verbose_name="nivel",
                    ),
                ),
                ("nombre", models.CharField(max_length=80, verbose_name="nombre")),
                ("nombre_alterno", models.CharField(blank=True, max_length=80, verbose_name="otro nombre")),
                ("sigla", models.CharField(blank=True, max_length=4, verbose_name="sigla")),
                ("capital", models.CharField(blank=True, max_length=80, verbose_name="capital")),
                (
                    "codigo_reniec",
                    models.CharField(blank=True, db_index=True, max_length=6, verbose_name="código RENIEC"),
                ),
                ("norma_de_creacion", models.CharField(blank=True, max_length=80, verbose_name="norma de creación")),
                ("fila", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="fila en el mosaico")),
                (
                    "columna",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="columna en el mosaico"),
                ),
                (
                    "contorno",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Anillos de pares longitud, latitud (WGS84).",
                        verbose_name="contorno",
                    ),
                ),
                ("desde", models.DateField(blank=True, null=True, verbose_name="vigente desde")),
                ("hasta", models.DateField(blank=True, null=True, verbose_name="vigente hasta")),
            ],
            options={
                "verbose_name": "territorio",
                "verbose_name_plural": "territorios",
                "ordering": ["ubigeo"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nivel", "departamento"), ("ubigeo__length", 2)),
                            models.Q(("nivel", "provincia"), ("ubigeo__length", 4)),
                            models.Q(("nivel", "distrito"), ("ubigeo__length", 6)),
                            _connector="OR",
                        ),
                        name="territorio_nivel_segun_codigo",
                    )
                ],
            },
        ),
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
                    "dicha_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dicha por",
                    ),
                ),
                (
                    "ambito",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="palabras",
                        to="kuska_instancias.territorio",
                        verbose_name="vale en",
                    ),
                ),
            ],
            options={
                "verbose_name": "palabra",
                "verbose_name_plural": "palabras",
                "ordering": ["clase", "clave", "ambito_id"],
            },
        ),
        migrations.AddField(
            model_name="instancia",
            name="territorio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instancias",
                to="kuska_instancias.territorio",
                verbose_name="territorio",
            ),
        ),
        migrations.CreateModel(
            name="Cobertura",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("desde", models.DateField(verbose_name="desde")),
                ("hasta", models.DateField(blank=True, null=True, verbose_name="hasta")),
                (
                    "oficina",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coberturas",
                        to="kuska_instancias.oficina",
                        verbose_name="centro",
                    ),
                ),
                (
                    "territorio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coberturas",
                        to="kuska_instancias.territorio",
                        verbose_name="territorio",
                    ),
                ),
            ],
            options={
                "verbose_name": "cobertura",
                "verbose_name_plural": "coberturas",
                "ordering": ["territorio_id"],
            },
        ),
        migrations.CreateModel(
            name="Alcance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rol",
                    models.CharField(
                        choices=[("coordinacion", "Coordinación")],
                        default="coordinacion",
                        max_length=12,
                        verbose_name="rol",
                    ),
                ),
                ("desde", models.DateField(verbose_name="desde")),
                ("hasta", models.DateField(blank=True, null=True, verbose_name="hasta")),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alcances",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
                (
                    "territorio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alcances",
                        to="kuska_instancias.territorio",
                        verbose_name="territorio",
                    ),
                ),
            ],
            options={
                "verbose_name": "alcance",
                "verbose_name_plural": "alcances",
                "ordering": ["cuenta_id", "territorio_id"],
            },
        ),
        migrations.CreateModel(
            name="TipoDeAsiento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=10, unique=True, verbose_name="código")),
                (
                    "nivel",
                    models.CharField(
                        choices=[("provincial", "Provincial"), ("distrital", "Distrital")],
                        max_length=10,
                        verbose_name="nivel",
                    ),
                ),
                ("articulo", models.CharField(max_length=10, verbose_name="artículo")),
                ("numeral", models.CharField(max_length=10, verbose_name="numeral")),
                ("nombre", models.CharField(max_length=160, verbose_name="nombre")),
                ("corto", models.CharField(max_length=40, verbose_name="nombre corto")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("gobierno_local", "Gobierno local"),
                            ("ejecutivo", "Poder Ejecutivo"),
                            ("policia", "Policía Nacional"),
                            ("educacion", "Educación"),
                            ("salud", "Salud"),
                            ("justicia", "Justicia"),
                            ("mimp", "Mujer y poblaciones vulnerables"),
                            ("sociedad", "Sociedad civil y comunidades"),
                        ],
                        max_length=30,
                        verbose_name="sector",
                    ),
                ),
                ("minimo", models.PositiveSmallIntegerField(default=1, verbose_name="mínimo")),
                ("maximo", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="máximo")),
                ("condicional", models.BooleanField(default=False, verbose_name="solo si existe en el lugar")),
                ("preside", models.BooleanField(default=False, verbose_name="preside")),
                ("orden", models.PositiveSmallIntegerField(verbose_name="orden legal")),
                ("version_de_norma", models.CharField(max_length=60, verbose_name="versión de la norma")),
                ("desde", models.DateField(blank=True, null=True, verbose_name="vigente desde")),
                ("hasta", models.DateField(blank=True, null=True, verbose_name="vigente hasta")),
            ],
            options={
                "verbose_name": "tipo de asiento",
                "verbose_name_plural": "tipos de asiento",
                "ordering": ["nivel", "orden"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("maximo__isnull", True), ("maximo__gte", models.F("minimo")), _connector="OR"
                        ),
                        name="tipo_de_asiento_maximo_desde_minimo",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="asiento",
            name="tipo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asientos",
                to="kuska_instancias.tipodeasiento",
                verbose_name="tipo de asiento",
            ),
        ),
        migrations.CreateModel(
            name="ColumnaRecordada",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("huella", models.CharField(max_length=110, verbose_name="título")),
                ("dice", models.CharField(blank=True, max_length=60, verbose_name="qué dice")),
                (
                    "cuenta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
            ],
            options={
                "verbose_name": "columna recordada",
                "verbose_name_plural": "columnas recordadas",
                "constraints": [models.UniqueConstraint(fields=("cuenta", "huella"), name="columna_recordada_una_vez")],
            },
        ),
        migrations.CreateModel(
            name="Fusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "operacion",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="operación"),
                ),
                ("queda", models.PositiveBigIntegerField(db_index=True, verbose_name="número de la que queda")),
                ("absorbida", models.PositiveBigIntegerField(verbose_name="número de la que se oculta")),
                ("movido", models.JSONField(default=dict, verbose_name="lo que se movió")),
                ("cuentas", models.JSONField(default=dict, verbose_name="cómo entraban")),
                ("datos", models.JSONField(blank=True, default=dict, verbose_name="datos que cambiaron de lugar")),
                ("hecha_en", models.DateTimeField(verbose_name="hecha")),
                ("deshecha_en", models.DateTimeField(blank=True, null=True, verbose_name="deshecha")),
                (
                    "hecha_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hecha por",
                    ),
                ),
            ],
            options={
                "verbose_name": "fusión",
                "verbose_name_plural": "fusiones",
                "ordering": ["-hecha_en", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deshecha_en__isnull", True)),
                        fields=("absorbida",),
                        name="fusion_una_vigente_por_absorbida",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("queda", models.F("absorbida")), _negated=True), name="fusion_de_dos"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FilaDePadron",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveIntegerField(verbose_name="orden")),
                ("hoja", models.CharField(blank=True, max_length=80, verbose_name="hoja")),
                ("fila", models.PositiveIntegerField(verbose_name="fila")),
                ("cruda", models.JSONField(default=dict, verbose_name="lo que dice la hoja")),
                ("leida", models.JSONField(default=dict, verbose_name="lo que se entendió")),
                (
                    "accion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crear", "Nueva"),
                            ("cambiar", "Cambia"),
                            ("relevar", "Cambia de autoridad"),
                            ("igual", "Sin cambios"),
                            ("rechazar", "No se guarda"),
                        ],
                        max_length=8,
                        verbose_name="qué pasará",
                    ),
                ),
                ("detalles", models.JSONField(default=list, verbose_name="detalles")),
                ("problemas", models.JSONField(default=list, verbose_name="problemas")),
                ("motivos", models.CharField(blank=True, max_length=400, verbose_name="motivos")),
                ("aceptados", models.JSONField(default=list, verbose_name="avisos aceptados")),
                (
                    "estado",
                    models.CharField(
                        choices=[("por_revisar", "Por revisar"), ("guardada", "Guardada"), ("dejada", "Dejada fuera")],
                        default="por_revisar",
                        max_length=12,
                        verbose_name="estado",
                    ),
                ),
                ("documento", models.CharField(blank=True, max_length=12, verbose_name="documento")),
                ("territorio", models.CharField(blank=True, max_length=6, verbose_name="territorio")),
                ("tipo", models.CharField(blank=True, max_length=10, verbose_name="tipo de asiento")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="versión")),
                ("persona", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="número de la persona")),
                ("hecho", models.JSONField(default=dict, verbose_name="lo que escribió")),
                (
                    "importacion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filas",
                        to="kuska_instancias.importaciondepadron",
                        verbose_name="importación",
                    ),
                ),
            ],
            options={
                "verbose_name": "fila de padrón",
                "verbose_name_plural": "filas de padrón",
                "ordering": ["importacion_id", "orden"],
                "indexes": [
                    models.Index(fields=["importacion", "estado", "accion"], name="fila_de_padron_por_accion"),
                    models.Index(fields=["importacion", "documento"], name="fila_de_padron_por_documento"),
                    models.Index(fields=["importacion", "persona"], name="fila_de_padron_por_persona"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("importacion", "orden"), name="fila_de_padron_en_su_orden")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="persona",
            index=models.Index(fields=["documento"], name="persona_por_documento"),
        ),
        migrations.AddIndex(
            model_name="persona",
            index=models.Index(fields=["orden_alfabetico"], name="persona_por_orden"),
        ),
        migrations.AddConstraint(
            model_name="persona",
            constraint=models.UniqueConstraint(
                fields=("tipo_de_documento", "documento"), name="persona_documento_unico"
            ),
        ),
        migrations.AddConstraint(
            model_name="persona",
            constraint=models.CheckConstraint(
                condition=models.Q(("documento", ""), _negated=True), name="persona_con_documento"
            ),
        ),
        migrations.AddConstraint(
            model_name="persona",
            constraint=models.CheckConstraint(
                condition=models.Q(("absorbida_por__isnull", True), ("activa", False), _connector="OR"),
                name="persona_absorbida_no_entra",
            ),
        ),
        migrations.AddConstraint(
            model_name="persona",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("absorbida_por__isnull", True),
                    models.Q(("absorbida_por", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="persona_no_se_absorbe_a_si_misma",
            ),
        ),
        migrations.AddConstraint(
            model_name="membresia",
            constraint=models.UniqueConstraint(
                condition=models.Q(("hasta__isnull", True)),
                fields=("asiento", "calidad"),
                name="membresia_una_vigente_por_calidad",
            ),
        ),
        migrations.AddConstraint(
            model_name="membresia",
            constraint=models.UniqueConstraint(
                condition=models.Q(("hasta__isnull", True)),
                fields=("asiento", "persona"),
                name="membresia_una_vigente_por_persona",
            ),
        ),
        migrations.AddConstraint(
            model_name="membresia",
            constraint=models.CheckConstraint(
                condition=models.Q(("hasta__isnull", True), ("hasta__gte", models.F("desde")), _connector="OR"),
                name="membresia_termina_despues_de_empezar",
            ),
        ),
        migrations.AddConstraint(
            model_name="envioporcorreo",
            constraint=models.UniqueConstraint(
                condition=models.Q(("estado__in", ["por_enviar", "saliendo"])),
                fields=("persona",),
                name="envio_uno_en_camino_por_persona",
            ),
        ),
        migrations.AddConstraint(
            model_name="enlacedeacceso",
            constraint=models.UniqueConstraint(
                condition=models.Q(("anulado_en__isnull", True), ("usado_en__isnull", True)),
                fields=("persona",),
                name="enlace_uno_abierto_por_persona",
            ),
        ),
        migrations.AddConstraint(
            model_name="enlacedeacceso",
            constraint=models.CheckConstraint(
                condition=models.Q(("vence_en__gt", models.F("creado_en"))), name="enlace_vence_despues"
            ),
        ),
        migrations.AddConstraint(
            model_name="consentimiento",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retirado_en__isnull", True)),
                fields=("persona", "version"),
                name="consentimiento_vigente_unico",
            ),
        ),
        migrations.AddConstraint(
            model_name="palabra",
            constraint=models.UniqueConstraint(
                fields=("clase", "nivel", "clave", "ambito"), name="palabra_unica_en_su_ambito"
            ),
        ),
        migrations.AddConstraint(
            model_name="palabra",
            constraint=models.CheckConstraint(
                condition=models.Q(("clave", ""), _negated=True), name="palabra_con_clave"
            ),
        ),
        migrations.AddConstraint(
            model_name="instancia",
            constraint=models.UniqueConstraint(fields=("nivel", "territorio"), name="instancia_una_por_territorio"),
        ),
        migrations.AddConstraint(
            model_name="cobertura",
            constraint=models.UniqueConstraint(
                condition=models.Q(("hasta__isnull", True)),
                fields=("oficina", "territorio"),
                name="cobertura_vigente_unica",
            ),
        ),
        migrations.AddConstraint(
            model_name="alcance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("hasta__isnull", True)),
                fields=("cuenta", "territorio", "rol"),
                name="alcance_vigente_unico",
            ),
        ),
        migrations.AddConstraint(
            model_name="asiento",
            constraint=models.UniqueConstraint(
                fields=("instancia", "tipo", "numero"), name="asiento_unico_en_su_instancia"
            ),
        ),
        migrations.AddConstraint(
            model_name="asiento",
            constraint=models.CheckConstraint(condition=models.Q(("numero__gte", 1)), name="asiento_numero_desde_uno"),
        ),
    ]
    operations = [DeUnaVez(operations)]
