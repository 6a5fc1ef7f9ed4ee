from django.db import migrations

IGUALES = (
    "clave", "cuenta_id", "titulo", "nombre", "pedido", "ambito", "hechas", "total", "pedido_en", "listo_en",
    "latido_en", "vence_en", "cortes", "ruta", "bytes", "de_quienes", "estado",
)  # fmt: skip
TAREAS = ("seguimiento.escribir_archivo", "seguimiento.seguir_archivos")


def llevar(apps, schema_editor):
    """Files that were asked for go on under the works of everybody: whoever is at one finds that it is not its any more."""
    trabajos = apps.get_model("kuska_instancias", "Trabajo")
    for archivo in apps.get_model("kuska_seguimiento", "ArchivoPedido").objects.all():
        clase = "seguimiento.avance" if "avance" in archivo.pedido else "seguimiento.informe"
        trabajos.objects.create(clase=clase, **{campo: getattr(archivo, campo) for campo in IGUALES})
    apps.get_model("kuska_marco", "Encargo").objects.filter(tarea__in=TAREAS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("kuska_seguimiento", "0014_cortes_de_un_archivo"),
        ("kuska_instancias", "0012_trabajos_largos"),
        ("kuska_marco", "0011_lo_que_se_vio"),
    ]

    operations = [
        migrations.RunPython(llevar, migrations.RunPython.noop),
        migrations.DeleteModel(name="ArchivoPedido"),
    ]
