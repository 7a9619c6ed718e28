import { useState } from 'preact/hooks';
import type { Scenario } from '../../../core/schema/scenario.ts';
import type { WhatIfReport } from '../../../core/schema/what-if.ts';
import { ask } from '../../http/ask.ts';
import { Button } from '../../parts/button.tsx';
import { Failure } from '../../parts/states.tsx';
import { now } from '../../words/site-time.ts';
import { triedSettings } from './tried-settings.ts';
import { word } from './words.ts';

const weekMs = 7 * 24 * 3_600_000;

export interface WhatIfPreviewProps {
  base: Scenario;
  draft: Scenario;
  isNew: boolean;
}

/** How many alerts there would have been last week with what stands in the form. */
export const WhatIfPreview = ({ base, draft, isNew }: WhatIfPreviewProps) => {
  const [report, setReport] = useState<WhatIfReport>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const isWide = draft.kind === 'composite' || draft.kind === 'cameraHealth';
  const refusal = isNew ? word('previewNew') : isWide ? word('previewWide') : undefined;
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    const [to, set] = [Math.floor(now.value), triedSettings(base, draft)];
    const body = {
      scenarioId: base.id,
      from: to - weekMs,
      to,
      ...(Object.keys(set).length > 0 ? { set } : {}),
    };
    await ask<WhatIfReport>('/api/v1/whatif', { method: 'POST', body, deadlineMs: 60_000 }).then(
      setReport,
      setFailure,
    );
    setBusy(false);
  };
  return (
    <section class="what-if">
      <div class="row">
        <Button
          icon="chart"
          disabled={isBusy || refusal !== undefined}
          title={refusal}
          onClick={() => void run()}
        >
          {word(isBusy ? 'previewRun' : 'preview')}
        </Button>
        <span class="muted">{refusal ?? word('previewMore')}</span>
      </div>
      {failure !== undefined ? (
        <Failure failure={failure} onRetry={() => void run()} />
      ) : (
        report && <Result report={report} />
      )}
    </section>
  );
};

const Result = ({ report: { cameras } }: { report: WhatIfReport }) => {
  const sum = (of: 'kept' | 'gained' | 'lost' | 'looks'): number =>
    cameras.reduce((total, camera) => total + camera[of], 0);
  const [kept, gained, lost] = [sum('kept'), sum('gained'), sum('lost')];
  const gaps = cameras.reduce((total, camera) => total + camera.gaps.length, 0);
  if (sum('looks') === 0) return <p role="status">{word('previewNone')}</p>;
  return (
    <p role="status">
      <strong>{word('previewResult', { count: kept + gained, before: kept + lost, gained, lost })}</strong>
      {gaps > 0 && <span class="muted"> {word('previewGaps', { count: gaps })}</span>}
    </p>
  );
};
