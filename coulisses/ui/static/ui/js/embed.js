// What a frame on somebody else's page needs, and no more.
import "./before-after.js";
import "./embed-log.js";
import "./embed-wall.js";
import "./relative-time.js";
import "./sound-lanes.js";
import "./text-lapse.js";
