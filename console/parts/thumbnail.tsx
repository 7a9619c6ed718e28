import type { MediumState } from '../../core/schema/alert.ts';
import { may } from '../http/session-state.ts';
import { EvidenceImage } from './evidence-image.tsx';
import { Icon } from './icon.tsx';

export interface ThumbnailProps {
  alert: { alertId: string; snapshot: MediumState; hasSnapshot?: boolean };
}

/** The snapshot, small; the place of it while there is none. */
export const Thumbnail = ({ alert }: ThumbnailProps) =>
  (alert.snapshot.state === 'ready' || alert.hasSnapshot) && may('evidence.read') ? (
    <EvidenceImage class="thumbnail" address={`/api/v1/alerts/${alert.alertId}/snapshot`} alt="" isLazy />
  ) : (
    <span class="thumbnail none">
      <Icon name="camera" />
    </span>
  );
