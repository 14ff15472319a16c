// Remembers the paragraph that the reader has come to.

import { send } from "../session.js";

const PAUSE_MILLISECONDS = 5000;
// The place is the first paragraph in the window, so that nothing is skipped when reading goes on.
// A last line that is about to leave at the top does not count.
const READING_BAND = "-72px 0px 0px 0px";

/** Watch the paragraphs of a lesson and send the present one to its `data-place-url`. */
export function enhance(lesson) {
  const paragraphs = [...lesson.querySelectorAll(".passage[id]")];
  const inBand = new Set();
  let sent = null;
  let reached = null;
  let timer = null;

  const report = () => {
    clearTimeout(timer);
    timer = null;
    if (reached === null || reached === sent) return;
    sent = reached;
    send(lesson.dataset.placeUrl, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ anchor: reached }),
      keepalive: true,
    }).catch(() => {
      // Without a connection the place is simply not remembered; the next one is tried again.
      sent = null;
    });
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inBand.add(entry.target);
        else inBand.delete(entry.target);
      }
      reached = paragraphs.find((paragraph) => inBand.has(paragraph))?.id ?? reached;
      timer ??= setTimeout(report, PAUSE_MILLISECONDS);
    },
    { rootMargin: READING_BAND },
  );
  paragraphs.forEach((paragraph) => observer.observe(paragraph));
  addEventListener("pagehide", report);
}
