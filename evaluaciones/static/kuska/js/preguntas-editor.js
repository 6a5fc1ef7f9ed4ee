/* Comfort for who writes questions: only the fields of the chosen kind are in sight. Without it, all of them are. */
(function () {
  "use strict";
  function mostrar(select) {
    var pregunta = select.closest("[data-inline-panel-child]");
    if (!pregunta) { return; }
    var suyas = JSON.parse(select.dataset.kPartes)[select.value] || [];
    pregunta.querySelectorAll("[data-k-parte]").forEach(function (parte) {
      parte.hidden = suyas.indexOf(parte.dataset.kParte) < 0;
    });
  }
  function todas() { document.querySelectorAll("select[data-k-partes]").forEach(mostrar); }
  document.addEventListener("change", function (ev) {
    if (ev.target.dataset && ev.target.dataset.kPartes) { mostrar(ev.target); }
  });
  /* Rows added on the page come with the kind that is chosen first. */
  document.addEventListener("DOMContentLoaded", function () {
    todas();
    var filas = document.querySelector("[id$='preguntas-FORMS']");
    if (filas) { new MutationObserver(todas).observe(filas, { childList: true }); }
  });
})();
