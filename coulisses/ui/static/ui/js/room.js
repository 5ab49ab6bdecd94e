// Elements of the room: where people say, give and decide. Other pages don’t carry them.
import "./cheer-words.js";
import "./credits-roll.js";
import "./doubt-leads.js";
import "./form-touched.js";
import "./live-entry.js";
import "./live-part.js";
import "./over-stage.js";
import "./quiet-voices.js";
import "./said-lines.js";
import "./sound-note.js";
import "./voice-place.js";
import "./voices-thread.js";
import "./vote-ballot.js";
import "./who-is-here.js";
