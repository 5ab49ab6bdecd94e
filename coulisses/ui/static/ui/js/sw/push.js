// What the service worker does with a notice of somebody who follows: show it, and lead there.
self.addEventListener("push", (event) => {
  let told;
  try { told = event.data.json(); } catch { return; }
  const { title, body, path, tag } = told;
  event.waitUntil(self.registration.showNotification(title, {
    body, tag, data: { path }, icon: "/static/ui/house.png",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = event.notification.data?.path;
  if (typeof path !== "string") return;
  const address = new URL(path, self.location.origin);
  if (address.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((one) => new URL(one.url).pathname === address.pathname);
    await (there ? there.focus() : self.clients.openWindow(address.href));
  })());
});
