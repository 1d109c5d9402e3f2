// Keeps the site for later: what it names comes from the browser's own store, the network is asked
// for what is not there yet. All else is JupyterLite's: files and input() of a kernel.
// A file is stored under its address and hash, so of a new version only what has changed is loaded.
const FILES = new Map(Object.entries({{files}}).map(([file, hash]) => {
  const address = new URL(file, self.registration.scope).href;
  return [address, `${address}?${hash}`];
}));
const STORE = self.registration.scope;
const AT_ONCE = 6;

// A new version waits until no page of the old one is open, so that none gets half of each.
const takeOver = self.skipWaiting.bind(self);
self.skipWaiting = async () => self.registration.active || takeOver();

self.addEventListener('activate', event => event.waitUntil(forgetOldFiles()));

self.addEventListener('fetch', event => {
  const key = keyOf(event.request.url);
  if (event.request.method !== 'GET' || !key) return;
  event.stopImmediatePropagation();
  event.respondWith(fromStore(event, key));
});

self.addEventListener('message', event => {
  const { data, source } = event;
  if (data?.keep) event.waitUntil(keepAll(data.keep).then(() => source?.postMessage({ kept: true })));
});

importScripts('jupyterlite-service-worker.js');

function keyOf(address) {
  const url = new URL(address);
  url.search = url.hash = '';
  return FILES.get(url.href.endsWith('/') ? `${url.href}index.html` : url.href);
}

// What the browser holds already is not sent again, but the server is asked whether it is current.
const load = address => fetch(address, { cache: 'no-cache' });

async function fromStore(event, key) {
  const store = await caches.open(STORE);
  const stored = await store.match(key, { ignoreVary: true });
  if (stored) return stored;
  const answer = await load(event.request.url);
  if (answer.ok && !answer.redirected) event.waitUntil(store.put(key, answer.clone()));
  return answer;
}

// `loaded` are the addresses that the page has loaded before this worker was there.
async function keepAll(loaded) {
  const store = await caches.open(STORE);
  const known = new Map(loaded.map(address => [keyOf(address), address]));
  const kept = new Set((await store.keys()).map(request => request.url));
  const missing = [...FILES].filter(([, key]) => !kept.has(key));
  const keep = async () => {
    for (let next = missing.pop(); next; next = missing.pop()) {
      const [address, key] = next;
      const answer = await load(known.get(key) ?? address);
      if (answer.ok) await store.put(key, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, keep));
}

async function forgetOldFiles() {
  const store = await caches.open(STORE);
  const current = new Set(FILES.values());
  const old = (await store.keys()).filter(request => !current.has(request.url));
  await Promise.all(old.map(request => store.delete(request)));
}
