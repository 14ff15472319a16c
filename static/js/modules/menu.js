// Menus close on Escape, when the focus goes elsewhere, and on a click beside them.

function enhanceMenu(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/** Add this to every menu below `root`. */
export function enhance(root) {
  root.querySelectorAll("details.menu").forEach(enhanceMenu);
}
