// Before submitting: what still waits in this browser is sent first, and nothing is left out unsaid.

import { guardForm } from "../attempt/leaving.js";
import { openAttempt } from "../attempt/page.js";
import { questions } from "../attempt/save_state.js";

const PATIENCE = 10_000;

/** Hold the submission until everything is sent, or until the learner knows what would be left out. */
export function enhance(section) {
  const { queue, mayGo } = openAttempt(section);
  const notice = section.querySelector("[data-unsent]");
  const button = section.querySelector("form button");
  let isHeld = queue.positions.length > 0;
  guardForm(button.form, async () => !isHeld && mayGo());
  if (!isHeld) return;
  const names = questions(queue.positions);
  const verb = queue.positions.length === 1 ? "waits" : "wait";

  notice.hidden = false;
  notice.textContent = `${names} ${verb} in this browser and ${queue.positions.length === 1 ? "is" : "are"} being saved. Stay on this page.`;
  button.setAttribute("aria-disabled", "true");

  const release = () => {
    const left = queue.positions;
    notice.textContent =
      `What you gave last for ${questions(left).toLowerCase()} is not saved. ` +
      "Go back to it, or wait. If you submit now, it does not count.";
    button.removeAttribute("aria-disabled");
    isHeld = false;
  };

  // The table above was made before these answers arrived.
  queue.addEventListener("change", () => {
    if (queue.positions.length === 0) location.reload();
  });
  queue.settled(PATIENCE).then((isSaved) => {
    if (!isSaved) release();
  });
}
