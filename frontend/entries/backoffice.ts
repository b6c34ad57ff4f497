import "../css/backoffice.css";
import "../icons/sprite.svg?url";
import { startDesk } from "../backoffice/desk";
import { startUndo } from "../backoffice/undo";
import { startShortcuts } from "../ui/shortcuts";
import { startUi } from "../ui/start";

startUi();
startShortcuts();
startDesk();
startUndo();
