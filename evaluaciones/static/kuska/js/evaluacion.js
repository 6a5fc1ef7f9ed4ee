/* Comfort for the form of an evaluation: one question at a time, each answer kept on this phone as it changes and sent
   with others (kuska.cola), reviewed in the page. Without this file the questions follow each other and are sent
   together. No words live here; texts come from data- attributes. */
(function () {
  "use strict";
  var doc = document, cola = window.kuska && window.kuska.cola;
  var forma = doc.querySelector("[data-k-evaluacion]");
  var hecho = doc.querySelector("[data-k-intento]");

  function del(clave) { return function (p) { return (p.asunto || "").indexOf("e " + clave) === 0; }; }
  /* What this phone still kept of it arrived with it. */
  if (cola && hecho) { cola.quitar(del(hecho.dataset.kIntento), hecho.dataset.kEn).catch(function () {}); }
  if (!forma) { return; }

  var textos = forma.dataset, clave = forma.elements.intento.value;
  var partes = Array.prototype.slice.call(forma.querySelectorAll("[data-k-pregunta]"));
  var revisar = forma.querySelector("[data-k-revisar]"), revision = forma.querySelector("[data-k-revision]");
  var enviar = forma.querySelector("[data-k-enviar]"), sueltos = forma.querySelector("[data-k-sin-guion]");

  /* One question at a time, and the review. The address keeps the place, so that Back goes to the previous one. */
  function pedida() {
    if (location.hash === "#revision") { return 0; }
    return Math.min(Math.max(+location.hash.slice(2) || +textos.primera, 1), partes.length);
  }
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
    revision.hidden = n > 0;
    enviar.hidden = n > 0;
    revisar.hidden = !n || (n !== partes.length && !completa());
    revisar.classList.toggle("k-boton--secundario", n !== partes.length);
    if (!n) { pintar(); }
    if (enfocar) {
      scrollTo(0, 0);
      (n ? partes[n - 1].querySelector("fieldset") : revision.querySelector("h2")).focus({ preventScroll: true });
    }
  }
  partes.forEach(function (parte) { parte.querySelector("[data-k-pasos]").hidden = false; });
  if (sueltos) { sueltos.hidden = true; }
  forma.addEventListener("click", function (ev) {
    var n = ev.target.dataset && ev.target.dataset.kIr;
    if (n) { location.hash = "p" + n; mostrar(+n, true); }
  });
  addEventListener("hashchange", function () { mostrar(pedida(), true); });

  /* --- The review, drawn from the form: what is not answered comes first. */
  function dichas(n) {
    var parte = partes[n - 1], orden = parte.querySelectorAll("[data-k-texto]");
    if (!respondida(n)) { return []; }
    if (orden.length) { return Array.prototype.map.call(orden, function (uno, i) { return (i + 1) + ". " + uno.textContent.trim(); }); }
    return controles(n).filter(function (c) { return marcable(c) ? c.checked : c.value; }).map(function (c) {
      var rotulo = c.closest("label");
      return marcable(c) && rotulo ? rotulo.textContent.trim() : c.value;
    });
  }
  function pintar() {
    var molde = revision.querySelector("template"), sin = revision.querySelector("[data-k-faltan]"), con = revision.querySelector("[data-k-dadas]"), faltan = 0;
    sin.textContent = con.textContent = "";
    partes.forEach(function (parte, i) {
      var n = i + 1, fila = doc.importNode(molde.content, true).firstElementChild, suyas = dichas(n);
      fila.querySelector("dt").textContent = n + ". " + parte.querySelector("legend").textContent.trim();
      var hueco = fila.querySelector("[data-k-falta]"), enlace = fila.querySelector("a");
      if (suyas.length) { hueco.remove(); } else { faltan += 1; }
      suyas.forEach(function (texto) { enlace.parentNode.before(doc.createElement("dd")); enlace.parentNode.previousElementSibling.textContent = texto; });
      enlace.href = "#p" + n;
      enlace.querySelector("[data-k-accion]").textContent = suyas.length ? textos.cambiar : textos.responder;
      enlace.querySelector("[data-k-cual]").textContent = " " + textos.cual.replace("%s", n);
      (suyas.length ? con : sin).appendChild(fila);
    });
    sin.hidden = !faltan;
    con.hidden = faltan === partes.length;
    if (revision.querySelector("[data-k-hay]")) { revision.querySelector("[data-k-hay]").hidden = con.hidden; }
    revision.querySelector("[data-k-cuantas]").textContent = faltan ?
      (faltan === 1 ? textos.faltaUna : textos.faltan.replace("%s", faltan)) + (textos.blancos ? " " + textos.blancos : "") :
      textos.todas;
  }

  /* --- Kept on this phone */
  function decir(n, texto) { partes[n - 1].querySelector("[data-k-estado]").textContent = texto; }
  function asunto(n) { return "e " + clave + " " + n; }
  function numero(p) { return del(clave)(p) ? +p.asunto.split(" ")[2] : 0; }
  var lugar = cola && cola.lugar(forma);
  forma.addEventListener("change", function (ev) {
    var parte = ev.target.closest("[data-k-pregunta]");
    if (!parte) { return; }
    var n = +parte.dataset.kPregunta;
    mostrar(n, false);
    if (cola) { guardar(n); }
  });
  function guardar(n) {
    var campos = [["intento", clave], ["pregunta", String(n)]].concat(contestado(n));
    cola.poner("respuesta", lugar, campos, asunto(n)).then(cola.luego, function () { decir(n, textos.sinGuardar); });
  }
  doc.addEventListener("k-cola", function (ev) {
    var dice = ev.detail, n = numero(dice);
    if (n) { decir(n, dice.estado === "celular" ? textos.celular : dice.texto); }
    if ((dice.asunto || "") !== asunto("envio")) { return; }
    if (dice.estado === "recibido") { location.assign(dice.sigue || textos.kDireccion); return; }
    revision.querySelector("[data-k-estado]").textContent = dice.texto;
  });
  /* With signal it goes as any form. If it does not arrive, this phone sends it later. */
  forma.addEventListener("submit", function (ev) {
    if (ev.submitter === revisar) { ev.preventDefault(); location.hash = "revision"; return; }
    var puede = cola && (completa() || textos.blancos), senal = navigator.onLine;
    if (!puede && senal) { return; }
    ev.preventDefault();
    function dicho(texto) { revision.querySelector("[data-k-estado]").textContent = texto; }
    if (!puede) { dicho(cola ? textos.todasAntes : textos.sinGuardar); return; }
    function irse() {
      cola.callar = true;
      forma.action = enviar.formAction;
      forma.submit();
    }
    cola.poner("envio", lugar, cola.pares(forma), asunto("envio")).then(senal ? irse : cola.enviar, function () {
      if (senal) { irse(); } else { dicho(textos.sinGuardar); }
    });
  });

  /* What was marked here and never arrived is marked again, and goes on its way. */
  function reponer(n, campos) {
    if (!partes[n - 1]) { return; }
    controles(n).forEach(function (c) {
      var suyos = campos.filter(function (par) { return par[0] === c.name; }).map(function (par) { return par[1]; });
      if (marcable(c)) { c.checked = suyos.indexOf(c.value) >= 0; } else { c.value = suyos[0] || ""; }
    });
    partes[n - 1].dispatchEvent(new CustomEvent("k-repuesta", { bubbles: true }));
    decir(n, textos.celular);
  }
  if (cola) {
    cola.esperan().then(function (todos) {
      todos.forEach(function (p) { if (numero(p)) { reponer(numero(p), p.campos); } });
      if (todos.some(function (p) { return p.asunto === asunto("envio"); })) {
        location.hash = "revision";
        revision.querySelector("[data-k-estado]").textContent = textos.celular;
      }
      mostrar(pedida(), location.hash.length > 1);
    }).catch(function () {});
  }
  mostrar(pedida(), location.hash.length > 1);
})();
