import { useState } from 'preact/hooks';
import { may } from '../../../http/session-state.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { EvidenceImage } from '../../../parts/evidence-image.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';

type Picture = NonNullable<QueueAlert['pictures']>[number];

interface SpotPicturesProps {
  alert: QueueAlert;
  pictures: readonly Picture[];
}

const isThere = ({ deleted }: Picture): boolean => deleted === undefined;

const addressOf = ({ alertId }: QueueAlert, { n }: Picture): string =>
  `/api/v1/alerts/${alertId}/pictures/${n}`;

/** What somebody took on the spot, small; Enter or a press shows one large, and from there all of the alert. */
export const SpotPictures = ({ alert, pictures }: SpotPicturesProps) => {
  const [large, setLarge] = useState<number>();
  if (!may('evidence.read')) return <span class="muted">{word('noEvidenceRight')}</span>;
  const there = pictures.filter(isThere);
  const all = (alert.pictures ?? pictures).filter(isThere);
  return (
    <span class="spot-pictures">
      {there.map((picture) => (
        <button
          key={picture.n}
          type="button"
          class="spot-picture"
          aria-label={`${altOf(picture)}, ${word('enlarge')}`}
          onClick={() => setLarge(all.indexOf(picture))}
        >
          <EvidenceImage class="thumbnail" address={addressOf(alert, picture)} alt="" isLazy />
        </button>
      ))}
      {there.length < pictures.length && (
        <span class="muted">{word('picturesDeleted', { count: pictures.length - there.length })}</span>
      )}
      {large !== undefined && (
        <LargePicture
          alert={alert}
          pictures={all}
          index={large}
          onTurn={setLarge}
          onClose={() => setLarge(undefined)}
        />
      )}
    </span>
  );
};

const altOf = ({ when, n }: Picture): string => `${word(when)} ${n}`;

interface LargePictureProps extends SpotPicturesProps {
  index: number;
  onTurn(index: number): void;
  onClose(): void;
}

/** One of them as large as the screen allows; the arrow keys show the others. */
const LargePicture = ({ alert, pictures, index, onTurn, onClose }: LargePictureProps) => {
  const picture = pictures[index];
  if (!picture) return null;
  const turn = (by: number): void => {
    if (pictures[index + by]) onTurn(index + by);
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'ArrowLeft') turn(-1);
    if (key === 'ArrowRight') turn(1);
  };
  return (
    <Dialog title={altOf(picture)} onClose={onClose} isWide>
      <figure class="spot-large" onKeyDown={onKeyDown}>
        <EvidenceImage
          key={picture.n}
          class="media"
          address={addressOf(alert, picture)}
          alt={word('spotPictureOf', { camera: alert.cameraName, what: altOf(picture) })}
        />
        <figcaption class="row">
          <Button disabled={index === 0} onClick={() => turn(-1)} hint="←">
            {word('previousPicture')}
          </Button>
          <span>
            {index + 1} / {pictures.length}
          </span>
          <Button disabled={index + 1 >= pictures.length} onClick={() => turn(1)} hint="→">
            {word('nextPicture')}
          </Button>
        </figcaption>
      </figure>
    </Dialog>
  );
};
