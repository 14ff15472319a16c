// A form that was sent back says so first; a passphrase can be looked at while it is typed.

function enhancePassphrase(label) {
  const box = label.querySelector("input");
  const field = document.getElementById(box.getAttribute("aria-controls"));
  label.hidden = false;
  box.addEventListener("change", () => {
    field.type = box.checked ? "text" : "password";
  });
}

/** Add this to the forms below `root`. */
export function enhance(root) {
  root.querySelectorAll("[data-show-passphrase]").forEach(enhancePassphrase);
  root.querySelector("[data-error-summary]")?.focus();
}
