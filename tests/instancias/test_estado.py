"""«Estado del aula»: what each line says when something is wrong, what to do, and the acts that it offers."""

from __future__ import annotations

import datetime
import errno
from html import unescape

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from instancias import trabajos
from instancias.models import Trabajo
from marco import a_disco, estado
from marco.models import AjustesDelAula, Comprobacion, CopiaDeRespaldo, Encargo, Latido
from marco.razones import razon_de
from marco.services.avisar import avisar
from marco.services.latir import latir

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
PAGINA = "/panel/estado"
UNA_HORA = datetime.timedelta(hours=1)


@pytest.fixture
def oficina(entrar, administradora) -> Client:
    return entrar(administradora)


@pytest.fixture
def todo_bien(settings, monkeypatch) -> datetime.datetime:
    ahora = timezone.now()
    monkeypatch.setattr("evaluaciones.consultas.firma.guardada_en", lambda _llave: ahora)
    monkeypatch.setattr(estado, "sin_esperar_al_disco", list)  # databases of tests are thrown away: they do not wait
    latir(clave=Latido.RELOJ, ahora=ahora)
    Comprobacion.objects.create(empezada_en=ahora, terminada_en=ahora, reglas=25, rotas=0, resultados=[])
    restaurada = CopiaDeRespaldo.Comprobacion.RESTAURADA
    CopiaDeRespaldo.objects.create(
        hecha_en=ahora,
        estado=CopiaDeRespaldo.Estado.BUENA,
        comprobacion=restaurada,
        filas={"kuska_evaluaciones_respuesta": 731},
    )
    return ahora


def encargo(**campos) -> Encargo:
    ahora = timezone.now()
    datos = {"clave": "a", "tarea": "certificados.generar_pdf", "argumentos": [[7]], "pedido_en": ahora}
    return Encargo.objects.create(**{**datos, "proximo_en": ahora, **campos})


def linea(clave: str, ahora: datetime.datetime | None = None) -> estado.LineaDeEstado:
    (una,) = [una for una in estado.lineas(ahora=ahora or timezone.now()) if una.clave == clave]
    return una


def test_only_who_administers_finds_it(oficina, coordinadora_a, integrante, entrar, visitante):
    assert "Estado del aula" in oficina.get(PAGINA).text
    assert "Estado del aula" in oficina.get("/panel/privilegios").text, "it is in the bar"
    for otro in (entrar(coordinadora_a), entrar(integrante)):
        assert otro.get(PAGINA).status_code == 404
    assert visitante.get(PAGINA).headers["Location"].startswith("/entrar?next=")
    assert "Estado del aula" not in entrar(coordinadora_a).get("/panel/privilegios").text


def test_when_all_is_well_nothing_is_asked_of_anybody(oficina, todo_bien):
    pagina = oficina.get(PAGINA).text
    assert "Qué hacer:" not in pagina and "Trabajos detenidos" not in pagina and "Reglas que no" not in pagina
    for dicho in ("Lo que se envía se guarda.", "Nada espera.", "Camina,", "731 respuestas", "Las 25 reglas"):
        assert dicho in pagina.replace("\xa0", " "), dicho
    assert {una.estado for una in estado.lineas(ahora=todo_bien)} == {estado.BIEN}


def test_a_new_site_is_told_what_is_missing(oficina):
    pagina = oficina.get(PAGINA).text
    assert "Todavía no dio señales." in pagina and "sin el reloj" in pagina
    assert "Todavía no hay ninguna copia buena." in pagina and "Toque «Comprobar ahora»" in pagina


def test_every_page_of_who_administers_says_whether_something_is_wrong(oficina, entrar, coordinadora_a):
    assert "Estado del aula (" not in oficina.get("/panel/privilegios").text
    dichas = avisar(ahora=timezone.now())  # a new site has no copy, and its clock gave no sign
    malas = sum(una.estado == estado.MAL for una in dichas)
    assert malas >= 2 and f"Estado del aula ({malas} mal)" in oficina.get("/panel/privilegios").text
    encargo(pedido_en=timezone.now() - UNA_HORA * 3)
    assert f"Estado del aula ({malas + 1} mal)" in oficina.get(PAGINA).text, "the page and its menu say the same"
    Latido.objects.filter(clave=Latido.AVISOS).update(en=timezone.now() - UNA_HORA)
    cache.clear()
    assert "Estado del aula (por mirar)" in oficina.get("/panel/privilegios").text
    assert "Estado del aula" not in entrar(coordinadora_a).get("/panel/privilegios").text


def test_whoever_set_the_mail_up_tries_it(oficina, settings):
    assert "Enviar un aviso de prueba" not in oficina.get(PAGINA).text
    dicho = oficina.post(f"{PAGINA}/aviso-de-prueba", follow=True).text
    assert "falta KUSKA_AVISOS_A o EMAIL_HOST" in dicho and not mail.outbox
    settings.KUSKA_AVISOS_A = ["soporte@muni.example"]
    assert "Enviar un aviso de prueba" in oficina.get(PAGINA).text
    dicho = oficina.post(f"{PAGINA}/aviso-de-prueba", follow=True).text
    assert "El aviso de prueba salió a 1 correo." in dicho
    assert [uno.to for uno in mail.outbox] == [["soporte@muni.example"]]
    settings.EMAIL_BACKEND = "tests.marco.test_alarma.CorreoCaido"
    dicho = oficina.post(f"{PAGINA}/aviso-de-prueba", follow=True).text
    assert "No salió." in dicho and "Revise EMAIL_HOST" in dicho


def test_work_that_waits_long_is_an_alarm_with_its_age():
    encargo()
    assert linea("cola").estado == estado.BIEN and "Espera 1 trabajo" in linea("cola").dice
    tarde = linea("cola", timezone.now() + UNA_HORA * 3)
    assert tarde.estado == estado.MAL and "3 horas" in tarde.dice.replace("\xa0", " ") and tarde.que_hacer
    assert tarde.medidas["encargo_mas_antiguo_segundos"] == pytest.approx(3 * 3600, abs=5)


def test_a_stopped_work_is_read_with_its_reason_and_tried_again(oficina, todo_bien):
    uno = encargo(detenido_en=timezone.now(), intentos=8, motivo="El disco está lleno.")
    pagina = oficina.get(PAGINA).text
    assert "Hacer el PDF de una constancia" in pagina and "tras 8 intentos. Motivo: El disco está lleno." in pagina
    assert "1 se detuvo." in pagina and linea("cola").estado == estado.MIRAR
    respuesta = oficina.post(f"{PAGINA}/trabajos/{uno.pk}", follow=True)
    assert "Se intentará otra vez." in respuesta.text and "Trabajos detenidos" not in respuesta.text
    assert "ya no estaba detenido" in oficina.post(f"{PAGINA}/trabajos/{uno.pk}", follow=True).text


def test_what_waits_hides_nothing_of_what_stopped_nor_is_it_told_of_no_minutes():
    encargo()
    encargo(clave="b", detenido_en=timezone.now(), intentos=8)
    assert "desde hace menos de un minuto" in linea("cola").dice
    tarde = linea("cola", timezone.now() + UNA_HORA * 3)
    assert "reinicie el servicio" in tarde.que_hacer and "«Volver a intentar»" in tarde.que_hacer


def test_orders_are_told_whole_and_of_a_new_site_nobody_says_that_a_week_went_by(db, settings):
    settings.KUSKA_CLAVE_DE_RESPALDO = "una clave de doce letras"
    assert "«sudo aula respaldo --verificar»" in linea("copias").que_hacer
    assert "«sudo aula respaldo»" in linea("firma").que_hacer
    CopiaDeRespaldo.objects.create(hecha_en=timezone.now(), estado=CopiaDeRespaldo.Estado.BUENA)
    assert linea("copias").que_hacer.startswith("Ninguna copia se comparó en una semana: ")
    assert "«sudo aula verificar_respaldo»" in linea("copias").que_hacer


def test_a_clock_that_stopped_or_went_back_is_told():
    ahora = timezone.now()
    latir(clave=Latido.RELOJ, ahora=ahora)
    assert linea("reloj", ahora).estado == estado.BIEN
    quieto = linea("reloj", ahora + UNA_HORA)
    assert quieto.estado == estado.MAL and "Está quieto" in quieto.dice and "Reinicie el servicio" in quieto.que_hacer
    atras = linea("reloj", ahora - 2 * UNA_HORA)
    assert atras.estado == estado.MAL and "La hora de esta máquina no es la de antes" in atras.dice


def test_a_broken_rule_is_named_with_what_to_do(oficina, todo_bien):
    rota = {"dice": "Las cifras cuadran.", "faltas": 2, "ejemplos": ["7", "9"], "error": "", "que_hacer": "Restaure."}
    Comprobacion.objects.create(empezada_en=todo_bien, terminada_en=todo_bien, reglas=25, rotas=1, resultados=[rota])
    pagina = oficina.get(PAGINA).text
    assert "1 regla no se cumple" in pagina and "No la cumplen 2: 7, 9." in pagina and "Restaure." in pagina


def test_it_is_left_for_reading_only_and_opened_again(oficina, todo_bien, integrante, entrar):
    respuesta = oficina.post(f"{PAGINA}/solo-lectura", {"pausa": "si"}, follow=True)
    assert "El aula quedó en solo lectura." in respuesta.text and "Volver a guardar" in respuesta.text
    assert f"{PAGINA}/comprobar" not in respuesta.text, "no act is offered that would be refused"
    assert linea("guardado").estado == estado.MIRAR
    assert entrar(integrante).post("/mis-datos", {}).status_code == 503
    respuesta = oficina.post(f"{PAGINA}/solo-lectura", {"pausa": "no"}, follow=True)
    assert "El aula guarda otra vez." in respuesta.text and AjustesDelAula.load().solo_lectura_desde is None
    assert entrar(integrante).post("/mis-datos", {}).status_code != 503


def test_what_is_to_be_done_later_is_not_told_to_be_touched_now(oficina):
    encargo(detenido_en=timezone.now(), intentos=8, motivo="El disco está lleno.")
    assert "Toque «Comprobar ahora»" in linea("comprobacion").que_hacer
    pagina = oficina.post(f"{PAGINA}/solo-lectura", {"pausa": "si"}, follow=True).text
    assert "«Comprobar ahora» cuando el aula guarde" in pagina and "Podrá hacerlo cuando el aula vuelva" in pagina
    assert f"{PAGINA}/trabajos/" not in pagina


def test_a_disk_without_room_is_told_first(oficina, settings):
    settings.KUSKA_DISCO_MINIMO = 10**9
    pagina = oficina.get(PAGINA).text
    assert "por falta de espacio" in pagina and "Libere espacio ahora" in pagina


def test_a_database_that_does_not_wait_for_the_disk_is_told(oficina):
    """Those of the tests are so: what the page says is asked of the server itself."""
    dicha, apagados = linea("corte_de_luz"), a_disco.sin_esperar_al_disco()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            puestos = {}
            for nombre in a_disco.DE_POSTGRES:
                cursor.execute(f"SHOW {nombre}")
                puestos[nombre] = cursor.fetchone()[0]
        assert apagados == sorted(nombre for nombre, puesto in puestos.items() if puesto == "off")
    assert dicha.estado == (estado.MAL if apagados else estado.BIEN)
    assert all(nombre in dicha.que_hacer for nombre in apagados)
    assert dicha.dice in unescape(oficina.get(PAGINA).text)


def test_it_says_which_settings_and_what_to_do(oficina, monkeypatch):
    monkeypatch.setattr(estado, "sin_esperar_al_disco", lambda: ["fsync", "full_page_writes"])
    pagina = unescape(oficina.get(PAGINA).text)
    assert "con un corte de luz se pierde lo que el aula dijo que guardó" in pagina and "fsync" in pagina
    assert linea("corte_de_luz").medidas == {"corte_de_luz_seguro": 0.0}


def test_what_is_kept_is_looked_at_when_it_is_asked(oficina):
    respuesta = oficina.post(f"{PAGINA}/comprobar", follow=True)
    assert "Se está comprobando" in respuesta.text and Comprobacion.objects.count() == 1


def test_a_line_that_cannot_be_asked_does_not_take_the_others(oficina, monkeypatch):
    def caer(**_datos):
        raise OSError(errno.EACCES, "Permission denied", "/srv/respaldos")

    monkeypatch.setattr(estado, "estado_de_las_copias", caer)
    pagina = oficina.get(PAGINA)
    assert pagina.status_code == 200 and "Nada espera." in pagina.text
    dicha = linea("copias")
    assert (dicha.nombre, dicha.estado) == ("Copia de respaldo", estado.MAL)
    assert "Abra esta página otra vez" in dicha.que_hacer
    assert dicha.dice == "No se pudo saber. No se pudo usar /srv/respaldos: la cuenta del aula no tiene permiso."


def test_none_of_them_is_told_by_a_name_of_the_program_when_it_cannot_be_asked(monkeypatch, todo_bien, settings):
    settings.KUSKA_MIRAR_TLS, settings.WAGTAILADMIN_BASE_URL = True, "https://aula.example.org"
    bien = {una.clave: una.nombre for una in estado.lineas(ahora=todo_bien)}

    def caer(*_datos, **_otros):
        raise ValueError("list index out of range")

    de_marco = set(bien) - {"puerta", "firma", "avisos"}
    assert len(de_marco) == 10
    for clave in de_marco:
        monkeypatch.setattr(estado, f"_{clave}", caer)
    dichas = estado.lineas(ahora=todo_bien)
    assert {una.clave: una.nombre for una in dichas} == bien
    for una in [una for una in dichas if una.clave in de_marco]:
        assert una.dice == f"No se pudo saber. {razon_de(None)}" and una.que_hacer, una.clave


def test_a_line_of_another_room_that_falls_takes_no_other(oficina, todo_bien, monkeypatch):
    def caer(*_datos):
        raise ValueError("list index out of range")

    monkeypatch.setattr("instancias.consultas.puerta.FrenoDeEntrada", caer)
    pagina = oficina.get(PAGINA)
    assert pagina.status_code == 200 and "Otra línea (Instancias)" in pagina.text and "Nada espera." in pagina.text


def test_a_reason_of_another_edition_is_read_without_the_name_of_its_error(oficina, todo_bien):
    for motivo in ("OSError: [Errno 28] No space left", "KeyError: 'nombre'", "ErrorDeRespaldo: Falta la clave."):
        encargo(clave=motivo, detenido_en=timezone.now(), intentos=8, motivo=motivo, tarea="otra.tarea")
    pagina = oficina.get(PAGINA).text
    for dicho in ("No se pudo usar un archivo: no queda espacio", "Falló el programa.", "Falta la clave."):
        assert f"Motivo: {dicho}" in pagina
    assert not any(nombre in pagina for nombre in ("OSError", "KeyError", "ErrorDe", "Errno", "otra.tarea"))


def test_a_rule_that_could_not_be_asked_is_not_told_as_broken(oficina, todo_bien):
    """Of another edition too, that kept no sentence: nobody puts a copy back for a question that was not answered."""
    campos = {"dice": "Las cifras cuadran.", "faltas": 0, "ejemplos": [], "que_hacer": "Restaure la última copia."}
    sin_saber = {**campos, "error": "OperationalError"}
    con_razon = {**sin_saber, "razon": "La base de datos no contestó, o estaba ocupada."}
    cuando = {"empezada_en": todo_bien, "terminada_en": todo_bien}
    Comprobacion.objects.create(**cuando, reglas=25, rotas=2, resultados=[sin_saber, con_razon])
    pagina = oficina.get(PAGINA).text
    assert "De 2 reglas no se pudo saber" in pagina and "estaba ocupada." in pagina and "Compruebe otra vez." in pagina
    assert "OperationalError" not in pagina and "Restaure" not in pagina and "No la cumplen" not in pagina


def test_the_page_costs_the_same_whatever_waits(oficina, todo_bien, presupuesto):
    oficina.get(PAGINA)
    with presupuesto(60) as una:
        oficina.get(PAGINA)
    antes = una.contadas
    for numero in range(60):
        encargo(clave=str(numero), detenido_en=timezone.now() if numero % 2 else None)
    with presupuesto(antes):
        oficina.get(PAGINA)


def test_a_machine_reads_the_same_as_figures(settings, todo_bien):
    settings.KUSKA_LLAVE_DE_METRICAS = "llave"
    dichas = Client().get("/metricas", headers={"authorization": "Bearer llave"}).text
    for nombre in ("se_guarda 1.0", "encargos_pendientes 0.0", "reloj_segundos", "copias_bien 1.0", "lineas_mal 0.0"):
        assert f"kuska_{nombre}" in dichas


def test_each_kind_of_long_work_is_where_it_was_said_under_its_own_key():
    assert {"seguimiento.acta", "certificados.emision"} <= set(trabajos._clases)
    for clave in trabajos._clases:
        assert trabajos.clase_de(Trabajo(clase=clave)).clave == clave
    with pytest.raises(trabajos.TrabajoError, match="ya no hace"):
        trabajos.clase_de(Trabajo(clase="de otra versión")).hacer(None)


def test_a_long_work_is_told_as_people_count_and_once(oficina, todo_bien, administradora):
    campos = {"cuenta": administradora, "clase": "certificados.paquete", "vence_en": todo_bien + UNA_HORA, "pedido": {}}
    fechas = {"pedido_en": todo_bien, "latido_en": todo_bien, "ambito": []}
    Trabajo.objects.create(**campos, **fechas, titulo="Grande", total=12500, hechas=11000, estado="fallido")
    Trabajo.objects.create(**campos, **fechas, titulo="Sin cuenta", total=0, estado="fallido", motivo="No se pudo.")
    pagina = " ".join(oficina.get(PAGINA).text.replace("\xa0", " ").split())
    pagina = pagina[pagina.index("Trabajos largos") : pagina.index("Qué puede hacer aquí")]
    assert "No se pudo hacer · 11 000 de 12 500 documentos · pedido el" in pagina
    assert "0 de 0" not in pagina and "m.." not in pagina
