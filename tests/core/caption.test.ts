import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readCaption } from '#src/core/caption.ts';
import { fitProfile } from '#src/core/fit-profile.ts';

const { credit: rules } = loadProfile('vietnamese-portal');

describe('readCaption', () => {
  it('splits the photographer off the end', () => {
    const forms: [string, string | null, string | null][] = [
      ['Cầu mới qua suối. Ảnh: Thu Hà', 'Cầu mới qua suối.', 'Thu Hà'],
      ['Cầu mới qua suối (Ảnh: Thu Hà)', 'Cầu mới qua suối', 'Thu Hà'],
      ['Cầu mới qua suối - Ảnh: THU HÀ', 'Cầu mới qua suối', 'THU HÀ'],
      ['Cầu mới qua suối. (Ảnh minh họa: TTXVN).', 'Cầu mới qua suối.', 'TTXVN'],
      ['Cầu mới qua suối (Ảnh do bạn đọc cung cấp)', 'Cầu mới qua suối', 'bạn đọc'],
      ['Cầu mới qua suối /Ảnh: Thu Hà/', 'Cầu mới qua suối', 'Thu Hà'],
      ['Cầu mới qua suối (Ảnh chụp lúc 9 giờ)', 'Cầu mới qua suối (Ảnh chụp lúc 9 giờ)', null],
      ['The new bridge. Photo: Ben Okoro', 'The new bridge.', 'Ben Okoro'],
      ['The new bridge © Ben Okoro', 'The new bridge', 'Ben Okoro'],
      ['朝市に並ぶ魚（写真：山田花子）', '朝市に並ぶ魚', '山田花子'],
      ['Ảnh: Thu Hà', null, 'Thu Hà'],
    ];
    for (const [printed, caption, credit] of forms) expect(readCaption(printed, rules)).toEqual({ caption, credit });
  });

  it('knows the forms papers of other languages print', () => {
    const forms: [string, string, string | null, string | null][] = [
      ['en', 'Seals on the quay. (AP Photo/Luis Brandt)', 'Seals on the quay.', 'AP Photo/Luis Brandt'],
      ['en', 'Seals on the quay. REUTERS/Ben Okoro', 'Seals on the quay.', 'REUTERS/Ben Okoro'],
      ['en', 'Seals on the quay. Photograph: Ben Okoro/The Watch', 'Seals on the quay.', 'Ben Okoro/The Watch'],
      ['en', 'Seals on the quay. Credit Ben Okoro', 'Seals on the quay.', 'Ben Okoro'],
      ['en', 'Seals on the quay (Photo by Ben Okoro / Getty Images)', 'Seals on the quay', 'Ben Okoro / Getty Images'],
      ['en', 'Seals on the quay. Photo: Ben Okoro. Source: AFP', 'Seals on the quay.', 'Ben Okoro / AFP'],
      ['de', 'Die Glocke von 1783. Foto: Jörg Adler/dpa', 'Die Glocke von 1783.', 'Jörg Adler/dpa'],
      ['de', 'Die Glocke von 1783 | Bild: imago', 'Die Glocke von 1783', 'imago'],
      ['fr', 'Les barques au port. Crédit photo : Jean Petit', 'Les barques au port.', 'Jean Petit'],
      ['fr', 'Les barques au port. Yanis Bérard / AFP', 'Les barques au port.', 'Yanis Bérard / AFP'],
      ['es', 'El olivar en enero. Foto: Lucía Armenteros', 'El olivar en enero.', 'Lucía Armenteros'],
      ['ja', '初しぼりの香り＝写真・堀口直人', '初しぼりの香り', '堀口直人'],
      ['ja', '新しい図書室（守る会提供）', '新しい図書室', '守る会'],
      ['zh', '古桥修缮完工。柳文舟 摄', '古桥修缮完工。', '柳文舟'],
      ['zh', '▲邱阿土示範接膠捲。（圖／記者林曉彤攝）', '邱阿土示範接膠捲。', '林曉彤'],
      ['ko', '다시 문을 연 이발관. 사진=서윤하', '다시 문을 연 이발관.', '서윤하'],
      ['th', 'เรือลอยน้ำอีกครั้ง (ภาพ: มาลี ศรีทอง)', 'เรือลอยน้ำอีกครั้ง', 'มาลี ศรีทอง'],
      ['ar', 'بئر السدرة (تصوير: سامي القاضي)', 'بئر السدرة', 'سامي القاضي'],
    ];
    for (const [language, printed, caption, credit] of forms) {
      const { credit: own } = fitProfile(loadProfile('generic'), { language });
      expect([printed, readCaption(printed, own)]).toEqual([printed, { caption, credit }]);
    }
  });

  it('gives back any caption and name it was given', () => {
    const name = fc.constantFrom('Thu Hà', 'VĂN LÂM', 'Ben Okoro/AFP', 'TTXVN', 'Đặng Thị Ngọc Ánh', 'VGP/Nhật Bắc');
    const caption = fc.constantFrom(
      'Cầu mới qua suối',
      'Chợ phiên họp lại sau lũ',
      'Ông Lợi (phải) trao quà',
      'Cầu 3/2',
    );
    const form = fc.constantFrom(
      '{c}. Ảnh: {n}',
      '{c} (Ảnh: {n})',
      '{c} - Ảnh: {n}',
      '{c}. (Nguồn: {n})',
      '{c} | Ảnh: {n}.',
    );
    fc.assert(
      fc.property(caption, name, form, (text, owner, printed) => {
        const read = readCaption(printed.replace('{c}', text).replace('{n}', owner), rules);
        expect([read.caption?.replace(/\.$/, ''), read.credit]).toEqual([text, owner]);
      }),
    );
  });

  it('reads any line in a moment and loses no word of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (line) => {
        const { caption, credit } = readCaption(line, rules);
        expect((caption ?? '').length + (credit ?? '').length).toBeLessThanOrEqual(line.normalize('NFC').length + 3);
      }),
    );
    const start = performance.now();
    for (const bad of ['A '.repeat(50_000), 'Ảnh: '.repeat(20_000), '('.repeat(50_000), `${'Tên/'.repeat(20_000)}`])
      readCaption(bad, rules);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('leaves sentences that only hold such a word', () => {
    for (const text of [
      'Ảnh: Các đại biểu dự lễ khánh thành cầu',
      'Nguồn nước sạch về bản Nà Lầu',
      'Ảnh cưới của ông bà năm 1960',
      'Photo booths at the fair',
    ]) {
      expect(readCaption(text, rules)).toEqual({ caption: text, credit: null });
    }
  });

  it('takes the editing system’s placeholder for no caption', () => {
    expect(readCaption('[nhập chú thích]', rules)).toEqual({ caption: null, credit: null });
    expect(readCaption('  ', rules)).toEqual({ caption: null, credit: null });
  });
});
