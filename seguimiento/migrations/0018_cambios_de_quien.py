"""Each change says of whom it is, where it is of one person: her instancia asks again of her alone (decision 54).

What changes a seat says nobody: that instancia is asked about whole. On SQLite the triggers are put after the
migrations (``services.marcas``).
"""

from django.db import migrations, models

DE_QUIEN = """
CREATE OR REPLACE FUNCTION kuska_cambio_de_persona(quien bigint) RETURNS void AS $$
BEGIN
    INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio, persona)
    SELECT DISTINCT i.territorio_id, quien
    FROM kuska_instancias_membresia m
    JOIN kuska_instancias_asiento a ON a.id = m.asiento_id
    JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE m.persona_id = quien;
END $$ LANGUAGE plpgsql;

-- Who is not active leaves their seats to nobody.
CREATE OR REPLACE FUNCTION kuska_cambia_una_persona() RETURNS trigger AS $$
BEGIN
    IF NEW.activa IS DISTINCT FROM OLD.activa THEN
        PERFORM kuska_cambio_de_asiento(asiento_id) FROM kuska_instancias_membresia WHERE persona_id = NEW.id;
    ELSE
        PERFORM kuska_cambio_de_persona(NEW.id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION kuska_cambia_una_membresia() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM kuska_cambio_de_asiento(OLD.asiento_id);
        PERFORM kuska_cambio_de_persona(OLD.persona_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM kuska_cambio_de_asiento(NEW.asiento_id);
        PERFORM kuska_cambio_de_persona(NEW.persona_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
"""
DE_ANTES = """
CREATE OR REPLACE FUNCTION kuska_cambio_de_persona(quien bigint) RETURNS void AS $$
BEGIN
    INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio)
    SELECT DISTINCT i.territorio_id
    FROM kuska_instancias_membresia m
    JOIN kuska_instancias_asiento a ON a.id = m.asiento_id
    JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE m.persona_id = quien;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION kuska_cambia_una_persona() RETURNS trigger AS $$
BEGIN
    PERFORM kuska_cambio_de_persona(NEW.id);
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION kuska_cambia_una_membresia() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM kuska_cambio_de_asiento(OLD.asiento_id);
        PERFORM kuska_cambio_de_persona(OLD.persona_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM kuska_cambio_de_persona(NEW.persona_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
"""


def poner(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DE_QUIEN, params=None)


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DE_ANTES, params=None)


class Migration(migrations.Migration):
    dependencies = [("kuska_seguimiento", "0017_numero_de_un_contador")]
    operations = [
        migrations.AddField(
            "cambiodeinstancia", "persona", models.BigIntegerField(blank=True, null=True, verbose_name="persona")
        ),
        migrations.AddField(
            "cuentadecambios", "recientes", models.TextField(blank=True, db_default="", verbose_name="recientes")
        ),
        migrations.RunPython(poner, quitar),
    ]
