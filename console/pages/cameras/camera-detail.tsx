import { useEffect, useState } from 'preact/hooks';
import type { CameraView } from '../../../api/schema/camera-view.ts';
import { may } from '../../http/session-state.ts';
import { Badge } from '../../parts/badge.tsx';
import { LiveSlot } from '../../parts/live-slot.tsx';
import { Failure, Loading } from '../../parts/states.tsx';
import { placeWords } from '../../words/place-words.ts';
import { CameraEditor } from './camera-editor.tsx';
import { loadCamera, type StoredCamera } from './camera-settings.ts';
import { stateTone, stateWords } from './camera-state.ts';
import { Register } from './register.tsx';
import { word } from './words.ts';

/** One camera: how it is, what it sees, what is drawn over it, and what the law wants to know of it. */
export const CameraDetail = ({ camera }: { camera: CameraView }) => {
  const [stored, setStored] = useState<StoredCamera>();
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    setStored(undefined);
    setFailure(undefined);
    if (!may('cameras.write')) return;
    loadCamera(camera.id, leaving.signal).then(setStored, (thrown: unknown) => {
      if (!leaving.signal.aborted) setFailure(thrown);
    });
    return () => leaving.abort();
  }, [camera.id, turn]);
  return (
    <article class="camera-detail stack" aria-label={camera.name}>
      <header class="row">
        <h2>{camera.name}</h2>
        <Badge tone={stateTone(camera)}>{stateWords(camera)}</Badge>
        <span class="muted">{placeWords(camera.place)}</span>
        <span class="grow" />
        <a href={`/engineer?camera=${camera.id}`}>{word('explain')}</a>
      </header>
      {failure !== undefined && <Failure failure={failure} onRetry={() => setTurn(turn + 1)} />}
      {may('cameras.write') && !stored && failure === undefined && <Loading />}
      {stored && (
        <CameraEditor
          key={`${stored.camera.id} ${turn}`}
          stored={stored}
          onSaved={setStored}
          onReload={() => setTurn(turn + 1)}
        />
      )}
      {!may('cameras.write') && may('live.read') && <LiveSlot cameraId={camera.id} />}
      <Register camera={camera} />
    </article>
  );
};
