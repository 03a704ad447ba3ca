/** The words of the pages that readers see too, in the site's language where there is a table for it. */
const english = {
  /** BCP 47: of these words, and of dates and distances in time. */
  language: 'en',
  dates: 'en-GB',

  product: 'Loa',
  navigation: 'Pages',
  newsroom: 'Newsroom',
  feeds: 'Feeds',
  skip: 'To the content',
  stale: 'Loa does not answer. This page shows how things stood before; it goes on by itself once Loa is back.',

  feedsTitle: 'Feeds',
  feedsIntro:
    'A feed is the list of our newest articles in a form that programs read. Put its address into a news reader and every new article comes to you, with its photos, without an account and without advertising.',
  feedAddress: 'Address for your news reader',
  otherFormats: 'Open it as',
  feedEntries: 'articles',
  feedEntry: 'article',
  feedUpdated: 'last changed',
  feedNotBuilt: 'being built for the first time',
  feedEmpty: 'No articles in this feed yet.',
  feedMore: 'All articles in this feed',
  noFeeds: 'No feeds are set up. Add one under “feeds” in the settings file, then start again.',
  copyHint: 'Select it with one click, then copy.',
  allFeeds: 'All feeds',

  board: 'Posts on',
  boardIntro: 'The posts of this channel, as they went out.',
  boardEmpty: 'No posts yet',
  boardEmptyNext: 'A post appears here once an article is through its waiting time.',
  editedAt: 'corrected',

  notFound: 'There is nothing here',
  notFoundText: 'The address may be mistyped, or what stood here was taken back.',
  notFoundFeeds: 'These feeds exist:',
};

export type PageWords = typeof english;

const vietnamese: PageWords = {
  language: 'vi',
  dates: 'vi',

  product: 'Loa',
  navigation: 'Các trang',
  newsroom: 'Tòa soạn',
  feeds: 'Nguồn tin',
  skip: 'Đến nội dung chính',
  stale: 'Loa không trả lời. Trang này cho thấy tình hình trước đó và sẽ tự cập nhật khi Loa chạy lại.',

  feedsTitle: 'Nguồn tin',
  feedsIntro:
    'Nguồn tin là danh sách bài mới nhất của chúng tôi, ở dạng phần mềm đọc được. Dán địa chỉ vào ứng dụng đọc tin, mỗi bài mới sẽ tự đến với bạn, kèm ảnh, không cần tài khoản, không quảng cáo.',
  feedAddress: 'Địa chỉ cho ứng dụng đọc tin',
  otherFormats: 'Mở ở dạng',
  feedEntries: 'bài',
  feedEntry: 'bài',
  feedUpdated: 'thay đổi lần cuối',
  feedNotBuilt: 'đang được tạo lần đầu',
  feedEmpty: 'Nguồn tin này chưa có bài nào.',
  feedMore: 'Tất cả bài trong nguồn tin này',
  noFeeds: 'Chưa có nguồn tin nào. Hãy thêm vào mục “feeds” trong tệp cấu hình rồi khởi động lại.',
  copyHint: 'Bấm một lần để chọn, rồi sao chép.',
  allFeeds: 'Tất cả nguồn tin',

  board: 'Bài đăng trên',
  boardIntro: 'Các bài đăng của kênh này, đúng như đã gửi đi.',
  boardEmpty: 'Chưa có bài đăng',
  boardEmptyNext: 'Bài đăng xuất hiện ở đây khi bài báo đã qua thời gian chờ.',
  editedAt: 'đã sửa',

  notFound: 'Không có gì ở đây',
  notFoundText: 'Có thể địa chỉ bị gõ sai, hoặc nội dung ở đây đã được gỡ.',
  notFoundFeeds: 'Các nguồn tin hiện có:',
};

/** `language`: BCP 47. English where there is no table for it. */
export function pageWords(language: string): PageWords {
  return /^vi\b/i.test(language) ? vietnamese : english;
}

/** The operators' pages are in English throughout, as the reasons they show are. */
export const operatorWords: PageWords = english;
