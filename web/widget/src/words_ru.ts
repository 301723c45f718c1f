import "./mount";
import { ru } from "./texts";

const place = window.chatika?._;
if (place) place.words.ru = ru;
