// What every page of an open attempt has: the queue, the state of saving, the clock, and the end.

import { resume, send } from "../session.js";
import { guardLinks, isReachable } from "./leaving.js";
import { AnswerQueue } from "./queue.js";
import { showState } from "./save_state.js";
import { startTimer } from "./timer.js";

const PAUSE_BEFORE_NEXT_TRY = 2000;
// Saves that arrive shortly after the end still count, so the last ones are given this long.
const LAST_SAVES = 6000;
const LONG_AWAY = 30_000;

function announce(text) {
  document.querySelector("[data-announce]").textContent = text;
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function submitAtEnd(queue, submitUrl) {
  announce("Time is up. Your saved answers are submitted.");
  const deadline = performance.now() + LAST_SAVES;
  while (!(await queue.settled(deadline - performance.now())) && performance.now() < deadline) await sleep(500);
  for (;;) {
    try {
      const response = await send(submitUrl, { method: "POST" });
      if (response.ok) {
        location.assign(response.url);
        return;
      }
      await resume();
    } catch {
      // Without a connection the server submits by itself; this page follows when it can.
    }
    await sleep(PAUSE_BEFORE_NEXT_TRY);
  }
}

/**
 * Set up the page around `element`, which names the attempt.
 *
 * Returns its `queue`; `showHeld`, which says that the page is not left and why; and `mayGo`, which
 * tells whether the next page can come, and else says so.
 */
export function openAttempt(element) {
  const { attempt, learner, statusUrl, submitUrl } = element.dataset;
  const queue = new AnswerQueue(learner, attempt);
  const { showSaved, showHeld } = showState(queue, announce);
  const setTimer = startTimer(announce, () => submitAtEnd(queue, submitUrl));
  let asked = performance.now();

  queue.addEventListener("saved", ({ detail: { position, change, answer } }) => {
    asked = performance.now();
    showSaved(new Date(answer.saved_at));
    setTimer(answer.seconds_left);
    showStep(position, change.flagged, answer);
  });

  // The clock of a computer that slept has stopped.
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden || performance.now() - asked < LONG_AWAY) return;
    asked = performance.now();
    try {
      const response = await send(statusUrl, {});
      if (response.ok) setTimer((await response.json()).seconds_left);
    } catch {
      // The next save sets the clock right.
    }
  });

  addEventListener("beforeunload", (event) => {
    if (!queue.isKept && queue.positions.length > 0) event.preventDefault();
  });

  const mayGo = async () => {
    if (await isReachable(statusUrl)) return true;
    showHeld();
    return false;
  };
  guardLinks(() => !navigator.onLine || queue.trouble === "offline", mayGo);
  return { queue, showHeld, mayGo };
}

const PALETTE_ANSWER = { none: "no", partial: "part", complete: "yes" };

function showStep(position, isFlagged, answer) {
  const link = document.querySelector(`[data-step-link="${position}"]`);
  link.dataset.answer = PALETTE_ANSWER[answer.state];
  link.toggleAttribute("data-flagged", isFlagged);
  link.querySelector("[data-step-text]").textContent = `, ${answer.text.toLowerCase()}`;
  link.querySelector("[data-flag-text]").textContent = isFlagged ? ", flagged" : "";
}
