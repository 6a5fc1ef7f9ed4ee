"""On PostgreSQL, each fact that may change a figure of the panel leaves a mark in its own transaction (decision 30).

Only there: a country does not live on SQLite, whose tables lose their triggers whenever one of their columns changes.
"""

from django.db import migrations

FUNCIONES = """
-- The tables where a person sits, or sat.
CREATE FUNCTION kuska_marcar_persona(quien bigint, dia date) RETURNS void AS $$
    INSERT INTO kuska_seguimiento_marcadecontador (territorio, desde)
    SELECT DISTINCT i.territorio_id, dia
    FROM kuska_instancias_membresia m
    JOIN kuska_instancias_asiento a ON a.id = m.asiento_id
    JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE m.persona_id = quien
$$ LANGUAGE sql;

-- A seat, and the other tables of who sits there: what one person repeats is told at one of them.
CREATE FUNCTION kuska_marcar_a_quienes_estan(cual bigint, dia date) RETURNS void AS $$
    INSERT INTO kuska_seguimiento_marcadecontador (territorio, desde)
    SELECT DISTINCT i.territorio_id, dia
    FROM kuska_instancias_membresia suya
    JOIN kuska_instancias_membresia m ON m.persona_id = suya.persona_id
    JOIN kuska_instancias_asiento a ON a.id = m.asiento_id
    JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE suya.asiento_id = cual
$$ LANGUAGE sql;

CREATE FUNCTION kuska_marcar_asiento(cual bigint, dia date) RETURNS void AS $$
    INSERT INTO kuska_seguimiento_marcadecontador (territorio, desde)
    SELECT i.territorio_id, dia
    FROM kuska_instancias_asiento a JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE a.id = cual
$$ LANGUAGE sql;

-- A day that is never after the one of the instant, whatever the zone of the site.
CREATE FUNCTION kuska_dia_de(instante timestamptz) RETURNS date AS $$
    SELECT (instante AT TIME ZONE 'UTC')::date - 1
$$ LANGUAGE sql IMMUTABLE;

-- From when two values of a date make a difference; infinity where they are the same.
CREATE FUNCTION kuska_desde_que_cambia(antes timestamptz, ahora timestamptz) RETURNS date AS $$
    SELECT CASE
        WHEN antes IS NOT DISTINCT FROM ahora THEN 'infinity'::date
        ELSE kuska_dia_de(least(coalesce(antes, ahora), coalesce(ahora, antes)))
    END
$$ LANGUAGE sql IMMUTABLE;

CREATE FUNCTION kuska_cambia_membresia() RETURNS trigger AS $$
DECLARE dia date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        dia := NEW.desde;
        PERFORM kuska_marcar_asiento(NEW.asiento_id, dia);
    ELSIF TG_OP = 'DELETE' THEN
        dia := OLD.desde;
        PERFORM kuska_marcar_asiento(OLD.asiento_id, dia);
    ELSIF (OLD.asiento_id, OLD.persona_id, OLD.calidad, OLD.desde)
            IS DISTINCT FROM (NEW.asiento_id, NEW.persona_id, NEW.calidad, NEW.desde)
            OR OLD.hasta <= OLD.desde OR NEW.hasta <= NEW.desde THEN
        dia := least(OLD.desde, NEW.desde);
        PERFORM kuska_marcar_asiento(OLD.asiento_id, dia);
        PERFORM kuska_marcar_asiento(NEW.asiento_id, dia);
    ELSIF OLD.hasta IS DISTINCT FROM NEW.hasta THEN
        dia := least(OLD.hasta, NEW.hasta);
        PERFORM kuska_marcar_asiento(NEW.asiento_id, dia);
    ELSE
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM kuska_marcar_persona(OLD.persona_id, dia);
    END IF;
    IF TG_OP <> 'DELETE' AND EXISTS (
        SELECT 1 FROM kuska_instancias_membresia m WHERE m.persona_id = NEW.persona_id AND m.id <> NEW.id
    ) THEN
        PERFORM kuska_marcar_persona(NEW.persona_id, dia);
        INSERT INTO kuska_seguimiento_personaenvarias (persona) VALUES (NEW.persona_id) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_inscripcion() RETURNS trigger AS $$
DECLARE dia date;
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM kuska_marcar_persona(NEW.persona_id, kuska_dia_de(least(NEW.creada_en, NEW.terminada_en)));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM kuska_marcar_persona(OLD.persona_id, kuska_dia_de(least(OLD.creada_en, OLD.terminada_en)));
    ELSIF (OLD.persona_id, OLD.edicion_id) IS DISTINCT FROM (NEW.persona_id, NEW.edicion_id) THEN
        PERFORM kuska_marcar_persona(OLD.persona_id, NULL);
        PERFORM kuska_marcar_persona(NEW.persona_id, NULL);
    ELSE
        dia := least(
            kuska_desde_que_cambia(OLD.creada_en, NEW.creada_en),
            kuska_desde_que_cambia(OLD.iniciada_en, NEW.iniciada_en),
            kuska_desde_que_cambia(OLD.terminada_en, NEW.terminada_en),
            kuska_desde_que_cambia(OLD.retirada_en, NEW.retirada_en)
        );
        IF dia < 'infinity'::date THEN
            PERFORM kuska_marcar_persona(NEW.persona_id, dia);
        END IF;
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_asiento() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM kuska_marcar_a_quienes_estan(NEW.id, NULL);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO kuska_seguimiento_marcadecontador (territorio, desde)
        SELECT territorio_id, NULL FROM kuska_instancias_instancia WHERE id = OLD.instancia_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO kuska_seguimiento_marcadecontador (territorio, desde)
        SELECT territorio_id, CASE WHEN TG_OP = 'INSERT' THEN kuska_dia_de(NEW.abierto_en) END
        FROM kuska_instancias_instancia WHERE id = NEW.instancia_id;
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_persona() RETURNS trigger AS $$
BEGIN
    PERFORM kuska_marcar_persona(NEW.id, NULL);
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_certificado() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM kuska_marcar_persona(NEW.persona_id, kuska_dia_de(NEW.emitido_en));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM kuska_marcar_persona(OLD.persona_id, kuska_dia_de(OLD.emitido_en));
    ELSE
        PERFORM kuska_marcar_persona(OLD.persona_id, kuska_dia_de(least(OLD.emitido_en, NEW.emitido_en)));
        PERFORM kuska_marcar_persona(NEW.persona_id, kuska_dia_de(least(OLD.emitido_en, NEW.emitido_en)));
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_acto() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM kuska_marcar_persona(c.persona_id, NULL)
        FROM kuska_certificados_certificado c WHERE c.id = OLD.certificado_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM kuska_marcar_persona(c.persona_id, CASE WHEN TG_OP = 'INSERT' THEN kuska_dia_de(NEW.en) END)
        FROM kuska_certificados_certificado c WHERE c.id = NEW.certificado_id;
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_instancia() RETURNS trigger AS $$
BEGIN
    INSERT INTO kuska_seguimiento_marcadecontador (territorio, desde)
    VALUES (CASE WHEN TG_OP = 'INSERT' THEN NEW.territorio_id ELSE '' END, NULL);
    RETURN NULL;
END $$ LANGUAGE plpgsql;

-- What an edition calls, and which seats preside: of every table.
CREATE FUNCTION kuska_cambia_todo() RETURNS trigger AS $$
BEGIN
    INSERT INTO kuska_seguimiento_marcadecontador (territorio, desde) VALUES ('', NULL);
    RETURN NULL;
END $$ LANGUAGE plpgsql;
"""
UNA, TODAS = "FOR EACH ROW", "FOR EACH STATEMENT"
DE_CERTIFICADO = "INSERT OR DELETE OR UPDATE OF persona_id, edicion_id, estado, emitido_en, anulado_en, reemplaza_a_id"
DISPARADORES = (
    ("kuska_instancias_membresia", "INSERT OR DELETE OR UPDATE", UNA, "kuska_cambia_membresia"),
    ("kuska_cursos_inscripcion", "INSERT OR DELETE OR UPDATE", UNA, "kuska_cambia_inscripcion"),
    ("kuska_instancias_asiento", "INSERT OR DELETE OR UPDATE", UNA, "kuska_cambia_asiento"),
    ("kuska_instancias_persona", "UPDATE OF activa", UNA, "kuska_cambia_persona"),
    ("kuska_certificados_certificado", DE_CERTIFICADO, UNA, "kuska_cambia_certificado"),
    ("kuska_certificados_actodecertificado", "INSERT OR DELETE OR UPDATE", UNA, "kuska_cambia_acto"),
    ("kuska_instancias_instancia", "INSERT OR DELETE OR UPDATE", UNA, "kuska_cambia_instancia"),
    ("kuska_cursos_edicion_territorios", "INSERT OR DELETE OR UPDATE", TODAS, "kuska_cambia_todo"),
    ("kuska_cursos_edicion_tipos_de_asiento", "INSERT OR DELETE OR UPDATE", TODAS, "kuska_cambia_todo"),
    ("kuska_instancias_tipodeasiento", "UPDATE", TODAS, "kuska_cambia_todo"),
)
QUIENES_YA_ESTAN = """
INSERT INTO kuska_seguimiento_personaenvarias (persona)
SELECT persona_id FROM kuska_instancias_membresia GROUP BY persona_id HAVING count(*) > 1
"""


def poner(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCIONES, params=None)
    for donde, cuando, cada, que in DISPARADORES:
        schema_editor.execute(
            f"CREATE TRIGGER kuska_marca AFTER {cuando} ON {donde} {cada} EXECUTE FUNCTION {que}()", params=None
        )
    schema_editor.execute(QUIENES_YA_ESTAN, params=None)


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for donde, _cuando, _cada, _que in DISPARADORES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS kuska_marca ON {donde}", params=None)
    for que in ("membresia", "inscripcion", "asiento", "persona", "certificado", "acto", "instancia", "todo"):
        schema_editor.execute(f"DROP FUNCTION IF EXISTS kuska_cambia_{que}()", params=None)
    schema_editor.execute(
        "DROP FUNCTION IF EXISTS kuska_marcar_persona(bigint, date), kuska_marcar_asiento(bigint, date),"
        " kuska_marcar_a_quienes_estan(bigint, date),"
        " kuska_desde_que_cambia(timestamptz, timestamptz), kuska_dia_de(timestamptz)",
        params=None,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("kuska_certificados", "0003_certificado_suprimido"),
        ("kuska_seguimiento", "0007_contadores"),
    ]
    operations = [migrations.RunPython(poner, quitar)]
