"""On PostgreSQL, who begins or finishes a unit leaves a mark of what their instancias counted unit by unit.

Only of that: the panel of a country tells nothing of a unit, and is not counted again (decision 56).
"""

from django.db import migrations

FUNCIONES = """
CREATE FUNCTION kuska_marcar_partes(cual bigint, dia date) RETURNS void AS $$
BEGIN
    INSERT INTO kuska_seguimiento_marcadepartes (territorio, desde)
    SELECT DISTINCT i.territorio_id, dia
    FROM kuska_cursos_inscripcion s
    JOIN kuska_instancias_membresia m ON m.persona_id = s.persona_id
    JOIN kuska_instancias_asiento a ON a.id = m.asiento_id
    JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE s.id = cual;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_una_parte() RETURNS trigger AS $$
DECLARE dia date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM kuska_marcar_partes(NEW.inscripcion_id, kuska_dia_de(NEW.iniciado_en));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM kuska_marcar_partes(OLD.inscripcion_id, kuska_dia_de(OLD.iniciado_en));
    ELSIF (OLD.inscripcion_id, OLD.unidad_id) IS DISTINCT FROM (NEW.inscripcion_id, NEW.unidad_id) THEN
        dia := kuska_dia_de(least(OLD.iniciado_en, NEW.iniciado_en));
        PERFORM kuska_marcar_partes(OLD.inscripcion_id, dia);
        PERFORM kuska_marcar_partes(NEW.inscripcion_id, dia);
    ELSE
        dia := least(
            kuska_desde_que_cambia(OLD.iniciado_en, NEW.iniciado_en),
            kuska_desde_que_cambia(OLD.terminado_en, NEW.terminado_en)
        );
        IF dia < 'infinity'::date THEN
            PERFORM kuska_marcar_partes(NEW.inscripcion_id, dia);
        END IF;
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

-- Another version asks for other units, on any day.
CREATE FUNCTION kuska_cambia_una_version() RETURNS trigger AS $$
BEGIN
    PERFORM kuska_marcar_partes(NEW.id, NULL);
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE TRIGGER kuska_marca AFTER INSERT OR DELETE OR UPDATE ON kuska_cursos_avance
    FOR EACH ROW EXECUTE FUNCTION kuska_cambia_una_parte();
CREATE TRIGGER kuska_marca_de_version AFTER UPDATE OF version_id ON kuska_cursos_inscripcion
    FOR EACH ROW WHEN (OLD.version_id IS DISTINCT FROM NEW.version_id) EXECUTE FUNCTION kuska_cambia_una_version();
"""
QUITAR = """
DROP TRIGGER IF EXISTS kuska_marca ON kuska_cursos_avance;
DROP TRIGGER IF EXISTS kuska_marca_de_version ON kuska_cursos_inscripcion;
DROP FUNCTION IF EXISTS kuska_cambia_una_parte();
DROP FUNCTION IF EXISTS kuska_cambia_una_version();
DROP FUNCTION IF EXISTS kuska_marcar_partes(bigint, date);
"""


def poner(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCIONES, params=None)


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(QUITAR, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("kuska_cursos", "0002_prorrogas"),
        ("kuska_seguimiento", "0019_partes"),
    ]
    operations = [migrations.RunPython(poner, quitar)]
