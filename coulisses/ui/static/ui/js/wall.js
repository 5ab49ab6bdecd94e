// Elements of a brainstorm: its wall, its table, its big screen, its console. Other pages don’t carry them.
import "./dot-vote.js";
import "./embed-wall.js";
import "./form-touched.js";
import "./idea-throw.js";
import "./wall-clock.js";
import "./wall-page.js";
import "./wall-stream.js";
import "./gather-table.js";
import "./wall-replay.js";
