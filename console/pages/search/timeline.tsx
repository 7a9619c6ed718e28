import { clockTime, dayName } from '../../words/site-time.ts';
import { counts, query, search } from './search-store.ts';
import { word } from './words.ts';

const stepMs = { hour: 3_600_000, day: 86_400_000, month: 31 * 86_400_000 } as const;

/** How many alerts there were over the span; a bar narrows the search to its time. */
export const Timeline = () => {
  const { value } = counts;
  if (!value || value.items.length === 0) return null;
  const { from, to, by, items } = value;
  const most = Math.max(...items.map(({ raised }) => raised));
  const total = items.reduce((sum, { raised }) => sum + raised, 0);
  const isNarrowed = query.value.state.length > 0 || query.value.camera !== undefined;
  return (
    <figure class="timeline" aria-label={word('timeline')}>
      <figcaption class="muted">
        {word('timelineTotal', { total, most, by: word(by) })} {isNarrowed && word('timelineAll')}
      </figcaption>
      <div class="timeline-bars">
        {items.map(({ at, raised }) => (
          <button
            key={at}
            type="button"
            class="timeline-bar"
            style={{
              left: `${(100 * (Math.max(at, from) - from)) / (to - from)}%`,
              right: `${(100 * Math.max(0, to - at - stepMs[by])) / (to - from)}%`,
              height: `${Math.max(4, (100 * raised) / most)}%`,
            }}
            aria-label={word('timelineBar', { when: saidOf(at, by), count: raised })}
            title={word('timelineBar', { when: saidOf(at, by), count: raised })}
            onClick={() => {
              const { days: _, ...rest } = query.value;
              void search({ ...rest, from: Math.max(from, at), to: Math.min(to, at + stepMs[by]) });
            }}
          />
        ))}
      </div>
      <div class="row timeline-ends muted">
        <span>{`${dayName(from)} ${clockTime(from)}`}</span>
        <span>{`${dayName(to)} ${clockTime(to)}`}</span>
      </div>
    </figure>
  );
};

const saidOf = (at: number, by: keyof typeof stepMs): string =>
  by === 'hour' ? `${dayName(at)} ${clockTime(at).slice(0, 5)}` : dayName(at);
