import type { ComponentChildren } from 'preact';

export type Tone = 'urgent' | 'high' | 'medium' | 'low' | 'good' | 'warn' | 'bad' | 'plain';

/** A short word that stands out; its colour says nothing that the word does not. */
export const Badge = ({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) => (
  <span class={`badge ${tone}`}>{children}</span>
);
