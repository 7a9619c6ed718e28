import { expect, test } from 'vitest';
import { CameraTally } from './camera-tally.ts';

const lost = (lostPackets: number) => ({ lostPackets, uselessPackets: 0, droppedUnits: 1, skippedBytes: 0 });

test('adds up what was lost over all streams, each of which tells of itself since its beginning', () => {
  const tally = new CameraTally();
  tally.decodeErrors = 3;
  tally.noteFaults(lost(2));
  tally.noteFaults(lost(5));
  tally.streamEnded();
  tally.noteFaults(lost(1));

  expect(tally.faults).toEqual({
    ...{ decodeErrors: 3, lostPackets: 6, uselessPackets: 0 },
    ...{ droppedUnits: 2, skippedBytes: 0 },
  });
});
