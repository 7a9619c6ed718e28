import type { ResourceChange } from '../core/config/diff-site.ts';

const signs = new Map([
  ['add', '+'],
  ['change', '~'],
  ['remove', '-'],
]);

/** Changes as a person reads them: `+ cameras.gate-1`, each difference below its resource. */
export const formatChanges = (changes: readonly ResourceChange[]): string =>
  changes.length === 0
    ? 'no difference'
    : changes
        .flatMap(({ key, change, details }) => [
          `${signs.get(change)} ${key}`,
          ...details.map((line) => `    ${line}`),
        ])
        .join('\n');
