import { isAppError } from '../../../core/errors.ts';
import type { ApiDeps } from '../../api-deps.ts';
import { apiError } from '../../errors.ts';

/** A camera to be written, over what is stored now. */
export interface CameraWrite {
  key: string;
  value: unknown;
  stored: { value: unknown; revision: number } | undefined;
}

type Store = ApiDeps['store'];
/** Asked of the bus at a time. */
const atOnce = 64;

/** Does something for all of them, some at a time, in their order. */
export const inChunks = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> => {
  const results: PromiseSettledResult<Result>[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    results.push(...(await Promise.allSettled(items.slice(from, from + atOnce).map(work))));
    if (results.some(({ status }) => status === 'rejected')) break;
  }
  return results;
};

/**
 * Writes all or nothing: when one was changed by somebody else meanwhile, those that are written are put back. Throws
 * `setting-stale` then, and `import-halted` when they could not be put back either.
 */
export const writeCameras = async (store: Store, writes: readonly CameraWrite[]): Promise<void> => {
  const results = await inChunks(writes, ({ key, value, stored }) =>
    store.put(key, value, stored?.revision ?? 0),
  );
  const failed = results.findIndex(({ status }) => status === 'rejected');
  if (failed < 0) return;
  const { reason } = results[failed] as PromiseRejectedResult;
  const written = writes.flatMap((write, index) => {
    const result = results[index];
    return result?.status === 'fulfilled' ? [{ ...write, revision: result.value }] : [];
  });
  const undone = await inChunks(written, async ({ key, stored, revision }) => {
    if (stored) await store.put(key, stored.value, revision);
    else await store.remove(key, revision);
  });
  const left = written.length - undone.filter(({ status }) => status === 'fulfilled').length;
  if (left > 0) {
    throw apiError(
      'import-halted',
      `writing broke off, and ${left} cameras are written that could not be put back; send the same file again to finish it`,
      { cause: reason },
    );
  }
  if (!isAppError(reason) || reason.code !== 'bus-conflict') throw reason;
  throw apiError(
    'setting-stale',
    `${writes[failed]?.key ?? 'a camera'} was changed by somebody else meanwhile; nothing is changed by this file, send it again`,
    { cause: reason },
  );
};
