// Starts the service worker, and has it keep what is not kept yet. Says so in what has data-offline.
window.keepForLater = (() => {
  const root = new URL('.', document.currentScript.src);
  const worker = new URL('service-worker.js?enableCache=false', root).href;
  const can = 'serviceWorker' in navigator;
  // JupyterLite takes a worker without this note for that of an older version, and removes it.
  if (can) localStorage.setItem(`${worker}-version`, '{{version}}');
  const started = can ? navigator.serviceWorker.register(worker).catch(() => null) : null;
  const say = text => document.querySelectorAll('[data-offline]').forEach(place => { place.textContent = text; });
  if (can) {
    navigator.serviceWorker.addEventListener('message', event => {
      if (!event.data?.kept) return;
      document.documentElement.dataset.kept = 'true';
      say('All lessons are kept in this browser now and open without a network.');
    });
  }
  return async () => {
    if (!(await started)) return;
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(entry => entry.name);
    ready.active.postMessage({keep: [location.href, ...loaded]});
  };
})();
