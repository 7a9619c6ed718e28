/** What of a camera's stream could not be used. */
export const streamFaults = ['lostPackets', 'uselessPackets', 'droppedUnits', 'skippedBytes'] as const;
export const faults = ['decodeErrors', ...streamFaults] as const;

export type StreamFaults = Readonly<Record<(typeof streamFaults)[number], number>>;
export type CameraFaults = Readonly<Record<(typeof faults)[number], number>>;

export const noFaults: CameraFaults = {
  decodeErrors: 0,
  lostPackets: 0,
  uselessPackets: 0,
  droppedUnits: 0,
  skippedBytes: 0,
};

export const addFaults = (one: CameraFaults, other: CameraFaults): CameraFaults => ({
  decodeErrors: one.decodeErrors + other.decodeErrors,
  lostPackets: one.lostPackets + other.lostPackets,
  uselessPackets: one.uselessPackets + other.uselessPackets,
  droppedUnits: one.droppedUnits + other.droppedUnits,
  skippedBytes: one.skippedBytes + other.skippedBytes,
});
