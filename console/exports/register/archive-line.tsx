import { useState } from 'preact/hooks';
import type { ExportView } from '../../../api/schema/export-view.ts';
import type { ArchiveState } from '../../../core/schema/archive-state.ts';
import { AskFailure } from '../../http/ask-failure.ts';
import { Button } from '../../parts/button.tsx';
import { FailureText } from '../../parts/failure-text.tsx';
import { Meter } from '../../parts/meter.tsx';
import { saySize } from '../../words/size.ts';
import { word } from '../words.ts';
import { makeAgain } from './answer-export.ts';

export interface ArchiveLineProps {
  exported: ExportView;
  archive: ArchiveState;
  /** It is for whoever asked for it alone. */
  mayFetch: boolean;
  onChanged(): void;
}

/** How far the archive is, and where it can be had. */
export const ArchiveLine = ({ exported: { exportId }, archive, mayFetch, onChanged }: ArchiveLineProps) => {
  switch (archive.state) {
    case 'waiting':
      return <p class="muted">{word('archiveWaiting')}</p>;
    case 'making':
      return (
        <Meter
          label={word('archiveMaking')}
          share={archive.of > 0 ? archive.made / archive.of : 0}
          text={word('archiveMade', { made: archive.made, of: archive.of })}
          warnAt={2}
          badAt={2}
        />
      );
    case 'ready':
      return <Ready {...{ exportId, archive, mayFetch }} />;
    case 'failed':
      return <Failed {...{ exportId, archive, mayFetch, onChanged }} />;
    case 'removed':
      return <p class="muted">{word('archiveRemoved')}</p>;
  }
};

interface ReadyProps {
  exportId: string;
  archive: ArchiveState & { state: 'ready' };
  mayFetch: boolean;
}

const Ready = ({ exportId, archive: { bytes, files, sha256 }, mayFetch }: ReadyProps) => (
  <div class="stack">
    <div class="row">
      <span>{word('archiveReady', { size: saySize(bytes), files })}</span>
      {mayFetch ? (
        <a class="button main" href={`/api/v1/exports/${exportId}/archive`} download={`${exportId}.zip`}>
          {word('archiveFetch')}
        </a>
      ) : (
        <span class="muted">{word('archiveTheirs')}</span>
      )}
    </div>
    <p class="muted">
      {word('archiveHash')} <span class="code">{sha256}</span>
    </p>
  </div>
);

interface FailedProps {
  exportId: string;
  archive: ArchiveState & { state: 'failed' };
  mayFetch: boolean;
  onChanged(): void;
}

const Failed = ({ exportId, archive: { code, message }, mayFetch, onChanged }: FailedProps) => {
  const failure = new AskFailure(code, 'internal', message);
  const [isBusy, setBusy] = useState(false);
  const again = async (): Promise<void> => {
    setBusy(true);
    await makeAgain(exportId);
    setBusy(false);
    onChanged();
  };
  return (
    <div class="row">
      <div class="field-problem">
        {word('archiveFailed')}
        <FailureText failure={failure} />
      </div>
      {mayFetch && (
        <Button disabled={isBusy} onClick={() => void again()}>
          {word('archiveAgain')}
        </Button>
      )}
    </div>
  );
};
