// Says in words how the saving stands.

const HELD = "You can go on with this page; the next page needs a connection.";

/** Write the time of day in the zone of the site: 14:21. */
export function timeOfDay(moment, timeZone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(moment);
}

/** Write positions as a sentence calls them: Question 3; Questions 3, 5 and 7. */
export function questions(positions) {
  const [last, ...others] = [...positions].reverse();
  if (others.length === 0) return `Question ${last}`;
  return `Questions ${others.reverse().join(", ")} and ${last}`;
}

function waiting(queue) {
  const count = queue.positions.length;
  const where = queue.isKept ? "in this browser" : "on this page. Do not close it";
  return count === 1 ? `1 answer waits ${where}.` : `${count} answers wait ${where}.`;
}

// A question that needs a look may stand on another page; the list of questions knows where.
function placeOf(position) {
  const id = `q${position}`;
  return document.getElementById(id) ? `#${id}` : document.querySelector(`[data-step-link="${position}"]`).href;
}

function amiss(queue, isHeld) {
  const { positions, stuck, trouble } = queue;
  const goOn = isHeld ? ` ${HELD}` : "";
  if (positions.length === 0) {
    if (queue.isClosed) return ["bad", "Closed. What you gave last came after the end and does not count."];
    if (isHeld) return ["warn", `Offline.${goOn}`];
    return navigator.onLine ? null : ["warn", "Offline. Answers will wait in this browser."];
  }
  switch (trouble) {
    case "signed-out":
      return ["bad", "You are signed out. Sign in in another tab; your answers wait here."];
    case "somebody-else":
      return ["bad", "Not saved. Somebody else is signed in in this browser. Your answers wait here for you."];
    case "offline":
      return ["warn", `${navigator.onLine ? "Not saved. The server cannot be reached." : "Offline."} ${waiting(queue)}${goOn}`];
    case "server":
      return ["bad", `Not saved yet. The server does not answer; it is asked again. ${waiting(queue)}`];
  }
  if (stuck.length > 0) {
    return ["bad", `Not saved. ${questions(stuck)} ${stuck.length === 1 ? "needs" : "need"} a look.`];
  }
  return ["none", "Saving"];
}

/**
 * Keep the `[data-save-state]` of the page true to the queue.
 *
 * Returns `showSaved`, which takes the moment of the last save, and `showHeld`, which says why the page
 * is not left. What is amiss is also read out.
 */
export function showState(queue, announce) {
  const state = document.querySelector("[data-save-state]");
  const { timeZone, signInUrl } = state.dataset;
  let settled = [state.dataset.state, state.textContent];
  let shown = settled;
  let wasAmiss = false;
  let isHeld = false;

  const update = () => {
    const next = amiss(queue, isHeld) ?? settled;
    if (next.join() === shown.join()) return;
    shown = next;
    [state.dataset.state, state.textContent] = next;
    if (queue.trouble === null && queue.stuck.length > 0) {
      const link = document.createElement("a");
      link.href = placeOf(queue.stuck[0]);
      link.dataset.stuckLink = "";
      link.textContent = questions(queue.stuck);
      const [before, after] = next[1].split(link.textContent);
      const sentence = document.createElement("span");
      sentence.append(before, link, after);
      state.replaceChildren(sentence);
    }
    if (queue.trouble === "signed-out") {
      const link = document.createElement("a");
      link.href = signInUrl;
      link.target = "_blank";
      link.textContent = "Sign in";
      state.append(" ", link);
    }
    const isAmiss = ["warn", "bad"].includes(next[0]);
    if (isAmiss || (wasAmiss && next === settled)) announce(next[1]);
    wasAmiss = isAmiss || (wasAmiss && next !== settled);
  };
  queue.addEventListener("change", update);
  addEventListener("offline", update);
  addEventListener("online", () => {
    isHeld = false;
    update();
  });
  update();
  return {
    showSaved: (moment) => {
      isHeld = false;
      settled = ["good", `Saved ${timeOfDay(moment, timeZone)}`];
      update();
    },
    showHeld: () => {
      isHeld = true;
      update();
      // Pressed again, it is read out again.
      announce(shown[1]);
      // On a low screen the bar does not stay in the window.
      if (state.getBoundingClientRect().bottom < 0) state.scrollIntoView();
    },
  };
}
