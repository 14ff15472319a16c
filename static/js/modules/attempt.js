// One page of questions: every change is saved by itself, and nothing is lost on the way.

import { firstControl, flagBox, isSame, read, readOriginal, versionField, write } from "../attempt/fields.js";
import { guardForm } from "../attempt/leaving.js";
import { openAttempt } from "../attempt/page.js";
import { clear, showConflict, showReasons } from "../attempt/problems.js";
import { enhance as enhanceOrdering } from "./ordering.js";

const TYPING_PAUSE = 400;
const LONGEST_WAIT_TO_LEAVE = 8000;

const isTyped = (control) => control.matches("textarea, input[type=text]");

class QuestionOnPage {
  #queue;
  #known;

  constructor(element, queue) {
    this.element = element;
    this.position = Number(element.dataset.question);
    this.#queue = queue;
    this.#known = readOriginal(element);
    element.addEventListener("input", ({ target }) => this.#changed(isTyped(target) ? TYPING_PAUSE : 0));
    element.addEventListener("change", () => this.#changed(0));
  }

  get version() {
    return Number(versionField(this.element).value);
  }

  set version(number) {
    versionField(this.element).value = String(number);
  }

  #changed(delay) {
    const answer = read(this.element);
    if (isSame(answer, this.#known)) return;
    this.#known = answer;
    clear(this.element);
    this.#queue.put(this.position, this.element.dataset.saveUrl, this.version, answer, delay);
    if (this.conflict) this.showConflict(this.conflict);
  }

  /** Put back what this browser still had to save, or save what was given meanwhile. */
  restore() {
    const unsaved = this.#queue.find(this.position);
    if (!unsaved) {
      // Something may have been given before this script was there.
      this.#changed(0);
      return;
    }
    // An older version: either that save came through and only its confirmation was lost, or somebody
    // else saved in between. The server knows; until it has said so, nothing may be changed here.
    if (unsaved.version === this.version) this.#show(unsaved);
    else this.element.inert = true;
  }

  #show(answer) {
    write(this.element, answer);
    this.#known = read(this.element);
  }

  saved({ change, answer }) {
    const remark = this.element.querySelector("[data-remark]");
    if (this.element.inert) {
      this.element.inert = false;
      if (answer.version < this.version) return;
      this.#show(this.#queue.find(this.position) ?? change);
    }
    this.version = answer.version;
    remark.textContent = answer.remark ?? "";
    if (!this.#queue.find(this.position)) clear(this.element);
  }

  showConflict(conflict) {
    this.conflict = conflict;
    const { version, stored } = conflict;
    const mine = this.#queue.find(this.position);
    if (isSame({ ...mine, fields: stored }, mine)) {
      this.conflict = null;
      this.#queue.decide(this.position, version, mine);
      return;
    }
    if (this.element.inert) {
      this.element.inert = false;
      this.#show(mine);
    }
    const decide = (answer) => {
      this.conflict = null;
      clear(this.element);
      this.version = version;
      this.#show(answer);
      this.#queue.decide(this.position, version, read(this.element));
      firstControl(this.element).focus();
    };
    showConflict(this.element, mine.fields, stored, {
      keep: () => decide(this.#queue.find(this.position)),
      take: () => decide({ fields: stored, flagged: flagBox(this.element).checked }),
    });
  }

  showReasons(answer) {
    this.element.inert = false;
    showReasons(this.element, answer);
  }
}

function closeForm(form, url) {
  const panel = document.createElement("section");
  panel.className = "panel panel-strong";
  const heading = document.createElement("h2");
  heading.textContent = "This attempt is closed";
  const text = document.createElement("p");
  text.textContent = "What you gave last came after the end. It was kept as a late draft for your instructor.";
  const link = document.createElement("a");
  link.className = "button button-primary";
  link.href = url;
  link.textContent = "See how it ended";
  panel.append(heading, text, link);
  form.before(panel);
  form.inert = true;
}

/** Make the form of a page of questions save itself. */
export function enhance(form) {
  const { queue, showHeld, mayGo } = openAttempt(form);
  const questions = new Map(
    [...form.querySelectorAll("[data-question]")].map((element) => {
      const question = new QuestionOnPage(element, queue);
      return [question.position, question];
    }),
  );
  questions.forEach((question) => question.restore());
  enhanceOrdering(form);

  const on = (type, act) => {
    queue.addEventListener(type, ({ detail }) => {
      const question = questions.get(detail.position);
      if (question) act(question, detail);
    });
  };
  on("saved", (question, detail) => question.saved(detail));
  on("conflict", (question, { answer }) => question.showConflict(answer));
  on("refused", (question, { answer }) => question.showReasons(answer));
  queue.addEventListener("late", () => closeForm(form, form.dataset.attemptUrl), { once: true });

  guardForm(form, async (button) => {
    const isSaved = await queue.settled(LONGEST_WAIT_TO_LEAVE);
    // The first button is the one that the Enter key presses: it saves, and stays.
    if (button?.hasAttribute("data-save-only")) return false;
    if (isSaved) return mayGo();
    showHeld();
    const stuck = queue.stuck.map((position) => questions.get(position)).find(Boolean);
    stuck?.element.querySelector("[data-conflict] h3, [aria-invalid]")?.focus();
    return false;
  });
  queue.wake();
}
