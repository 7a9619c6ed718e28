import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Bus } from '../../core/bus/bus.ts';
import type { FeedAccount } from '../../core/bus/nats-accounts.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { siteStoreBytes } from '../../core/bus/site-store.ts';
import { parseSize } from '../../core/config/quantity.ts';
import { runEvery } from '../../core/runtime/clock.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { StageDeps } from '../../core/stages.ts';

export interface OwnServerOptions extends StageDeps {
  dataFolder: string;
  runFolder: string;
  user: string;
  password: string;
  /** Where it listens on loopback; any free port unless given. */
  port?: number | undefined;
}

/** The site's own nats-server, started again on the same port whenever it ends or stops storing. */
export interface OwnServer {
  readonly url: string;
  /** Looks through `bus` whether the server still stores what it is told. */
  watch(bus: Pick<Bus, 'isConnected' | 'probe'>): void;
  /**
   * Lets these subscribers sign in and nobody else. Starts the server again for it, within a second: nats-server 2.9 takes
   * up no new exports between accounts when it only reads its configuration again.
   */
  setSubscribers(subscribers: readonly FeedAccount[]): Promise<void>;
  close(): Promise<void>;
}

const backoff = { baseMs: 500, maxMs: 15_000 };
const healthyAfterMs = 60_000;
const probeEveryMs = 5000;
const lookEveryMs = 50;
/** After a full disk nats-server 2.9 answers no publish any more, also when there is room again. */
const maxFailedProbes = 2;
/** JetStream reserves what its streams may hold: room for the largest quota of any site, and for the configuration. */
const maxStoreBytes = parseSize('64GB') + siteStoreBytes + parseSize('256MB');

export const openOwnServer = async (options: OwnServerOptions): Promise<OwnServer> => {
  const { clock, log, metrics } = options;
  const stopping = new AbortController();
  let subscribers: readonly FeedAccount[] = [];
  const open = ({ port: at, ...given }: OwnServerOptions): Promise<NatsServer> =>
    openNatsServer({
      ...given,
      subscribers,
      confPath: natsConfPath(),
      maxStoreBytes,
      signal: stopping.signal,
      ...(at === undefined ? {} : { port: at }),
    });
  let server = await open(options);
  let isFirst = true;
  let isChanging = false;
  let opening = Promise.resolve(server);
  const { url } = server;
  const port = Number(new URL(url).port);

  const keeping = supervise(
    async () => {
      if (!isFirst) {
        opening = open({ ...options, port });
        server = await opening;
      }
      isChanging = false;
      isFirst = false;
      const exit = await server.exited;
      if (stopping.signal.aborted || isChanging) return;
      metrics.count('xueliang_role_restarts_total', 'Times a role ended without being asked to', {
        role: 'nats-server',
      });
      log.error({ service: 'nats-server', ...exit }, 'nats-server ended');
    },
    { name: 'nats-server', clock, log, signal: stopping.signal, backoff, healthyAfterMs },
  );

  let watching: Promise<void> = Promise.resolve();
  return {
    url,
    watch: (bus) => {
      let failed = 0;
      watching = runEvery(clock, probeEveryMs, stopping.signal, async () => {
        failed = !bus.isConnected || (await bus.probe()) ? 0 : failed + 1;
        if (failed < maxFailedProbes) return;
        failed = 0;
        log.error(
          { service: 'nats-server' },
          'nats-server stores nothing any more; see whether the disk is full',
        );
        process.kill(server.pid, 'SIGKILL'); // it no longer heeds a request to end
      });
    },
    setSubscribers: async (wanted) => {
      if (JSON.stringify(wanted) === JSON.stringify(subscribers)) return;
      subscribers = wanted;
      await opening.catch(() => undefined); // whoever opens it tries again, and with these subscribers
      isChanging = true;
      await server.close();
      while (isChanging && !stopping.signal.aborted) await clock.sleep(lookEveryMs, stopping.signal);
    },
    close: async () => {
      stopping.abort();
      await Promise.all([keeping, watching]);
      await server.close();
    },
  };
};

/** Beside the sources, or beside the built program. */
const natsConfPath = (): string => {
  const near = path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf');
  return existsSync(near) ? near : path.resolve(import.meta.dirname, '../../../deploy/nats/nats-server.conf');
};
