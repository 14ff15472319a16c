// Up and Down buttons for an ordering question. The number lists stay, and stay true: a move renumbers them.

const ITEM = "[data-ordering-item]";

// The list holds every number and a blank, so its length comes after all of them.
function numberOrLast(item) {
  const select = item.querySelector("select");
  return Number(select.value || select.length);
}

const textOf = (item) => item.querySelector("[data-ordering-text]").textContent.trim();

function renumber(items) {
  items.forEach((item, index) => {
    const select = item.querySelector("select");
    const number = String(index + 1);
    if (select.value === number) return;
    select.value = number;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function button(word, item, move) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button button-quiet";
  const target = document.createElement("span");
  target.className = "visually-hidden";
  target.textContent = `: ${textOf(item)}`;
  element.append(word, target);
  element.addEventListener("click", () => move(element));
  return element;
}

function enhanceList(list) {
  const items = () => [...list.querySelectorAll(ITEM)];
  if (items().some((item) => item.querySelector("select").disabled)) return;
  const status = list.nextElementSibling;

  const arrange = () => {
    items()
      .sort((one, other) => numberOrLast(one) - numberOrLast(other))
      .forEach((item) => list.append(item));
  };

  const markEnds = () => {
    const all = items();
    all.forEach((item, index) => {
      const [up, down] = item.querySelectorAll("button");
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === all.length - 1));
    });
  };

  const move = (item, step, pressed) => {
    arrange();
    const all = items();
    const neighbor = all[all.indexOf(item) + step];
    if (neighbor && step < 0) neighbor.before(item);
    if (neighbor && step > 0) neighbor.after(item);
    renumber(items());
    markEnds();
    // Moving a row takes the focus off its button.
    pressed.focus();
    status.textContent = `${textOf(item)}: number ${items().indexOf(item) + 1} of ${all.length}`;
  };

  items().forEach((item) => {
    const buttons = document.createElement("span");
    buttons.className = "order-buttons";
    buttons.append(
      button("Up", item, (pressed) => move(item, -1, pressed)),
      button("Down", item, (pressed) => move(item, 1, pressed)),
    );
    item.append(buttons);
  });
  const rearrange = () => {
    arrange();
    markEnds();
  };
  rearrange();
  list.addEventListener("rearrange", rearrange);
}

/** Add the buttons to every ordering question below `root`. */
export function enhance(root) {
  root.querySelectorAll("[data-ordering]").forEach(enhanceList);
}
