import { expect, test } from 'vitest';
import { parseServerUrl } from './server-url.ts';

test('user name and password are taken out of the address', () => {
  expect(parseServerUrl('https://xue:liang%40@db.example:8443/')).toEqual({
    endpoint: 'https://db.example:8443',
    username: 'xue',
    password: 'liang@',
  });
});

test.each(['tcp://xue:liang@db.example:9000', 'nonsense liang', 'http://xue:p@ss/liang:8@db.example:8123'])(
  'the address %j is refused without showing its password',
  (text) => {
    const parse = () => parseServerUrl(text);

    expect(parse).toThrowError(expect.objectContaining({ code: 'history-settings-invalid' }));
    expect(parse).not.toThrowError(/liang/);
  },
);
