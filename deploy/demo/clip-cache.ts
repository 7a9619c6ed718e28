import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { encode } from './encode.ts';
import type { EncodeJob } from './filter-graph.ts';

/** A file that ffmpeg makes, and the name under which what it was made by is compared. */
export interface Product {
  id: string;
  file: string;
  job: EncodeJob;
  recipe: string;
}

/** Names what a file is made by; `job` should carry no machine's paths, so that a moved cache stays valid. */
export const toRecipe = (job: EncodeJob): string =>
  createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 16);

/** Whether the file is there, complete and made by this recipe. */
export const isReady = async ({ file, recipe }: Product): Promise<boolean> => {
  const marker = await readFile(markerOf(file), 'utf8').catch(() => '');
  const size = await stat(file).then(
    ({ size }) => size,
    () => -1,
  );
  return marker === toMarker(recipe, size);
};

/** Makes one file; the marker that calls it ready is written last. */
export const makeProduct = async (
  product: Product,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  await rm(markerOf(product.file), { force: true });
  await encode(product.job, product.file, onShare, signal);
  const { size } = await stat(product.file);
  await writeFile(markerOf(product.file), toMarker(product.recipe, size));
};

/**
 * Makes all files, `parallel` at a time. `onShare` gets the share of the whole that is done and the id of the file it came from.
 * The first failure ends the others, and is what this rejects with when all have ended.
 */
export const makeProducts = async (
  products: readonly Product[],
  parallel: number,
  onShare: (share: number, id: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const frames = products.reduce((sum, { job }) => sum + job.frames, 0);
  const shares = new Map<string, number>();
  const waiting = [...products];
  const work = async (): Promise<void> => {
    for (let product = waiting.shift(); product; product = waiting.shift()) {
      const { id, job } = product;
      const report = (share: number): void => {
        shares.set(id, (share * job.frames) / frames);
        onShare(
          Math.min(
            1,
            [...shares.values()].reduce((sum, part) => sum + part, 0),
          ),
          id,
        );
      };
      await makeProduct(product, report, either);
      report(1);
    }
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: parallel }, () => work().catch((cause) => stopOthers(failed, cause))),
  );
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw either.reason;
};

const stopOthers = (failed: AbortController, cause: unknown): never => {
  failed.abort(cause);
  throw cause;
};

const markerOf = (file: string): string => `${file}.recipe`;
const toMarker = (recipe: string, sizeBytes: number): string => `${recipe} ${sizeBytes}\n`;
