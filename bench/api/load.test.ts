import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { runLoad, toLatencies } from './load.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe('toLatencies', () => {
  it('counts a refused request as one that took for ever', () => {
    const latencies = toLatencies([1, 2, 3], { 503: 1 });

    expect(latencies).toMatchObject({ asked: 4, failed: 1, max: Number.POSITIVE_INFINITY });
    expect(latencies.p50).toBe(2.5);
  });
});

describe('runLoad', () => {
  it('asks all that is due and tells what was refused', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.statusCode = request.url === '/3' ? 503 : 200;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;

    const latencies = await runLoad({
      url: `http://127.0.0.1:${port}`,
      ...{ rate: 500, seconds: 0.02, path: (index) => `/${index}` },
      signal: new AbortController().signal,
    });

    expect(latencies).toMatchObject({ asked: 10, failed: 1, reasons: { 503: 1 } });
    expect(seen).toHaveLength(10);
  });
});
