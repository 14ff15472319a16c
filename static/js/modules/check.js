// An inline check is judged without a reload of the lesson.

import { resume, send } from "../session.js";
import { enhance as enhanceOrdering } from "./ordering.js";

const TROUBLE = {
  "signed-out": "You are signed out. Sign in in another tab, then check your answer again.",
  "somebody-else": "Somebody else is signed in in this browser. Sign in again in another tab, then check your answer.",
};
const NO_ANSWER = "Not checked. The server did not answer. Try again in a moment.";

async function judge(form) {
  const post = () => send(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const response = await post();
  if (![400, 401].includes(response.status)) return response;
  const state = await resume();
  if (state !== "signed-in") throw new Error(TROUBLE[state], { cause: state });
  return post();
}

function say(form, words, look = "warn") {
  const state = document.createElement("span");
  state.className = "state";
  state.dataset.state = look;
  state.textContent = words;
  form.querySelector(".feedback").replaceChildren(state);
}

function replace(form, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.querySelector("form");
  form.replaceWith(fresh);
  enhance(fresh);
  const feedback = fresh.querySelector(".feedback");
  feedback.tabIndex = -1;
  feedback.focus();
}

/** Let a check show its feedback in place. */
export function enhance(form) {
  enhanceOrdering(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    say(form, "Checking …", "open");
    try {
      const response = await judge(form);
      const answer = await response.json();
      if (answer.html) replace(form, answer.html);
      else say(form, `${answer.error.replace(/\.?$/, ".")} ${answer.advice}`);
    } catch (problem) {
      say(form, problem.cause in TROUBLE ? problem.message : NO_ANSWER);
    } finally {
      form.ariaBusy = "false";
    }
  });
}
