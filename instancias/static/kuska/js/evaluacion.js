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
  var hojas = Array.prototype.slice.call(forma.querySelectorAll("[data-k-pregunta]"));
  var revisar = forma.querySelector("[data-k-revisar]");
  direccion(textos.url);

  /* One question at a time. The address keeps the place, so that Back goes to the previous question. */
  function pedida() { return Math.min(Math.max(+location.hash.slice(2) || 1, 1), hojas.length); }
  function marcadas(n) {
    return Array.prototype.map.call(hojas[n - 1].querySelectorAll("input:checked"), function (c) { return c.value; });
  }
  function completa() { return hojas.every(function (h, i) { return marcadas(i + 1).length > 0; }); }
  function mostrar(n, enfocar) {
    hojas.forEach(function (hoja, i) { hoja.hidden = i !== n - 1; });
    revisar.hidden = n !== hojas.length && !completa();
    revisar.classList.toggle("k-boton--secundario", n !== hojas.length);
    if (enfocar) {
      scrollTo(0, 0);
      hojas[n - 1].querySelector("fieldset").focus({ preventScroll: true });
    }
  }
  hojas.forEach(function (hoja) { hoja.querySelector("[data-k-pasos]").hidden = false; });
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
  function decir(n, texto) { hojas[n - 1].querySelector("[data-k-estado]").textContent = texto; }

  var ocupado = false;
  function enviar() {
    var n = Object.keys(cola)[0];
    if (!n || ocupado) { return; }
    var esta = cola[n];
    var datos = new FormData();
    ["csrfmiddlewaretoken", "intento", "visto"].forEach(function (c) { datos.append(c, forma.elements[c].value); });
    datos.append("pregunta", n);
    datos.append("operacion", esta.op);
    esta.elegidas.forEach(function (v) { datos.append("p" + n, v); });
    ocupado = true;
    decir(n, textos.enviando);
    fetch(textos.respuesta, { method: "POST", body: datos, credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (r) {
        if (r.status === 401 || r.status === 403) { throw textos.entrar; }
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
    var hoja = ev.target.closest("[data-k-pregunta]");
    if (!hoja) { return; }
    var n = hoja.dataset.kPregunta;
    cola[n] = { op: identificador(), elegidas: marcadas(n) };
    guardar();
    enviar();
    mostrar(+n, false);
  });
  addEventListener("online", enviar);
  addEventListener("pageshow", enviar);
  doc.addEventListener("visibilitychange", function () { if (!doc.hidden) { enviar(); } });

  /* What was marked here and never arrived is marked again, and goes on its way. */
  Object.keys(cola).forEach(function (n) {
    if (!hojas[n - 1]) { delete cola[n]; return; }
    hojas[n - 1].querySelectorAll("input:not([type=hidden])").forEach(function (c) { c.checked = cola[n].elegidas.indexOf(c.value) >= 0; });
  });
  mostrar(pedida(), location.hash.length > 1);
  enviar();
})();
