import type { Reconciliation } from '../../core/schema/reconciliation.ts';
import { padTo, rightAlign } from '../../core/terminal-text.ts';

const nameColumns = 28;
const numberColumns = 11;

/** The sources side by side, and what is missing where. */
export const drawReconciliation = (found: Reconciliation): string[] => {
  const cells = (values: readonly (string | number)[]): string =>
    values.map((value) => rightAlign(String(value), numberColumns)).join('');
  const row = (name: string, values: readonly (string | number)[]): string =>
    padTo(name, nameColumns) + cells(values);
  return [
    `raised ${toText(found.from)} to ${toText(found.to)}; ${found.waiting} wait in an outbox`,
    '',
    row('source', ['has', 'must have', 'lacks']),
    ...found.sources.map(
      ({ source, count, expected, digest }) =>
        `${row(source, [count, expected, expected - count])}  ${digest}`,
    ),
    ...found.differences.map(
      ({ alertId, cameraId, missingFrom }) =>
        `${alertId} of ${cameraId} is missing from ${missingFrom.join(', ')}`,
    ),
    ...found.problems,
    found.isEqual ? 'All have the same alerts.' : `${found.differing} alerts are missing somewhere.`,
  ];
};

const toText = (at: number): string => new Date(at).toISOString();
