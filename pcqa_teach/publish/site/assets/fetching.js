// Fetch the lab's files through the service worker, which keeps them: shared by both pages.
"use strict";
const AT_ONCE = 6;

/** Fetch every file, a few at a time; throw an Error that names one which did not come. */
export async function fetchAll(files, tell = () => {}, base = location.href) {
  const total = files.reduce((sum, [, size]) => sum + size, 0);
  const waiting = [...files];
  let done = 0;
  const some = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const [name, size] = one;
      const response = await fetch(new URL(name, base)).catch(() => null);
      if (!response?.ok) throw new Error(`"${name.split("/").pop()}" did not come.`);
      await response.arrayBuffer();
      tell((done += size), total);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

/** Give those of the files that this browser has not kept. The first cache is the one that pages are
    served from; what a newer version of the site fetches for itself comes after it. */
export async function missing(files, base = location.href) {
  const name = (await caches.keys()).find((one) => one.startsWith("pcqa-lab-"));
  const cache = name && (await caches.open(name));
  const kept = cache ? new Set((await cache.keys()).map((one) => one.url)) : new Set();
  return files.filter(([file]) => !kept.has(new URL(file, base).href));
}

/** Say whether the browser has kept every file. Keeping takes longer than fetching, on a slow computer
    much longer: only when nothing more was kept for ten seconds is there no room. */
export async function allKept(files) {
  let least = Infinity;
  for (let still = 0; still < 40; still++) {
    const { length } = await missing(files);
    if (!length) return true;
    if (length < least) [least, still] = [length, 0];
    await new Promise((next) => setTimeout(next, 250));
  }
  return false;
}
