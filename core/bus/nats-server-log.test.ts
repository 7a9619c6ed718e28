import { describe, expect, it } from 'vitest';
import { parseLine } from './nats-server-log.ts';

describe('parseLine', () => {
  it.each([
    ['[7] 2026/11/22 07:03:48.009824 [INF] Server is ready', 'debug', 'Server is ready'],
    ['[7] 2026/11/22 07:03:48.008391 [INF] ', 'debug', ''],
    ['[7] 2026/11/22 07:03:48.007394 [WRN] Slow consumer', 'warn', 'Slow consumer'],
    ['[7] 2026/11/22 07:03:48.007394 [ERR] write failed', 'error', 'write failed'],
    ['[7] 2026/11/22 07:03:48.007394 [FTL] cannot open', 'error', 'cannot open'],
    ['nats-server: conf:2:1: unknown field "x"', 'warn', 'nats-server: conf:2:1: unknown field "x"'],
  ])('reads %j', (line, level, text) => {
    expect(parseLine(line)).toEqual({ level, text });
  });
});
