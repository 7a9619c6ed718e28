import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ClickHouseClientConfigOptions, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { Clock } from '../../core/runtime/clock.ts';
import { Database } from './database.ts';
import { historyError } from './errors.ts';
import { parseServerUrl } from './server-url.ts';
import { sql } from './sql.ts';
import { toHistoryError } from './translate-error.ts';

export interface DatabaseAddress {
  /** Where the embedded engine keeps its files; one process may own it. */
  folder: string;
  /** When set, a ClickHouse server is used instead: `http(s)://user:password@host:port`. */
  url?: string;
}

type EmbeddedConnection = NonNullable<ClickHouseClientConfigOptions['connection']>;

/** Settings of every statement. The limit on partitions is off because a rebuild after an outage spans many days. */
const statementSettings = {
  max_execution_time: 20,
  max_threads: 2,
  max_partitions_per_insert_block: '0',
  max_partition_size_to_drop: '0',
  output_format_json_quote_64bit_integers: 0,
  // All versions of an alert or track lie in one partition, for the key contains what partitions are made of.
  do_not_merge_across_partitions_select_final: 1,
} as const;

/**
 * The embedded engine remembers them. Given with each statement they are one `SET` each before it, and the engine reads all
 * that follows anew for every one: 7 µs of the 13 that a row of an insert took.
 */
const setAll = `SET ${Object.entries(statementSettings)
  .map(([name, value]) => `${name} = ${value}`)
  .join(', ')}`;

/** The client speaks to the console otherwise; what goes wrong reaches our log as an error. */
const log = { level: ClickHouseLogLevel.OFF };

/** Opens the embedded engine, or connects to the server at `url`. Throws `history-locked`, `-corrupt` or `-unavailable`. */
export const openDatabase = async ({ folder, url }: DatabaseAddress, clock: Clock): Promise<Database> => {
  const database = url === undefined ? await openEmbedded(folder, clock) : createRemote(url, clock);
  try {
    await database.rows('opening the history', sql`SELECT 1 AS one`);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
};

const createRemote = (url: string, clock: Clock): Database => {
  const { endpoint, username, password } = parseServerUrl(url);
  const client = createClient({
    url: endpoint,
    username,
    password,
    log,
    clickhouse_settings: statementSettings,
    request_timeout: 30_000,
    use_multipart_params_auto: true,
    // Servers before 23.11 close idle connections after 3 s; one that is older than this is not used again.
    keep_alive: { idle_socket_ttl: 1500, eagerly_destroy_stale_sockets: true },
  });
  return new Database({ client, backend: 'server', clock });
};

const openEmbedded = async (folder: string, clock: Clock): Promise<Database> => {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) =>
    Promise.reject(toHistoryError(error, `history folder ${folder}`)),
  );
  try {
    // Loaded only here: whoever uses a server, or nothing of the history, does without half a gigabyte of engine.
    const { createChdbConnection } = await import('chdb/connection');
    // One interface in two packages: the compiler takes its copies' private fields for different things.
    const connection = createChdbConnection({ path: folder }) as unknown as EmbeddedConnection;
    const client = createClient({ connection, log });
    await client.command({ query: setAll }).catch(async (error: unknown) => {
      await client.close();
      throw error;
    });
    return new Database({ client, backend: 'embedded', clock });
  } catch (error) {
    throw await explainFailedOpen(folder, error);
  }
};

/** The engine says only that it failed; its `status` file says which process opened the folder last. */
const explainFailedOpen = async (folder: string, cause: unknown) => {
  const status = await readFile(path.join(folder, 'status'), 'utf8').catch(() => '');
  const pid = Number(/^PID: (\d+)$/m.exec(status)?.[1] ?? 0);
  if (pid > 0 && (pid === process.pid || isAlive(pid))) {
    return historyError(
      'history-locked',
      `history folder ${folder} is in use by process ${pid}; one process may own it, so end that one first`,
      { cause, pid },
    );
  }
  return historyError(
    'history-corrupt',
    `history folder ${folder} cannot be opened; restore it from a backup, or move it away and let it be rebuilt from the bus`,
    { cause },
  );
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
