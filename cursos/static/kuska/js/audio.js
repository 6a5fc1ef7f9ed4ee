/* An audio that could not be fetched leaves its player dead, and says nothing: it is told, and tried again by touch or
   when the signal is back. Nothing is fetched until it is asked for. */
(function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("[data-k-audio]"), function (caja) {
    var audio = caja.querySelector("audio"), dicho = caja.querySelector("[role=status]"), boton = caja.querySelector("button");
    function decir(texto) {
      dicho.textContent = texto;
      boton.hidden = !texto;
    }
    function fallo() { decir(navigator.onLine ? dicho.dataset.noLlego : dicho.dataset.sinSenal); }
    function otra() {
      decir("");
      audio.load();
    }
    audio.addEventListener("error", fallo);
    (audio.lastElementChild || audio).addEventListener("error", fallo);
    audio.addEventListener("playing", function () { decir(""); });
    boton.addEventListener("click", function () {
      otra();
      audio.play().catch(fallo);
    });
    addEventListener("online", function () { if (!boton.hidden) { otra(); } });
  });
})();
