/* One form makes one page.
 *
 * The editor saves by itself half a second after a change. Wagtail lets the person send the form while
 * that first save is on its way, and on a slow line both make a page of their own. Here the sending
 * waits for the save, which gives the form the address of the page it made; and once the form is sent,
 * the editor does not save again by itself.
 */
(() => {
  "use strict";
  let guardando = false;
  let pendiente = null;
  let enviado = false;

  const terminar = () => {
    guardando = false;
    if (!pendiente) return;
    const { formulario, boton } = pendiente;
    pendiente = null;
    if (boton?.name) {
      // The button shows that it works and is disabled by now: what it says goes along by itself.
      const dicho = document.createElement("input");
      Object.assign(dicho, { type: "hidden", name: boton.name, value: boton.value });
      formulario.append(dicho);
    }
    formulario.requestSubmit();
  };

  document.addEventListener("w-autosave:save", (evento) => {
    if (enviado) evento.preventDefault();
    else if (!evento.defaultPrevented) guardando = true;
  });
  document.addEventListener("w-autosave:success", terminar);
  document.addEventListener("w-autosave:error", terminar);

  document.addEventListener(
    "submit",
    (evento) => {
      const formulario = evento.target;
      if (!formulario.matches("form[data-edit-form]")) return;
      if (!guardando) {
        enviado = true;
        return;
      }
      evento.preventDefault();
      evento.stopImmediatePropagation();
      pendiente = { formulario, boton: evento.submitter };
    },
    true,
  );

  // Back from the next page, as it was left: the form is written again.
  window.addEventListener("pageshow", () => {
    enviado = false;
  });
})();
