import { describe, expect, it } from 'vitest';
import { chooseHub } from '#src/sources/websub/choose-hub.ts';

const plain = 'http://hub.example/';
const safe = 'https://hub.example/';
const other = 'https://other.example/push?a=1';

describe('the hub that is asked', () => {
  it.each<[string[], string | null]>([
    [[], null],
    [['hub', 'ftp://hub.example/', 'https://ab:cd@hub.example/', 'javascript:alert(1)'], null],
    [[plain], plain],
    [[plain, other, safe], other],
    [['https://HUB.example'], safe],
  ])('of %j is %j', (hubs, hub) => expect(chooseHub(hubs, null)).toBe(hub));

  it('stays while it works, and is left for the next one when it fails again and again', () => {
    expect(chooseHub([safe, other], { hub: other, failures: 4 })).toBe(other);
    expect(chooseHub([safe, other], { hub: safe, failures: 5 })).toBe(other);
    expect(chooseHub([safe, other], { hub: other, failures: 5 })).toBe(safe);
    expect(chooseHub([safe], { hub: safe, failures: 9 })).toBe(safe);
    expect(chooseHub([other], { hub: safe, failures: 0 })).toBe(other);
  });
});
