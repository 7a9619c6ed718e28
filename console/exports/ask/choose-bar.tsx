import { useState } from 'preact/hooks';
import type { ExportRequest } from '../../../core/schema/export.ts';
import { may } from '../../http/session-state.ts';
import { Button } from '../../parts/button.tsx';
import { useKeys } from '../../parts/keys.ts';
import { word } from '../words.ts';
import { type Chosen, chosenOf, maxExportAlerts } from './chosen.ts';
import { ExportDialog } from './export-dialog.tsx';
import '../exports.css';

export interface ChooseBarProps {
  kind: ExportRequest['kind'];
  chosen: Chosen;
  /** The whole list that is chosen from. */
  alertIds: readonly string[];
}

/** How many are chosen of a list, and the way to have them exported: X chooses all or none, E asks for it. */
export const ChooseBar = ({ kind, chosen, alertIds }: ChooseBarProps) => {
  const [isOpen, setOpen] = useState(false);
  const wanted = chosenOf(chosen, alertIds);
  const count = alertIds.filter((id) => chosen.ids.value.has(id)).length;
  const isTooMany = wanted.length > maxExportAlerts;
  const isOff = wanted.length === 0 || isTooMany;
  const chooseAll = (): void => (count > 0 ? chosen.clear() : chosen.chooseAll(alertIds));
  useKeys({ x: chooseAll, e: isOff ? undefined : () => setOpen(true) });
  if (!may('exports.ask')) return null;
  return (
    <fieldset class="choose-bar" aria-label={word('choose')}>
      <span role="status">{count > 0 && word('chosen', { count })}</span>
      <Button hint="X" disabled={alertIds.length === 0} onClick={chooseAll}>
        {word(count > 0 ? 'chooseNone' : 'chooseAll')}
      </Button>
      <Button
        hint="E"
        disabled={isOff}
        title={isTooMany ? word('tooMany', { max: maxExportAlerts }) : undefined}
        onClick={() => setOpen(true)}
      >
        {wanted.length === 0 ? word('title') : word('exportCount', { count: wanted.length })}
      </Button>
      {isOpen && (
        <ExportDialog
          kind={kind}
          alertIds={wanted}
          onClose={() => setOpen(false)}
          onAsked={() => {
            setOpen(false);
            chosen.clear();
          }}
        />
      )}
    </fieldset>
  );
};

/** One of the list, to be chosen. */
export const ChooseBox = ({ chosen, alertId, what }: { chosen: Chosen; alertId: string; what: string }) =>
  may('exports.ask') ? (
    <label class="choose-box">
      <input
        type="checkbox"
        checked={chosen.ids.value.has(alertId)}
        aria-label={word('chooseOne', { what })}
        onChange={() => chosen.toggle(alertId)}
      />
    </label>
  ) : null;
