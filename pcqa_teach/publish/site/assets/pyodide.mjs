// Begins Python as soon as a lesson's page opens, while the notebook itself is still being fetched;
// whoever asks for it later is given the one that was begun.
import { loadPyodide as load } from "./pyodide-release.mjs";
export * from "./pyodide-release.mjs";

const said = { stdout: console.log, stderr: console.error };
let begun;

export function begin() {
  begun ??= (async () => {
    const python = await load({
      indexURL: new URL(".", import.meta.url).href,
      packages: __PACKAGES__,
      stdout: (text) => said.stdout(text),
      stderr: (text) => said.stderr(text),
    });
    await python.runPythonAsync(
      "import __IMPORTS__; pyodide_kernel.ipython_shell.Completer.use_jedi = False"
    );
    return python;
  })();
  return begun;
}

export async function loadPyodide({ stdout, stderr }) {
  Object.assign(said, { stdout, stderr });
  return begin();
}
