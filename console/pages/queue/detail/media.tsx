import type { ComponentChildren } from 'preact';
import { may } from '../../../http/session-state.ts';
import { EvidenceImage } from '../../../parts/evidence-image.tsx';
import { ServerWords } from '../../../parts/failure-text.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';

const Note = ({ children }: { children: ComponentChildren }) => <div class="media-note">{children}</div>;

/** The snapshot, with boxes and zone drawn on it when it was taken. */
export const Snapshot = ({ alert }: { alert: QueueAlert }) => {
  const { snapshot, alertId, cameraName } = alert;
  if (!may('evidence.read')) return <Note>{word('noEvidenceRight')}</Note>;
  if (snapshot.state === 'pending') return <Note>{word('picturePending')}</Note>;
  if (snapshot.state === 'missing')
    return (
      <Note>
        {word('pictureMissing')}
        <ServerWords>{snapshot.reason}</ServerWords>
      </Note>
    );
  if (snapshot.state === 'deleted') return <Note>{word('pictureDeleted')}</Note>;
  return (
    <EvidenceImage
      class="media"
      address={`/api/v1/alerts/${alertId}/snapshot`}
      alt={word('pictureOf', { camera: cameraName })}
    />
  );
};

/** The clip, from five seconds before on. */
export const Clip = ({ alert }: { alert: QueueAlert }) => {
  const { clip, alertId, capturedAt } = alert;
  if (!may('evidence.read')) return <Note>{word('noEvidenceRight')}</Note>;
  if (clip.state === 'pending') return <Note>{word('clipPending')}</Note>;
  if (clip.state === 'missing')
    return (
      <Note>
        {word('clipMissing')}
        <ServerWords>{clip.reason}</ServerWords>
      </Note>
    );
  if (clip.state === 'deleted') return <Note>{word('clipDeleted')}</Note>;
  const address = `/api/v1/alerts/${alertId}/clip`;
  const { startedAt, isPlayable } = clip.item;
  const second =
    startedAt === undefined ? undefined : Math.max(0, Math.round((capturedAt - startedAt) / 1000));
  return (
    <figure class="media-figure">
      <video class="media" src={address} controls autoplay muted playsInline />
      <figcaption class="row muted">
        {second !== undefined && <span>{word('clipNote', { second })}</span>}
        {isPlayable === false && <span>{word('clipUnplayable')}</span>}
        <a href={address} download={`${alertId}.mp4`}>
          {word('download')}
        </a>
      </figcaption>
    </figure>
  );
};
