import type { Bus } from '../../core/bus/bus.ts';
import type { History } from './history.ts';

export interface HistoryWriterOptions {
  bus: Pick<Bus, 'consume'>;
  history: History;
  signal: AbortSignal;
  /** 500, of tracks 5000, unless told. */
  maxBatch?: number;
  /** 500 ms unless told. */
  maxWaitMs?: number;
}

/** Who reads, as the bus knows it. */
const durable = 'history';
/** One insert is one part on disk: half a second of events in one, so that a burst makes few parts. */
const defaultMaxBatch = 500;
/**
 * Of tracks there are more than of anything else. Measured on two busy cores with the embedded history: 500 a batch are
 * 8,000 rows/s, 5000 are 21,000, 20,000 are 18,000 and hold up who asks for over a second rather than for 0.4 s.
 */
const tracksMaxBatch = 5000;
const defaultMaxWaitMs = 500;
/** Nobody waits for them, and fewer parts are less work to merge. */
const observationsMaxWaitMs = 5_000;

/**
 * Carries alert events, tracks, counts of crossings, observations and the audit log from the bus into the history, in batches bounded by size and age, until `signal`
 * aborts and the last batch is written. A batch is acknowledged when its rows are on disk; whatever is offered twice
 * is one row.
 */
export const runHistoryWriter = async (options: HistoryWriterOptions): Promise<void> => {
  const { bus, history, signal, maxBatch = defaultMaxBatch, maxWaitMs = defaultMaxWaitMs } = options;
  const shared = { durable, maxBatch, maxWaitMs, signal };
  await Promise.all([
    bus.consume({ ...shared, stream: 'ALERTS', onBatch: (batch) => history.writeAlertEvents(batch) }),
    bus.consume({
      ...shared,
      stream: 'TRACKS',
      maxBatch: options.maxBatch ?? tracksMaxBatch,
      onBatch: (batch) => history.writeTracks(batch.map((message) => message.value)),
    }),
    bus.consume({
      ...shared,
      stream: 'OBSERVATIONS',
      maxWaitMs: observationsMaxWaitMs,
      onBatch: (batch) => history.writeObservations(batch.map((message) => message.value)),
    }),
    bus.consume({
      ...shared,
      stream: 'COUNTS',
      onBatch: (batch) => history.writeLineCounts(batch.map((message) => message.value)),
    }),
    bus.consume({
      ...shared,
      stream: 'AUDIT',
      onBatch: (batch) => history.writeAudit(batch.map((message) => message.value)),
    }),
  ]);
};
