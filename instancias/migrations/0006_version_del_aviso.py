"""A notice is known by its version and by the digest of its words; each person keeps which one they answered last."""

import hashlib

from django.db import migrations


def con_huella(apps, schema_editor):
    Consentimiento = apps.get_model("kuska_instancias", "Consentimiento")
    Persona = apps.get_model("kuska_instancias", "Persona")
    vistos = {}
    for uno in Consentimiento.objects.order_by("aceptado_en", "pk").iterator():
        huella = hashlib.sha256(uno.texto.encode()).hexdigest()[:12]
        uno.version = f"{uno.version}-{huella}"
        uno.save(update_fields=["version"])
        vistos[uno.persona_id] = uno.version
    for persona, version in vistos.items():
        Persona.objects.filter(pk=persona).update(aviso_visto=version)


def sin_huella(apps, schema_editor):
    Consentimiento = apps.get_model("kuska_instancias", "Consentimiento")
    for uno in Consentimiento.objects.iterator():
        uno.version = uno.version.rsplit("-", 1)[0]
        uno.save(update_fields=["version"])


class Migration(migrations.Migration):
    dependencies = [("kuska_instancias", "0005_segundo_factor")]

    operations = [migrations.RunPython(con_huella, sin_huella)]
