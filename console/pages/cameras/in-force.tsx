import { signal } from '@preact/signals';
import { camerasById } from '../../http/site.ts';
import { whenTold } from '../../words/site-time.ts';
import { word } from './words.ts';

/** What was saved here last, on the site's clock. */
export const savedAt = signal<{ cameraId: string; at: number } | undefined>(undefined);

/** Whether the camera's worker has told of it since it was saved. */
export const InForce = ({ cameraId, revision }: { cameraId: string; revision: number }) => {
  const saved = savedAt.value;
  if (saved?.cameraId !== cameraId) return null;
  const status = camerasById.value.get(cameraId)?.status;
  const isTold = status !== undefined && status.at > saved.at;
  return (
    <p class="muted" role="status">
      {isTold
        ? word('applied', { worker: status.workerId, when: whenTold(status.at) })
        : word('applying', { revision })}
    </p>
  );
};
