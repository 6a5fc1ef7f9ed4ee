"""Of the documents of figures, only that an instancia is certified, or is no more, changes what its pages tell.

Each acta and closing, and each PDF of them, changed what is told of all. On SQLite the triggers are put after the
migrations (``services.marcas``): this one is there so that they are looked at.
"""

from django.db import migrations

DOCUMENTOS = "kuska_certificados_documentodecifras"
FUNCIONES = """
CREATE FUNCTION kuska_cambia_el_lugar_de_un_documento() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio)
        SELECT OLD.territorio_id FROM kuska_certificados_documentodecifras d
        WHERE d.id = OLD.documentodecifras_id AND d.clase = 'instancia';
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio)
        SELECT NEW.territorio_id FROM kuska_certificados_documentodecifras d
        WHERE d.id = NEW.documentodecifras_id AND d.clase = 'instancia';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_el_estado_de_un_documento() RETURNS trigger AS $$
BEGIN
    INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio)
    SELECT t.territorio_id FROM kuska_certificados_documentodecifras_territorios t
    WHERE t.documentodecifras_id = NEW.id;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
"""
PONER = f"""
DROP TRIGGER IF EXISTS kuska_cambio ON {DOCUMENTOS};
DROP TRIGGER IF EXISTS kuska_cambio ON {DOCUMENTOS}_territorios;
CREATE TRIGGER kuska_cambio AFTER INSERT OR DELETE OR UPDATE ON {DOCUMENTOS}_territorios
    FOR EACH ROW EXECUTE FUNCTION kuska_cambia_el_lugar_de_un_documento();
CREATE TRIGGER kuska_cambio AFTER UPDATE OF estado ON {DOCUMENTOS} FOR EACH ROW
    WHEN (OLD.estado IS DISTINCT FROM NEW.estado AND NEW.clase = 'instancia')
    EXECUTE FUNCTION kuska_cambia_el_estado_de_un_documento();
"""
DE_ANTES = "".join(
    f"""
DROP TRIGGER IF EXISTS kuska_cambio ON {uno};
CREATE TRIGGER kuska_cambio AFTER INSERT OR DELETE OR UPDATE ON {uno}
    FOR EACH STATEMENT EXECUTE FUNCTION kuska_cambia_lo_de_todas();
"""
    for uno in (DOCUMENTOS, f"{DOCUMENTOS}_territorios")
)
QUITAR = """
DROP FUNCTION IF EXISTS kuska_cambia_el_lugar_de_un_documento();
DROP FUNCTION IF EXISTS kuska_cambia_el_estado_de_un_documento();
"""


def poner(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCIONES, params=None)
        schema_editor.execute(PONER, params=None)


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DE_ANTES, params=None)
        schema_editor.execute(QUITAR, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("kuska_certificados", "0003_certificado_suprimido"),
        ("kuska_seguimiento", "0015_trabajos_en_su_sala"),
    ]
    operations = [migrations.RunPython(poner, quitar)]
