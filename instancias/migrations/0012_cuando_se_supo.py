import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Stamps that rows of before do not have: they stay empty, and only new ones are given theirs."""

    dependencies = [("kuska_instancias", "0011_fusion")]

    operations = [
        migrations.AddField(
            model_name="asiento",
            name="abierto_en",
            field=models.DateTimeField(editable=False, null=True, verbose_name="abierto"),
        ),
        migrations.AddField(
            model_name="membresia",
            name="cese_registrado_en",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="cese registrado"),
        ),
        migrations.AddField(
            model_name="membresia",
            name="registrada_en",
            field=models.DateTimeField(editable=False, null=True, verbose_name="registrada"),
        ),
        migrations.AlterField(
            model_name="asiento",
            name="abierto_en",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, null=True, verbose_name="abierto"
            ),
        ),
        migrations.AlterField(
            model_name="membresia",
            name="registrada_en",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, null=True, verbose_name="registrada"
            ),
        ),
    ]
