/** The one script of the pages: renews the content every few seconds while somebody looks and nobody reads on. */
export const renewScript = `
const every = 5000;
const isBusy = () => document.hidden || !getSelection().isCollapsed || document.activeElement?.closest('main')
  || document.querySelector('main details[open]');
setInterval(async () => {
  if (isBusy()) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    const current = document.querySelector('main');
    if (fresh && !isBusy() && fresh.innerHTML !== current.innerHTML) current.replaceWith(fresh);
  } catch {
    // The worker is being restarted: the page stays as it was.
  }
}, every);
`;
