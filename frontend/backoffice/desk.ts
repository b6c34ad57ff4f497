/** The desk's forms: a known customer fills the fields, one way to say the time at a time. */
export function startDesk(): void {
  document.addEventListener("click", fill);
  // Before htmx hears of the change: it sends what stands in the form then.
  document.addEventListener("change", oneTime, true);
  document.addEventListener("keydown", walkSuggestions);
  document.addEventListener("focusin", leaveSuggestions);
}

/** A new customer is simply typed: going on to the next field puts the known ones away. */
function leaveSuggestions(event: FocusEvent): void {
  if ((event.target as Element).closest(".suggestion")) return;
  for (const list of document.querySelectorAll(".suggestions")) list.remove();
}

function fill(event: MouseEvent): void {
  const chosen = (event.target as Element).closest<HTMLElement>(".suggestion");
  const form = chosen?.closest("form");
  if (!chosen || !form) return;
  for (const name of ["name", "phone", "email"]) {
    const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    const value = chosen.dataset[`fill${name[0]?.toUpperCase()}${name.slice(1)}`] ?? "";
    if (field) field.value = value;
  }
  chosen.closest("ul")?.remove();
  form.querySelector<HTMLElement>('select[name="offering"]')?.focus();
}

/** A time that was typed gives way to one that is chosen, and the other way round. */
function oneTime(event: Event): void {
  const field = event.target as HTMLInputElement;
  const form = field.form;
  if (!form || !["at", "start", "time"].includes(field.name)) return;
  for (const other of form.querySelectorAll<HTMLInputElement>('input[name="at"], input[name="start"], input[name="time"]')) {
    if (other === field || other.name === field.name) continue;
    if (other.type === "radio") other.checked = false;
    else other.value = "";
  }
}

/** Arrows go from the field into the list of known customers and along it. */
function walkSuggestions(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const here = event.target as HTMLElement;
  const form = here.closest("form");
  const isField = here instanceof HTMLInputElement && ["name", "phone", "email"].includes(here.name);
  if (!form || (!isField && !here.matches(".suggestion"))) return;
  const choices = [...form.querySelectorAll<HTMLElement>(".suggestion")];
  if (!choices.length) return;
  event.preventDefault();
  const at = choices.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1);
  (choices[at] ?? form.querySelector<HTMLElement>('input[name="name"]'))?.focus();
}
