import { expect, test } from 'vitest';
import { AppendQueue, type MediaSink, maxWaitingBytes } from './append-queue.ts';

/** A player's buffer that ends each of its updates when it is told to. */
class ScriptedSink implements MediaSink {
  updating = false;
  range: [number, number] | undefined;
  isFull = false;
  readonly done: string[] = [];
  #onUpdated: (() => void) | undefined;

  get buffered() {
    const { range } = this;
    return { length: range ? 1 : 0, start: () => range?.[0] ?? 0, end: () => range?.[1] ?? 0 };
  }

  appendBuffer(bytes: ArrayBuffer): void {
    if (this.isFull) throw new DOMException('no room', 'QuotaExceededError');
    this.done.push(`append ${new Uint8Array(bytes).join(' ')}`);
    this.updating = true;
  }

  remove(from: number, to: number): void {
    this.done.push(`remove ${from}-${to}`);
    this.range = [to, this.range?.[1] ?? to];
    this.updating = true;
  }

  addEventListener(_type: 'updateend', listener: () => void): void {
    this.#onUpdated = listener;
  }

  updated(): void {
    this.updating = false;
    this.#onUpdated?.();
  }
}

const scripted = (shownAt = 0) => {
  const sink = new ScriptedSink();
  const broken: string[] = [];
  const queue = new AppendQueue(
    sink,
    () => shownAt,
    () => broken.push('broken'),
  );
  return { sink, queue, broken };
};

test('bytes are given in order, and at once what came while the player was busy', () => {
  const { sink, queue } = scripted();

  for (const parts of [[1], [2, 2], [3, 3, 3]]) queue.put(new Uint8Array(parts).buffer);
  expect(sink.done).toEqual(['append 1']);
  sink.updated();
  sink.updated();

  expect(sink.done).toEqual(['append 1', 'append 2 2 3 3 3']);
  expect(queue.waitingBytes).toBe(0);
});

test('what lies behind the picture is taken away, and nothing else', () => {
  const { sink, queue } = scripted(60);
  sink.range = [10, 61];

  queue.put(new ArrayBuffer(1));
  sink.updated();

  expect(sink.done).toEqual(['remove 10-57', 'append 0']);
});

test('a player that takes nothing is given up, and holds nothing then', () => {
  const { sink, queue, broken } = scripted();
  sink.updating = true;

  for (let part = 0; part < 12; part++) queue.put(new ArrayBuffer(maxWaitingBytes / 10));

  expect(broken).toEqual(['broken']);
  expect(queue.waitingBytes).toBe(0);
});

test('a player without room is given up', () => {
  const { sink, queue, broken } = scripted();
  sink.isFull = true;

  queue.put(new ArrayBuffer(1));

  expect(broken).toEqual(['broken']);
});
