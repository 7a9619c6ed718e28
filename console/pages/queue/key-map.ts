/** Every key of the queue and what it does, as the help shows it; letters in lower case. */
export const queueKeys = [
  { name: 'acknowledge', keys: ['a'] },
  { name: 'dispatch', keys: ['d'] },
  { name: 'onScene', keys: ['s'] },
  { name: 'talkDown', keys: ['t'] },
  { name: 'resolve', keys: ['r'] },
  { name: 'falseAlarm', keys: ['f'] },
  { name: 'duplicate', keys: ['u'] },
  { name: 'comment', keys: ['c'] },
  { name: 'next', keys: ['j', 'ArrowDown'] },
  { name: 'previous', keys: ['k', 'ArrowUp'] },
  { name: 'mute', keys: ['m'] },
  { name: 'search', keys: ['/'] },
  { name: 'help', keys: ['?'] },
] as const;

export type QueueAction = (typeof queueKeys)[number]['name'];

/** What each key does. */
export const toKeyMap = (
  acts: Readonly<Partial<Record<QueueAction, () => void>>>,
): Readonly<Record<string, (() => void) | undefined>> =>
  Object.fromEntries(queueKeys.flatMap(({ name, keys }) => keys.map((key) => [key, acts[name]])));

const arrows: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑' };

/** A key as a cap shows it. */
export const capOf = (key: string): string => arrows[key] ?? key.toUpperCase();
