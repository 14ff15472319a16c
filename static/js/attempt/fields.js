// The controls of one question: what they hold, putting an answer back, and an answer in words.

const VERSION = "version";
const FLAG = "flag";

function prefixOf(question) {
  return `q${question.dataset.question}-`;
}

/** Return the controls of the answer with the names that the server knows them by. */
function controls(question) {
  const prefix = prefixOf(question);
  return [...question.querySelectorAll("input[name], select[name], textarea[name]")]
    .filter((control) => control.name.startsWith(prefix))
    .map((control) => [control.name.slice(prefix.length), control])
    .filter(([name]) => name !== VERSION && name !== FLAG);
}

const isPicked = (control) => ["radio", "checkbox"].includes(control.type);

/** Return the first control of the answer. */
export function firstControl(question) {
  return controls(question)[0][1];
}

/** Return the hidden field with the version that this page has seen. */
export function versionField(question) {
  return question.querySelector("[data-version]");
}

/** Return the box that marks a question to be checked later. */
export function flagBox(question) {
  return question.querySelector("[data-flag]");
}

/** Return what the question holds now, in the form in which it is saved. */
export function read(question) {
  return answerOf(question, { isChecked: (control) => control.checked, valueOf: (control) => control.value });
}

/** Return what the question held when the server sent it, whatever was done to it since. */
export function readOriginal(question) {
  return answerOf(question, {
    isChecked: (control) => control.defaultChecked,
    valueOf: (control) => {
      if (control.tagName !== "SELECT") return control.defaultValue;
      return [...control.options].find((option) => option.defaultSelected)?.value ?? "";
    },
  });
}

function answerOf(question, { isChecked, valueOf }) {
  const fields = {};
  for (const [name, control] of controls(question)) {
    if (isPicked(control) && !isChecked(control)) continue;
    (fields[name] ??= []).push(isPicked(control) ? control.value : valueOf(control));
  }
  return { fields, flagged: isChecked(flagBox(question)) };
}

/** Put an answer into the controls. */
export function write(question, { fields, flagged }) {
  for (const [name, control] of controls(question)) {
    const values = fields[name] ?? [];
    if (isPicked(control)) control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
  flagBox(question).checked = flagged;
  question.querySelector("[data-ordering]")?.dispatchEvent(new Event("rearrange"));
}

/** Tell whether two answers are the same. */
export function isSame(one, other) {
  const plain = ({ fields, flagged }) => {
    const given = Object.entries(fields).filter(([, values]) => values.some((value) => value !== ""));
    return JSON.stringify([given.sort(), flagged]);
  };
  return plain(one) === plain(other);
}

/** Return an answer as lines of words, as this page names what was picked. */
export function inWords(question, fields) {
  const lines = [];
  const all = controls(question);
  for (const [name, control] of all) {
    const values = fields[name] ?? [];
    const label = (control.labels[0].querySelector("[data-ordering-text]") ?? control.labels[0]).textContent.trim();
    if (isPicked(control)) {
      if (values.includes(control.value)) lines.push(label);
      continue;
    }
    const [value = ""] = values;
    const text = control.tagName === "SELECT" ? textOf(control, value) : value;
    if (text) lines.push(all.length > 1 ? `${label}: ${text}` : text);
  }
  return lines.length > 0 ? lines : ["No answer"];
}

function textOf(select, value) {
  const option = [...select.options].find((each) => each.value === value);
  return value && option ? option.textContent.trim() : "";
}
