import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';

const site = { name: 'Báo Ví Dụ', url: 'https://a.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const context = { profile: loadProfile('auto', 'vi'), site, now: Date.parse('2026-11-25T15:00:00Z') };
const story = [
  'Cầu Nậm Thi thông xe trở lại sáng thứ Ba sau mười một tháng sửa chữa, muộn bốn tháng so với dự kiến.',
  'Công trình tiêu tốn hai tỷ đồng, theo ủy ban nhân dân huyện, phần lớn để gia cố mố cầu phía nam.',
  'Người dân hai bờ sông mừng nhất vì trẻ con không còn phải đi vòng mười hai cây số tới trường.',
  'Huyện sẽ lắp thêm đèn ở hai đầu cầu trong tháng sau, rồi mới cho xe tải nhỏ qua lại.',
];

/** The paragraphs read of the story with `more` after its second paragraph or its last. */
function paragraphsWith(more: string, where: 'inside' | 'under'): string[] {
  const paragraphs = story.map((text) => `<p>${text}</p>`);
  paragraphs.splice(where === 'inside' ? 2 : 4, 0, more);
  const html = `<html lang="vi"><head><title>Cầu Nậm Thi thông xe</title></head><body><div><h1>Cầu Nậm Thi thông xe</h1><div>${paragraphs.join('')}</div></div></body></html>`;
  const url = 'https://a.example/xa-hoi/cau-nam-thi.html';
  return readArticle({ kind: 'page', url, html, hints: {} }, context).text.split('\n\n');
}

const link = '<a href="/a">Chợ phiên Nậm Thi dời sang bờ bắc</a>';
const teaser = `<a href="/a"><img src="/t.jpg" width="300" height="200"></a>${link}<p>Phiên chợ đầu tiên ở bờ bắc có hơn ba trăm gian hàng, đông gấp đôi.</p>`;

describe('what stands around a story', () => {
  it.each([
    ['a list of links', `<ul><li>${link}</li><li>${link}</li></ul>`],
    ['a table of links', `<table><tr><td>${link}</td></tr><tr><td>${link}</td></tr></table>`],
    ['a teaser with a summary', `<div class="k1">${teaser}</div>`],
    ['hashtags', '<p>#caunamthi #giaothong</p>'],
    ['an invitation', '<p>Mời quý độc giả theo dõi Báo Ví Dụ trên Zalo tại đây.</p>'],
    ['an address to write to', '<p>Mọi ý kiến xin gửi về <a href="mailto:a@b.example">a@b.example</a></p>'],
    ['a row of buttons', '<p><a href="#">In</a> <a href="#">Gửi email</a> <a href="#">Chia sẻ</a></p>'],
    ['a row of ways out', '<p><a href="/">Trang nhất</a> | <a href="/b">Bài hôm qua</a></p>'],
  ])('under it goes: %s', (_, more) => {
    expect(paragraphsWith(more, 'under')).toEqual(story);
  });

  it.each([
    ['a label and a link', `<p><strong>Tin liên quan:</strong></p><p>${link}</p>`],
    ['a slanted link', `<p><em>${link}</em></p>`],
    ['a box of links', `<div class="k2"><h4>Đọc thêm</h4><ul><li>${link}</li></ul></div>`],
    ['an advertiser’s label', '<p>Quảng cáo</p>'],
  ])('inside it goes: %s', (_, more) => {
    expect(paragraphsWith(more, 'inside')).toEqual(story);
  });

  it.each([
    'Xem thêm bản vẽ mới, bà con thấy mố cầu phía bắc cũng được gia cố bằng rọ đá.',
    'Chia sẻ với chúng tôi, ông Pản nói cây cầu là chuyện cả đời của ông và của bản.',
    'Theo dõi mực nước ba tháng liền, trạm thủy văn kết luận mố cầu an toàn.',
  ])('stays where it only begins like that: %s', (text) => {
    expect(paragraphsWith(`<p>${text}</p>`, 'under')).toEqual([...story, text]);
  });

  it('stays where links stand in a sentence', () => {
    const text = 'Bốn cây cầu nữa được sửa là Nà Pục, Khe Vải, Rào Con và Bản Còi.';
    const linked = text.replace(/(Nà Pục|Khe Vải|Rào Con|Bản Còi)/g, '<a href="/cau/$1">cầu $1</a>');
    expect(paragraphsWith(`<p>${linked}</p>`, 'inside')).toEqual(
      story.toSpliced(2, 0, text.replace(/(Nà Pục|Khe Vải|Rào Con|Bản Còi)/g, 'cầu $1')),
    );
  });
});
