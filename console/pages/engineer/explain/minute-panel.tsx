import { wordsOf } from '../../../../core/explanation/words.ts';
import type { ExplainedMinute, Explanation } from '../../../../core/schema/explanation.ts';
import { Panel } from '../../../parts/panel.tsx';
import { type ShortColumn, ShortTable } from '../../../parts/short-table.tsx';
import { language } from '../../../words/language.ts';
import { sayList } from '../../../words/say-list.ts';
import { clockTime } from '../../../words/site-time.ts';
import { saySpan } from '../../../words/span.ts';
import { word } from '../words.ts';

const minuteMs = 60_000;
const tiers = ['awake', 'dormant', 'blind'] as const;
const reasons = ['opened', 'picture-changed', 'scenario', 'long-gop'] as const;
const hourAndMinute = (at: number): string => clockTime(at).slice(0, 5);

/** The last minutes: how long the camera was awake and why, and what became of its frames. */
export const MinutePanel = ({ explanation: { minutes } }: { explanation: Explanation }) => (
  <Panel title={word('minutes')}>
    <ul class="tiers" aria-label={word('tiers')}>
      {minutes.map((minute) => (
        <Strip key={minute.from} minute={minute} />
      ))}
    </ul>
    <p class="row muted">
      {tiers.map((tier) => (
        <span key={tier} class="row">
          <span class={`tier-mark ${tier}`} aria-hidden="true" />
          {word(tier)}
        </span>
      ))}
    </p>
    <ShortTable
      label={word('minutes')}
      columns={columns()}
      items={[...minutes].reverse()}
      keyOf={({ from }) => String(from)}
    />
  </Panel>
);

/** One minute as a bar: the time in each tier, one beside the other. */
const Strip = ({ minute }: { minute: ExplainedMinute }) => {
  const spans = { awake: minute.awakeMs, dormant: minute.dormantMs, blind: minute.blindMs };
  const said = tiers.filter((tier) => spans[tier] > 0).map((tier) => `${word(tier)} ${saySpan(spans[tier])}`);
  return (
    <li class="tier-minute" title={`${hourAndMinute(minute.from)} ${sayList(said)}`}>
      <div class="tier-bar" aria-hidden="true">
        {tiers.map((tier) => (
          <div
            key={tier}
            class={`tier-part ${tier}`}
            style={{ width: `${Math.min(100, (spans[tier] / minuteMs) * 100)}%` }}
          />
        ))}
      </div>
      <span class="only-heard">{sayList(said)}</span>
      <span class="muted">{hourAndMinute(minute.from)}</span>
    </li>
  );
};

const columns = (): ShortColumn<ExplainedMinute>[] => {
  const words = wordsOf(language.value);
  const woken = ({ wokenMs }: ExplainedMinute): string =>
    sayList(
      reasons
        .filter((reason) => wokenMs[reason] > 0)
        .map((reason) => `${words.reasons[reason]} ${saySpan(wokenMs[reason])}`),
    );
  const drop = (reason: keyof ExplainedMinute['dropped']): ShortColumn<ExplainedMinute> => ({
    ...{ key: reason, title: word('dropped', { reason: words.drops[reason] }), isNumber: true },
    render: ({ dropped }) => dropped[reason],
  });
  return [
    { key: 'from', title: word('minute'), render: ({ from }) => hourAndMinute(from) },
    { key: 'woken', title: word('wokenBy'), render: (minute) => woken(minute) || '–' },
    { key: 'received', title: word('received'), isNumber: true, render: ({ received }) => received },
    { key: 'decoded', title: word('decoded'), isNumber: true, render: ({ decoded }) => decoded },
    { key: 'inferred', title: word('inferred'), isNumber: true, render: ({ inferred }) => inferred },
    ...(['quiet', 'behind', 'shed', 'detector-busy'] as const).map(drop),
    { key: 'found', title: word('detections'), isNumber: true, render: ({ detections }) => detections },
    { key: 'cost', title: word('cost'), isNumber: true, render: ({ costCores }) => costCores.toFixed(3) },
  ];
};
