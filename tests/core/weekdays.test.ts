import { expect, it } from 'vitest';
import { withoutWeekday } from '#src/core/weekdays.ts';

it('takes the weekday before a date off a line, and no other word', () => {
  for (const day of ['Tuesday', 'Tue', 'Montag', 'mardi', 'Thứ Ba', 'الثلاثاء', 'อังคาร']) {
    expect(withoutWeekday(`Isla Marr - ${day}`)).toBe('Isla Marr');
  }
  expect(withoutWeekday('Von Lena Huber Montag')).toBe('Von Lena Huber');
  expect(withoutWeekday('By Isla Marr and Tom Bell')).toBe('By Isla Marr and Tom Bell');
});
