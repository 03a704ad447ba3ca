import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readCaption } from '#src/core/caption.ts';

const { credit: rules } = loadProfile('vietnamese-portal');

describe('readCaption', () => {
  it('splits the photographer off the end', () => {
    const forms: [string, string | null, string | null][] = [
      ['Cầu mới qua suối. Ảnh: Thu Hà', 'Cầu mới qua suối.', 'Thu Hà'],
      ['Cầu mới qua suối (Ảnh: Thu Hà)', 'Cầu mới qua suối', 'Thu Hà'],
      ['Cầu mới qua suối - Ảnh: THU HÀ', 'Cầu mới qua suối', 'THU HÀ'],
      ['Cầu mới qua suối. (Ảnh minh họa: TTXVN).', 'Cầu mới qua suối.', 'TTXVN'],
      ['The new bridge. Photo: Ben Okoro', 'The new bridge.', 'Ben Okoro'],
      ['The new bridge © Ben Okoro', 'The new bridge', 'Ben Okoro'],
      ['朝市に並ぶ魚（写真：山田花子）', '朝市に並ぶ魚', '山田花子'],
      ['Ảnh: Thu Hà', null, 'Thu Hà'],
    ];
    for (const [printed, caption, credit] of forms) expect(readCaption(printed, rules)).toEqual({ caption, credit });
  });

  it('leaves sentences that only hold such a word', () => {
    for (const text of ['Nguồn nước sạch về bản Nà Lầu', 'Ảnh cưới của ông bà năm 1960', 'Photo booths at the fair']) {
      expect(readCaption(text, rules)).toEqual({ caption: text, credit: null });
    }
  });

  it('takes the editing system’s placeholder for no caption', () => {
    expect(readCaption('[nhập chú thích]', rules)).toEqual({ caption: null, credit: null });
    expect(readCaption('  ', rules)).toEqual({ caption: null, credit: null });
  });
});
