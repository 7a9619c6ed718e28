import { expect, test } from 'vitest';
import { frameMessage, type LiveMessage, readMessages } from './messages.ts';

async function* cut(bytes: Buffer, sizes: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const size = sizes();
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const read = async (source: AsyncIterable<Uint8Array>): Promise<LiveMessage[]> => {
  const messages: LiveMessage[] = [];
  for await (const message of readMessages(source)) messages.push(message);
  return messages;
};

test('reads what was written, however it is cut', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  for (let round = 0; round < 50; round++) {
    const written = Array.from({ length: random(8) }, (_, index) =>
      random(2) === 0 ? `text ${index} 村口` : Buffer.alloc(random(500), index),
    );

    const messages = await read(cut(Buffer.concat(written.map(frameMessage)), () => 1 + random(90)));

    expect(messages, `seed ${seed}`).toEqual(written);
  }
});

test.each([
  ['a length that nothing has', Buffer.from([0xff, 0xff, 0xff, 0xff, 1])],
  ['a kind that there is not', Buffer.from([0, 0, 0, 1, 9, 0])],
])('refuses %s', async (_, bytes) => {
  await expect(read(cut(bytes, () => 100))).rejects.toMatchObject({ code: 'door-unreadable' });
});
