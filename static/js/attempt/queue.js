// The answers that the server has not confirmed yet: in order for each question, kept in this browser
// until they are confirmed, and sent again for as long as it takes.
//
// For each question the queue holds at most two changes: the one that is on its way, which stays the
// same with its idempotency key until the server has answered, and behind it the newest one.

import { resume, send } from "../session.js";

const PREFIX = "courseware-answers";
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
const LONGEST_REQUEST = 10_000;
const LONGEST_SILENCE = 4000;
const SIGN_IN_PAUSE = 4000;
// While somebody types without a stop, a save still goes out this often.
const LONGEST_WAIT = 800;
const AWAY = new Set(["signed-out", "somebody-else"]);

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Fires "change" whenever its state does, and with a `detail` of `position` and more:
 * "saved" (`change`, `answer`), "late" (`change`), "conflict" (`answer`), "refused" (`answer`).
 */
export class AnswerQueue extends EventTarget {
  /** What keeps all answers from being saved: "offline", "server", "signed-out", "somebody-else", or null. */
  trouble = null;
  /** Whether the answers survive a closed tab. */
  isKept = true;
  /** Whether the server said that the attempt is closed. */
  isClosed = false;

  #entries = new Map();
  #prefix;
  #isWorking = false;
  #alarm = null;
  #pausedUntil = 0;
  #failures = 0;

  constructor(learner, attempt) {
    super();
    this.#prefix = `${PREFIX}:${learner}:${attempt}:`;
    this.#load();
    for (const type of ["online", "focus"]) addEventListener(type, () => this.wake());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.wake();
    });
    addEventListener("pagehide", () => this.#sendWhileLeaving());
  }

  /** The questions with an answer that is not saved yet. */
  get positions() {
    return [...this.#entries.keys()].sort((one, other) => one - other);
  }

  /** The questions whose answer waits for a person to decide or mend something. */
  get stuck() {
    return this.positions.filter((position) => this.#entries.get(position).problem);
  }

  /** The newest unsaved change of a question, and the version that it rests on. */
  find(position) {
    const entry = this.#entries.get(position);
    if (!entry) return null;
    return { ...(entry.waiting ?? entry.sending), version: entry.sending?.version ?? entry.version };
  }

  /** Keep a change, and send it after `delay` milliseconds without another one. */
  put(position, url, version, change, delay) {
    const now = performance.now();
    const entry = this.#entries.get(position) ?? { url, version, sending: null, waiting: null, problem: null };
    this.#entries.set(position, entry);
    if (!entry.waiting) entry.since = now;
    entry.waiting = { ...change, key: newKey(), at: Date.now() };
    entry.due = Math.min(now + delay, entry.since + LONGEST_WAIT);
    if (entry.problem === "refused") this.#release(entry, entry.version);
    this.#keep(position);
    this.#changed();
    this.#work();
  }

  /** After a conflict: put a change in place of what is stored now, which is `version`. */
  decide(position, version, change) {
    const entry = this.#entries.get(position);
    this.#release(entry, version);
    this.put(position, entry.url, version, change, 0);
  }

  /** Try again now. */
  wake() {
    // A server in trouble says itself when to come back.
    if (this.trouble !== "server") this.#pausedUntil = 0;
    this.#work();
  }

  /** Send everything at once; tell whether all is saved, at the latest after some milliseconds. */
  settled(milliseconds) {
    const now = performance.now();
    for (const entry of this.#entries.values()) entry.due = now;
    if (this.trouble !== "server") this.trouble = null;
    this.wake();
    return new Promise((resolve) => {
      const look = () => {
        const isMoving = this.stuck.length < this.#entries.size && !this.trouble;
        if (isMoving && performance.now() < now + milliseconds) return;
        clearInterval(clock);
        this.removeEventListener("change", look);
        resolve(this.#entries.size === 0);
      };
      const clock = setInterval(look, 250);
      this.addEventListener("change", look);
      look();
    });
  }

  #release(entry, version) {
    entry.problem = null;
    entry.sending = null;
    entry.version = version;
  }

  #next() {
    const now = performance.now();
    if (now < this.#pausedUntil) return this.#ring(this.#pausedUntil - now);
    let soonest = Infinity;
    for (const [position, entry] of this.#entries) {
      if (entry.problem) continue;
      if ((entry.due ?? 0) <= now) return position;
      soonest = Math.min(soonest, entry.due);
    }
    return this.#ring(soonest - now);
  }

  #ring(milliseconds) {
    clearTimeout(this.#alarm);
    if (milliseconds < Infinity) this.#alarm = setTimeout(() => this.#work(), milliseconds);
    return null;
  }

  async #work() {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let position = this.#next(); position !== null; position = this.#next()) {
      await this.#send(position);
      this.#changed();
    }
    this.#isWorking = false;
  }

  #request(entry, options) {
    const { version, fields, flagged, key } = entry.sending;
    return send(entry.url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify({ version, fields, flagged }),
      ...options,
    });
  }

  #depart(position, entry) {
    if (!entry.sending) {
      entry.sending = { ...entry.waiting, version: entry.version };
      entry.waiting = null;
      this.#keep(position);
    }
  }

  async #send(position) {
    if (AWAY.has(this.trouble) && !(await this.#isSignedIn())) return;
    const entry = this.#entries.get(position);
    this.#depart(position, entry);
    let response;
    let answer;
    const silence = setTimeout(() => {
      this.trouble = "server";
      this.#changed();
    }, LONGEST_SILENCE);
    try {
      response = await this.#request(entry, { signal: AbortSignal.timeout(LONGEST_REQUEST) });
      answer = response.status >= 500 ? {} : await response.json();
    } catch {
      this.#pause("offline");
      return;
    } finally {
      clearTimeout(silence);
    }
    switch (response.status) {
      case 200:
        this.#arrived(position, entry, answer.version);
        this.#tell("saved", { position, change: entry.last, answer });
        break;
      case 410:
        this.isClosed = true;
        this.#arrived(position, entry, entry.version);
        this.#tell("late", { position, change: entry.last });
        break;
      case 409:
        this.#stop("conflict", position, entry, answer);
        break;
      case 413:
      case 415:
      case 422:
        this.#refused(position, entry, answer);
        break;
      case 400:
      case 401:
      case 403:
      case 404:
        // A session that ended, or another one begun in another tab, makes the server refuse a request.
        if (!(await this.#isSignedIn())) break;
        if (entry.wasRenewed) this.#refused(position, entry, answer);
        entry.wasRenewed = true;
        break;
      case 500:
        // The others may fare better.
        entry.due = performance.now() + this.#pauseAfterFailure("server");
        break;
      default:
        this.#pause("server", Number(response.headers.get("Retry-After")));
    }
  }

  #arrived(position, entry, version) {
    this.trouble = null;
    this.#failures = 0;
    entry.last = entry.sending;
    entry.sending = null;
    entry.version = version;
    entry.wasRenewed = false;
    if (!entry.waiting) this.#entries.delete(position);
    this.#keep(position, entry.last.key);
  }

  #refused(position, entry, answer) {
    this.trouble = null;
    if (entry.waiting) this.#release(entry, entry.version);
    else this.#stop("refused", position, entry, answer);
  }

  #stop(problem, position, entry, answer) {
    this.trouble = null;
    this.#failures = 0;
    entry.problem = problem;
    this.#tell(problem, { position, answer });
  }

  #pauseAfterFailure(trouble) {
    this.trouble = trouble;
    this.#failures += 1;
    return Math.min(FIRST_PAUSE * 2 ** (this.#failures - 1), LONGEST_PAUSE);
  }

  #pause(trouble, seconds = 0) {
    this.#pausedUntil = performance.now() + Math.max(this.#pauseAfterFailure(trouble), seconds * 1000);
  }

  async #isSignedIn() {
    let state;
    try {
      state = await resume();
    } catch {
      this.#pause("offline");
      return false;
    }
    this.trouble = state === "signed-in" ? null : state;
    if (this.trouble) this.#pausedUntil = performance.now() + SIGN_IN_PAUSE;
    return !this.trouble;
  }

  #sendWhileLeaving() {
    for (const [position, entry] of this.#entries) {
      if (entry.problem || this.trouble) continue;
      this.#depart(position, entry);
      // The answer can no longer be read: the next page asks again with the same key.
      this.#request(entry, { keepalive: true }).catch(() => {});
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  // Another tab keeps its answers under the same names: what was confirmed here is removed only if it is ours.
  #keep(position, confirmedKey = null) {
    const name = this.#prefix + position;
    const entry = this.#entries.get(position);
    try {
      if (entry) {
        const { url, version, sending, waiting } = entry;
        localStorage.setItem(name, JSON.stringify({ url, version, sending, waiting }));
      } else if (JSON.parse(localStorage.getItem(name))?.sending?.key === confirmedKey) {
        localStorage.removeItem(name);
      }
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  #load() {
    try {
      for (const name of Object.keys(localStorage).filter((each) => each.startsWith(this.#prefix))) {
        const entry = JSON.parse(localStorage.getItem(name));
        this.#entries.set(Number(name.slice(this.#prefix.length)), { ...entry, problem: null });
      }
    } catch {
      this.isKept = false;
    }
  }
}
