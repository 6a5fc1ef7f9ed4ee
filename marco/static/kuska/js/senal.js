/* What a page of a person does with and without signal. No words live here; texts come from data- attributes.
   Other scripts talk to the service worker with kuska.decir(tipo, datos): a promise of what it answers, or of nothing
   when there is no worker. */
(function () {
  "use strict";
  var doc = document, chip = doc.querySelector("[data-k-senal]");
  var kuska = window.kuska = window.kuska || {};
  if (!chip) { return; }
  var textos = chip.dataset;

  kuska.decir = function (tipo, datos) {
    var sw = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (!sw) { return Promise.resolve(); }
    return new Promise(function (listo) {
      var canal = new MessageChannel();
      canal.port1.onmessage = function (ev) { listo(ev.data); };
      setTimeout(listo, 5000);
      sw.postMessage(Object.assign({ tipo: tipo }, datos), [canal.port2]);
    });
  };
  /* On one's own phone only. It comes after the page: nothing waits for it. */
  if (textos.trabajador && navigator.serviceWorker) {
    addEventListener("load", function () { navigator.serviceWorker.register(textos.trabajador).catch(function () {}); });
  }

  /* Signal chip: the live region is always there; only its text changes. */
  function senal(vuelve) {
    if (!navigator.onLine) {
      chip.textContent = textos.sin;
      textos.estado = "sin";
    } else if (textos.estado === "sin" && vuelve) {
      chip.textContent = textos.con;
      textos.estado = "ok";
      setTimeout(function () { if (textos.estado === "ok") { chip.textContent = ""; } }, 6000);
    }
  }
  addEventListener("offline", function () { senal(false); });
  addEventListener("online", function () { senal(true); });
  senal(false);
})();
