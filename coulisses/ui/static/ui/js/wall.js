// Elements of a brainstorm: its wall, its table, its big screen, its console. Other pages don’t carry them.
import "./wall-clock.js";
