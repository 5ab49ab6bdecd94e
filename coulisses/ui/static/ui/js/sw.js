import "./sw/push.js";

// Keeps the house's shell, and the public pages that were last read, for when there is no connection.
// HOUSE stands before this text as the server wrote it: { version, shell, offline, words }.
// Only what an answer says is everybody's is kept; nothing is ever answered from here while the house
// answers, but for files whose names hold their hash: nobody is caught in an old version.
const SHELL = `shell-${HOUSE.version}`;
const READ = "read";
const PATIENCE = 4000; // milliseconds a page may take before the copy that was kept is shown
const MOST = { page: 30, picture: 60 };
const LONGEST = { page: 600_000, picture: 400_000 }; // bytes
const DAYS = 30;
const NEVER = /^\/(desk|account|house|api|share|enter|leave|watch|invited?|oembed|reports|healthz)(\/|$)|\/(live|embed)$/;
const BUILT = /^\/static\/built\/(.+)-[A-Z0-9]{8}(\.\w+)$/;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clear((name) => name.startsWith("shell-") && name !== SHELL).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    // Whoever leaves takes along what they read here: others may use this device.
    if (url.pathname === "/leave") event.waitUntil(caches.delete(READ));
    return;
  }
  if (request.headers.has("range") || request.headers.get("accept") === "text/event-stream") return;
  if (BUILT.test(url.pathname)) return event.respondWith(asset(request, url));
  if (request.mode === "navigate") return event.respondWith(page(event, request, url));
  if (request.destination === "image" && !NEVER.test(url.pathname)) return event.respondWith(picture(event, request, url));
});

async function fill() {
  const shell = await caches.open(SHELL);
  await shell.addAll(HOUSE.shell);
  // Without cookies: the shell is everybody's.
  const answer = await fetch(HOUSE.offline, { credentials: "omit", cache: "reload" });
  if (!answer.ok) throw new Error("no offline page");
  await shell.put(HOUSE.offline, answer);
}

async function clear(isOld) {
  const names = await caches.keys();
  await Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
}

// A kept page may name a file of another version: the one of the same name will do.
async function asset(request, url) {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(request);
  if (kept) return kept;
  return fetch(request).catch(async (error) => {
    const [, stem, suffix] = BUILT.exec(url.pathname);
    const alike = (await shell.keys()).find((one) => {
      const found = BUILT.exec(new URL(one.url).pathname);
      return found?.[1] === stem && found[2] === suffix;
    });
    if (alike) return shell.match(alike);
    throw error;
  });
}

async function page(event, request, url) {
  if (NEVER.test(url.pathname)) return fetch(request).catch(offline);
  const asked = fetch(request).then((answer) => {
    event.waitUntil(note(request, answer.clone(), "page"));
    return answer;
  });
  const kept = await recall(url.href);
  if (!kept) return asked.catch(offline);
  const late = new Promise((done) => { setTimeout(done, PATIENCE); });
  const first = await Promise.race([asked.catch(() => "lost"), late]);
  return first instanceof Response ? first : dated(kept, first === "lost" ? "lost" : "late");
}

async function picture(event, request, url) {
  try {
    const answer = await fetch(request);
    event.waitUntil(note(request, answer.clone(), "picture"));
    return answer;
  } catch (error) {
    const kept = await recall(url.href);
    if (kept) return kept;
    throw error;
  }
}

async function recall(address) {
  const kept = await caches.open(READ).then((read) => read.match(address));
  const at = Number(kept?.headers.get("x-kept-at") ?? 0);
  return Date.now() - at < DAYS * 86_400_000 ? kept : undefined;
}

// Keep what is everybody's; let go of what is no longer there.
async function note(request, answer, what) {
  const read = await caches.open(READ);
  if ([401, 403, 404, 410].includes(answer.status)) return read.delete(request.url);
  const isForAll = what === "page" ? answer.headers.has("x-coulisses-for-all") : answer.headers.get("cache-control")?.startsWith("public");
  if (answer.status !== 200 || answer.type !== "basic" || answer.redirected || !isForAll) return;
  const body = await answer.blob();
  if (body.size > LONGEST[what]) return;
  const headers = new Headers({ "x-kept-at": String(Date.now()), "x-kept-as": what });
  for (const name of ["content-type", "content-security-policy", "referrer-policy", "x-content-type-options"]) {
    if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  }
  if (what === "page") headers.set("x-kept-title", encodeURIComponent(titled(await body.text())));
  await read.delete(request.url); // so that it stands last, as the newest
  await read.put(request.url, new Response(body, { headers }));
  await trim(read, what);
}

async function trim(read, what) {
  const kept = [];
  for (const one of await read.keys()) {
    const answer = await read.match(one);
    if (answer?.headers.get("x-kept-as") === what) kept.push(one);
  }
  await Promise.all(kept.slice(0, -MOST[what]).map((one) => read.delete(one)));
}

function titled(html) {
  return /<title>([^<]*)/.exec(html)?.[1].trim().replace(/ · Coulisses$/, "") ?? "";
}

// The page as it was, with a line on top that says so.
async function dated(kept, why) {
  const html = await kept.text();
  const language = /<html lang="(\w+)/.exec(html)?.[1] ?? "en";
  const words = (HOUSE.words[language] ?? HOUSE.words.en)[why];
  const at = new Date(Number(kept.headers.get("x-kept-at")));
  const when = at.toLocaleString(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short" });
  const line = `<div class="notice is-kept" role="status"><p>${words.replace("{when}", when)}</p></div>`;
  return new Response(html.replace(/<body[^>]*>/, (body) => body + line), { headers: kept.headers });
}

async function offline() {
  const shell = await caches.open(SHELL);
  return (await shell.match(HOUSE.offline)) ?? Response.error();
}
