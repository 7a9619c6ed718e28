import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { AuditCheckView } from '../../../../api/schema/inside-views.ts';
import { ask } from '../../../http/ask.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Failure } from '../../../parts/states.tsx';
import { sayList } from '../../../words/say-list.ts';
import { whenTold } from '../../../words/site-time.ts';
import { word } from '../words.ts';

type AuditCheck = Static<typeof AuditCheckView>;
type CheckedLog = AuditCheck['stream'];

/** All of the log is read for it. */
const deadlineMs = 300_000;

/** Whether somebody changed, cut or rewrote the log: asked for, for it takes a while. */
export const AuditCheckPanel = () => {
  const [state, setState] = useState<{ isRunning: boolean; found?: AuditCheck; failure?: unknown }>({
    isRunning: false,
  });
  const { isRunning, found, failure } = state;
  const run = async (): Promise<void> => {
    setState({ isRunning: true });
    try {
      setState({ isRunning: false, found: await ask<AuditCheck>('/api/v1/audit/check', { deadlineMs }) });
    } catch (thrown) {
      setState({ isRunning: false, failure: thrown });
    }
  };
  return (
    <Panel
      title={word('auditCheck')}
      aside={
        <Button tone="main" disabled={isRunning} onClick={() => void run()}>
          {word(isRunning ? 'checking' : 'checkNow')}
        </Button>
      }
    >
      <p class="muted">{word('auditCheckMore')}</p>
      {failure !== undefined && <Failure failure={failure} onRetry={() => void run()} />}
      {found && <Found found={found} />}
    </Panel>
  );
};

const Found = ({ found: { at, isSound, stream, history, anchors, lastAnchor } }: { found: AuditCheck }) => (
  <div class="stack" role="status">
    <p class="row">
      <Badge tone={isSound ? 'good' : 'bad'}>{word(isSound ? 'sound' : 'unsound')}</Badge>
      <span class="muted">{word('checkedAt', { time: whenTold(at) })}</span>
    </p>
    <p>{word('inStream', { log: sayLog(stream) })}</p>
    <p>{history ? word('inHistory', { log: sayLog(history) }) : word('historyUnasked')}</p>
    <p class={anchors === 0 ? 'tone-warn' : ''}>
      {lastAnchor === undefined
        ? word('noAnchors')
        : word('anchored', { count: anchors, number: lastAnchor.number, time: whenTold(lastAnchor.at) })}
    </p>
  </div>
);

/** `1–40, sound`, or what is wrong from which record on. */
const sayLog = ({ first, last, fault }: CheckedLog): string => {
  const span = last === 0 ? word('logEmpty') : word('logSpan', { first, last });
  return fault ? sayList([span, word(`fault-${fault.fault}`, { number: fault.number })]) : span;
};
