import { sayShare } from '../words/size.ts';

export interface MeterProps {
  /** What fills up. */
  label: string;
  /** 0 to 1, or more. */
  share: number;
  /** What stands beside it: `1.6 MB / 10 GB`. */
  text: string;
  /** From which shares on it is amber and red. */
  warnAt?: number;
  badAt?: number;
}

/** How much of what there is for something it takes up. */
export const Meter = ({ label, share, text, warnAt = 0.7, badAt = 0.9 }: MeterProps) => {
  const tone = share >= badAt ? 'bad' : share >= warnAt ? 'warn' : 'good';
  const width = `${Math.min(100, Math.max(share > 0 ? 0.5 : 0, share * 100))}%`;
  return (
    <div class="meter">
      <div class="meter-head">
        <span>{label}</span>
        <span class="muted">{text}</span>
        <strong class={`tone-${tone}`}>{sayShare(share)}</strong>
      </div>
      <div class="meter-track" aria-hidden="true">
        <div class={`meter-fill ${tone}`} style={{ width }} />
      </div>
    </div>
  );
};
