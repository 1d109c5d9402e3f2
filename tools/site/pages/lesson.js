// What a lesson's page says beside JupyterLab: that Python is loading, and how to stop a loop.
(() => {
  const LONG = 20;  // seconds after which a running cell may be a loop that never ends
  const PATIENCE = 120;  // seconds after which it is said that Python should have started
  const QUIET = 5;  // seconds without work after which all else is loaded, for later
  const bar = document.createElement('div');
  bar.id = 'lesson-message';
  bar.setAttribute('role', 'status');
  bar.style.cssText = 'position:fixed;left:50%;bottom:1em;transform:translateX(-50%);z-index:10000;' +
    'width:max-content;max-width:min(36em,86vw);padding:.6em 1em;border-radius:.4em;background:#fff8dc;color:#222;' +
    'box-shadow:0 1px 6px rgba(0,0,0,.5);font:14px/1.45 system-ui,sans-serif';
  let shown = null;

  function say(text, action) {
    if (shown === text) return;
    shown = text;
    bar.replaceChildren(text);
    if (action) {
      const button = document.createElement('button');
      button.textContent = action.label;
      button.style.marginLeft = '.8em';
      button.onclick = action.run;
      bar.append(button);
    }
    bar.hidden = !text;
  }

  const LOADING = 'Python is loading. The first time that takes about 25 MB and up to a minute; ' +
    'later it comes from this browser, without a network too. You can read on meanwhile.';
  const SLOW = 'Python has not started yet. On a slow connection that can take minutes. If nothing moves, load the ' +
    'page again; in a private window, try an ordinary one.';
  const STUCK = 'This cell has been running for a while. If it never ends, restart Python: your text stays, ' +
    'and the cells above have to be run again.';

  let ready = false, asked = false, busySince = null, idleSince = null, startedAt = Date.now();
  function look() {
    const context = window.jupyterapp?.shell?.currentWidget?.sessionContext;
    const status = context?.session?.kernel?.status;
    if (status === 'idle' || status === 'busy') ready = true;
    idleSince = status === 'idle' ? idleSince ?? Date.now() : null;
    if (!asked && idleSince && Date.now() - idleSince > QUIET * 1000) {
      asked = true;
      window.keepForLater();
    }
    if (!ready) return say(Date.now() - startedAt < PATIENCE * 1000 ? LOADING : SLOW);
    busySince = status === 'busy' ? busySince ?? Date.now() : null;
    if (busySince && Date.now() - busySince > LONG * 1000) {
      return say(STUCK, {label: 'Restart Python', run: () => restart(context)});
    }
    say('');
  }

  function restart(context) {
    ready = false;
    startedAt = Date.now();
    context.restartKernel();
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.body.append(bar);
    look();
    setInterval(look, 500);
  });
})();
