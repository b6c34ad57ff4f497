/** Fields for small numbers get a button on either side; without scripts they stay plain fields. */
export function startCounts(): void {
  enhance();
  document.addEventListener("htmx:after:swap", enhance);
  document.addEventListener("change", send);
}

function enhance(): void {
  for (const count of document.querySelectorAll<HTMLElement>("[data-count]:not(.is-stepped)")) {
    const input = count.querySelector<HTMLInputElement>("input");
    if (!input) continue;
    count.classList.add("is-stepped");
    count.prepend(button(input, -1));
    count.append(button(input, 1));
    mark(input);
    input.addEventListener("input", () => mark(input));
  }
}

/** For the eye and the pointer only: with the keyboard and to a screen reader the field itself is the control. */
function button(input: HTMLInputElement, step: number): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-icon";
  made.tabIndex = -1;
  made.setAttribute("aria-hidden", "true");
  made.textContent = step < 0 ? "\u2212" : "+";
  made.dataset["step"] = String(step);
  made.addEventListener("click", () => {
    const before = input.value;
    if (step < 0) input.stepDown();
    else input.stepUp();
    if (input.value === before) return;
    mark(input);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return made;
}

function mark(input: HTMLInputElement): void {
  for (const one of input.parentElement?.querySelectorAll<HTMLButtonElement>("[data-step]") ?? []) {
    const bound = one.dataset["step"] === "1" ? input.max : input.min;
    one.disabled = input.value === bound;
  }
}

/** A number that stands alone in its form is sent as soon as it is changed. */
function send(event: Event): void {
  const input = event.target as HTMLElement;
  if (!input.closest("[data-send]")) return;
  input.closest("form")?.requestSubmit();
}
