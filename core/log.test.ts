import { expect, test } from 'vitest';
import { defineErrors } from './errors.ts';
import { createLogger, withoutSecrets } from './log.ts';

const capture = () => {
  const lines: string[] = [];
  return {
    log: createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } }),
    lines,
  };
};

test.each([
  ['rtsp://admin:s3cret@10.0.0.1/live', 'rtsp://10.0.0.1/live'],
  ['rtsps://admin:p%40ss@cam', 'rtsps://cam'],
  ['nats://user:s3cret@h:4222 is down', 'nats://h:4222 is down'],
  ['http://h/a?token=abc&x=1', 'http://h/a?token=***&x=1'],
  ['rtsp://admin:p@ss/w0rd@cam/live', 'rtsp://cam/live'],
  ['no secret here: a@b', 'no secret here: a@b'],
])('takes the secret out of %s', (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected);
});

test('regression: an RTSP address with its password reaches no log line, however it is logged', () => {
  const { log, lines } = capture();
  const url = 'rtsp://admin:s3cret@10.0.0.1/live';
  const camError = defineErrors({ lost: 'unavailable' });

  log.info(`opening ${url}`);
  log.info({ url, nested: { list: [url] } }, 'opening %s', url);
  log.warn({ err: camError('lost', `no answer from ${url}`, { url, cause: new Error(url) }) }, 'lost');
  log.error({ err: new Error(`at ${url}`) }, 'failed');
  log.info({ password: 's3cret', credentials: { user: 'admin', password: 's3cret' } }, 'who');

  log.child({ url, password: 's3cret' }).info('from a child');
  log.info({ a: { b: { c: { d: { e: { f: { g: url } } } } } } }, 'deep');

  expect(lines).toHaveLength(7);
  expect(lines.join('')).not.toContain('s3cret');
});
