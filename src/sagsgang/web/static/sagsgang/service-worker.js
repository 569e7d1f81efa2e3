// Keeps what the reader's own pages say may be kept, and shows it when there is no connection, or
// one so slow that nobody waits for it. What is kept belongs to one account: as soon as a page is
// another's, or nobody's because the session is over, it goes. It goes when its reader signs out,
// and when it is older than the site lets it be.
"use strict";
const PAGES = "pages-of-";
const FILES = "files";
const PATIENCE = 5000;
const HOME = "/arbejde/";
const SIGN_OUT = "/arbejde/konto/log-ud/";
const UNTIL = "X-Keep-Until";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), tidy()])));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === SIGN_OUT) event.waitUntil(dropAllBut(""));
  if (request.method !== "GET") return;
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
  await tidy();
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
  await dropAllBut(own);
  if (reader === "nobody") return;
  const { pathname } = new URL(request.url);
  const cache = await caches.open(own);
  const seconds = Number(response.headers.get("X-Keep"));
  if (response.ok && seconds > 0) await cache.put(request, until(Date.now() + 1000 * seconds, response.clone()));
  // What may no longer be read is not kept either.
  else if (pathname !== HOME && [403, 404, 410].includes(response.status)) await cache.delete(request);
}

async function dropAllBut(own) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES) && name !== own) await caches.delete(name);
  }
}

// The response with the moment when it is too old, which is asked of it before it is shown.
function until(moment, response) {
  const headers = new Headers(response.headers);
  headers.set(UNTIL, String(moment));
  return new Response(response.body, { status: response.status, headers });
}

async function tidy() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const kept = await cache.match(request, { ignoreVary: true });
      if (!(Number(kept?.headers.get(UNTIL)) > Date.now())) await cache.delete(request, { ignoreVary: true });
    }
  }
}
