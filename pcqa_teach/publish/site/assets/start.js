// The start page: is this browser fit, whose work is it, which lesson, what was done already.
import { allKept, fetchAll, missing } from "./fetching.js";
import { checkCode, clear, download, fileName, handOver, keepCode, myCode, saved, stamped } from "./work.js";

const part = (name) => document.getElementById(name);
const lessons = JSON.parse(part("lessons-data").textContent);
const wanted = new URLSearchParams(location.search).get("lesson");

const CHECKS = [
  ["a secure address", () => isSecureContext,
    "Open this page by an address that begins with https (or localhost): a file on a stick will not do."],
  ["WebAssembly", () => typeof WebAssembly === "object",
    "Use an up-to-date Edge, Chrome or Firefox. If this is one, ask your IT team to allow WebAssembly."],
  ["fetching parts when they are needed", () => "Suspending" in WebAssembly,
    "Use an up-to-date Edge or Chrome: lessons with statistical models will not run to the end in this one.", "warn"],
  ["keeping your work", async () => {
      const open = indexedDB.open("pcqa-check");
      await new Promise((done, failed) => { open.onsuccess = done; open.onerror = failed; });
      open.result.close();
      indexedDB.deleteDatabase("pcqa-check");
      return "serviceWorker" in navigator && "caches" in window;
    }, "This browser keeps nothing: leave the private window, or allow this site to store data."],
  ["room on this computer", async () => {
      const { quota = 0, usage = 0 } = await navigator.storage.estimate();
      return quota - usage > 200e6;
    }, "Free some disk space: about 200 MB are needed.", "warn"],
  ["memory", () => !navigator.deviceMemory || navigator.deviceMemory >= 4,
    "Close other programs first: this computer has little memory.", "warn"],
];

async function checkBrowser() {
  let fit = true;
  for (const [what, test, advice, kind] of CHECKS) {
    let well = false;
    try { well = await test(); } catch { /* what cannot be asked is not there */ }
    const line = document.createElement("li");
    line.className = well ? "well" : kind || "bad";
    line.textContent = well ? `${what}: yes` : `${what}: no. ${advice}`;
    part("checks").append(line);
    fit &&= well || kind === "warn";
    if (!well) part("browser").open = true;
  }
  part("verdict").textContent = fit
    ? "This browser can run the lessons."
    : "This browser cannot run the lessons yet. What to do stands below.";
  return fit;
}

// Register the service worker until this page is its own. One that was cleared a moment ago may still be
// on its way out, and after a reload past the cache nobody takes the page unless asked.
async function taken() {
  for (let times = 0; ; times++) {
    const registration = await navigator.serviceWorker
      .register("service-worker.js?enableCache=false")
      .catch((error) => {
        if (!navigator.serviceWorker.controller) throw error; // else there is no network just now
      });
    if (navigator.serviceWorker.controller) return;
    if (times === 120) throw new Error("What keeps lessons in this browser did not start.");
    if (times % 40 === 39) await registration.unregister(); // its files are gone: begin anew
    else registration.active?.postMessage("claim");
    await new Promise((next) => setTimeout(next, 250));
  }
}

async function prepare() {
  if (!navigator.serviceWorker) return;
  navigator.storage.persist?.(); // ask that work be kept until it is cleared; some browsers agree
  await taken();
  const bar = part("fetched");
  part("fetching").hidden = false;
  const say = (text) => (part("fetched-said").textContent = text);
  await fetchAll(await missing(lessons.first), (done, total) => {
    bar.value = done / total;
    say(`${Math.round(done / 1e6)} of ${Math.round(total / 1e6)} MB`);
  });
  const rest = await (await fetch("rest.json")).json();
  const later = await missing(rest);
  if (later.length) {
    say("Ready: lessons open. The rest is being fetched, so that they open even without a network.");
    await new Promise((next) => setTimeout(next, 4000)); // whoever opens a lesson at once goes first
    await fetchAll(later, (done, total) => (bar.value = done / total));
  }
  bar.value = 1;
  say(
    (await allKept([...lessons.first, ...rest]))
      ? "All is here: lessons open even without a network."
      : "Lessons open, but this browser has no room to keep them: they need a network."
  );
}

const open = (path, restore = "") =>
  (location.href = `notebooks/index.html?path=${encodeURIComponent(path)}${restore}`);

async function listLessons() {
  const mine = new Map((await saved().catch(() => [])).map((one) => [one.path, one]));
  for (const { path, title, minutes, part: group } of lessons.lessons) {
    let list = document.getElementById(`part-${group}`);
    if (!list) {
      part("lessons").insertAdjacentHTML("beforeend", `<h3></h3><ul id="part-${group}"></ul>`);
      part("lessons").lastElementChild.previousElementSibling.textContent = lessons.parts[group] || group;
      list = document.getElementById(`part-${group}`);
    }
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = `notebooks/index.html?path=${encodeURIComponent(path)}`;
    link.textContent = title;
    line.append(link, minutes ? ` (${minutes} minutes)` : "");
    if (path === wanted) { line.className = "wanted"; link.id = "wanted"; }
    const work = mine.get(path);
    if (work) {
      const when = new Date(work.last_modified).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
      const save = document.createElement("button");
      save.textContent = `Download my work: ${title}`;
      save.onclick = () => withCode((code) => download(stamped(work.content, code), fileName(path, code)));
      line.append(`. Yours, saved on ${when}. `, save);
    }
    list.append(line);
  }
}

function withCode(then) {
  try {
    keepCode(checkCode(part("code").value));
    part("code-said").textContent = "";
    then(myCode());
  } catch (error) {
    part("code-said").textContent = error.message;
    part("code").focus();
  }
}

part("code").value = myCode();
part("code").onchange = () => withCode(() => (part("code-said").textContent = "Kept in this browser."));

part("restore").onchange = async () => {
  const [file] = part("restore").files;
  if (!file) return;
  const said = part("restore-said");
  try {
    const text = await file.text();
    const about = JSON.parse(text)?.metadata?.pcqa || {};
    const lesson = lessons.lessons.find((one) => one.id === about.id);
    if (!lesson) throw new Error("This file is no lesson of this kit: choose one that you downloaded here.");
    const here = (await saved()).some((one) => one.path === lesson.path);
    if (here && !confirm(`There is work on "${lesson.title}" in this browser already. Put the file in its place?`)) return;
    if (about.participant) keepCode(checkCode(about.participant));
    await handOver(text);
    open(lesson.path, "&restore=1");
  } catch (error) {
    said.textContent = error instanceof SyntaxError ? "This file is not a notebook." : error.message;
  }
};

part("clear").onclick = async () => {
  const work = await saved();
  const lost = work.length ? ` Work on ${work.length} lesson${work.length > 1 ? "s" : ""} will be lost: download it first.` : "";
  if (!confirm(`Remove all that the lessons keep in this browser?${lost}`)) return;
  try {
    await clear();
    part("clear-said").textContent = "Nothing of yours is left in this browser.";
    part("code").value = "";
    part("lessons").textContent = "";
    await listLessons();
    part("fetched-said").textContent = "The lessons are no longer kept here.";
  } catch (error) {
    part("clear-said").textContent = error.message;
  }
};

await listLessons();
const fit = await checkBrowser();
if (wanted && document.getElementById("wanted")) {
  const { title } = lessons.lessons.find((one) => one.path === wanted);
  const restoring = new URLSearchParams(location.search).has("restore") ? "&restore=1" : "";
  part("go").hidden = false;
  part("go").textContent = restoring ? `Open your work on "${title}"` : `Open "${title}"`;
  part("go").onclick = () => open(wanted, restoring);
  part("go").focus();
}
try {
  if (fit) await prepare();
} catch (error) {
  part("fetched-said").textContent = `${error.message} Reload this page to go on.`;
}
