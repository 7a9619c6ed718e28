import { may } from '../../../http/session-state.ts';
import { Icon } from '../../../parts/icon.tsx';
import type { QueueAlert } from './open-list.ts';

/** The snapshot, small; the place of it while there is none. */
export const Thumbnail = ({ alert }: { alert: QueueAlert }) =>
  alert.snapshot.state === 'ready' && may('evidence.read') ? (
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
