// What few visitors open, fetched when they do: a source, "my data".
import { articleView } from "./article_view";
import "./mount";
import { myDataView } from "./my_data_view";

const place = window.chatika?._;
if (place) place.more = { articleView, myDataView };
