import type { BlurJob, BlurredClip } from '../../../core/archive.ts';
import { ClipReader } from '../../replay/clip-reader.ts';
import { evidenceError } from '../errors.ts';
import { toBlurredBoxes } from './blurred-part.ts';
import { Captions } from './caption.ts';
import { ClipEncoder } from './clip-encoder.ts';
import { CoverPlan, type Look } from './cover-plan.ts';
import { lookOver, type PictureLooker } from './look-over.ts';
import { sizeFor, YuvPicture } from './yuv-picture.ts';

/** What is to be covered in a clip: what a detector finds in it again, and what the alert itself is about. */
export const coverClip = async (
  job: Pick<BlurJob, 'file' | 'objects' | 'objectsAt' | 'startedAt'>,
  looker: PictureLooker,
): Promise<{ plan: CoverPlan; timesUs: number[] }> => {
  const { looks, timesUs } = await lookOver(job.file, looker);
  return { plan: CoverPlan.of(withObjects(looks, job)), timesUs };
};

/** The alert's own objects, as if they had been found at the look nearest to their time. */
const withObjects = (
  looks: readonly Look[],
  { objects, objectsAt, startedAt }: Pick<BlurJob, 'objects' | 'objectsAt' | 'startedAt'>,
): Look[] => {
  const atUs = (objectsAt - startedAt) * 1000;
  const distance = ({ ptsUs }: Look): number => Math.abs(ptsUs - atUs);
  const nearest = [...looks].sort((a, b) => distance(a) - distance(b))[0];
  return looks.map((look) =>
    look === nearest ? { ...look, found: [...look.found, ...toBlurredBoxes(objects)] } : look,
  );
};

/** Decodes a clip, covers people and plates, writes on each picture, encodes. As many pictures come out as are whole. */
export const blurClip = async (job: BlurJob, looker: PictureLooker): Promise<BlurredClip> => {
  const { plan, timesUs } = await coverClip(job, looker);
  const reader = await ClipReader.open(job.file, looker.spec, 'whole');
  let open: Writing | undefined;
  try {
    for (let picture = reader.next(); picture; picture = reader.next()) {
      open ??= await Writing.open(job, picture);
      await open.write(picture, plan, durationAt(timesUs, picture.ptsUs));
      looker.onPicture?.();
    }
    if (!open) throw evidenceError('evidence-undecodable', 'no picture of the clip could be decoded');
    return await open.finish();
  } finally {
    await reader.close();
    await open?.close();
  }
};

/** 25 pictures a second, where there is but one. */
const usualUs = 40_000;

/** Until the next picture; the last one is shown as long as the one before. */
const durationAt = (timesUs: readonly number[], ptsUs: number): number => {
  const at = timesUs.indexOf(ptsUs);
  const [before, own, next] = [timesUs[at - 1], timesUs[at], timesUs[at + 1]];
  if (own === undefined) return usualUs;
  if (next !== undefined) return next - own;
  return before === undefined ? usualUs : own - before;
};

type Picture = NonNullable<ReturnType<ClipReader['next']>>;

/** A blurred clip being written. */
class Writing {
  readonly #job: BlurJob;
  readonly #canvas: YuvPicture;
  readonly #captions: Captions;
  readonly #encoder: ClipEncoder;

  private constructor(job: BlurJob, canvas: YuvPicture, encoder: ClipEncoder) {
    this.#job = job;
    this.#canvas = canvas;
    this.#captions = new Captions(canvas.width);
    this.#encoder = encoder;
  }

  static async open(job: BlurJob, first: Picture): Promise<Writing> {
    const size = sizeFor(first);
    const encoder = await ClipEncoder.open(job.target, size);
    return new Writing(job, new YuvPicture(size), encoder);
  }

  async write({ frame, ptsUs }: Picture, plan: CoverPlan, forUs: number): Promise<void> {
    const { caption, startedAt } = this.#job;
    this.#canvas.draw(frame);
    this.#canvas.blur(plan.at(ptsUs));
    if (caption) this.#canvas.write(await this.#captions.draw(caption(startedAt + ptsUs / 1000)));
    await this.#encoder.write(this.#canvas.frame, ptsUs, forUs);
  }

  async finish(): Promise<BlurredClip> {
    await this.#encoder.finish();
    const { width, height } = this.#canvas;
    return { width, height, pictures: this.#encoder.pictures };
  }

  async close(): Promise<void> {
    await this.#encoder.close();
    this.#canvas.close();
  }
}
