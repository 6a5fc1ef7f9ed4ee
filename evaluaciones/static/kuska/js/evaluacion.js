/* Comfort for the form of an evaluation: one question at a time, each answer saved as it changes. Without this file
   the questions follow each other and are saved together. No words live here; texts come from data- attributes. */
(function () {
  "use strict";
  var doc = document;
  var forma = doc.querySelector("[data-k-evaluacion]");
  var hecho = doc.querySelector("[data-k-direccion]");

  /* The answer of a POST gets an address that can be loaded again. */
  function direccion(url) { try { history.replaceState(null, "", url + location.hash); } catch (e) { /* only comfort */ } }
  if (hecho) { direccion(hecho.dataset.kDireccion); }
  if (!forma) { return; }

  var textos = forma.dataset;
  var partes = Array.prototype.slice.call(forma.querySelectorAll("[data-k-pregunta]"));
  var revisar = forma.querySelector("[data-k-revisar]");
  direccion(textos.url);

  /* One question at a time. The address keeps the place, so that Back goes to the previous question. */
  function pedida() { return Math.min(Math.max(+location.hash.slice(2) || +textos.primera, 1), partes.length); }
  /* The answer is what a form would send of the question, in its order, whatever its kind: [name, value] pairs. */
  function controles(n) {
    return Array.prototype.filter.call(partes[n - 1].querySelectorAll("[name]"), function (c) {
      return c.name.split("-")[0] === "p" + n && !c.disabled;
    });
  }
  function marcable(c) { return c.type === "radio" || c.type === "checkbox"; }
  function contestado(n) {
    return controles(n).filter(function (c) { return !marcable(c) || c.checked; }).map(function (c) { return [c.name, c.value]; });
  }
  /* Some fields say enough, unless the kind asks for all of them. */
  function respondida(n) {
    var pares = contestado(n), dice = function (par) { return par[1].trim() !== ""; };
    return partes[n - 1].querySelector("[data-k-todos]") ? pares.length > 0 && pares.every(dice) : pares.some(dice);
  }
  function completa() { return partes.every(function (h, i) { return respondida(i + 1); }); }
  function mostrar(n, enfocar) {
    partes.forEach(function (parte, i) { parte.hidden = i !== n - 1; });
    revisar.hidden = n !== partes.length && !completa();
    revisar.classList.toggle("k-boton--secundario", n !== partes.length);
    if (enfocar) {
      scrollTo(0, 0);
      partes[n - 1].querySelector("fieldset").focus({ preventScroll: true });
    }
  }
  partes.forEach(function (parte) { parte.querySelector("[data-k-pasos]").hidden = false; });
  forma.addEventListener("click", function (ev) {
    var n = ev.target.dataset && ev.target.dataset.kIr;
    if (n) { location.hash = "p" + n; }
  });
  addEventListener("hashchange", function () { mostrar(pedida(), true); });

  /* What is not confirmed waits on this phone under the attempt's own key: only its owner's form asks for it. */
  var llave = "k-e-" + forma.elements.intento.value;
  var cola = {};
  try { cola = JSON.parse(localStorage.getItem(llave)) || {}; } catch (e) { cola = {}; }
  function guardar() {
    try {
      if (Object.keys(cola).length) { localStorage.setItem(llave, JSON.stringify(cola)); } else { localStorage.removeItem(llave); }
    } catch (e) { /* full or closed: the form itself still carries the answers */ }
  }
  function identificador() {
    var b = crypto.getRandomValues(new Uint8Array(16)), s = "";
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    for (var i = 0; i < 16; i++) { s += (i > 3 && i < 11 && i % 2 === 0 ? "-" : "") + (256 + b[i]).toString(16).slice(1); }
    return s;
  }
  function decir(n, texto) { partes[n - 1].querySelector("[data-k-estado]").textContent = texto; }

  var ocupado = false, vuelta = 0;
  function enviar() {
    var n = Object.keys(cola)[0];
    if (!n || ocupado) { return; }
    clearTimeout(vuelta);
    var esta = cola[n];
    var datos = new FormData();
    ["csrfmiddlewaretoken", "intento", "visto"].forEach(function (c) { datos.append(c, forma.elements[c].value); });
    datos.append("pregunta", n);
    datos.append("operacion", esta.op);
    esta.campos.forEach(function (par) { datos.append(par[0], par[1]); });
    ocupado = true;
    decir(n, textos.enviando);
    fetch(textos.respuesta, { method: "POST", body: datos, credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (r) {
        if (r.status === 401 || r.status === 403) { throw textos.entrar; }
        /* The server could not keep it: it stays here, is said so, and goes again when the server asked for. */
        if (r.status >= 500) { vuelta = setTimeout(enviar, (+r.headers.get("Retry-After") || 30) * 1000); throw textos.ocupada; }
        if (!r.ok && r.status !== 404 && r.status !== 409) { throw textos.celular; }
        return r.json().then(function (j) {
          if (r.ok) { forma.elements.visto.value = Math.max(j.secuencia, +forma.elements.visto.value); }
          /* Marked again meanwhile: the newer one is still to be sent. */
          if (cola[n] && cola[n].op === esta.op) { delete cola[n]; }
          guardar();
          decir(n, r.ok ? (j.reemplazo ? textos.reemplazo : textos.guardada) : j.mensaje);
        });
      })
      .then(function () { ocupado = false; enviar(); }, function (motivo) {
        ocupado = false;
        Object.keys(cola).forEach(function (m) { decir(m, typeof motivo === "string" ? motivo : textos.celular); });
      });
  }
  forma.addEventListener("change", function (ev) {
    var parte = ev.target.closest("[data-k-pregunta]");
    if (!parte) { return; }
    var n = parte.dataset.kPregunta;
    cola[n] = { op: identificador(), campos: contestado(n) };
    guardar();
    enviar();
    mostrar(+n, false);
  });
  addEventListener("online", enviar);
  addEventListener("pageshow", enviar);
  doc.addEventListener("visibilitychange", function () { if (!doc.hidden) { enviar(); } });

  /* What was marked here and never arrived is marked again, and goes on its way. */
  Object.keys(cola).forEach(function (n) {
    if (!partes[n - 1]) { delete cola[n]; return; }
    /* What an older page left here was a list of options. */
    cola[n].campos = cola[n].campos || (cola[n].elegidas || []).map(function (v) { return ["p" + n, v]; });
    controles(n).forEach(function (c) {
      var suyos = cola[n].campos.filter(function (par) { return par[0] === c.name; }).map(function (par) { return par[1]; });
      if (marcable(c)) { c.checked = suyos.indexOf(c.value) >= 0; } else { c.value = suyos[0] || ""; }
    });
    partes[n - 1].dispatchEvent(new CustomEvent("k-repuesta", { bubbles: true }));
  });
  mostrar(pedida(), location.hash.length > 1);
  enviar();
})();
