// Registers what keeps the house at hand without a connection; frames on other pages have none of it.
if ("serviceWorker" in navigator && self === top) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {}));
}
