import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

const createThings = () => {
  const closed: string[] = [];
  const made: string[] = [];
  const thing = (name: string) => () => {
    made.push(name);
    return { name, close: () => void closed.push(name) };
  };
  return { closed, made, thing };
};

test('makes a thing once and gives it again', () => {
  const { made, thing } = createThings();
  const recent = new Recent<{ name: string; close(): void }>(2);

  expect(recent.take('a', thing('a'))).toBe(recent.take('a', thing('a')));
  expect(made).toEqual(['a']);
});

test('closes the least lately used beyond its limit', () => {
  const { closed, thing } = createThings();
  const recent = new Recent<{ name: string; close(): void }>(2);
  for (const name of ['a', 'b', 'a', 'c']) recent.take(name, thing(name));

  expect(closed).toEqual(['b']);
});

test('closes all that is left, once', () => {
  const { closed, thing } = createThings();
  const recent = new Recent<{ name: string; close(): void }>(2);
  recent.take('a', thing('a'));

  recent.close();
  recent.close();

  expect(closed).toEqual(['a']);
});
