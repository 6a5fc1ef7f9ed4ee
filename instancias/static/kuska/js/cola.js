/* A queue: back from the other tab, who was written to is out of it and the next one waits. Comfort only. */
(function () {
  "use strict";
  var escribe = false, fuera = false;
  /* Asked again before the other tab was attended, it still shows who was just written to: the next return asks too. */
  document.querySelectorAll("[data-k-cola] form[target=_blank]").forEach(function (forma) {
    escribe = escribe || forma.action === history.state;
  });
  document.querySelector("[data-k-cola]").addEventListener("submit", function (ev) {
    escribe = ev.target.target === "_blank";
    if (escribe) { history.replaceState(ev.target.action, ""); }
  });
  function irse() { fuera = escribe; }
  /* Only who left comes back: a look that arrives late, before the other tab is there, must not ask again too soon. */
  function volver() { if (fuera && !document.hidden) { fuera = false; location.reload(); } }
  document.addEventListener("visibilitychange", function () { if (document.hidden) { irse(); } else { volver(); } });
  addEventListener("blur", irse);
  addEventListener("focus", volver);
}());
