import { beforeEach, expect, test } from 'vitest';
import { language } from '../../../words/language.ts';
import { sayFailure, sayLastFailure } from './say-failure.ts';

beforeEach(() => {
  language.value = 'en';
});

test('says in words why a receiver was not told, and what it answered', () => {
  expect(sayFailure('service-refused', 'answered 410')).toBe('It refuses the message for good (HTTP 410)');
  expect(sayLastFailure('service-late: no answer within 5 s')).toBe('No answer in time');
});

test('leaves as it is what it has no words for', () => {
  expect(sayFailure('odd', 'something')).toBe('something (odd)');
  expect(sayLastFailure('something else')).toBe('something else');
});
