import { expect, test } from 'vitest';
import { PacketQueue } from './packet-queue.ts';

const packet = (sizeBytes: number) => ({
  data: Buffer.alloc(sizeBytes),
  ptsUs: 0,
  dtsUs: 0,
  durationUs: 0,
  isKeyframe: false,
  producedAt: undefined,
});

test.each([
  ['many packets', 127, 1],
  ['large packets', 2, 1_500_000],
])('holds the camera back when %s wait, until half of them are read', (_, count, sizeBytes) => {
  const queue = new PacketQueue();
  for (let index = 0; index < count; index++) queue.put(packet(sizeBytes));
  const before = queue.pressure();

  queue.put(packet(sizeBytes));
  const filled = queue.pressure();
  const again = queue.pressure();
  queue.take();
  const stillHigh = queue.pressure();
  while (queue.take());

  expect([before, filled, again, stillHigh, queue.pressure()]).toEqual([
    undefined,
    'hold',
    undefined,
    undefined,
    'release',
  ]);
});

test('takes a packet larger than its bound when it is empty', () => {
  const queue = new PacketQueue();

  queue.put(packet(5_000_000));

  expect(queue.take()?.data.length).toBe(5_000_000);
});
