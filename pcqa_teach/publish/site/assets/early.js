// Before anything of JupyterLite.
"use strict";

// An answer that is there before it is waited for must not be lost: the library between page and
// Python takes what `Atomics.waitAsync` gives for a promise, always.
if (typeof Atomics.waitAsync === "function") {
  const wait = Atomics.waitAsync.bind(Atomics);
  Atomics.waitAsync = (...asked) => {
    const given = wait(...asked);
    return given.async ? given : { async: true, value: Promise.resolve(given.value) };
  };
}

// Python begins now, beside the notebook; JupyterLite is given this worker when it asks for one.
if (navigator.serviceWorker?.controller) {
  const { isolated, plain } = __WORKERS__;
  const path = new URL(`../${crossOriginIsolated ? isolated : plain}`, location.href).href;
  const Native = Worker;
  let waiting = new Native(path, { type: "module" });
  window.Worker = class extends Native {
    constructor(url, options) {
      if (waiting && String(url) === path) {
        const begun = waiting;
        waiting = null;
        return begun;
      }
      super(url, options);
    }
  };
}
