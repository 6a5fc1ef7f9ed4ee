"""On PostgreSQL, each fact that a page of the panel tells leaves its change in its own transaction (decision 46).

These are more facts than the marks of the counters have: what moves along, who came in, who was reminded. Names,
phones and links are not among them: they are read each time. Only there, as
with the marks: without them, every page is made from facts.
"""

from django.db import migrations

FUNCIONES = """
-- The tables where a person sits, or sat. In plpgsql, that plans a statement once and not each time that it is called.
CREATE FUNCTION kuska_cambio_de_persona(quien bigint) RETURNS void AS $$
BEGIN
    INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio)
    SELECT DISTINCT i.territorio_id
    FROM kuska_instancias_membresia m
    JOIN kuska_instancias_asiento a ON a.id = m.asiento_id
    JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE m.persona_id = quien;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambio_de_asiento(cual bigint) RETURNS void AS $$
BEGIN
    INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio)
    SELECT i.territorio_id
    FROM kuska_instancias_asiento a JOIN kuska_instancias_instancia i ON i.id = a.instancia_id
    WHERE a.id = cual;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambio_de_inscripcion(cual bigint) RETURNS void AS $$
BEGIN
    PERFORM kuska_cambio_de_persona(persona_id) FROM kuska_cursos_inscripcion WHERE id = cual;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambio_de_intento(cual bigint) RETURNS void AS $$
BEGIN
    PERFORM kuska_cambio_de_inscripcion(inscripcion_id) FROM kuska_evaluaciones_intento WHERE id = cual;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_una_persona() RETURNS trigger AS $$
BEGIN
    PERFORM kuska_cambio_de_persona(NEW.id);
    RETURN NULL;
END $$ LANGUAGE plpgsql;

-- Of rows that have a person: an enrolment, a certificate.
CREATE FUNCTION kuska_cambia_algo_de_persona() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM kuska_cambio_de_persona(OLD.persona_id);
    END IF;
    IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR NEW.persona_id IS DISTINCT FROM OLD.persona_id) THEN
        PERFORM kuska_cambio_de_persona(NEW.persona_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_un_acto() RETURNS trigger AS $$
DECLARE acto record;
BEGIN
    IF TG_OP = 'DELETE' THEN acto := OLD; ELSE acto := NEW; END IF;
    PERFORM kuska_cambio_de_persona(c.persona_id) FROM kuska_certificados_certificado c WHERE c.id = acto.certificado_id;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_un_recordatorio() RETURNS trigger AS $$
DECLARE aviso record;
BEGIN
    IF TG_OP = 'DELETE' THEN aviso := OLD; ELSE aviso := NEW; END IF;
    PERFORM kuska_cambio_de_persona(aviso.persona_id);
    PERFORM kuska_cambio_de_asiento(aviso.asiento_id);
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_una_membresia() RETURNS trigger AS $$
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

CREATE FUNCTION kuska_cambia_un_asiento() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio)
        SELECT territorio_id FROM kuska_instancias_instancia WHERE id = OLD.instancia_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM kuska_cambio_de_asiento(NEW.id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_un_avance() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM kuska_cambio_de_inscripcion(OLD.inscripcion_id);
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.terminado_en IS NOT NULL THEN
            PERFORM kuska_cambio_de_inscripcion(NEW.inscripcion_id);
        END IF;
    ELSIF (OLD.terminado_en, OLD.inscripcion_id, OLD.unidad_id)
            IS DISTINCT FROM (NEW.terminado_en, NEW.inscripcion_id, NEW.unidad_id) THEN
        PERFORM kuska_cambio_de_inscripcion(OLD.inscripcion_id);
        PERFORM kuska_cambio_de_inscripcion(NEW.inscripcion_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_un_intento() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM kuska_cambio_de_inscripcion(OLD.inscripcion_id);
    END IF;
    IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR NEW.inscripcion_id IS DISTINCT FROM OLD.inscripcion_id) THEN
        PERFORM kuska_cambio_de_inscripcion(NEW.inscripcion_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

-- What is not definite counts nowhere.
CREATE FUNCTION kuska_cambia_una_respuesta() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.definitiva THEN
        PERFORM kuska_cambio_de_intento(OLD.intento_id);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.definitiva THEN
        PERFORM kuska_cambio_de_intento(NEW.intento_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

CREATE FUNCTION kuska_cambia_la_meta() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio) VALUES (OLD.territorio_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio) VALUES (NEW.territorio_id);
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;

-- What changes seldom, and may be told on any page.
CREATE FUNCTION kuska_cambia_lo_de_todas() RETURNS trigger AS $$
BEGIN
    INSERT INTO kuska_seguimiento_cambiodeinstancia (territorio) VALUES ('');
    RETURN NULL;
END $$ LANGUAGE plpgsql;
"""
FUNCION = "kuska_cambio_de_{}(bigint)"
UNA, TODAS = "FOR EACH ROW", "FOR EACH STATEMENT"
TODO = "INSERT OR DELETE OR UPDATE"
DE_PERSONA, DE_TODAS = "kuska_cambia_algo_de_persona", "kuska_cambia_lo_de_todas"
DISPARADORES = (
    ("kuska_instancias_persona", "UPDATE OF activa, ultimo_ingreso_en", UNA, "kuska_cambia_una_persona"),
    ("kuska_instancias_membresia", TODO, UNA, "kuska_cambia_una_membresia"),
    ("kuska_instancias_asiento", TODO, UNA, "kuska_cambia_un_asiento"),
    ("kuska_cursos_inscripcion", TODO, UNA, DE_PERSONA),
    ("kuska_cursos_avance", TODO, UNA, "kuska_cambia_un_avance"),
    ("kuska_evaluaciones_intento", TODO, UNA, "kuska_cambia_un_intento"),
    ("kuska_evaluaciones_respuesta", TODO, UNA, "kuska_cambia_una_respuesta"),
    ("kuska_certificados_certificado", TODO, UNA, DE_PERSONA),
    ("kuska_certificados_actodecertificado", TODO, UNA, "kuska_cambia_un_acto"),
    ("kuska_seguimiento_recordatorio", TODO, UNA, "kuska_cambia_un_recordatorio"),
    ("kuska_seguimiento_metadeterritorio", TODO, UNA, "kuska_cambia_la_meta"),
    *(
        (uno, TODO, TODAS, DE_TODAS)
        for uno in (
            "kuska_instancias_instancia",
            "kuska_instancias_territorio",
            "kuska_instancias_tipodeasiento",
            "kuska_cursos_edicion",
            "kuska_cursos_edicion_territorios",
            "kuska_cursos_edicion_tipos_de_asiento",
            "kuska_cursos_requisitodeversion",
            "kuska_certificados_documentodecifras",
            "kuska_certificados_documentodecifras_territorios",
            "kuska_seguimiento_barradeinstancia",
        )
    ),
    ("kuska_instancias_institucion", "UPDATE", TODAS, DE_TODAS),
    ("kuska_cursos_unidad", "UPDATE", TODAS, DE_TODAS),
)


def poner(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCIONES, params=None)
    for donde, cuando, cada, que in DISPARADORES:
        schema_editor.execute(
            f'CREATE TRIGGER kuska_cambio AFTER {cuando} ON "{donde}" {cada} EXECUTE FUNCTION {que}()', params=None
        )


def quitar(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for donde, *_demas in DISPARADORES:
        schema_editor.execute(f'DROP TRIGGER IF EXISTS kuska_cambio ON "{donde}"', params=None)
    for que in sorted({uno[3] for uno in DISPARADORES}):
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {que}()", params=None)
    for que in ("intento", "inscripcion", "asiento", "persona"):
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {FUNCION.format(que)}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("kuska_cursos", "0002_prorrogas"),
        ("kuska_evaluaciones", "0002_preguntas_en_reserva"),
        ("kuska_certificados", "0003_certificado_suprimido"),
        ("kuska_seguimiento", "0011_cambios"),
    ]
    operations = [migrations.RunPython(poner, quitar)]
