// The list of documents: a key for the search.

import { keys } from "./desk.js";

keys({ "/": ["search", () => document.getElementById("search").focus()] });
