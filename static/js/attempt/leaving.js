// A page of an attempt is left only for a page that can come: the browser's own error page says nothing of use.

import { send } from "../session.js";

const LONGEST_ANSWER = 8000;
const LEADS_TO_ANOTHER_PAGE = "[data-step-link], [data-stuck-link], [data-module=review] a";

/** Tell whether the server answers, whatever it says. */
export async function isReachable(statusUrl) {
  try {
    await send(statusUrl, { signal: AbortSignal.timeout(LONGEST_ANSWER) });
    return true;
  } catch {
    return false;
  }
}

/** Let a form go only once `mayGo`, which is given the pressed button, says so. */
export function guardForm(form, mayGo) {
  let isFree = false;
  form.addEventListener("submit", async (event) => {
    if (isFree) return;
    event.preventDefault();
    const button = event.submitter;
    if (!(await mayGo(button)) || isFree) return;
    isFree = true;
    // A form does not listen to this while it still deals with the first press.
    setTimeout(() => form.requestSubmit(button));
  });
}

/** Follow the links to other pages of the attempt only if `mayGo`; asked only where `isDoubtful`. */
export function guardLinks(isDoubtful, mayGo) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest(LEADS_TO_ANOTHER_PAGE);
    if (!link || !isDoubtful()) return;
    event.preventDefault();
    // A question on this page needs no connection.
    if (document.getElementById(link.hash.slice(1))) location.hash = link.hash;
    else if (await mayGo()) location.assign(link.href);
  });
}
