// What stands at a question when its answer could not be saved: a conflict to decide, or a field to mend.

import { inWords } from "./fields.js";

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function button(text, press) {
  const made = element("button", "button", text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

function side(term, lines) {
  return element("div", "", element("dt", "", term), element("dd", "as-typed", lines.join("\n")));
}


/** Take away everything that says that the answer of a question is not saved. */
export function clear(question) {
  question.querySelector("[data-conflict]")?.remove();
  question.querySelectorAll(".field-error").forEach((error) => error.remove());
  question.querySelectorAll("[aria-invalid]").forEach((control) => {
    control.removeAttribute("aria-invalid");
    const hints = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !id.endsWith("-error"));
    if (hints.join("")) control.setAttribute("aria-describedby", hints.join(" "));
    else control.removeAttribute("aria-describedby");
  });
}

/** Show both answers to a question, and let the learner choose: `keep` and `take` are called on the choice. */
export function showConflict(question, mine, stored, { keep, take }) {
  const position = question.dataset.question;
  const titleId = `q${position}-conflict`;
  const title = element("h3", "", "This answer was changed in another tab or on another device.");
  title.id = titleId;
  title.tabIndex = -1;
  const panel = element(
    "div",
    "panel panel-strong",
    title,
    element("p", "", "What you gave here is not saved yet. Choose which of the two to keep."),
    element("dl", "pairs", side("Given here", inWords(question, mine)), side("The other one", inWords(question, stored))),
    element("p", "row", button("Keep what I gave here", keep), button("Take the other one", take)),
  );
  panel.dataset.conflict = "";
  panel.role = "group";
  panel.setAttribute("aria-labelledby", titleId);
  question.querySelector("[data-conflict]")?.remove();
  question.querySelector("h2").after(panel);
}

/** Say at each field what to mend, or below the question where no field is named. */
export function showReasons(question, { error, advice, fields = {} }) {
  clear(question);
  const position = question.dataset.question;
  const named = Object.entries(fields).filter(([name]) => controlsOf(question, name).length > 0);
  for (const [name, reason] of named) {
    const message = element("p", "field-error", reason);
    message.id = `q${position}-${name}-error`;
    const [first] = controlsOf(question, name);
    for (const control of controlsOf(question, name)) {
      control.setAttribute("aria-invalid", "true");
      const hints = control.getAttribute("aria-describedby");
      control.setAttribute("aria-describedby", hints ? `${hints} ${message.id}` : message.id);
    }
    const item = first.closest("[data-ordering-item]");
    if (item) item.append(message);
    else (first.closest(".choices, .field-inline, .cloze") ?? first).after(message);
  }
  if (named.length === 0) {
    question.querySelector("[data-remark]").before(element("p", "field-error", `${error} ${advice}`));
  }
}

function controlsOf(question, name) {
  return [...question.querySelectorAll(`[name="q${question.dataset.question}-${CSS.escape(name)}"]`)];
}
