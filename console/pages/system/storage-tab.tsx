import type { HealthView } from '../../../api/schema/health-view.ts';
import { parseSize } from '../../../core/config/quantity.ts';
import type { SiteSettings } from '../../../core/schema/site.ts';
import { may } from '../../http/session-state.ts';
import { askedHealth, health } from '../../http/site.ts';
import { type Asked, useAnswer } from '../../http/use-answer.ts';
import { Answered } from '../../parts/answered.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Panel } from '../../parts/panel.tsx';
import { saySize } from '../../words/size.ts';
import { askMetrics, type Sample, sumOf } from './metrics.ts';
import { word } from './words.ts';

/** What is kept, how much of its room it takes, and for how long. */
export const StorageTab = () => {
  const metrics = useAnswer('/metrics', { everyMs: 10_000 }, askMetrics);
  const settings = useAnswer<SiteSettings>(may('system.write') ? '/api/v1/settings/site' : undefined);
  return (
    <Answered asked={askedHealth.value}>{(known) => <Known {...{ known, metrics, settings }} />}</Answered>
  );
};

interface KnownProps {
  known: HealthView;
  metrics: Asked<readonly Sample[]>;
  settings: Asked<SiteSettings>;
}

const Known = ({ known: { disk, history }, metrics, settings }: KnownProps) => {
  return (
    <>
      {disk && (
        <Panel title={word('disk')}>
          <Meter
            label={word('diskOfData')}
            share={1 - disk.freeBytes / disk.totalBytes}
            text={word('freeOf', { free: saySize(disk.freeBytes), total: saySize(disk.totalBytes) })}
          />
        </Panel>
      )}
      <Answered asked={metrics}>
        {(samples) => (
          <div class="panels">
            <Panel title={word('history')}>
              <Meter
                label={word('historySize')}
                share={history.quotaBytes > 0 ? history.sizeBytes / history.quotaBytes : 0}
                text={word('sizeOf', {
                  size: saySize(history.sizeBytes),
                  quota: saySize(history.quotaBytes),
                })}
              />
              <Facts facts={historyFacts(samples)} />
            </Panel>
            <Evidence samples={samples} settings={settings.answer} />
          </div>
        )}
      </Answered>
      {may('system.write') && (
        <Answered asked={settings}>{(answer) => <Retention settings={answer} />}</Answered>
      )}
    </>
  );
};

const historyFacts = (samples: readonly Sample[]): (readonly [string, string | number])[] => {
  const { backend, lastSequence, damagedParts } = health.value?.history ?? {};
  // Where the alerts role is ahead of what the history has, the writer is behind.
  const newest = sumOf(samples, 'xueliang_alerts_last_sequence');
  const lag =
    newest === undefined || lastSequence === undefined ? undefined : Math.max(0, newest - lastSequence);
  return [
    [word('backend'), word(backend === 'server' ? 'backendServer' : 'backendEmbedded')],
    [word('writerLag'), lag === undefined ? '–' : word('events', { count: lag })],
    [word('damagedParts'), damagedParts ?? '–'],
    [word('alertRows'), sumOf(samples, 'xueliang_api_history_alert_rows_total') ?? '–'],
    [word('trackRows'), sumOf(samples, 'xueliang_api_history_track_rows_total') ?? '–'],
  ];
};

interface EvidenceProps {
  samples: readonly Sample[];
  settings: SiteSettings | undefined;
}

const Evidence = ({ samples, settings }: EvidenceProps) => {
  const used = sumOf(samples, 'xueliang_ingest_evidence_bytes');
  const isProtected = sumOf(samples, 'xueliang_ingest_evidence_protected_bytes') ?? 0;
  const free = sumOf(samples, 'xueliang_ingest_evidence_free_bytes');
  const quota = settings?.evidence?.quota === undefined ? undefined : parseSize(settings.evidence.quota);
  return (
    <Panel title={word('evidence')}>
      {used !== undefined && quota !== undefined && (
        <Meter
          label={word('evidenceSize')}
          share={used / quota}
          text={word('sizeOf', { size: saySize(used), quota: saySize(quota) })}
          warnAt={0.95}
          badAt={1}
        />
      )}
      <Facts
        facts={[
          [word('evidenceSize'), used === undefined ? '–' : saySize(used)],
          [word('evidenceProtected'), saySize(isProtected)],
          [word('evidenceFree'), free === undefined ? '–' : saySize(free)],
        ]}
      />
      <p class="muted">{word('evidenceMore')}</p>
    </Panel>
  );
};

const Retention = ({ settings: { evidence, bus, history } }: { settings: SiteSettings }) => {
  const said = (value: string | undefined): string => value ?? word('usual');
  return (
    <Panel title={word('retention')}>
      <Facts
        facts={[
          [word('evidenceQuota'), said(evidence?.quota)],
          [word('evidenceRetention'), said(evidence?.retention)],
          [word('busQuota'), said(bus?.quota)],
          [word('busRetention'), said(bus?.retention)],
          [word('historyQuota'), said(history?.quota)],
          [word('historyRetention'), said(history?.retention)],
        ]}
      />
      <p class="muted">{word('retentionMore')}</p>
    </Panel>
  );
};
