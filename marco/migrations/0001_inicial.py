import django.core.validators
from django.db import migrations, models

import marco.oficina


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AjustesDelAula",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nombre_del_espacio",
                    models.CharField(default="Aula de la Instancia", max_length=60, verbose_name="nombre del espacio"),
                ),
                ("entidad", models.CharField(blank=True, max_length=160, verbose_name="entidad que emite")),
                ("programa", models.CharField(blank=True, max_length=80, verbose_name="nombre del programa")),
                (
                    "oficina",
                    models.CharField(
                        default=marco.oficina.oficina_de_fabrica,
                        help_text="Como se dice, con «el» o «la». Ejemplo: «el centro». Así la nombran los avisos y los botones.",
                        max_length=80,
                        verbose_name="oficina que acompaña",
                    ),
                ),
                ("logo", models.FileField(blank=True, upload_to="logos/", verbose_name="logo (SVG o PNG)")),
                (
                    "texto_linea_de_ayuda",
                    models.CharField(
                        default="{linea}, gratis, 24 horas",
                        help_text="Con {linea}: el número se cambia en Instancias, Nombres que cambian.",
                        max_length=80,
                        verbose_name="texto de la línea de ayuda",
                    ),
                ),
                (
                    "texto_emergencia",
                    models.CharField(
                        default="Policía {emergencia}",
                        help_text="Con {emergencia}: el número se cambia en Instancias, Nombres que cambian.",
                        max_length=80,
                        verbose_name="texto de emergencias",
                    ),
                ),
                (
                    "pagina_de_salida",
                    models.URLField(
                        default="https://www.senamhi.gob.pe/",
                        help_text="Una página neutral, como la del clima.",
                        verbose_name="página de «Salir rápido»",
                    ),
                ),
                (
                    "whatsapp_activo",
                    models.BooleanField(
                        default=True,
                        help_text="Apáguelo si su entidad no lo aprobó formalmente; quedará «Copiar mensaje».",
                        verbose_name="usar WhatsApp",
                    ),
                ),
                (
                    "correo_activo",
                    models.BooleanField(
                        default=False,
                        help_text="Solo a quienes dejaron su correo. Enciéndalo si su entidad lo aprobó y el sitio ya puede enviar.",
                        verbose_name="enviar enlaces por correo",
                    ),
                ),
                (
                    "mensaje_enlace",
                    models.TextField(
                        default="Buenos días, {nombre}. Le comparto su enlace personal para el aula de la instancia: {enlace} Sirve una vez, hasta el {vence}. Le saluda {facilitadora}.",
                        verbose_name="mensaje con el enlace personal",
                    ),
                ),
                (
                    "mensaje_recordatorio",
                    models.TextField(
                        default="Buenos días, {nombre}. {motivo} Puede entrar aquí: {enlace} Le saluda {facilitadora}.",
                        verbose_name="mensaje de recordatorio",
                    ),
                ),
                (
                    "version_del_aviso",
                    models.CharField(default="1", max_length=20, verbose_name="versión del aviso de datos"),
                ),
                (
                    "aviso_de_datos",
                    models.TextField(default=marco.oficina.aviso_de_fabrica, verbose_name="aviso sobre sus datos"),
                ),
            ],
            options={
                "verbose_name": "ajustes del aula",
                "verbose_name_plural": "ajustes del aula",
            },
        ),
        migrations.CreateModel(
            name="NombreInstitucional",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "clave",
                    models.CharField(
                        help_text="Con ella lo nombran los textos. Si es «linea», se escribe {linea} o {linea.corto}. No la cambie.",
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^[a-z]+$", "Solo letras minúsculas, sin tildes.")
                        ],
                        verbose_name="clave",
                    ),
                ),
                (
                    "nombre",
                    models.CharField(
                        help_text="Con su sigla entre paréntesis, como se lee la primera vez.",
                        max_length=160,
                        verbose_name="nombre completo",
                    ),
                ),
                ("corto", models.CharField(max_length=80, verbose_name="nombre corto o sigla")),
                ("antes", models.CharField(blank=True, max_length=160, verbose_name="cómo se llamaba antes")),
                (
                    "norma",
                    models.CharField(
                        blank=True,
                        help_text="Por ejemplo: «D.S. 003-2025-MIMP».",
                        max_length=120,
                        verbose_name="norma que lo cambió",
                    ),
                ),
                ("desde", models.DateField(blank=True, null=True, verbose_name="se llama así desde")),
                (
                    "numero",
                    models.CharField(
                        blank=True,
                        help_text="Solo si es una línea a la que se llama. Es el que marca el celular al tocarla.",
                        max_length=12,
                        validators=[django.core.validators.RegexValidator("^[0-9]+$", "Solo números, sin espacios.")],
                        verbose_name="número para llamar",
                    ),
                ),
            ],
            options={
                "verbose_name": "nombre que puede cambiar",
                "verbose_name_plural": "nombres que pueden cambiar",
                "ordering": ["clave"],
            },
        ),
    ]
