import "../css/screens/door.css";
import { startDoor } from "../backoffice/door";

startDoor();
