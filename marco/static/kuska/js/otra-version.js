/* Which version of the page this tab was written on.
 *
 * The form says it, as it was when it was opened, and whoever saves over a later one is told (marco.otra_version). Here it is
 * kept up to date: what the editor saved by itself is of this tab, and whoever confirmed, in the dialog of Wagtail, that
 * somebody else's version is to be replaced was told already.
 */
(() => {
  "use strict";
  const FORMULARIO = "form[data-edit-form]";
  const decir = (formulario, datos) => {
    Object.entries(datos).forEach(([nombre, valor]) => {
      const campo = formulario.elements.namedItem(nombre);
      if (campo) campo.value = valor;
    });
  };

  document.addEventListener(
    "w-autosave:success",
    ({ target, detail }) => {
      const { revision_id: version, revision_created_at: cuando } = detail?.data ?? {};
      if (version && target.matches(FORMULARIO)) {
        decir(target, { loaded_revision_id: version, loaded_revision_created_at: cuando });
      }
    },
    true, // before what waited for it is sent
  );

  document.addEventListener(
    "w-dialog:confirmed",
    ({ target }) => {
      const formulario = target.closest(FORMULARIO);
      const deOtra = document.querySelector("[data-w-session-intercept-value='conflict']");
      if (formulario && deOtra && target.id === "w-save-confirmation-dialog") decir(formulario, { loaded_revision_id: "" });
    },
    true, // before the button is pressed again
  );
})();
