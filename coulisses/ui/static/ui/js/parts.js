// What pages that are left open share: reading themselves anew, and putting what came in its place.

// So many milliseconds until a page reads itself anew: at once where few follow, and by chance within
// half a minute where thousands do, so that they don't all ask in the same moment.
export function later(followers) {
  const most = Math.min(30_000, 200 + 6 * followers);
  return most * (0.5 + Math.random() / 2);
}

// Passers-by are read what is kept for everybody; whoever is known is read what is theirs.
export async function read(address, { isKnown = true } = {}) {
  try {
    const answer = await fetch(address, { credentials: isKnown ? "same-origin" : "omit" });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null; // away
  }
}

// What is read anew a while after something moved, `rest` milliseconds: one reading at a time, so that none
// undoes a later one; and what moves while one is under way has the next, since it may not show it.
export function inTurn(read, rest) {
  let turn, next, done;
  const end = () => { turn = clearTimeout(turn); };
  const begin = () => ((next = null), read());
  const go = () => (end(), (done = next ??= Promise.resolve(done).then(begin, begin)));
  return { ask: () => { turn ??= setTimeout(go, rest()); }, go, end };
}

// Whether somebody is at something, presses it, or has written in it what was not sent.
export function isInUse(part) {
  return part.matches(":active") || part.contains(document.activeElement) || isWritten(part);
}

export function isWritten(part) {
  return [...part.querySelectorAll("textarea, select, input:not([type=hidden])")].some(isOther);
}

export function swap(old, fresh) {
  if (old && fresh) old.replaceWith(document.adoptNode(fresh));
}

// What follows by itself, or speaks of one reader, stays as it is.
const FOLLOW = "cheer-words, vote-ballot, who-is-here, .said, .hand, [data-yours]";

// What rooms put under a card becomes what a fresh page has there.
export function follow(card, fresh) {
  become(below(card), below(fresh), (made) => card.after(made));
}

// What rooms put beside a log becomes what a fresh page has there.
export function followBeside(part, fresh) {
  if (part && fresh) become([...part.children], [...fresh.children], (made) => part.prepend(made));
}

// What somebody is at stays; of a doubt whose leads one writes to, where it stands is said anew.
function become(old, came, begin) {
  let last = null;
  for (const one of came) {
    const there = old.splice(old.findIndex((each) => named(each) === named(one)) >>> 0, 1)[0];
    const stays = there && (there.matches(FOLLOW) || isInUse(there));
    const made = stays ? there : document.adoptNode(one);
    if (stays) sayWhere(there, one);
    else {
      if (there?.open) made.open = true;
      if (last) last.after(made);
      else begin(made);
      there?.remove();
    }
    last = made;
  }
  for (const one of old) if (!one.matches(FOLLOW) && !isInUse(one)) one.remove();
}

function sayWhere(old, came) {
  const [before, now] = [old, came].map((one) => one.querySelector(":scope > .stands"));
  if (now) old.prepend(document.adoptNode(now));
  before?.remove();
}

function below(card) {
  const all = [...card.parentElement.children];
  return all.slice(all.indexOf(card) + 1);
}

function named(part) {
  return `${part.localName} ${part.className} ${part.dataset.yours ?? ""}`;
}

function isOther(field) {
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}
