import type { EvidencePictures } from '../../core/evidence.ts';
import type { Alert, AlertPicture, PictureItem, PictureMoment } from '../../core/schema/alert.ts';
import { apiError } from '../errors.ts';
import { type AppendDeps, appendToAlert } from '../steps/append-to-alert.ts';

export const maxPicturesEach = 4;
/** The schema's bound; those whose files are gone count, too. */
const maxPictures = 64;

export interface AddPictureDeps extends AppendDeps {
  pictures: EvidencePictures;
}

export interface WantedPicture {
  alertId: string;
  ground: string;
  by: string;
  when: PictureMoment;
}

/** Refuses a picture beyond the fourth of its moment. Throws `pictures-full`. */
export const requireRoom = ({ alertId, pictures = [] }: Alert, when: PictureMoment): void => {
  const there = pictures.filter((picture) => picture.when === when && picture.deleted === undefined);
  if (there.length < maxPicturesEach && pictures.length < maxPictures) return;
  throw apiError('pictures-full', `alert ${alertId} has its ${maxPicturesEach} pictures ${when} already`);
};

/**
 * Keeps a picture and writes it into its alert's log. The same picture sent twice is there once. Throws what
 * `EvidencePictures.keep` throws, `pictures-full`, `alert-unknown` or `alert-busy`.
 */
export const addPicture = async (
  { pictures, ...deps }: AddPictureDeps,
  { alertId, ground, by, when }: WantedPicture,
  bytes: Buffer,
): Promise<PictureItem> => {
  const kept = await pictures.keep(alertId, bytes);
  let item: PictureItem = { n: 1, ...kept };
  let earlier: AlertPicture | undefined;
  const append = appendToAlert(deps, { alertId, ground }, (alert) => {
    const { pictures: there = [] } = alert;
    earlier = there.find(
      (one) => one.sha256 === kept.sha256 && one.when === when && one.deleted === undefined,
    );
    if (earlier) throw apiError('pictures-full', 'it is there already');
    requireRoom(alert, when);
    item = { n: there.length + 1, ...kept };
    return { type: 'pictureAdded', by, when, item };
  });
  await append.catch((error: unknown) => {
    if (!earlier) throw error;
  });
  return earlier ? toItem(earlier) : item;
};

const toItem = ({ n, sha256, sizeBytes, width, height }: AlertPicture): PictureItem => ({
  ...{ n, sha256, sizeBytes, width, height },
});
