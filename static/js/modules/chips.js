// A citation chip opens its note in place, and chip, note and claim show that they belong together.

const SUFFIX = "-more";

function noteOf(chip) {
  if (!chip.hash.endsWith(SUFFIX)) return null;
  return document.getElementById(chip.hash.slice(1, -SUFFIX.length));
}

function enhanceChip(chip) {
  const note = noteOf(chip);
  if (!note) return;
  const claim = chip.closest(".claim");
  const summary = note.querySelector("summary");
  let isAway = false;

  // On a narrow screen the note opens below the paragraph, which may be out of sight.
  const goThere = () => {
    const { top, bottom } = summary.getBoundingClientRect();
    if (top >= 0 && bottom <= innerHeight) return;
    isAway = true;
    summary.focus({ preventScroll: true });
    note.scrollIntoView({ block: "nearest" });
  };

  const showState = () => {
    chip.setAttribute("aria-expanded", String(note.open));
    chip.classList.toggle("is-open", note.open);
    note.classList.toggle("is-active", note.open);
    isAway &&= note.open;
  };
  chip.setAttribute("role", "button");
  showState();
  note.addEventListener("toggle", showState);

  chip.addEventListener("click", (event) => {
    event.preventDefault();
    note.open = !note.open;
    if (note.open) goThere();
  });
  summary.addEventListener("click", () => {
    if (note.open && isAway) chip.focus();
  });
  // A link listens to Enter only; a button also to the space bar.
  chip.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    chip.click();
  });

  const light = (isOn) => note.classList.toggle("is-active", isOn || note.open);
  for (const type of ["mouseenter", "focus"]) chip.addEventListener(type, () => light(true));
  for (const type of ["mouseleave", "blur"]) chip.addEventListener(type, () => light(false));
  note.addEventListener("mouseenter", () => claim?.classList.add("is-active"));
  note.addEventListener("mouseleave", () => claim?.classList.remove("is-active"));
}

function openTarget() {
  document.getElementById(location.hash.slice(1))?.closest("details.note")?.setAttribute("open", "");
}

/** Add this to every chip below `root` whose note is on the page. */
export function enhance(root) {
  root.querySelectorAll(".cite").forEach(enhanceChip);
  openTarget();
  addEventListener("hashchange", openTarget);
}
