/** The only HTML that leaves this stage. */
import sanitize from 'sanitize-html';
import { isPhotoAddress } from '#src/articles/photo-address.ts';

const options: sanitize.IOptions = {
  allowedTags: [
    ...['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'figure', 'figcaption', 'img', 'a'],
    ...['b', 'i', 'em', 'strong', 'sub', 'sup', 'br', 'hr'],
    ...['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    a: ['href', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    th: ['colspan', 'rowspan'],
    td: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'template',
    'svg',
    'math',
    'object',
    'select',
    'title',
  ],
  transformTags: {
    h1: 'h2',
    h5: 'h4',
    h6: 'h4',
    a: (tagName, { href }) => ({ tagName, attribs: href ? { href, rel: 'noopener' } : ({} as Record<string, string>) }),
    iframe: (_tagName, { src, title }) => ({
      tagName: 'a',
      attribs: { href: src ?? '', rel: 'noopener' },
      text: title || src || '',
    }),
  },
  nestingLimit: 64,
};

/**
 * Headings, lists, tables, photos and links; nothing that runs, styles, frames or tracks. Of this machine's files only
 * photos below `folder` stay.
 */
export function sanitizeHtml(html: string, folder: string | null = null): string {
  return sanitize(html, folder === null ? options : withFiles(folder))
    .replace(/<p>(?:\s|&nbsp;|\u00a0|<br \/>)*<\/p>/g, '')
    .replace(/(<p>)(?:\s|<br \/>)+|(?:\s|<br \/>)+(<\/p>)/g, '$1$2')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

function withFiles(folder: string): sanitize.IOptions {
  return {
    ...options,
    allowedSchemesByTag: { img: ['http', 'https', 'file'] },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !isPhotoAddress(attribs['src'] ?? '', folder),
  };
}
