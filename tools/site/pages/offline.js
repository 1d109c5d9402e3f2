// Starts the service worker; `keepForLater` has it keep what is not kept yet. What has `data-offline` says so.
window.keepForLater = (() => {
  const root = new URL('.', document.currentScript.src);
  const worker = new URL('service-worker.js?enableCache=false', root).href;
  const started = start();

  async function start() {
    try {
      // JupyterLite takes a worker without this note for that of an older version, and removes it.
      localStorage.setItem(`${worker}-version`, '{{version}}');
      navigator.serviceWorker.addEventListener('message', event => event.data?.kept && kept());
      return await navigator.serviceWorker.register(worker);
    } catch (reason) {  // a private window, a frame without rights
      console.warn('The lessons cannot be kept here:', reason);
      return null;
    }
  }

  function kept() {
    document.documentElement.dataset.kept = 'true';
    say('All lessons are kept in this browser and open without a network.');
  }

  function say(text) {
    document.querySelectorAll('[data-offline]').forEach(place => { place.textContent = text; });
  }

  return async () => {
    if (!(await started)) return say('This window cannot keep them. Try an ordinary one, not a private one.');
    say('Loading …');
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(entry => entry.name);
    active.postMessage({ keep: [location.href, ...loaded] });
  };
})();
