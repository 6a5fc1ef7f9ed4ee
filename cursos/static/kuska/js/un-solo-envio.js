/* One form makes one page.
 *
 * The editor saves by itself half a second after a change. Wagtail lets the person send the form while
 * that first save is on its way, and on a slow line both make a page of their own. Here the sending
 * waits for the save, which gives the form the address of the page it made; and once the form is sent,
 * the editor does not save again by itself.
 *
 * Nor does it save what nobody wrote: on a slow machine the rich texts are put in order after the editor took note of
 * how the form was, and that looked like a change. Until somebody touches the page nothing is saved, and what the
 * form says at the first touch is what it is compared with, until it is saved: the editor may take note once more, late,
 * and what was written meanwhile would not be seen.
 */
(() => {
  "use strict";
  let guardando = false;
  let pendiente = null;
  let enviado = false;
  let tocado = false;
  const deEntonces = new Map();

  const mira = (forma) => window.wagtail?.app?.getControllerForElementAndIdentifier(forma, "w-unsaved");
  const tocar = (evento) => {
    if (tocado || !evento.isTrusted) return;
    tocado = true;
    if (evento.type === "change") return; // it is already in the form
    document.querySelectorAll("form[data-controller~='w-unsaved']").forEach((forma) => {
      const suyo = mira(forma);
      if (!suyo || suyo.forceValue) return;
      suyo.clear();
      deEntonces.set(forma, suyo.initialFormData);
    });
  };
  ["pointerdown", "keydown", "beforeinput", "paste", "drop", "change"].forEach((cual) => {
    document.addEventListener(cual, tocar, true);
  });

  document.addEventListener("w-autosave:success", () => deEntonces.clear(), true); // before the editor takes note
  document.addEventListener("w-unsaved:watch-edits", (evento) => {
    const desde = deEntonces.get(evento.target);
    if (desde !== undefined) mira(evento.target).initialFormData = desde;
  });

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
    if (enviado || !tocado) evento.preventDefault();
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
