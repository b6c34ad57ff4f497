import "../css/screens/calendar.css";
import { startCalendar } from "../islands/calendar/calendar";

startCalendar();
