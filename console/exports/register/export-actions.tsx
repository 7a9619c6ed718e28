import { useState } from 'preact/hooks';
import type { ExportView } from '../../../api/schema/export-view.ts';
import { Button } from '../../parts/button.tsx';
import { word as shared } from '../../words/words.ts';
import { isReason, ReasonField } from '../reason.tsx';
import { word } from '../words.ts';
import { approve, refuse, withdraw } from './answer-export.ts';
import type { ExportLeave } from './export-leave.ts';

export interface ExportActionsProps {
  exported: ExportView;
  leave: ExportLeave;
  onChanged(): void;
}

/** What whoever looks may do about an export; nothing else is offered. */
export const ExportActions = ({ exported: { exportId }, leave, onChanged }: ExportActionsProps) => {
  const [isBusy, setBusy] = useState(false);
  const [isRefusing, setRefusing] = useState(false);
  const act = async (work: Promise<boolean>): Promise<void> => {
    setBusy(true);
    await work;
    setBusy(false);
    setRefusing(false);
    onChanged();
  };
  if (!leave.answer && !leave.withdraw) return null;
  return (
    <>
      <div class="row">
        {leave.answer && (
          <>
            <Button tone="main" disabled={isBusy} onClick={() => void act(approve(exportId))}>
              {word('approve')}
            </Button>
            <Button disabled={isBusy} isPressed={isRefusing} onClick={() => setRefusing(!isRefusing)}>
              {word('refuse')}
            </Button>
          </>
        )}
        {leave.withdraw && (
          <Button disabled={isBusy} onClick={() => void act(withdraw(exportId))}>
            {word('withdraw')}
          </Button>
        )}
      </div>
      {isRefusing && leave.answer && (
        <RefusalForm
          isBusy={isBusy}
          onRefuse={(why) => void act(refuse(exportId, why))}
          onLeave={() => setRefusing(false)}
        />
      )}
    </>
  );
};

interface RefusalFormProps {
  isBusy: boolean;
  onRefuse(why: string): void;
  onLeave(): void;
}

const RefusalForm = ({ isBusy, onRefuse, onLeave }: RefusalFormProps) => {
  const [why, setWhy] = useState('');
  const send = (event: Event): void => {
    event.preventDefault();
    if (isReason(why)) onRefuse(why.trim());
  };
  return (
    <form class="stack export-refusal" onSubmit={send}>
      <ReasonField label={word('refuseWhy')} value={why} onChange={setWhy} />
      <div class="row">
        <Button type="submit" tone="bad" disabled={isBusy || !isReason(why)}>
          {word('refuseConfirm')}
        </Button>
        <Button onClick={onLeave}>{shared('cancel')}</Button>
      </div>
    </form>
  );
};
