from django.db import migrations

import marco.derivados


def rellenar(apps, schema_editor):
    marco.derivados.rellenar(apps.get_model("cms", "Cuenta"), base=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_revision_en_castellano")]

    operations = [
        migrations.AlterModelManagers(name="cuenta", managers=[]),
        migrations.AddField(
            model_name="cuenta",
            name="busqueda",
            field=marco.derivados.CampoBuscable(de=("username", "first_name", "last_name", "email")),
        ),
        migrations.AddField(
            model_name="cuenta",
            name="orden_alfabetico",
            field=marco.derivados.CampoDeOrden(de=("last_name", "first_name")),
        ),
        migrations.RunPython(rellenar, migrations.RunPython.noop),
    ]
