// The bar over a lesson in the browser: how far Python is, one's own export, one's own work.
import { fetchAll, missing } from "./fetching.js";
import { checkCode, download, fileName, handedOver, holdLesson, keepCode, leftOver, myCode, stamped } from "./work.js";

const START = new URL("../index.html", location.href);
const path = new URLSearchParams(location.search).get("path") || "";

// Without the worker nothing would be kept for a day without a network: the start page sees to it.
if (!navigator.serviceWorker?.controller) {
  const restoring = new URLSearchParams(location.search).has("restore") ? "&restore=1" : "";
  location.replace(`${START}?lesson=${encodeURIComponent(path)}${restoring}`);
}
holdLesson();

const fetched = [];
let bytes = 0;
const bar = document.createElement("header");
bar.id = "pcqa-bar";
bar.innerHTML = `
  <a href="${START}">All lessons</a>
  <span id="pcqa-said" role="status" aria-live="polite">Opening the lesson</span>
  <progress id="pcqa-progress" max="100" aria-label="Starting Python"></progress>
  <button id="pcqa-run" disabled>Run all</button>
  <button id="pcqa-own" disabled>Use your own export</button>
  <button id="pcqa-save" disabled>Download my work</button>
  <button id="pcqa-log" aria-expanded="false" aria-controls="pcqa-fetched">What was fetched</button>
  <input id="pcqa-file" type="file" hidden accept=".csv,.txt,.tsv,.xlsx,.xls,.gz,.zip">`;
const panel = document.createElement("section");
panel.id = "pcqa-fetched";
panel.hidden = true;
panel.setAttribute("aria-label", "What this page fetched");
document.body.prepend(bar, panel);
const part = (name) => document.getElementById(`pcqa-${name}`);
const say = (words) => (part("said").textContent = words);

new BroadcastChannel("pcqa-log").addEventListener("message", ({ data }) => {
  fetched.push({ ...data, when: new Date().toLocaleTimeString("en-GB") });
  bytes += data.bytes;
  if (!panel.hidden) showLog();
});

function showLog() {
  const refused = fetched.filter((one) => one.from === "refused");
  const tries = refused.filter((one) => one.method !== "GET").length;
  const rows = fetched.slice(-200).reverse().map((one) => {
    const row = document.createElement("tr");
    for (const text of [one.when, one.from, one.url, one.bytes ? kilobytes(one.bytes) : ""])
      row.insertCell().textContent = text;
    return row;
  });
  panel.innerHTML = `<h2>What this page fetched</h2>
    <p>Since it was opened: ${fetched.length - refused.length} files of this site,
    ${kilobytes(bytes)}. Refused: ${refused.length}, of which ${tries} would have sent something.
    Nothing that the lab consists of sends anything; code that you paste in could still open an address, so
    run only what you trust.
    What this browser had kept from before is not listed. An export that you choose is read in this
    page's own memory: choosing one adds nothing to this list.</p>
    <table><thead><tr><th>When</th><th>What</th><th>File</th><th>Size</th></tr></thead>
    <tbody></tbody></table>`;
  panel.querySelector("tbody").append(...rows);
}
const kilobytes = (size) =>
  size < 1e6 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1e6).toFixed(1)} MB`;

part("log").onclick = () => {
  panel.hidden = !panel.hidden;
  part("log").setAttribute("aria-expanded", String(!panel.hidden));
  if (!panel.hidden) showLog();
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) part("log").click();
});

const until = async (look, every = 50) => {
  for (;;) {
    const seen = look();
    if (seen) return seen;
    await new Promise((next) => setTimeout(next, every));
  }
};

const app = await until(() => window.jupyterapp);
const lesson = await until(() =>
  [...app.shell.widgets("main")].find((one) => one.context?.model && one.sessionContext)
);
await lesson.context.ready;
const form = Boolean(lesson.context.model.getMetadata("pcqa")?.form); // it takes its own file, and is nobody's work
for (const name of ["run", "own", "save"]) part(name).hidden = form;
await restore();
part("save").disabled = false;
say("Starting Python");
const since = performance.now();
const ticking = setInterval(() => {
  const seconds = Math.round((performance.now() - since) / 1000);
  say(`Starting Python: ${seconds} s${bytes ? `, ${kilobytes(bytes)} fetched` : ""}`);
  part("progress").value = Math.min(95, (seconds / 15) * 95);
}, 1000);
const kernel = () => lesson.sessionContext.session?.kernel;
const begun = (async () => {
  await lesson.sessionContext.ready;
  await until(kernel);
  await kernel().info;
  await run("import pcqa_teach"); // while the first lines are read
})();
const failed = new Promise((_, no) => {
  new BroadcastChannel("pcqa-start").addEventListener("message", ({ data }) => no(new Error(data)));
  setTimeout(() => no(new Error("it took more than three minutes")), 180_000);
});
failed.catch(() => {}); // it may fail when nobody waits any more
try {
  await Promise.race([begun, failed]);
  say("Python is ready");
  for (const name of ["run", "own"]) part(name).disabled = false;
  if (form) await openForm();
} catch (error) {
  console.error(error);
  say(`Python did not start (${reason(error.message)}). Reload the page; if it stays so, tell whoever runs this site`);
}
clearInterval(ticking);
part("progress").hidden = true;
// Then what is still missing for a day without a network: not before the lesson itself has run.
const keepTheRest = once(async () => {
  try {
    const rest = await (await fetch(new URL("rest.json", START))).json();
    await fetchAll(await missing(rest, START), undefined, START);
  } catch { /* it is fetched another time */ }
});
setTimeout(keepTheRest, 60_000);

function once(act) {
  let done = false;
  return () => done || ((done = true), act());
}

/** Say in a few words why Python did not start, from what it says itself. */
function reason(text) {
  const file = text.match(/([\w.-]+\.(?:whl|wasm|zip|mjs|json))/) || text.match(/module (?:named )?'([\w.]+)'/i);
  return file ? `${file[1]} is missing or damaged` : text.split("\n").filter(Boolean).pop()?.slice(0, 120);
}

async function restore() {
  const left = new URLSearchParams(location.search).has("restore") && (await leftOver());
  if (!left) return;
  lesson.context.model.fromJSON(JSON.parse(left));
  await lesson.context.save();
  await handedOver();
  history.replaceState(null, "", `${location.pathname}?path=${encodeURIComponent(path)}`);
}

/** Run code that is no part of the lesson; throw an Error with the last line of what went wrong. */
async function run(code) {
  const asked = kernel().requestExecute({ code, silent: true, store_history: false });
  const { content } = await asked.done;
  if (content.status === "error") throw new Error(content.evalue || content.ename);
}

// Whatever Python had read is gone when it begins anew, one's own export too.
let own = false;
lesson.sessionContext.statusChanged.connect((_, status) => {
  if (!/restarting/.test(status)) return;
  say(own ? "Python began anew: choose your export again to see your own figures" : "Python began anew");
  own = false;
});

function errors(cell) {
  return cell.outputs?.filter((one) => one.output_type === "error") ?? [];
}

async function openForm() {
  say("Fetching what reports need");
  await app.commands.execute("notebook:run-all-cells");
  await look(0);
  const stopped = lesson.context.model.toJSON().cells.some((cell) => errors(cell).length);
  say(stopped ? "The form could not be opened: reload the page" : "The form is ready");
}

async function runAll() {
  say("Running the lesson");
  const cell = lesson.content.activeCellIndex;
  await app.commands.execute("notebook:run-all-cells");
  await look(cell); // else one would be left at the end
  const cells = lesson.context.model.toJSON().cells;
  const stopped = cells.findIndex((cell) => errors(cell).length);
  if (stopped >= 0) {
    await look(stopped);
    const why = errors(cells[stopped])[0].evalue;
    say(own ? `Your file could not be used: ${why}` : "A cell stopped: read what it says, mend it, and run all again");
    own = false;
  }
  else if (own) say("These are your own figures. The export goes with this page; the charts stay in your work");
  else say("All cells have run");
  keepTheRest();
}
part("run").onclick = runAll;

/** Bring a cell to the top of the window. */
async function look(cell) {
  lesson.content.activeCellIndex = cell;
  await lesson.content.scrollToItem(cell, "start");
}

part("own").onclick = () => part("file").click();
part("file").onchange = async () => {
  const [file] = part("file").files;
  if (!file) return;
  const url = URL.createObjectURL(file);
  say("Reading your export into this page's memory");
  try {
    await run(`from pcqa_teach import browser as _b; _b.take(${JSON.stringify(url)}, ${JSON.stringify(file.name)}); del _b`);
    lesson.content.activeCellIndex = 0;
    own = true;
    await runAll();
  } catch (error) {
    say(error.message);
  } finally {
    URL.revokeObjectURL(url);
    part("file").value = "";
  }
};

async function saveMine() {
  let code = myCode();
  while (!code) {
    const typed = prompt("Your code (from your coach, or made up; not your name)");
    if (typed === null) return;
    try {
      code = checkCode(typed);
      keepCode(code);
    } catch (error) {
      alert(error.message);
    }
  }
  const name = fileName(path, code);
  download(stamped(lesson.context.model.toJSON(), code), name);
  say(`Downloaded as ${name}`);
  await lesson.context.save().then(
    () => say(`Downloaded as ${name}, and kept in this browser`),
    () => say(`Downloaded as ${name}. This browser has no room to keep your work: the file is all there is`)
  );
}
part("save").onclick = saveMine;

// The menu's own Download would hand over a file that does not say whose it is: it does as the button does.
if (!form) {
  const execute = app.commands.execute.bind(app.commands);
  app.commands.execute = (name, words) => (name === "docmanager:download" ? saveMine() : execute(name, words));
}
