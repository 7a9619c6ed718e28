import type { QueueAlert } from '../list/open-list.ts';

type Picture = NonNullable<QueueAlert['pictures']>[number];

/** One thing that was done about an alert. */
export type LogEntry =
  | { what: 'step'; at: number; step: QueueAlert['steps'][number] }
  | { what: 'action'; at: number; action: QueueAlert['actions'][number] }
  | { what: 'pictures'; at: number; when: Picture['when']; by: string; pictures: readonly Picture[] };

/** Pictures of one person and moment that were sent one after another stand together. */
const togetherMs = 10 * 60_000;

/** Steps, actions and pictures from the spot, in the order in which they came. */
export const logEntries = ({
  steps,
  actions,
  pictures = [],
}: Pick<QueueAlert, 'steps' | 'actions' | 'pictures'>): LogEntry[] =>
  [
    ...steps.map((step) => ({ what: 'step', at: step.at, step }) as const),
    ...actions.map((action) => ({ what: 'action', at: action.at, action }) as const),
    ...groups(pictures),
  ].sort((a, b) => a.at - b.at);

const groups = (pictures: readonly Picture[]): LogEntry[] => {
  const found: (LogEntry & { what: 'pictures' })[] = [];
  for (const picture of pictures) {
    const { at, by, when } = picture;
    const index = found.findLastIndex(
      (one) => one.by === by && one.when === when && at - one.at < togetherMs,
    );
    const group = found[index];
    if (group) found[index] = { ...group, pictures: [...group.pictures, picture] };
    else found.push({ what: 'pictures', at, by, when, pictures: [picture] });
  }
  return found;
};
