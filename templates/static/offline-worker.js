// Without a network: gives the pages that a reader asked this browser to keep. The network comes first, always. The build
// puts this file at the top of the site, because a worker sees only what lies below it; a private site has none.
"use strict";
const root = new URL(".", self.location);
const KEPT = `glossator:${root.pathname}:kept`; // as `offline.js` has it

async function answer(request) {
  if (!(await caches.has(KEPT))) return fetch(request);
  const kept = await caches.open(KEPT);
  const anyQuery = { ignoreSearch: true };
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    const page = await kept.match(request, anyQuery);
    if (page) return page;
    throw error;
  }
  // What the site no longer shows, this browser does not keep.
  if (response.status === 404 || response.status === 410) await kept.delete(request, anyQuery);
  else if (response.status === 200 && response.type === "basic" && (await kept.match(request))) await kept.put(request, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(root.href)) event.respondWith(answer(event.request));
});
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
