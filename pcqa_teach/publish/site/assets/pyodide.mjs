// Begins Python as soon as a lesson's page opens, while the notebook itself is still being fetched;
// whoever asks for it later is given the one that was begun.
import { loadPyodide as load } from "./pyodide-release.mjs";
export * from "./pyodide-release.mjs";

// What could reach a network past the page's policy is not there for Python, nor for what it runs.
for (const name of ["WebSocket", "WebTransport", "EventSource"]) delete globalThis[name];

const said = { stdout: console.log, stderr: console.error };
let begun;

export function begin() {
  begun ??= start().catch((error) => {
    begun = undefined;
    new BroadcastChannel("pcqa-start").postMessage(`${error?.message || error}`);
    throw error;
  });
  return begun;
}

async function start() {
  const packages = __PACKAGES__;
  const python = await load({
    indexURL: new URL(".", import.meta.url).href,
    packages,
    stdout: (text) => said.stdout(text),
    stderr: (text) => said.stderr(text),
  });
  const lost = packages.find((name) => !(name in python.loadedPackages)); // it says so to nobody else
  if (lost) throw new Error(`The module '${lost}' could not be loaded`);
  await python.runPythonAsync(
    "import __IMPORTS__; pyodide_kernel.ipython_shell.Completer.use_jedi = False"
  );
  return python;
}

export async function loadPyodide({ stdout, stderr }) {
  Object.assign(said, { stdout, stderr });
  return begin();
}
