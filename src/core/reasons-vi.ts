/** The ledger's reasons in Vietnamese. What a service, a site or a person wrote stays in their own words. */
import { vietnameseDeliveries } from '#src/core/delivery-reasons-vi.ts';
import type { ReasonTable } from '#src/core/told-reason.ts';
import { vietnameseTroubles } from '#src/core/troubles-vi.ts';

const durations: ReasonTable = [
  ['{n} ms', '{n} ms'],
  ['{n} s', '{n} giây'],
  ['{n} min', '{n} phút'],
  ['{n} h', '{n} giờ'],
  ['{n} days', '{n} ngày'],
];

const choices: ReasonTable = [
  ['it takes section {names}', 'chỉ nhận chuyên mục {names}'],
  ['it takes tag {names}', 'chỉ nhận thẻ {names}'],
  ['it takes source {names}', 'chỉ nhận bài từ nguồn {names}'],
  ['it takes language {names}', 'chỉ nhận ngôn ngữ {names}'],
  ['it takes no section {names}', 'không nhận chuyên mục {names}'],
  ['it takes no tag {names}', 'không nhận thẻ {names}'],
  ['it takes no source {names}', 'không nhận bài từ nguồn {names}'],
  ['it takes no language {names}', 'không nhận ngôn ngữ {names}'],
  ['not for this channel: {why}', 'không thuộc kênh này: {why}'],
];

const joins: ReasonTable = [
  ['source {source} calls it {name} now: {why}', 'nguồn {source} nay gọi bài là {name}: {why}'],
  ['source {source} has it too, as {name}: {why}', 'nguồn {source} cũng có bài này, mã {name}: {why}'],
  [
    '{why}; the text stays that of source {source}, which gives more',
    '{why}; vẫn lấy nội dung của nguồn {source} vì đầy đủ hơn',
  ],
  [
    '{why}; its text is richer and comes from source {source} from here on',
    '{why}; nội dung ở đây đầy đủ hơn, từ nay lấy theo nguồn {source}',
  ],
  ['the same id', 'cùng mã'],
  ['the same address', 'cùng địa chỉ'],
  ['the same number in its address, and much in common', 'cùng số trong địa chỉ, nội dung gần giống nhau'],
  ['the same headline on the same day', 'cùng tiêu đề trong cùng ngày'],
  ['almost the same text', 'nội dung gần như giống hệt'],
];

const readings: ReasonTable = [
  ['from its file', 'từ tệp của bài'],
  ['from the text that the source gives', 'từ nội dung do nguồn cung cấp'],
  ['from its page (profile {name})', 'từ trang của bài (hồ sơ {name})'],
];

const decisions: ReasonTable = [
  ['by a person', 'do người vận hành'],
  ['the console', 'trang tòa soạn'],
  ['all posting is stopped since {time} by {by}: {more}', 'mọi việc đăng đã dừng từ {time} bởi {by}: {more}'],
  ['all posting is stopped since {time} by {by}', 'mọi việc đăng đã dừng từ {time} bởi {by}'],
  ['Article {id} is withdrawn already.', 'Bài {id} đã được gỡ từ trước.'],
  ['Article {id} is {state}: only a live one can be held.', 'Không giữ lại được bài {id} lúc này ({state}).'],
  ['Article {id} is {state}: only a held one can be released.', 'Bài {id} không bị giữ lại ({state}).'],
  ['There is no article {id}.', 'Không có bài {id}.'],
  ['There is no delivery {id}.', 'Không có bài đăng {id}.'],
  [
    'Delivery {id} is {state}: only one that is {states} can become {to}.',
    'Không làm được việc này với bài đăng {id} lúc này ({state}).',
  ],
  ['Delivery {id} was approved by {by} already.', 'Bài đăng {id} đã được {by} duyệt.'],
  [
    'Delivery {id} is {state}: only one that waits for approval can be approved.',
    'Bài đăng {id} không chờ duyệt ({state}).',
  ],
  ['The photos of this revision are not done yet.', 'Ảnh của bản này chưa xong.'],
  ['The article has changed since: it is at revision {n} now.', 'Bài đã thay đổi: nay là bản {n}.'],
  ['Read the post again, then approve it.', 'Hãy đọc lại bài đăng rồi duyệt.'],
  ['It cannot be sent as it is: {why}', 'Không gửi được như hiện có: {why}'],
  ['Write a shorter text.', 'Hãy viết ngắn hơn.'],
  ['The text counts {n} {unit}, and {kind} takes {most}.', 'Nội dung dài {n} {unit}, mà {kind} chỉ nhận {most}.'],
  ['Shorten it by {n}.', 'Hãy bớt đi {n}.'],
  ['The text is empty.', 'Nội dung trống.'],
  ['Write what is to be posted.', 'Hãy viết nội dung cần đăng.'],
  ['Channel {channel} is not in the settings any more.', 'Kênh {channel} không còn trong cấu hình.'],
  [
    'Posting stays stopped: the database did not answer ({more}).',
    'Việc đăng vẫn dừng: cơ sở dữ liệu không trả lời ({more}).',
  ],
  ['Try again when it is back.', 'Hãy thử lại khi có lại.'],
  ['Wait until it is settled, a few minutes at most.', 'Hãy chờ cho xong, nhiều nhất vài phút.'],
  ['"{text}" is no address of a post on {kind}', '“{text}” không phải địa chỉ bài đăng trên {kind}'],
  ['"{text}" is another article\'s post', '“{text}” là bài đăng của bài khác'],
  ['Copy the address of this one.', 'Hãy chép địa chỉ của đúng bài này.'],
  ['It looks like this: {example}', 'Địa chỉ có dạng: {example}'],
  [
    'Open the post by itself and copy its address from the browser.',
    'Hãy mở riêng bài đăng rồi chép địa chỉ từ trình duyệt.',
  ],
  ['"{text}" is no address of a post', '“{text}” không phải địa chỉ bài đăng'],
  ['Copy it from the browser.', 'Hãy chép địa chỉ từ trình duyệt.'],
  ['There is no source {source}.', 'Không có nguồn {source}.'],
  ['Sources: {names}', 'Các nguồn: {names}'],
  [
    'Source {source} has no stories under new ids that wait for a person.',
    'Nguồn {source} không có bài đổi mã nào chờ người quyết định.',
  ],
  [
    'Source {source} has no burst of new articles that waits for a person.',
    'Nguồn {source} không có loạt bài mới nào chờ người quyết định.',
  ],
  ['loa source list shows what is held.', 'Hãy xem loa source list.'],
  [
    '{n} of the {all} new articles of source {source} are not read yet: nobody can tell which are the newest.',
    '{n} trong {all} bài mới của nguồn {source} chưa đọc xong: chưa biết bài nào mới nhất.',
  ],
  ['Try again in a minute.', 'Hãy thử lại sau một phút.'],
  ['a person said that its ids changed', 'có người xác nhận mã của bài đã đổi'],
  ['There is nothing with that id', 'Không có gì mang mã này'],
];

const withdrawals: ReasonTable = [
  ['withdrawn: {why}', 'đã gỡ: {why}'],
  ['the article was withdrawn', 'bài đã bị gỡ'],
  ['withdrawn by a person', 'có người gỡ'],
  ['its page was taken down (410)', 'trang của bài đã bị gỡ (410)'],
  ['its page is not there (404)', 'trang của bài không còn (404)'],
  ['its address leads to the front page', 'địa chỉ bài dẫn về trang chủ'],
  ['its address leads to a list of articles', 'địa chỉ bài dẫn về trang danh sách'],
  ['its address leads to another article', 'địa chỉ bài dẫn sang bài khác'],
  ['its page says that it is not there', 'trang của bài ghi là không có'],
  ['the feed says it was deleted', 'nguồn báo bài đã bị xóa'],
  ['whoever sent it says that it is deleted', 'nơi gửi báo bài đã bị xóa'],
  ['the feed no longer lists it', 'nguồn không còn liệt kê bài'],
  ['it is no longer published', 'bài không còn được xuất bản'],
  ['Ghost says that it is no longer published', 'Ghost báo bài không còn được xuất bản'],
  ['{file} says that it is deleted', '{file} ghi là đã xóa'],
];

export const vietnameseReasons: ReasonTable = [
  ...durations,
  ...choices,
  ...vietnameseDeliveries,
  ...joins,
  ...readings,
  ...decisions,
  ...withdrawals,
  ...vietnameseTroubles,
];
