// The theme button changes the page in place. The cookie tells the server, so that the next page comes right.

const THEMES = ["auto", "light", "dark"];
const ONE_YEAR_SECONDS = 31_536_000;

function show(theme) {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.querySelectorAll("[data-theme-name]").forEach((name) => {
    name.textContent = theme;
  });
}

function keep(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax${secure}`;
}

/** Let the button below `root` go through the themes without a reload. */
export function enhance(root) {
  const button = root.querySelector("[data-theme-toggle]");
  button?.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const present = document.documentElement.dataset.theme ?? "auto";
    const next = THEMES[(THEMES.indexOf(present) + 1) % THEMES.length];
    keep(next);
    show(next);
  });
}
