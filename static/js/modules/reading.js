// Remembers the paragraph at which the reader has rested; a glance on the way is not remembered.

import { send } from "../session.js";

const REST_MILLISECONDS = 4000;
// The place is the first paragraph in the window, so that nothing is skipped when reading goes on.
// A last line that is about to leave at the top does not count.
const READING_BAND = "-72px 0px 0px 0px";

/** Watch the paragraphs of a lesson and send the one rested at to its `data-place-url`. */
export function enhance(lesson) {
  const paragraphs = [...lesson.querySelectorAll(".passage[id]")];
  const inBand = new Set();
  // Where a link led to is not yet where the reader has come to.
  let isLed = location.hash !== "";
  let sent = null;
  let reached = null;
  let timer = null;

  const report = () => {
    if (document.hidden || reached === null || reached === sent) return;
    sent = reached;
    if (isLed) {
      isLed = false;
      return;
    }
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

  const restAnew = () => {
    clearTimeout(timer);
    timer = setTimeout(report, REST_MILLISECONDS);
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inBand.add(entry.target);
        else inBand.delete(entry.target);
      }
      reached = paragraphs.find((paragraph) => inBand.has(paragraph))?.id ?? reached;
      restAnew();
    },
    { rootMargin: READING_BAND },
  );
  paragraphs.forEach((paragraph) => observer.observe(paragraph));
  addEventListener("scroll", restAnew, { passive: true });
  document.addEventListener("visibilitychange", restAnew);
}
