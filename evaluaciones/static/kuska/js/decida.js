/* Comfort for «Decida»: the answer is sent and explained in place. Without this file the form does the same by itself. */
(function () {
  "use strict";
  var doc = document, ocupado = false;

  function poner(html) {
    var nueva = new DOMParser().parseFromString(html, "text/html");
    var main = nueva.querySelector("main"), actual = doc.querySelector("main");
    if (!main || !nueva.querySelector("[data-k-decida]")) { return false; }
    actual.replaceWith(doc.adoptNode(main));
    var dicho = doc.querySelector("[data-k-decida] [data-k-dicho], [data-k-decida] fieldset");
    if (dicho) { dicho.focus(); }
    return true;
  }

  doc.addEventListener("submit", function (ev) {
    var forma = ev.target, boton = ev.submitter;
    /* What is put in order moves by a script of its own, bound to this page: it is sent as any form. */
    if (ev.defaultPrevented || !forma.closest("[data-k-decida]") || forma.querySelector("[data-k-ordenar]") || !window.fetch) { return; }
    ev.preventDefault();
    if (ocupado) { return; }
    ocupado = true;
    var datos = new FormData(forma);
    if (boton && boton.name) { datos.append(boton.name, boton.value); }
    if (boton) { boton.setAttribute("aria-busy", "true"); }
    fetch(forma.action, { method: "POST", body: datos, credentials: "same-origin" }).then(function (r) {
      return r.text().then(function (html) {
        if (!poner(html)) { location.reload(); return; }
        try { history.replaceState(null, "", r.url.split("#")[0].replace(/\/decida$/, "")); } catch (e) { /* only comfort */ }
      });
    }).catch(function () {
      forma.querySelector("[data-k-estado]").textContent = forma.dataset.sinSenal;
      if (boton) { boton.removeAttribute("aria-busy"); }
    }).then(function () { ocupado = false; });
  });
})();
