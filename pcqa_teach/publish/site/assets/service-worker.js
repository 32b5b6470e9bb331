// Keeps the lab in this browser, so that it works with no network; refuses whatever is elsewhere or
// would send something; tells the page what was fetched. The part on /api/ is JupyterLite's own
// protocol: files and input.
"use strict";
const CACHE = "pcqa-lab-__VERSION__";
const FILES = __FILES__; // all that the lab consists of
const POLICY = "__POLICY__";
const SCOPE = new URL(".", self.location.href).pathname;
const ASKED = new Set(["_", "v", "path", "lesson", "restore", "factory", "kernel", "reset"]);
const files = new BroadcastChannel("/sw-api.v1");
const log = new BroadcastChannel("pcqa-log");

// A new version is fetched whole while the old one goes on; it takes over when every page is closed.
self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const before = (await caches.keys()).some((name) => name.startsWith("pcqa-lab-"));
      if (!before) return; // a first visit: the page fetches, and says how far it is
      const cache = await caches.open(CACHE);
      for (const [name] of FILES) await cache.add(new Request(SCOPE + name, { cache: "reload" }));
    })()
  );
});

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

self.addEventListener("message", (event) => {
  if (event.data === "claim") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.protocol === "blob:" || url.protocol === "data:") return; // in this page's own memory
  const own = url.origin === self.location.origin;
  const inside = own && url.pathname.startsWith(SCOPE);
  if (own && url.pathname.endsWith("/api/service-worker-heartbeat")) {
    event.respondWith(new Response("ok")); // answered here, like the next: nothing leaves the page
  } else if (own && /\/api\/(drive|stdin\/)/.test(url.pathname)) {
    event.respondWith(ask(request, url));
  } else if (inside && request.method === "GET" && [...url.searchParams.keys()].every((one) => ASKED.has(one))) {
    event.respondWith(found(event, url));
  } else {
    const where = own ? url.pathname : url.origin;
    log.postMessage({ url: where, bytes: 0, from: "refused", method: request.method });
    event.respondWith(Response.error()); // the lab asks nobody else, and sends nothing
  }
});

async function found(event, url) {
  const place = url.origin + (url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname);
  const cache = await caches.open(CACHE);
  const kept = await cache.match(place);
  if (kept) return withPolicy(kept, event.request);
  try {
    const response = await fetch(place, { cache: "no-cache" });
    const bytes = Number(response.headers.get("content-length")) || 0;
    const from = response.status === 200 ? "fetched" : `not there (${response.status})`;
    log.postMessage({ url: url.pathname, bytes, from, method: "GET" });
    if (response.status === 200) {
      // Where there is no room, the lab still runs as long as there is a network.
      event.waitUntil(cache.put(place, response.clone()).catch(() => {}));
    }
    return withPolicy(response, event.request);
  } catch (error) {
    log.postMessage({ url: url.pathname, bytes: 0, from: "no answer", method: "GET" });
    throw error;
  }
}

// A page and a worker each take their policy from the file that they come from: so that a plain file
// host does, this says it. Stopping a cell that runs needs an isolated page. Every other file is
// given as it was kept, so that the browser may keep what it compiled of it.
function withPolicy(response, request) {
  const page = request.mode === "navigate";
  const begins = page || ["worker", "sharedworker"].includes(request.destination);
  if (response.status !== 200 || !begins) return response;
  const headers = new Headers(response.headers);
  headers.set("Content-Security-Policy", POLICY);
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Referrer-Policy", "no-referrer");
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
