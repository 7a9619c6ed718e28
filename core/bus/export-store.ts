import { type KV, type KvEntry, Kvm, type KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { Compile } from 'typebox/compile';
import { Export } from '../schema/export.ts';
import { toBusError } from './connect-nats.ts';

export interface ExportEntry {
  exported: Export;
  revision: number;
}

/** The register of exports, shared by all API processes of a site. All may throw `bus-unavailable`, or `bus-full` where it is written. */
export interface ExportStore {
  create(exported: Export): Promise<number>;
  /** Nothing when there is none. */
  get(exportId: string): Promise<ExportEntry | undefined>;
  /** Throws `bus-conflict` when somebody else has written since `revision`. */
  update(exported: Export, revision: number): Promise<number>;
  /** Calls back with what is there, then with every change, until `signal` aborts. `onCurrent` comes once, behind what was there. */
  follow(signal: AbortSignal, onChange: (entry: ExportEntry) => void, onCurrent: () => void): Promise<void>;
}

/** How long it can be seen who let out what, from what was last done about it. The audit log has it too. */
export const exportsKeptMs = 365 * 86_400_000;
/** Some 700 bytes each, 8 kB with the most alerts: 250 a day of the first. */
const maxBytes = 64 * 1024 ** 2;

const exports = Compile(Export);

/** Opens the bucket `EXPORTS`. Throws `bus-unavailable`. */
export const openExportStore = async (nats: NatsConnection): Promise<ExportStore> => {
  const kv: KV = await new Kvm(nats)
    .create('EXPORTS', { history: 1, ttl: exportsKeptMs, max_bytes: maxBytes })
    .catch((error: unknown) => Promise.reject(toBusError(error, 'bucket of exports')));
  const translated = (error: unknown) => Promise.reject(toBusError(error, 'an export'));
  return {
    create: (exported) => kv.create(exported.exportId, JSON.stringify(exported)).catch(translated),
    get: async (exportId) => toEntry(await kv.get(exportId).catch(translated)),
    update: (exported, revision) =>
      kv.update(exported.exportId, JSON.stringify(exported), revision).catch(translated),
    follow: (signal, onChange, onCurrent) => follow(kv, signal, onChange, onCurrent).catch(translated),
  };
};

const follow = async (
  kv: KV,
  signal: AbortSignal,
  onChange: (entry: ExportEntry) => void,
  onCurrent: () => void,
): Promise<void> => {
  const changes = await kv.watch();
  const stop = (): void => changes.stop();
  signal.addEventListener('abort', stop, { once: true });
  let isCurrent = (await kv.status()).values === 0;
  if (isCurrent) onCurrent();
  for await (const found of changes as AsyncIterable<KvWatchEntry>) {
    const entry = toEntry(found);
    if (entry) onChange(entry);
    if (isCurrent || found.delta !== 0) continue;
    isCurrent = true;
    onCurrent();
  }
  signal.removeEventListener('abort', stop);
};

/** What is damaged lets nothing out. */
const toEntry = (entry: KvEntry | null): ExportEntry | undefined => {
  if (entry?.operation !== 'PUT') return undefined;
  try {
    const exported: unknown = JSON.parse(entry.string());
    const isSound = exports.Check(exported) && exported.exportId === entry.key;
    return isSound ? { exported, revision: entry.revision } : undefined;
  } catch {
    return undefined;
  }
};
