// Keeps what the reader's own pages say may be kept, and shows it when there is no connection, or
// one so slow that nobody waits for it. What is kept belongs to one account: as soon as a page is
// another's, it goes. Signing out clears it all by Clear-Site-Data.
"use strict";
const PAGES = "pages-of-";
const FILES = "files";
const PATIENCE = 5000;
const HOME = "/arbejde/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  event.respondWith(pathname.startsWith("/static/") ? file(request) : page(event));
});

async function file(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(FILES)).put(request, response.clone());
  return response;
}

async function page(event) {
  const { request } = event;
  const asked = fetch(request).then(async (response) => {
    await keep(request, response);
    return response;
  });
  const kept = await keptOf(request);
  if (!kept) return asked;
  event.waitUntil(asked.catch(() => null));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  return (await Promise.race([asked.catch(() => null), late])) || kept;
}

async function keptOf(request) {
  const options = { ignoreVary: true, ignoreSearch: false };
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const found = await (await caches.open(name)).match(request, options);
    if (found) return found;
  }
  return null;
}

async function keep(request, response) {
  const reader = response.headers.get("X-Reader");
  if (!reader) return;
  const own = PAGES + reader;
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES) && name !== own) await caches.delete(name);
  }
  const { pathname } = new URL(request.url);
  const cache = await caches.open(own);
  if (response.ok && response.headers.get("X-Keep")) await cache.put(request, response.clone());
  // What may no longer be read is not kept either.
  else if (pathname !== HOME && [403, 404, 410].includes(response.status)) await cache.delete(request);
}
