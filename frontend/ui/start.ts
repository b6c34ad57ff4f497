import "htmx.org";
import { startConfirm } from "./confirm";
import { startCopy } from "./copy";
import { startCountdowns } from "./countdown";
import { startFolds } from "./folds";
import { startMenus } from "./menu";
import { startNetwork } from "./network";
import { startSheets } from "./sheet";
import { startTheme } from "./theme";
import { startToasts } from "./toast";

/** What every page has. Module scripts run after parsing, so the document is complete here. */
export function startUi(): void {
  startTheme();
  startFolds();
  startMenus();
  startToasts();
  startConfirm();
  startNetwork();
  startSheets();
  startCountdowns();
  startCopy();
  document.addEventListener("click", (event) => {
    const id = (event.target as Element).closest<HTMLElement>("[data-opens]")?.dataset["opens"];
    if (id) document.querySelector<HTMLDialogElement>(`dialog#${CSS.escape(id)}`)?.showModal();
  });
}
