import "../css/backoffice.css";
import "../icons/sprite.svg?url";
import { startShortcuts } from "../ui/shortcuts";
import { startUi } from "../ui/start";

startUi();
startShortcuts();
