import { now } from '../words/site-time.ts';
import { clockSpan } from '../words/span.ts';
import { word } from '../words/words.ts';

export interface CountdownProps {
  dueAt: number;
  /** What is due then. */
  label?: string;
}

/** How long there is until `dueAt`, or how long it is past; all of them tick together. */
export const Countdown = ({ dueAt, label }: CountdownProps) => {
  const left = dueAt - now.value;
  const tone = left < 0 ? 'over' : left < 30_000 ? 'near' : 'ample';
  const values = { span: clockSpan(left) };
  return (
    <span class={`countdown ${tone}`} role="timer">
      {label && <span class="countdown-label">{label}</span>}
      <span>{left < 0 ? word('overdue', values) : word('left', values)}</span>
    </span>
  );
};
