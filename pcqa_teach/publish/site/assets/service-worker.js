// Keeps the lab in this browser, so that it works with no network; refuses whatever is elsewhere;
// tells the page what was fetched. The part on /api/ is JupyterLite's own protocol: files and input.
"use strict";
const VERSION = "__VERSION__";
const CACHE = `pcqa-lab-${VERSION}`;
const files = new BroadcastChannel("/sw-api.v1");
const log = new BroadcastChannel("pcqa-log");

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("pcqa-lab-") && name !== CACHE) await caches.delete(name);
      }
      await self.clients.claim();
    })()
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.protocol === "blob:" || url.protocol === "data:") return; // in this page's own memory
  if (url.origin !== self.location.origin) {
    log.postMessage({ url: url.origin, bytes: 0, from: "refused", method: request.method });
    event.respondWith(Response.error());
  } else if (url.pathname.endsWith("/api/service-worker-heartbeat")) {
    event.respondWith(new Response("ok"));
  } else if (url.pathname.includes("/api/drive") || url.pathname.includes("/api/stdin/")) {
    event.respondWith(ask(request, url));
  } else if (request.method === "GET") {
    event.respondWith(found(request, url));
  } else {
    log.postMessage({ url: url.pathname, bytes: 0, from: "refused", method: request.method });
    event.respondWith(Response.error()); // the lab sends nothing
  }
});

async function found(request, url) {
  const cache = await caches.open(CACHE);
  const page = request.mode === "navigate";
  const kept = await cache.match(request, { ignoreSearch: page });
  if (kept) return withIsolation(kept, request);
  const response = await fetch(request);
  if (response.status === 200) {
    const bytes = Number(response.headers.get("content-length")) || 0;
    log.postMessage({ url: url.pathname + url.search, bytes, from: "fetched", method: "GET" });
    await cache.put(page ? url.origin + url.pathname : request, response.clone());
  }
  return withIsolation(response, request);
}

// Stopping a cell that runs needs an isolated page; a plain file host does not say so itself.
// Every other file is given as it was kept, so that the browser may keep what it compiled of it.
function withIsolation(response, request) {
  const page = request.mode === "navigate";
  if (response.status !== 200 || !(page || request.destination === "worker")) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  if (page) headers.set("Cross-Origin-Opener-Policy", "same-origin");
  return new Response(response.body, { status: 200, statusText: response.statusText, headers });
}

async function ask(request, url) {
  const asked = await request.json();
  asked.requestId = asked.requestId ?? crypto.randomUUID();
  const answer = new Promise((resolve) => {
    const hear = ({ data }) => {
      if (data.browsingContextId !== asked.browsingContextId) return;
      if (data.requestId !== asked.requestId) return;
      files.removeEventListener("message", hear);
      resolve(new Response(JSON.stringify(data.response)));
    };
    files.addEventListener("message", hear);
  });
  files.postMessage({ ...asked, pathname: url.pathname });
  return answer;
}
