/** The words of signing in and out. */

const english = {
  title: 'Sign in',
  intro: 'The newsroom’s pages are for the people who run Loa. You get in with a link that works once.',
  how: 'Where Loa runs, in its folder, this command prints a new link; it is good for 15 minutes:',
  whenStarting: 'Loa prints one too each time it starts.',
  paste: 'Link',
  button: 'Sign in',
  signOut: 'Sign out',
  wrong: 'This link does not work: it was used before, it is older than 15 minutes, or a part of it is missing.',
  insecure: 'You came by plain http, where others could read along. Open the same link at this address instead:',
};

const vietnamese: typeof english = {
  title: 'Đăng nhập',
  intro: 'Các trang của tòa soạn dành cho người vận hành Loa. Bạn vào bằng một đường dẫn chỉ dùng được một lần.',
  how: 'Trên máy chạy Loa, trong thư mục của Loa, lệnh này in ra một đường dẫn mới, dùng được trong 15 phút:',
  whenStarting: 'Mỗi lần khởi động, Loa cũng in ra một đường dẫn.',
  paste: 'Đường dẫn',
  button: 'Đăng nhập',
  signOut: 'Đăng xuất',
  wrong: 'Đường dẫn này không dùng được: đã có người dùng, đã quá 15 phút, hoặc bị thiếu một đoạn.',
  insecure: 'Bạn đang dùng http không mã hóa, người khác có thể đọc được. Hãy mở đường dẫn đó tại địa chỉ này:',
};

/** `language`: that of a table of words. */
export const signInWords = (language: string) => (language === 'vi' ? vietnamese : english);
