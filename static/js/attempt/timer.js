// Counts down the time of an attempt. The server's clock decides; each of its answers sets this one right.

const SPOKEN = new Map([
  [300, "5 minutes left."],
  [60, "1 minute left."],
]);
const CHOICE = "courseware-clock";

function choice() {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

function keepChoice(word) {
  try {
    localStorage.setItem(CHOICE, word);
  } catch {
    // Where storage is blocked the choice holds for this page.
  }
}

function addSwitch(clock) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  const show = (isShown) => {
    clock.hidden = !isShown;
    button.textContent = isShown ? "Hide clock" : "Show clock";
  };
  button.addEventListener("click", () => {
    show(clock.hidden);
    keepChoice(clock.hidden ? "hidden" : "shown");
  });
  show(choice() !== "hidden");
  clock.after(button);
}

/**
 * Start the clock of the page, if the attempt has an end.
 *
 * Returns a function that takes the seconds left by the server's clock. `atEnd` is called once.
 */
export function startTimer(announce, atEnd) {
  const figure = document.querySelector("[data-timer]");
  if (!figure) return () => {};
  addSwitch(figure.closest("[role=timer]"));
  let end = performance.now() + Number(figure.dataset.timer) * 1000;
  let last = Infinity;

  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (left === last) return;
    figure.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    for (const [seconds, words] of SPOKEN) {
      if (left <= seconds && seconds < last && last < Infinity) announce(words);
    }
    last = left;
    if (left > 0) return;
    clearInterval(clock);
    atEnd();
  };
  const clock = setInterval(tick, 250);
  tick();
  return (seconds) => {
    if (seconds !== null) end = performance.now() + seconds * 1000;
  };
}
