import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readByline } from '#src/core/byline.ts';
import { readCaption } from '#src/core/caption.ts';
import { readOpening } from '#src/core/dateline.ts';

const now = Date.parse('2026-11-25T00:00:00Z');

describe('names as they are printed', () => {
  it.each([
    ['de', 'Von Jan Alt mit dpa', ['Jan Alt']],
    ['fr', 'Par Lucie Brenot (avec AFP)', ['Lucie Brenot']],
    ['en', 'By Jane Roe in London and Tom Poe in Paris', ['Jane Roe', 'Tom Poe']],
    ['en', 'By Jane Roe with Tom Poe', ['Jane Roe', 'Tom Poe']],
    ['en', 'By Jane Roe, University Communications', ['Jane Roe']],
    ['pt', 'Por Ana Brito, do Recife', ['Ana Brito']],
    ['ar', 'كتب – سامي الحداد ونهى فؤاد', ['سامي الحداد', 'نهى فؤاد']],
    ['ar', 'كتب: محمد وليد', ['محمد وليد']],
    ['th', 'ผู้สื่อข่าว กานดา ศรีสุข', ['กานดา ศรีสุข']],
    ['zh', '記者 林曉彤 台北報導', ['林曉彤']],
    ['zh', '文/林晓　图/陈默', ['林晓', '陈默']],
  ])('%s: %s', (language, line, names) => {
    expect(readByline(line, loadProfile('auto', language).byline, { bare: false })?.names).toEqual(names);
  });

  it('tell who took the photos before a stroke too', () => {
    expect(readByline('文/林晓 图/陈默', loadProfile('auto', 'zh').byline, { bare: false })?.photographers).toEqual([
      '陈默',
    ]);
  });
});

describe('credits as they are printed', () => {
  it.each([
    ['en', 'The bridge at dawn. Tom Poe for The Courier', 'The bridge at dawn.', 'Tom Poe for The Courier'],
    ['en', 'The bridge at dawn. (Tom Poe, The Courier)', 'The bridge at dawn.', 'Tom Poe, The Courier'],
    ['en', 'The bridge at dawn. TOM POE tpoe@courier.example', 'The bridge at dawn.', 'TOM POE'],
    ['en', 'The bridge at dawn.Credit...Tom Poe', 'The bridge at dawn.', 'Tom Poe'],
    ['it', 'Il ponte nel bosco (Ansa)', 'Il ponte nel bosco', 'Ansa'],
    ['fr', 'Le pont à l’aube (photo d’illustration).', 'Le pont à l’aube (photo d’illustration).', null],
    ['ja', '橋の朝＝汐見市で、写真部・佐伯遼撮影', '橋の朝＝汐見市で', '佐伯遼'],
    ['ja', '橋の朝（共同）', '橋の朝', '共同'],
    ['ko', '다리의 새벽. 한빛뉴스 김하늘 기자', '다리의 새벽.', '한빛뉴스 김하늘'],
    ['zh', '桥的清晨。新华社发（张三 摄）', '桥的清晨。', '张三'],
    ['nl', 'De brug bij dageraad | Beeld Rens Okkema', 'De brug bij dageraad', 'Rens Okkema'],
    ['ar', 'الجسر عند الفجر | تصوير خالد منير', 'الجسر عند الفجر', 'خالد منير'],
  ])('%s: %s', (language, line, caption, credit) => {
    expect(readCaption(line, loadProfile('auto', language).credit)).toEqual({ caption, credit });
  });
});

describe('datelines as they are printed', () => {
  it.each([
    ['it', '(ANSA) - ROMA, 20 NOV - La pioggia cade.', '(ANSA) - ROMA, 20 NOV', '2026-11-20', 'La pioggia cade.'],
    ['de', 'Kaltenau (ka/dpa). Der Regen fällt.', 'Kaltenau (ka/dpa)', null, 'Der Regen fällt.'],
    ['zh', '（中央社記者林曉彤台北20日電）下雨了。', '（中央社記者林曉彤台北20日電）', null, '下雨了。'],
  ])('%s: %s', (language, line, text, date, lead) => {
    const opening = readOpening(line, loadProfile('auto', language).dateline, now, 'UTC');
    expect(opening).toMatchObject({ dateline: { text, date }, lead });
  });
});
