// Requests in the name of whoever is signed in, and what happens when that changes while a page is open.

const meta = () => document.querySelector('meta[name="csrf-token"]');

/** Send a request as a script of this page; the answer is JSON. */
export function send(url, { headers = {}, ...options }) {
  return fetch(url, {
    ...options,
    headers: { Accept: "application/json", "X-CSRFToken": meta().content, ...headers },
  });
}

/**
 * Take up the session again after somebody signed in anew in this browser.
 *
 * Returns "signed-in", "signed-out", or "somebody-else" when it is another person than the one
 * for whom this page was made. Throws when the server cannot be asked.
 */
export async function resume() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector('meta[name="csrf-token"]');
  if (response.status >= 500) throw new Error("The page could not be fetched.");
  if (!fresh) return "signed-out";
  if (fresh.dataset.person !== meta().dataset.person) return "somebody-else";
  meta().content = fresh.content;
  document.querySelectorAll('input[name="csrf_token"]').forEach((input) => {
    input.value = fresh.content;
  });
  return "signed-in";
}
