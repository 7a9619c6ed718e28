import { enoughForShare, shareWords } from './share.ts';

export interface ShareBarProps {
  part: number;
  whole: number;
  tone: 'warn' | 'good';
}

/** A share in words, and as a bar where enough rests under it. */
export const ShareBar = ({ part, whole, tone }: ShareBarProps) => (
  <span class="share-bar">
    <span>{shareWords(part, whole)}</span>
    {whole >= enoughForShare && (
      <span class="share-bar-ground" aria-hidden="true">
        <span class={`share-bar-part ${tone}`} style={{ width: `${(part / whole) * 100}%` }} />
      </span>
    )}
  </span>
);
