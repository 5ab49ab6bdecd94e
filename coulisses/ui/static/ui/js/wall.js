// Elements of a brainstorm: its wall, its table, its big screen, its console. Other pages don’t carry them.
import "./form-touched.js";
import "./wall-clock.js";
import "./wall-stream.js";
