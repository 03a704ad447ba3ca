import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, boilerplateBlocks, isBoilerplate } from '#src/core/boilerplate.ts';

const phrases = ['Các tin khác', 'Xem thêm', 'Theo dõi … trên', 'Tags'];
const prose = (start: string): Block => ({
  text: `${start} ${'và dân làng cùng nhau dựng lại nhà sau lũ, '.repeat(4)}rất nhanh.`,
  furniture: false,
});
const line = (text: string, linked = false): Block => ({ text, furniture: linked, linked });
const cut = (...blocks: Block[]) => [...boilerplateBlocks(blocks, phrases)];

describe('boilerplateBlocks', () => {
  it('cuts the block a phrase opens and all that follows', () => {
    expect(
      cut(prose('Một'), prose('Hai'), line('Các tin khác cùng mục'), line('Nước xuống', true), line('Lịch công tác')),
    ).toEqual([2, 3, 4]);
  });

  it('leaves a phrase in the first third to the story', () => {
    expect(cut(line('Xem thêm'), prose('Một'), prose('Hai'))).toEqual([]);
  });

  it('goes on with the story after a link in its middle', () => {
    expect(cut(prose('Một'), prose('Hai'), line('Xem thêm: Giá gạo tăng', true), prose('Ba'), prose('Bốn'))).toEqual([
      2,
    ]);
  });

  it('cuts teasers between links to the end', () => {
    expect(
      cut(
        prose('Một'),
        prose('Hai'),
        line('Các tin khác'),
        line('A', true),
        prose('Tóm tắt'),
        line('B', true),
        prose('Tóm tắt'),
      ),
    ).toEqual([2, 3, 4, 5, 6]);
  });

  it('takes a sentence for a sentence, and a longer word for another', () => {
    expect(cut(prose('Một'), prose('Hai'), line('Xem thêm cảnh này, ai cũng vui.'), line('Tagsuki mở hội'))).toEqual(
      [],
    );
  });

  it('knows phrases with a gap', () => {
    expect(isBoilerplate('» Theo dõi Báo Ví Dụ trên mạng xã hội', phrases)).toBe(true);
    expect(isBoilerplate('Theo dõi mực nước', phrases)).toBe(false);
  });

  it('never cuts the first third', () => {
    const block = fc.record({
      text: fc.oneof(fc.constantFrom('Xem thêm', 'Các tin khác', 'Tags:'), fc.lorem()),
      furniture: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 20 }), (blocks) => {
        const total = blocks.reduce((sum, { text }) => sum + text.length, 0);
        const removed = boilerplateBlocks(blocks, phrases);
        const kept = blocks.filter((_, index) => !removed.has(index)).reduce((sum, { text }) => sum + text.length, 0);
        expect(kept).toBeGreaterThanOrEqual(Math.floor(total * 0.3));
      }),
    );
  });
});
