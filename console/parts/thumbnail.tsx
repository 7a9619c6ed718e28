import type { MediumState } from '../../core/schema/alert.ts';
import { may } from '../http/session-state.ts';
import { Icon } from './icon.tsx';

export interface ThumbnailProps {
  alert: { alertId: string; snapshot: MediumState; hasSnapshot?: boolean };
}

/** The snapshot, small; the place of it while there is none. */
export const Thumbnail = ({ alert }: ThumbnailProps) =>
  (alert.snapshot.state === 'ready' || alert.hasSnapshot) && may('evidence.read') ? (
    <img
      class="thumbnail"
      src={`/api/v1/alerts/${alert.alertId}/snapshot`}
      alt=""
      loading="lazy"
      decoding="async"
    />
  ) : (
    <span class="thumbnail none">
      <Icon name="camera" />
    </span>
  );
