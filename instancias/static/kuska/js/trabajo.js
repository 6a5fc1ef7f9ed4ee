/* Comfort for whoever waits for a long list: the page tells how far it is without loading again, and when nobody does
   the work it asks the server for the next part. Without this file the page loads itself from time to time, and has a
   button. No words live here. */
(function () {
  "use strict";
  var doc = document;
  var CADA = 2000;
  var pidiendo = false;
  function caja(pagina) { return pagina.querySelector("[data-k-trabajo]"); }

  function pedir() {
    var forma = doc.querySelector("form[data-k-seguir]");
    if (!forma || pidiendo) { return; }
    pidiendo = true;
    fetch(forma.action, { method: "POST", body: new FormData(forma), credentials: "same-origin" })
      .catch(function () { /* the next look finds it still waiting */ })
      .then(function () { pidiendo = false; });
  }
  function mirar() {
    if (doc.hidden) { return esperar(); }
    fetch(location.href, { credentials: "same-origin" }).then(function (respuesta) {
      return respuesta.text().then(function (html) {
        var nueva = new DOMParser().parseFromString(html, "text/html");
        if (!respuesta.ok || !caja(nueva)) { location.reload(); return; }
        /* Whoever is about to touch a button finds it in its place. */
        if (!caja(doc).contains(doc.activeElement)) { caja(doc).innerHTML = caja(nueva).innerHTML; }
        if (caja(nueva).hasAttribute("data-k-quieto")) { location.reload(); return; }
        doc.title = nueva.title;
        pedir();
        esperar();
      });
    }).catch(esperar);  /* without signal: later */
  }
  function esperar() { setTimeout(mirar, CADA); }

  if (!caja(doc) || caja(doc).hasAttribute("data-k-quieto") || !window.fetch || !window.DOMParser) { return; }
  pedir();
  esperar();
})();
