// Elements for those who come in; passers-by are not made to carry them.
import "./answer-here.js";
import "./bring-in.js";
import "./kept-here.js";
import "./look-again.js";
import "./maker-tray.js";
import "./moment-composer.js";
import "./notice-list.js";
import "./pass-key.js";
import "./slug-from.js";
import "./sound-note.js";
import "./zone-here.js";
