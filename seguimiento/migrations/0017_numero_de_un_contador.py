from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kuska_seguimiento", "0016_cambios_de_certificadas"),
    ]

    operations = [
        migrations.AddField(
            model_name="contadordeinstancia",
            name="numero",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
    ]
