import { useEffect, useState } from 'preact/hooks';
import type { HealthView } from '../../api/schema/health-view.ts';
import { health, isSiteKnown } from '../http/site.ts';
import type { Problem } from '../pages/system/problems.ts';
import { Menu } from '../parts/menu.tsx';
import { tellFailure } from '../parts/toast.tsx';
import { word } from './words.ts';

const words = { ok: 'healthOk', degraded: 'healthDegraded', down: 'healthDown' } as const;

/** In the words of the page that is about them, which come when somebody asks. */
const Problems = ({ told }: { told: HealthView }) => {
  const [problemsOf, setProblemsOf] = useState<(told: HealthView) => readonly Problem[]>();
  useEffect(() => {
    import('../pages/system/problems.ts').then(
      (loaded) => setProblemsOf(() => loaded.problemsOf),
      (failure: unknown) => tellFailure(failure),
    );
  }, []);
  return (
    <ul class="stack">
      {problemsOf?.(told).map(({ key, title }) => (
        <li key={key}>{title}</li>
      ))}
    </ul>
  );
};

/** How the site is, in a dot and a word; what is wrong with it on asking. */
export const HealthDot = () => {
  const told = isSiteKnown.value ? health.value : undefined;
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
        {told && <Problems told={told} />}
      </div>
    </Menu>
  );
};
