/** A status as the server shows it to readers: text made HTML, its first link a card. */

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char]!);

/** Addresses are shown without their beginning and cut after thirty characters; the whole one is behind. */
export function contentOf(status: string): string {
  const paragraphs = status.split(/\n{2,}/).map((paragraph) =>
    paragraph
      .split(/(https?:\/\/[^\s<>"]+|#[\p{L}\p{M}\p{N}_]+)/u)
      .map((piece, index) => (index % 2 === 0 ? escaped(piece) : linked(piece)))
      .join('')
      .replaceAll('\n', '<br />'),
  );
  return paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
}

export function cardOf(status: string): { url: string } | null {
  const [url] = /https?:\/\/[^\s<>"]+/.exec(status) ?? [];
  return url ? { url } : null;
}

function linked(piece: string): string {
  if (piece.startsWith('#')) {
    const tag = piece.slice(1);
    const href = `https://social.example/tags/${encodeURIComponent(tag)}`;
    return `<a href="${href}" class="mention hashtag" rel="tag">#<span>${tag}</span></a>`;
  }
  const [, scheme, rest] = /^(https?:\/\/)(.*)$/.exec(piece)!;
  const [shown, hidden] = [rest!.slice(0, 30), rest!.slice(30)].map(escaped);
  const spans = `<span class="invisible">${scheme}</span><span class="${hidden ? 'ellipsis' : ''}">${shown}</span><span class="invisible">${hidden}</span>`;
  return `<a href="${escaped(piece)}" target="_blank" rel="nofollow noopener" translate="no">${spans}</a>`;
}
