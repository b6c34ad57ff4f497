/** `hx-confirm="Cancel this booking?"` asks in our own dialog; `data-confirm-yes` is the word on its button. */
export function startConfirm(): void {
  document.addEventListener("htmx:confirm", (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    const question = (ctx as typeof ctx & { confirm?: string }).confirm;
    if (!question) return;
    event.preventDefault();
    void ask(ctx.sourceElement as HTMLElement, question).then((yes) => (yes ? issueRequest() : dropRequest()));
  });
  document.addEventListener("submit", onSubmit);
}

/** Ordinary forms ask too: `<form data-confirm="…">`. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const question = form.dataset["confirm"];
  if (!question || form.dataset["confirmed"]) return;
  event.preventDefault();
  void ask(form, question).then((yes) => {
    if (!yes) return;
    form.dataset["confirmed"] = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset["confirmed"];
  });
}

function ask(source: HTMLElement, question: string): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>("#confirm");
  const title = dialog?.querySelector("#confirm-title");
  const text = dialog?.querySelector<HTMLElement>("#confirm-text");
  const yes = dialog?.querySelector<HTMLElement>("#confirm-yes");
  if (!dialog || !title || !text || !yes) return Promise.resolve(window.confirm(question));
  title.textContent = question;
  text.textContent = source.dataset["confirmText"] ?? "";
  text.hidden = !text.textContent;
  const label = yes.querySelector(".label") ?? yes;
  yes.dataset["usual"] ??= label.textContent ?? "";
  label.textContent = source.dataset["confirmYes"] ?? yes.dataset["usual"];
  yes.classList.toggle("button-danger", source.dataset["confirmHue"] === "bad");
  yes.classList.toggle("button-primary", source.dataset["confirmHue"] !== "bad");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
