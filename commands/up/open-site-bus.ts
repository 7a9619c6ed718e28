import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { type ConnectedBus, connectBus } from '../../core/bus/connect-bus.ts';
import type { FeedAccount } from '../../core/bus/nats-accounts.ts';
import type { Environment } from '../../core/config/environment.ts';
import type { StageDeps } from '../../core/stages.ts';
import { forgetBusAddress, saveBusAddress } from '../bus-address.ts';
import { openOwnServer } from './own-server.ts';

export interface BusAddressOfSite {
  url: string;
  user?: string | undefined;
  password?: string | undefined;
}

/** The bus of a site together with the address that its roles are given. */
export interface SiteBus {
  bus: ConnectedBus;
  address: BusAddressOfSite;
  /** Lets subscribers sign in; absent where the bus is not the site's own. */
  setSubscribers?(subscribers: readonly FeedAccount[]): Promise<void>;
  close(): Promise<void>;
}

export interface SiteBusOptions extends StageDeps {
  environment: Pick<Environment, 'natsUrl' | 'natsUser' | 'natsPassword' | 'dataFolder'> &
    Partial<Pick<Environment, 'natsPort'>>;
}

/** Connects to the configured NATS, or starts one of the site's own and keeps it running. */
export const openSiteBus = async (options: SiteBusOptions): Promise<SiteBus> => {
  const { environment, clock, log, metrics } = options;
  const { natsUrl, natsUser, natsPassword, dataFolder } = environment;
  const connect = (address: BusAddressOfSite) =>
    connectBus({ ...address, name: 'xueliang-up', clock, log, metrics });
  if (natsUrl !== undefined) {
    const address = { url: natsUrl, user: natsUser, password: natsPassword };
    const bus = await connect(address);
    return { bus, address, close: () => bus.close() };
  }
  const sign = { user: 'xueliang', password: randomBytes(24).toString('base64url') };
  const server = await openOwnServer({
    dataFolder: path.join(dataFolder, 'nats'),
    runFolder: path.join(dataFolder, 'run', 'nats'),
    ...sign,
    port: environment.natsPort,
    clock,
    log,
    metrics,
  });
  try {
    const address = { url: server.url, ...sign };
    await saveBusAddress(dataFolder, address);
    const bus = await connect(address);
    server.watch(bus);
    const close = async (): Promise<void> => {
      await bus.close();
      await server.close();
      await forgetBusAddress(dataFolder);
    };
    return { bus, address, setSubscribers: server.setSubscribers, close };
  } catch (error) {
    await server.close();
    throw error;
  }
};
