import "../css/storefront.css";
import "../icons/sprite.svg?url";
import { startUi } from "../ui/start";

startUi();
