import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../measure/quantiles.ts';

/** How long what was asked for took, in milliseconds. */
export interface Latencies {
  asked: number;
  failed: number;
  /** By status or error code. */
  reasons: Readonly<Record<string, number>>;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface LoadOptions {
  url: string;
  /** Requests a second. */
  rate: number;
  seconds: number;
  /** The path of the nth request. */
  path(index: number): string;
  signal: AbortSignal;
}

const requestTimeoutMs = 30_000;

/** A failed request counts as one that took for ever: who is refused quickly was not served quickly. */
export const toLatencies = (
  times: readonly number[],
  reasons: Readonly<Record<string, number>> = {},
): Latencies => {
  const failed = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  const all = [...times, ...Array<number>(failed).fill(Number.MAX_VALUE)];
  const at = (share: number): number => {
    const value = quantile(all, share);
    return value > requestTimeoutMs * 10 ? Number.POSITIVE_INFINITY : value;
  };
  return { asked: all.length, failed, reasons, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};

/**
 * Asks at a fixed rate whether or not earlier requests were answered, and reckons from when a request was due, so
 * that a server that stalls is charged for all that were due meanwhile (no coordinated omission).
 */
export const runLoad = async ({ url, rate, seconds, path, signal }: LoadOptions): Promise<Latencies> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const times: number[] = [];
  const reasons: Record<string, number> = {};
  const running: Promise<void>[] = [];
  const begin = performance.now();
  const count = Math.round(rate * seconds);
  const ask = async (index: number, due: number): Promise<void> => {
    const outcome = await askOnce(`${url}${path(index)}`, agent);
    if (outcome === '200') times.push(performance.now() - due);
    else reasons[outcome] = (reasons[outcome] ?? 0) + 1;
  };
  for (let index = 0; index < count && !signal.aborted; index++) {
    const due = begin + (index * 1000) / rate;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    running.push(ask(index, due));
  }
  await Promise.all(running);
  agent.destroy();
  return toLatencies(times, reasons);
};

const askOnce = (url: string, agent: Agent): Promise<string> =>
  new Promise((resolve) => {
    const request = get(url, { agent, timeout: requestTimeoutMs }, (response) => {
      response.resume();
      response.once('end', () => resolve(String(response.statusCode)));
      response.once('error', () => resolve('cut-off'));
    });
    request.once('timeout', () => request.destroy(new Error('late')));
    request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
