import { useEffect, useState } from 'preact/hooks';
import { askRaw } from '../http/ask.ts';
import { poll } from '../http/poll.ts';
import { camerasById } from '../http/site.ts';
import { now } from '../words/site-time.ts';
import { saySpan } from '../words/span.ts';
import { word } from '../words/words.ts';
import { FailureText } from './failure-text.tsx';
import { Loading } from './states.tsx';

interface Shown {
  address: string;
  capturedAt: number;
}

/** A camera's latest picture, asked for every two seconds while somebody looks; it says how old it is. */
export const StillPicture = ({ cameraId }: { cameraId: string }) => {
  const [shown, setShown] = useState<Shown>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    let address: string | undefined;
    const release = (): void => {
      if (address) URL.revokeObjectURL(address);
    };
    const stop = poll(2000, async (signal) => {
      try {
        const response = await askRaw(`/api/v1/cameras/${cameraId}/snapshot.jpg`, { signal });
        const blob = await response.blob();
        release();
        address = URL.createObjectURL(blob);
        setShown({ address, capturedAt: Number(response.headers.get('X-Captured-At')) });
        setFailure(undefined);
      } catch (thrown) {
        if (!signal.aborted) setFailure(thrown);
        throw thrown;
      }
    });
    return () => {
      stop();
      release();
    };
  }, [cameraId]);
  const name = camerasById.value.get(cameraId)?.name ?? cameraId;
  return (
    <figure class="media-figure">
      {shown ? <img class="media" src={shown.address} alt={name} /> : failure === undefined && <Loading />}
      <figcaption class="row muted">
        <strong>{name}</strong>
        {shown && <span>{word('ageOfPicture', { span: saySpan(now.value - shown.capturedAt) })}</span>}
        {failure !== undefined && (
          <div class="field-problem">
            <FailureText failure={failure} />
          </div>
        )}
      </figcaption>
    </figure>
  );
};
