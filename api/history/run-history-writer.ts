import type { Bus } from '../../core/bus/bus.ts';
import type { History } from './history.ts';

export interface HistoryWriterOptions {
  bus: Pick<Bus, 'consume'>;
  history: History;
  signal: AbortSignal;
  /** Messages; 500, of tracks 100, unless told. */
  maxBatch?: number;
  /** 500 ms unless told. */
  maxWaitMs?: number;
}

/** Who reads, as the bus knows it. */
const durable = 'history';
/** One insert is one part on disk: half a second of events in one, so that a burst makes few parts. */
const defaultMaxBatch = 500;
/** Of tracks a message has up to a hundred: some thousands of rows in one insert are fewer parts, and less to merge. */
const tracksMaxBatch = 100;
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
      onBatch: (batch) => history.writeTracks(batch.flatMap((message) => message.value.rows)),
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
