// Before anything of JupyterLite: an answer that is there before it is waited for must not be lost.
// (The library between page and Python takes what `Atomics.waitAsync` gives for a promise, always.)
"use strict";
if (typeof Atomics.waitAsync === "function") {
  const wait = Atomics.waitAsync.bind(Atomics);
  Atomics.waitAsync = (...asked) => {
    const given = wait(...asked);
    return given.async ? given : { async: true, value: Promise.resolve(given.value) };
  };
}
