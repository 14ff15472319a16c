// Sends what still waits in this browser for a closed attempt: the server keeps it as a late draft.

import { AnswerQueue } from "../attempt/queue.js";

/** Send it in the background; the page says nothing new. */
export function enhance({ dataset: { learner, attempt } }) {
  new AnswerQueue(learner, attempt).wake();
}
