/** The words of a correction and of a withdrawal that are told in a reply, by language. */

export interface NoticeWords {
  /** Stands before the headline. */
  correction: string;
  /** A sentence, with the marks of its language. */
  withdrawal: string;
}

const english: NoticeWords = { correction: 'Correction: ', withdrawal: 'This article has been withdrawn.' };

const byLanguage: Readonly<Record<string, NoticeWords>> = {
  vi: { correction: 'Đính chính: ', withdrawal: 'Bài viết này đã được gỡ.' },
  en: english,
  fr: { correction: 'Rectificatif : ', withdrawal: 'Cet article a été retiré.' },
  de: { correction: 'Korrektur: ', withdrawal: 'Dieser Artikel wurde zurückgezogen.' },
  es: { correction: 'Corrección: ', withdrawal: 'Este artículo ha sido retirado.' },
  pt: { correction: 'Correção: ', withdrawal: 'Este artigo foi retirado.' },
  it: { correction: 'Rettifica: ', withdrawal: 'Questo articolo è stato ritirato.' },
  nl: { correction: 'Correctie: ', withdrawal: 'Dit artikel is ingetrokken.' },
  pl: { correction: 'Sprostowanie: ', withdrawal: 'Ten artykuł został wycofany.' },
  ru: { correction: 'Исправление: ', withdrawal: 'Эта статья снята с публикации.' },
  uk: { correction: 'Виправлення: ', withdrawal: 'Цю статтю знято з публікації.' },
  tr: { correction: 'Düzeltme: ', withdrawal: 'Bu haber yayından kaldırılmıştır.' },
  id: { correction: 'Ralat: ', withdrawal: 'Artikel ini telah dicabut.' },
  ms: { correction: 'Pembetulan: ', withdrawal: 'Artikel ini telah ditarik balik.' },
  th: { correction: 'แก้ไขข่าว: ', withdrawal: 'บทความนี้ถูกถอนออกแล้ว' },
  ja: { correction: '【訂正】', withdrawal: 'この記事は取り下げられました。' },
  ko: { correction: '[정정] ', withdrawal: '이 기사는 삭제되었습니다.' },
  zh: { correction: '更正：', withdrawal: '本文已撤下。' },
  ar: { correction: 'تصحيح: ', withdrawal: 'سُحب هذا المقال.' },
  hi: { correction: 'भूल सुधार: ', withdrawal: 'यह लेख वापस ले लिया गया है।' },
};

/** English where the language (BCP 47) is none of ours. */
export function noticeWords(language: string): NoticeWords {
  const [base = ''] = language.toLowerCase().split(/[-_]/);
  return Object.hasOwn(byLanguage, base) ? byLanguage[base]! : english;
}
