// Elements of a brainstorm: its wall, and what all its pages follow by. Other pages don’t carry them.
import "./dot-vote.js";
import "./form-touched.js";
import "./idea-throw.js";
import "./wall-clock.js";
import "./wall-page.js";
import "./wall-stream.js";
