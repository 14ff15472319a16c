// Finds what a page needs. Every page works with this file blocked.

import { enhance as chips } from "./modules/chips.js";
import { enhance as forms } from "./modules/forms.js";
import { enhance as menus } from "./modules/menu.js";
import { enhance as theme } from "./modules/theme.js";

async function bind(element) {
  const module = await import(`./modules/${element.dataset.module}.js`);
  module.enhance(element);
}

theme(document);
menus(document);
chips(document);
forms(document);
document.querySelectorAll("[data-module]").forEach(bind);

// A page out of the browser's memory may show what its reader may no longer see.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
