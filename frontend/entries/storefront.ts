import "../css/storefront.css";
import "../icons/sprite.svg?url";
import { startCounts } from "../storefront/counts";
import { startFocus } from "../storefront/focus";
import { startMonth } from "../storefront/month";
import { startZones } from "../storefront/zones";
import { startUi } from "../ui/start";

startUi();
startFocus();
startMonth();
startZones();
startCounts();
