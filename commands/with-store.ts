import { connectNats } from '../core/bus/connect-nats.ts';
import { openSiteStore, type SiteStore } from '../core/bus/site-store.ts';
import type { Environment } from '../core/config/environment.ts';
import { findBusAddress } from './bus-address.ts';

/** Opens the configuration bucket of the running site for the time of one piece of work. */
export const withStore = async <T>(
  environment: Environment,
  work: (store: SiteStore) => Promise<T>,
): Promise<T> => {
  const nats = await connectNats({ ...(await findBusAddress(environment)), name: 'xueliang-cli' });
  try {
    return await work(await openSiteStore(nats));
  } finally {
    await nats.close();
  }
};
