// A participant's own work, as the lab keeps it in this browser: shared by both pages.
"use strict";
export const STORE = "pcqa-work";
const CODE = /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/;

/** Return the code, or throw an Error whose message says what to do. */
export function checkCode(text) {
  const code = text.trim();
  if (/\d{10}/.test(code.replace(/[-_\s]/g, "")))
    throw new Error("That looks like an NHS number: choose a code that is not about anybody.");
  if (code.length > 32 || !CODE.test(code))
    throw new Error(
      "A code has up to 32 letters and digits, with single - or _ between them: choose one like " +
        "coach-7 or blue-kettle."
    );
  return code;
}

export const myCode = () => localStorage.getItem("pcqa-code") || "";
export const keepCode = (code) => localStorage.setItem("pcqa-code", code);

/** Put whose it is into a notebook, as the workbook on a desk does; return its text. */
export function stamped(notebook, code) {
  const copy = structuredClone(notebook);
  copy.metadata.pcqa = { ...copy.metadata.pcqa, participant: code };
  copy.metadata.kernelspec = { display_name: "Python 3", language: "python", name: "python3" };
  return JSON.stringify(copy, null, 1) + "\n";
}

export const fileName = (path, code) =>
  `${path.split("/").pop().replace(/\.ipynb$/, "").replace(/--.*$/, "")}--${code}.ipynb`;

/** Hand a text to the person as a file. */
export function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Return every notebook that was saved here: {path, content, last_modified}. */
export async function saved() {
  const known = await indexedDB.databases();
  if (!known.some((one) => one.name === STORE)) return [];
  const base = await opened(STORE);
  try {
    if (!base.objectStoreNames.contains("files")) return [];
    const all = await settled(base.transaction("files").objectStore("files").getAll());
    return all.filter((one) => one.type === "notebook" && one.content);
  } finally {
    base.close();
  }
}

const LOCK = "pcqa-lesson";

/** Hold, as long as this page is open, that a lesson is open. */
export const holdLesson = () =>
  navigator.locks?.request(LOCK, { mode: "shared" }, () => new Promise(() => {}));

/** Remove all that the lab has kept in this browser. */
export async function clear() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  if (held.some((one) => one.name === LOCK))
    throw new Error("A lesson is still open in another tab or window: close it, and try again.");
  for (const { name } of await indexedDB.databases())
    if (name?.startsWith("pcqa-"))
      await new Promise((done, failed) => {
        const asked = indexedDB.deleteDatabase(name);
        asked.onsuccess = done;
        asked.onerror = failed;
        asked.onblocked = () => failed(new Error("Another page is still open: close it, and try again."));
      });
  for (const name of await caches.keys()) if (name.startsWith("pcqa-")) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations())
    if (one.scope.startsWith(new URL(".", location.href).href)) await one.unregister();
  for (const name of Object.keys(localStorage))
    if (/^(pcqa-|@?jupyter)/.test(name)) localStorage.removeItem(name);
  sessionStorage.clear();
}

/** Leave a notebook for the page that opens its lesson, or take what was left. */
export async function handOver(text) {
  await (await caches.open("pcqa-handover")).put("/handover", new Response(text));
}
export async function leftOver() {
  const left = await (await caches.open("pcqa-handover")).match("/handover");
  return left?.text();
}
export const handedOver = () => caches.delete("pcqa-handover");

const opened = (name) => settled(indexedDB.open(name));
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
