/**
 * The one script of the pages: every few seconds brings what has changed into the page. Elements that stay are mended
 * in place, never replaced, so that neither the focus nor the place being read is lost.
 */
export const renewScript = `
const every = 5000;
const attributes = (element) => [...element.attributes].map(({ name }) => name);

function mend(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) { old.data = fresh.data; return; }
  for (const name of attributes(old)) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const name of attributes(fresh)) {
    if (old.getAttribute(name) !== fresh.getAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
  }
  const named = new Map([...old.children].filter(({ id }) => id).map((child) => [child.id, child]));
  let at = old.firstChild;
  for (const node of [...fresh.childNodes]) {
    const same = node.id ? named.get(node.id) : at && !at.id && at.nodeName === node.nodeName ? at : null;
    if (same?.parentNode !== old) { old.insertBefore(node, at); continue; }
    at = dropUntil(at, same)?.nextSibling ?? null;
    mend(same, node);
  }
  dropUntil(at, null);
}

function dropUntil(at, end) {
  while (at && at !== end) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
  return at;
}

async function renew() {
  // Text that somebody is selecting, or a form that is open, stays as it is.
  if (document.hidden || !getSelection().isCollapsed || document.querySelector('main details[open]')) return;
  const stale = document.querySelector('.stale');
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(every) });
    // Signed out meanwhile: the page itself is led to where one signs in.
    if (answer.status === 401) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    if (answer.ok) mend(document.querySelector('main'), fresh);
    stale.hidden = answer.ok;
  } catch {
    stale.hidden = false;
  }
}

setInterval(renew, every);
document.addEventListener('visibilitychange', renew);
`;
