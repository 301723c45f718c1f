import "./mount";
import { en } from "./texts";

const place = window.chatika?._;
if (place) place.words.en = en;
