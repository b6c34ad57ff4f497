import "../css/gallery.css";
