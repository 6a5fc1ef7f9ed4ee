import django.db.models.deletion
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    dependencies = [
        ("certificados", "0001_inicial"),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
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
    ]
