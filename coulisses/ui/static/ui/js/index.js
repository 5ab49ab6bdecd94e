// One custom element, one file. Each upgrades HTML that already works.
import "./before-after.js";
import "./copy-link.js";
import "./count-down.js";
import "./entry-keys.js";
import "./just-told.js";
import "./live-log.js";
import "./log-scrubber.js";
import "./on-air.js";
import "./push-notices.js";
import "./reel-progress.js";
import "./relative-time.js";
import "./session-replay.js";
import "./sound-lanes.js";
import "./text-lapse.js";
import "./time-lapse.js";
import "./work-clock.js";
