import { expect, test } from 'vitest';
import { toAuthenticatedUrl } from './stream-url.ts';

const url = 'rtsp://10.1.2.3:554/live';

test('leaves the URL of a camera without credentials as it is', () => {
  expect(toAuthenticatedUrl(url, undefined)).toBe(url);
});

test.each([
  [{ user: 'admin', password: 'x' }, 'rtsp://admin:x@10.1.2.3:554/live'],
  [{ user: 'ad min', password: '' }, 'rtsp://ad%20min:@10.1.2.3:554/live'],
  [
    { user: 'a@b', password: "p:/?#[]@!$&'()*+,;=%" },
    'rtsp://a%40b:p%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25@10.1.2.3:554/live',
  ],
  [{ user: '值班', password: '$&' }, 'rtsp://%E5%80%BC%E7%8F%AD:%24%26@10.1.2.3:554/live'],
])('encodes %o', (credentials, expected) => {
  expect(toAuthenticatedUrl(url, credentials)).toBe(expected);
});

test.each([
  { user: 'a:b', password: 'hunter2' },
  { user: '', password: 'hunter2' },
  { user: 'hunter2', password: 'hunter2'.repeat(20) },
])('refuses credentials that cannot work without repeating them', (credentials) => {
  expect(() => toAuthenticatedUrl(url, credentials)).toThrow(/^(?!.*hunter2).*the camera's user name/);
});

test.each([
  [url, `${url}?token=a%2Fb&t=1`],
  [`${url}?channel=1`, `${url}?channel=1&token=a%2Fb&t=1`],
])('adds the secret query to %s', (address, expected) => {
  expect(toAuthenticatedUrl(address, { query: 'token=a%2Fb&t=1' })).toBe(expected);
});

test.each(['hunter2 x', 'hunter2#x', 'hunter2\r\nX: y', 'hunter2"', 'hunter2'.repeat(200)])(
  'refuses a query that cannot be sent without repeating it',
  (query) => {
    expect(() => toAuthenticatedUrl(url, { query })).toThrow(/^(?!.*hunter2).*the camera's secret query/);
  },
);
