import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { openOutbox } from '../../alerts/index.ts';
import type { RoleContext } from '../role.ts';

const drainMs = 60_000;

/**
 * Delivers what workers left that the site no longer has: fewer workers were configured while some of their events
 * still waited for the bus. The first worker does so when it starts.
 */
export const deliverLeftovers = async (
  { id, bus, resources, clock, log, metrics, signal }: RoleContext,
  outboxesFolder: string,
): Promise<void> => {
  const workers = resources.site().workers ?? 1;
  if (id !== 'worker-1') return;
  const names = await readdir(outboxesFolder).catch((): string[] => []); // there is none yet
  for (const name of names.filter((worker) => Number(/^worker-(\d+)$/.exec(worker)?.[1] ?? 0) > workers)) {
    const outbox = await openOutbox({ folder: path.join(outboxesFolder, name), bus, clock, log, metrics });
    if (outbox.pending > 0)
      log.warn(
        { service: 'outbox', worker: name, pending: outbox.pending },
        'delivering what a former worker left',
      );
    await outbox.drain(AbortSignal.any([signal, AbortSignal.timeout(drainMs)]));
    await outbox.close();
  }
};
