import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type ConnectedBus, connectBus } from '../../core/bus/connect-bus.ts';
import { type NatsServer, openNatsServer } from '../../core/bus/nats-server.ts';
import { siteStoreBytes } from '../../core/bus/site-store.ts';
import { defaultStreamLimits } from '../../core/bus/streams.ts';
import type { Environment } from '../../core/config/environment.ts';
import { parseSize } from '../../core/config/quantity.ts';
import { supervise } from '../../core/runtime/supervise.ts';
import type { StageDeps } from '../../core/stages.ts';
import { saveBusAddress } from '../bus-address.ts';

/** The bus of a site together with the address that its roles are given. */
export interface SiteBus extends ConnectedBus {
  readonly address: { url: string; user?: string | undefined; password?: string | undefined };
}

interface SiteBusOptions extends StageDeps {
  environment: Environment;
  signal: AbortSignal;
}

/** What the file store may hold beyond the streams: configuration, and room to compact. */
const storeSlackBytes = siteStoreBytes + 256 * 1024 ** 2;
const backoff = { baseMs: 500, maxMs: 15_000 };
const healthyAfterMs = 60_000;

/** Connects to the configured NATS, or starts one of the site's own and keeps it running. */
export const openSiteBus = async (options: SiteBusOptions): Promise<SiteBus> => {
  const { environment, clock, log, metrics } = options;
  const connect = (address: SiteBus['address']) =>
    connectBus({ ...address, name: 'xueliang-up', clock, log, metrics });
  if (environment.natsUrl !== undefined) {
    const address = {
      url: environment.natsUrl,
      user: environment.natsUser,
      password: environment.natsPassword,
    };
    return withAddress(await connect(address), address, async () => undefined);
  }
  const stopping = new AbortController();
  const own = await openOwnServer(options, stopping.signal);
  const bus = await connect(own.address).catch(async (error: unknown) => {
    await own.close();
    throw error;
  });
  return withAddress(bus, own.address, async () => {
    stopping.abort();
    await own.close();
  });
};

const withAddress = (
  bus: ConnectedBus,
  address: SiteBus['address'],
  afterClose: () => Promise<void>,
): SiteBus => ({
  address,
  nats: bus.nats,
  get isConnected() {
    return bus.isConnected;
  },
  appendAlertEvent: bus.appendAlertEvent,
  appendTrack: bus.appendTrack,
  publishCameraStatus: bus.publishCameraStatus,
  publishRoleStatus: bus.publishRoleStatus,
  consume: bus.consume,
  follow: bus.follow,
  alertEventsOf: bus.alertEventsOf,
  latestAlertEvent: bus.latestAlertEvent,
  latestCameraStatus: bus.latestCameraStatus,
  streamUsage: bus.streamUsage,
  answerMetrics: bus.answerMetrics,
  gatherMetrics: bus.gatherMetrics,
  close: async () => {
    await bus.close();
    await afterClose();
  },
});

const openOwnServer = async ({ environment, clock, log, metrics }: SiteBusOptions, signal: AbortSignal) => {
  const user = 'xueliang';
  const password = randomBytes(24).toString('base64url');
  const { dataFolder } = environment;
  const open = (port?: number): Promise<NatsServer> =>
    openNatsServer({
      confPath: natsConfPath(),
      dataFolder: path.join(dataFolder, 'nats'),
      runFolder: path.join(dataFolder, 'run', 'nats'),
      maxStoreBytes: maxStoreBytes(),
      user,
      password,
      clock,
      log,
      ...(port === undefined ? {} : { port }),
    });

  let server = await open();
  const { url } = server;
  const port = Number(new URL(url).port);
  await saveBusAddress(dataFolder, { url, user, password });

  const keeping = supervise(
    async () => {
      const exit = await server.exited;
      if (signal.aborted) return;
      metrics.count('xueliang_role_restarts_total', 'Times a role ended without being asked to', {
        role: 'nats-server',
      });
      log.error({ service: 'nats-server', ...exit }, 'nats-server ended; starting it again on the same port');
      server = await open(port);
    },
    { name: 'nats-server', clock, log, signal, backoff, healthyAfterMs },
  );
  return {
    address: { url, user, password },
    close: async () => {
      await server.close();
      await keeping;
    },
  };
};

/** JetStream reserves what its streams may hold, so the store must have room for the largest quota of any site. */
const maxStoreBytes = (): number =>
  Math.max(defaultStreamLimits.quotaBytes, parseSize('64GB')) + storeSlackBytes;

/** Beside the sources, or beside the built program. */
const natsConfPath = (): string => {
  const near = path.resolve(import.meta.dirname, '../../deploy/nats/nats-server.conf');
  return existsSync(near) ? near : path.resolve(import.meta.dirname, '../../../deploy/nats/nats-server.conf');
};
