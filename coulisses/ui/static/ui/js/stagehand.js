// Elements behind a brainstorm: its table, its console, its big screen, its replay. The wall doesn’t carry them.
import "./big-screen.js";
import "./gather-table.js";
import "./host-console.js";
import "./wall-replay.js";
