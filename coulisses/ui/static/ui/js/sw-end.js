// The host keeps nothing for offline reading: what was kept here goes. Notices go on coming.
import "./sw/push.js";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    await self.clients.claim();
  })());
});
