import { describe, expect, it, vi } from 'vitest';
import { pressedKey } from '../../parts/keys.ts';
import { queueKeys, toKeyMap } from './key-map.ts';
import { word } from './words.ts';

const press = (target: Element, init: KeyboardEventInit): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { bubbles: true, ...init });
  target.dispatchEvent(event);
  return event;
};

describe('keys of the queue', () => {
  it('are each for one thing', () => {
    const keys = queueKeys.flatMap(({ keys: own }) => own);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are all explained in the help', () => {
    for (const { name } of queueKeys) expect(word(name)).not.toBe('');
  });

  it('do what they are for', () => {
    const [next, mute] = [vi.fn(), vi.fn()];
    const map = toKeyMap({ next, mute });
    map['j']?.();
    map['ArrowDown']?.();
    map['m']?.();
    expect([next.mock.calls.length, mute.mock.calls.length, map['a']]).toEqual([2, 1, undefined]);
  });

  it('are letters while somebody types, and shortcuts of the browser with Ctrl', () => {
    document.body.innerHTML = '<input><button></button>';
    const [input, button] = [...document.body.children];
    if (!input || !button) throw new TypeError('the page has an input and a button');
    expect(pressedKey(press(input, { key: 'a' }))).toBeUndefined();
    expect(pressedKey(press(button, { key: 'A' }))).toBe('a');
    expect(pressedKey(press(button, { key: 'r', ctrlKey: true }))).toBeUndefined();
    document.body.innerHTML += '<dialog open></dialog>';
    expect(pressedKey(press(document.body, { key: 'a' }))).toBeUndefined();
    document.body.innerHTML = '';
  });
});
