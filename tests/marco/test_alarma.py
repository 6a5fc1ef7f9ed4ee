"""Who looks after the service is told what is not well: once it has lasted, while it lasts, and when it is over."""

from __future__ import annotations

import datetime
import json
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from marco import estado
from marco.alarma.reglas import CALMA, DURA, SE_REPITE, Asunto, juzgar
from marco.alarma.visto import LoVisto, de_datos, para_el_menu
from marco.estado import BIEN, MAL, MIRAR, LineaDeEstado
from marco.models import Latido
from marco.services import avisar as servicio
from marco.services.avisar import avisar
from marco.tasks import avisar_de_lo_que_esta_mal

CADA = datetime.timedelta(minutes=5)
HORA = datetime.timedelta(hours=1)
DIA = datetime.timedelta(days=1)
EMPIEZA = datetime.datetime(2026, 11, 2, 8, 0, tzinfo=datetime.UTC)
YO, OTRA = "servidores@muni.example", "soporte@muni.example"


def linea(clave: str = "copias", como: str = MAL) -> LineaDeEstado:
    que = "" if como == BIEN else "Revise el disco de las copias."
    return LineaDeEstado(clave, clave.capitalize(), f"Está {como}.", como, que)


def pasar(*tramos: tuple[str, datetime.timedelta]) -> list[tuple[datetime.timedelta, str]]:
    """A line that is so for so long, looked at every five minutes: when it was told, and what."""
    asuntos: dict[str, Asunto] = {}
    dicho, ahora = [], EMPIEZA
    for como, rato in tramos:
        hasta = ahora + rato
        while ahora < hasta:
            aviso = juzgar(asuntos, [linea(como=como)], ahora=ahora)
            dicho += [(ahora - EMPIEZA, una.estado) for una, _desde in aviso.mal]
            dicho += [(ahora - EMPIEZA, "ya") for _nombre in aviso.de_vuelta]
            asuntos, ahora = aviso.asuntos, ahora + CADA
    return dicho


def test_a_restart_is_no_news():
    assert pasar((BIEN, HORA), (MAL, CADA * 2), (BIEN, DIA)) == []


def test_what_lasts_is_told_again_each_day_and_when_it_is_over():
    dicho = pasar((MAL, DIA * 2 + HORA), (BIEN, DIA))
    assert dicho == [
        (DURA[MAL], MAL),
        (DURA[MAL] + DIA, MAL),
        (DURA[MAL] + DIA * 2, MAL),
        (DIA * 2 + HORA + CALMA, "ya"),
    ]


def test_what_is_only_to_be_looked_at_waits_a_day_and_comes_back_each_week():
    assert pasar((MIRAR, DIA * 9)) == [(DIA, MIRAR), (DIA * 8, MIRAR)]


def test_what_gets_worse_is_told_at_once_and_what_gets_better_is_not_yet_well():
    dicho = pasar((MIRAR, DIA * 2), (MAL, HORA), (MIRAR, HORA), (BIEN, HORA))
    assert dicho == [(DIA, MIRAR), (DIA * 2 + DURA[MAL], MAL), (DIA * 2 + HORA * 2 + CALMA, "ya")]


def test_what_comes_and_goes_does_not_write_each_time():
    assert pasar(*[(MAL, CADA * 3), (BIEN, CADA * 3)] * 20) == [(DURA[MAL], MAL)]


def test_a_message_says_all_that_is_wrong_and_not_what_has_just_begun():
    asuntos = juzgar({}, [linea("copias"), linea("cola", MIRAR)], ahora=EMPIEZA).asuntos
    asuntos = juzgar(asuntos, [linea("copias"), linea("cola", MIRAR)], ahora=EMPIEZA + CADA).asuntos
    despues = juzgar(asuntos, [linea("cola", MIRAR), linea("copias"), linea("reloj")], ahora=EMPIEZA + DURA[MAL])
    assert [una.clave for una, _desde in despues.mal] == ["copias"]
    al_dia = juzgar(despues.asuntos, [linea("cola", MIRAR), linea("reloj"), linea("copias")], ahora=EMPIEZA + DIA)
    assert [una.clave for una, _desde in al_dia.mal] == ["reloj", "copias", "cola"], "the worst first"


def test_a_clock_that_goes_back_does_not_keep_it_silent():
    ahora, asuntos = EMPIEZA + DIA * 400, {}
    for _vez in range(4):
        asuntos = juzgar(asuntos, [linea()], ahora=ahora).asuntos
        ahora += CADA
    assert asuntos["copias"].dicho_en
    vuelta = juzgar(asuntos, [linea()], ahora=EMPIEZA).asuntos
    assert juzgar(vuelta, [linea()], ahora=EMPIEZA + SE_REPITE[MAL]).mal, "a day later by the clock that there is"


@given(st.lists(st.tuples(st.sampled_from([BIEN, MIRAR, MAL]), st.integers(1, 400)), min_size=1, max_size=12))
def test_it_neither_writes_too_much_nor_forgets_to_say_that_it_is_over(tramos):
    dicho = pasar(*((como, CADA * n) for como, n in tramos))
    veces = [cuando for cuando, que in dicho if que == MAL]
    assert all(otra - una >= CALMA for una, otra in zip(veces, veces[1:], strict=False))
    avisos = [que for _cuando, que in dicho]
    assert all(antes != "ya" for antes, que in zip(avisos, avisos[1:], strict=False) if que == "ya")
    assert not avisos or avisos[0] != "ya"
    if tramos[-1][0] == BIEN and CADA * tramos[-1][1] > CALMA and avisos:
        assert avisos[-1] == "ya"
    if tramos[-1][0] == MAL and CADA * tramos[-1][1] > DURA[MAL] + DIA:
        assert avisos[-1] == MAL


@given(
    st.builds(
        Asunto,
        nombre=st.text(max_size=20),
        estado=st.sampled_from([MIRAR, MAL]),
        desde=st.datetimes(timezones=st.just(datetime.UTC)),
        dicho_en=st.none() | st.datetimes(timezones=st.just(datetime.UTC)),
        dicho_como=st.sampled_from(["", MAL]),
    )
)
def test_what_is_known_is_read_as_it_was_kept(asunto):
    visto = LoVisto({"copias": asunto}, salio_en=asunto.dicho_en, no_salio="No contesta.")
    assert de_datos(json.loads(json.dumps(visto.como_datos()))) == visto


@pytest.mark.parametrize("raro", [{}, {"asuntos": 7}, {"asuntos": {"a": {}}}, {"asuntos": {}, "salio_en": "ayer"}])
def test_what_another_edition_kept_is_as_if_nothing_were_known(raro):
    assert de_datos(raro) == LoVisto()


@pytest.fixture
def dichas(monkeypatch, settings) -> list[LineaDeEstado]:
    """The lines that a look finds, and a site that sends mail to two people."""
    ahora: list[LineaDeEstado] = [linea()]
    monkeypatch.setattr(servicio, "lineas", lambda *, ahora: list(halladas))
    halladas = ahora
    settings.KUSKA_AVISOS_A = [YO, OTRA]
    return halladas


def mirar(desde: datetime.datetime, rato: datetime.timedelta = DURA[MAL]) -> datetime.datetime:
    """Look every five minutes for so long; returns the last look."""
    ahora = desde
    while ahora <= desde + rato:
        avisar(ahora=ahora)
        ahora += CADA
    return ahora - CADA


@pytest.mark.django_db
def test_the_message_says_what_is_wrong_what_to_do_and_where_to_look(dichas):
    mirar(EMPIEZA)
    (mensaje,) = mail.outbox
    assert mensaje.to == [YO, OTRA] and mensaje.subject == "Aviso del aula: 1 cosa por atender"
    for dicho in ("MAL · Copias: Está mal.", "Qué hacer: Revise el disco", "2 de noviembre de 2026", "/panel/estado"):
        assert dicho in mensaje.body.replace("\xa0", " "), mensaje.body
    assert mensaje.extra_headers["Auto-Submitted"] == "auto-generated"
    dichas[:] = [linea(como=BIEN)]
    mirar(EMPIEZA + HORA, CALMA)
    assert mail.outbox[-1].subject == "Aviso del aula: ya está bien" and "Ya está bien: Copias." in mail.outbox[-1].body
    mirar(EMPIEZA + DIA, HORA)
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_the_subject_says_nothing_of_what_the_site_is_about(dichas):
    mirar(EMPIEZA)
    assert not {"violencia", "mujer", "instancia"} & set(mail.outbox[0].subject.lower().split())


class CorreoCaido(EmailBackend):
    """A server of mail that refuses the sender."""

    def send_messages(self, _mensajes: Any) -> int:
        raise smtplib.SMTPSenderRefused(550, b"no", "aula@muni.example")


@pytest.mark.django_db
def test_what_did_not_leave_is_told_the_next_time_and_the_page_says_why(dichas, settings):
    bueno = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.CorreoCaido"
    ahora = mirar(EMPIEZA)
    assert not mail.outbox
    (suya,) = [una for una in estado.lineas(ahora=ahora) if una.clave == "avisos"]
    assert suya.estado == MIRAR and "El último no salió" in suya.dice and "EMAIL_HOST" in suya.que_hacer
    settings.EMAIL_BACKEND = bueno
    avisar(ahora=ahora + CADA)
    assert len(mail.outbox) == 1
    (suya,) = [una for una in estado.lineas(ahora=ahora) if una.clave == "avisos"]
    assert suya.estado == BIEN and "Van a 2 correos. El último salió el" in suya.dice


class CorreoLento(EmailBackend):
    """A server of mail that takes so long that another look begins meanwhile."""

    mirando = False

    def send_messages(self, mensajes: Any) -> int:
        if not CorreoLento.mirando:
            CorreoLento.mirando = True
            avisar(ahora=EMPIEZA + DURA[MAL] + CADA)
        return super().send_messages(mensajes)


@pytest.mark.django_db
def test_two_that_look_at_once_tell_it_once(dichas, settings):
    settings.EMAIL_BACKEND = f"{__name__}.CorreoLento"
    mirar(EMPIEZA)
    assert CorreoLento.mirando and len(mail.outbox) == 1


@pytest.mark.django_db
def test_that_it_is_over_is_told_too_when_it_could_not_leave(dichas, settings):
    mirar(EMPIEZA)
    dichas[:] = [linea(como=BIEN)]
    bueno, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.CorreoCaido"
    ahora = mirar(EMPIEZA + HORA, CALMA)
    settings.EMAIL_BACKEND = bueno
    avisar(ahora=ahora + CADA)
    assert [uno.subject for uno in mail.outbox][1:] == ["Aviso del aula: ya está bien"]


@pytest.mark.django_db
def test_who_is_written_down_later_is_told_what_was_wrong_already(dichas, settings):
    settings.KUSKA_AVISOS_A = []
    ahora = mirar(EMPIEZA, HORA)
    assert not mail.outbox
    settings.KUSKA_AVISOS_A = [YO]
    avisar(ahora=ahora + CADA)
    assert [uno.to for uno in mail.outbox] == [[YO]]


@pytest.mark.django_db
def test_a_site_that_sends_no_mail_looks_and_tells_nobody(dichas, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    mirar(EMPIEZA, HORA)
    assert de_datos(Latido.objects.get(clave=Latido.AVISOS).visto).asuntos["copias"].dicho_en is None
    (suya,) = [una for una in estado.lineas(ahora=EMPIEZA) if una.clave == "avisos"]
    assert suya.estado == BIEN and "Nadie los recibe" in suya.dice


@pytest.mark.django_db(transaction=True)
def test_it_is_told_from_the_task_and_asked_of_the_real_lines(settings):
    """With nothing invented: a new site has no copy and its clock never gave a sign."""
    settings.KUSKA_AVISOS_A = [YO]
    avisar_de_lo_que_esta_mal()
    hace = timezone.now() - HORA
    visto = de_datos(Latido.objects.get(clave=Latido.AVISOS).visto)
    assert {"copias", "reloj"} <= set(visto.asuntos) and not mail.outbox
    antes = {clave: Asunto(uno.nombre, uno.estado, hace) for clave, uno in visto.asuntos.items()}
    Latido.objects.filter(clave=Latido.AVISOS).update(visto=LoVisto(antes).como_datos())
    avisar_de_lo_que_esta_mal()
    (mensaje,) = mail.outbox
    assert "Todavía no dio señales." in mensaje.body and "Todavía no hay ninguna copia buena." in mensaje.body


@pytest.mark.django_db
def test_the_menu_says_how_many_are_wrong_and_that_nobody_looks(dichas):
    assert para_el_menu() == 0, "nobody looked yet: nothing is known to be wrong"
    dichas.append(linea("cola", MIRAR))
    avisar(ahora=timezone.now())
    assert para_el_menu() == 1
    dichas[:] = []
    avisar(ahora=timezone.now())
    assert para_el_menu() == 0, "at once, and not a minute later"
    Latido.objects.filter(clave=Latido.AVISOS).update(en=timezone.now() - HORA)
    cache.clear()
    assert para_el_menu() is None


@pytest.mark.django_db
def test_a_terminal_reads_the_same_and_ends_with_one_when_something_is_wrong(capsys, settings):
    with pytest.raises(CommandError, match="líneas están mal") as fallo:
        call_command("estado")
    dicho = capsys.readouterr().out
    assert fallo.value.returncode == 1
    assert "✗ Reloj: Todavía no dio señales." in dicho and "    Qué hacer: Reinicie el servicio" in dicho
    with pytest.raises(CommandError):
        call_command("estado", "--json")
    claves = {una["clave"] for una in json.loads(capsys.readouterr().out)["lineas"]}
    assert {"reloj", "copias", "avisos"} <= claves


@pytest.mark.django_db
def test_a_timer_of_the_system_tells_it_without_the_clock(dichas, capsys):
    mirar(EMPIEZA, CADA)
    Latido.objects.filter(clave=Latido.AVISOS).update(
        visto=LoVisto({"copias": Asunto("Copias", MAL, timezone.now() - HORA)}).como_datos()
    )
    with pytest.raises(CommandError, match="1 línea está mal"):
        call_command("estado", "--avisar")
    assert len(mail.outbox) == 1 and "✗ Copias: Está mal." in capsys.readouterr().out
