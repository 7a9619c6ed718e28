import { health, isHealthKnown } from '../http/site.ts';
import { Menu } from '../parts/menu.tsx';
import { word } from './words.ts';

const words = { ok: 'healthOk', degraded: 'healthDegraded', down: 'healthDown' } as const;

/** How the site is, in a dot and a word; what is wrong with it on asking. */
export const HealthDot = () => {
  const told = isHealthKnown.value ? health.value : undefined;
  const text = told ? word(words[told.state]) : word('healthUnknown');
  return (
    <Menu
      title={text}
      label={
        <>
          <span class={`dot ${told?.state ?? 'unknown'}`} aria-hidden="true" />
          <span class="health-word">{text}</span>
        </>
      }
    >
      <div class="stack">
        <strong>{text}</strong>
        <ul class="stack">
          {told?.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </div>
    </Menu>
  );
};
