/* Comfort for putting things in their order: buttons that move each one, and dragging. The numbers of the form stay the
   answer: this only writes them. No words live here; texts come from data- attributes. */
(function () {
  "use strict";
  var lista = function (x) { return Array.prototype.slice.call(x); };

  document.querySelectorAll("[data-k-ordenar]").forEach(function (orden) {
    var marco = orden.parentNode;
    var dicho = marco.querySelector("[data-k-dicho]");
    var asi = marco.querySelector("[data-k-asi]");
    function elementos() { return lista(orden.querySelectorAll("[data-k-elemento]")); }
    function numero(uno) { return uno.querySelector("select"); }
    function ordenado() { return elementos().every(function (uno) { return numero(uno).value; }); }

    function pintar() {
      var todos = elementos();
      todos.forEach(function (uno, i) {
        uno.querySelector("[data-k-mover='-1']").setAttribute("aria-disabled", i === 0);
        uno.querySelector("[data-k-mover='1']").setAttribute("aria-disabled", i === todos.length - 1);
      });
      if (asi) { asi.hidden = ordenado(); }
    }
    function anotar() {
      elementos().forEach(function (uno, i) { numero(uno).value = i + 1; });
      pintar();
      orden.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function decir(uno) {
      dicho.textContent = uno.querySelector("[data-k-texto]").textContent + ". " + orden.dataset.movido + " " +
        (elementos().indexOf(uno) + 1) + " / " + elementos().length;
    }
    /* What was left on this phone comes back as numbers: each one goes to its place. */
    function acomodar() {
      if (ordenado()) {
        elementos().sort(function (a, b) { return numero(a).value - numero(b).value; }).forEach(function (uno) { orden.appendChild(uno); });
      }
      pintar();
    }

    marco.querySelectorAll("[data-k-con-guion]").forEach(function (uno) { uno.hidden = false; });
    orden.querySelectorAll("[data-k-lugar]").forEach(function (uno) { uno.hidden = true; });
    orden.setAttribute("data-k-movible", "");
    document.addEventListener("k-repuesta", acomodar);
    acomodar();

    orden.addEventListener("click", function (ev) {
      var boton = ev.target.closest("[data-k-mover]");
      if (!boton || boton.getAttribute("aria-disabled") === "true") { return; }
      var uno = boton.closest("[data-k-elemento]");
      if (boton.dataset.kMover === "1") { orden.insertBefore(uno.nextElementSibling, uno); } else { orden.insertBefore(uno, uno.previousElementSibling); }
      boton.focus();
      anotar();
      decir(uno);
    });
    if (asi) { asi.addEventListener("click", anotar); }

    /* Dragging by the words. The finger still scrolls the page when it moves up and down before holding. */
    var enMano = null, espera = 0;
    function soltar() {
      clearTimeout(espera);
      if (!enMano) { return; }
      var uno = enMano;
      enMano = null;
      uno.classList.remove("k-ordenar__elemento--en-mano");
      anotar();
      decir(uno);
    }
    function tomar(uno) { enMano = uno; uno.classList.add("k-ordenar__elemento--en-mano"); }
    orden.addEventListener("pointerdown", function (ev) {
      var texto = ev.target.closest("[data-k-texto]");
      if (!texto || ev.button) { return; }
      var uno = texto.closest("[data-k-elemento]");
      if (ev.pointerType === "mouse") { ev.preventDefault(); tomar(uno); } else { espera = setTimeout(tomar, 350, uno); }
    });
    document.addEventListener("pointermove", function (ev) {
      if (!enMano) { return; }
      var otro = document.elementFromPoint(ev.clientX, ev.clientY);
      otro = otro && otro.closest("[data-k-elemento]");
      if (!otro || otro === enMano || otro.parentNode !== orden) { return; }
      var todos = elementos();
      orden.insertBefore(enMano, todos.indexOf(otro) > todos.indexOf(enMano) ? otro.nextElementSibling : otro);
    });
    orden.addEventListener("touchmove", function (ev) { if (enMano) { ev.preventDefault(); } else { clearTimeout(espera); } }, { passive: false });
    document.addEventListener("pointerup", soltar);
    document.addEventListener("pointercancel", soltar);
  });
})();
