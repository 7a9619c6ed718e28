import { Badge } from '../../../parts/badge.tsx';
import { percent } from '../figures/share.ts';
import { word } from '../words.ts';

/** What is asked for of cameras in key public areas (重点公共区域), and in key trades (重点行业领域). */
export const targets = { area: 0.98, trade: 0.95 } as const;

export const targetOf = (share: number): 'both' | 'trade' | 'none' =>
  share >= targets.area ? 'both' : share >= targets.trade ? 'trade' : 'none';

const tones = { both: 'good', trade: 'warn', none: 'bad' } as const;
export const targetWords = { both: 'targetBoth', trade: 'targetTrade', none: 'targetNone' } as const;

export const TargetBadge = ({ share }: { share: number }) => {
  const reached = targetOf(share);
  return <Badge tone={tones[reached]}>{word(targetWords[reached])}</Badge>;
};

export const AvailabilityBar = ({ share }: { share: number }) => (
  <span class="share-bar">
    <span>{percent(share)}</span>
    <span class="share-bar-ground" aria-hidden="true">
      <span class={`share-bar-part ${tones[targetOf(share)]}`} style={{ width: `${share * 100}%` }} />
    </span>
  </span>
);
