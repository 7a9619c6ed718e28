import type { Explanation } from '../../core/schema/explanation.ts';
import { padTo } from '../../core/terminal-text.ts';
import { toShare } from './minute-table.ts';
import type { Pen } from './pen.ts';

const join = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' · ');

/** How the stream and the tier are now, and what was seen last. */
export const cameraLines = (explanation: Explanation, pen: Pen): string[] => {
  const { headings } = pen;
  const seen: [string, string | undefined][] = [
    [headings.lastLook, lookOf(explanation, pen)],
    [headings.lastDetection, detectionOf(explanation, pen)],
    [headings.lastTrack, trackOf(explanation, pen)],
  ];
  return [
    streamOf(explanation, pen),
    tierOf(explanation, pen),
    ...pictureOf(explanation, pen),
    ...seen.map(([title, text]) => `${padTo(title, 15)} ${text ?? headings.never}`),
  ];
};

const streamOf = ({ status, at }: Explanation, { words, headings }: Pen): string =>
  join([
    headings.lasting(words.cameraStates[status.state], words.span(at - status.since)),
    status.codec && status.width ? `${status.codec} ${status.width}×${status.height}` : status.codec,
    status.state === 'live' ? `${status.streamFps.toFixed(0)} fps` : undefined,
    status.state === 'live' ? `${status.bitrateKbps.toFixed(0)} kbit/s` : undefined,
    status.gopSeconds === undefined ? undefined : `GOP ${status.gopSeconds.toFixed(1)} s`,
    headings.connects(status.connects),
  ]);

const tierOf = ({ status, tierChanges }: Explanation, { words, headings, time }: Pen): string => {
  const tier = words.tiers[status.tier];
  const change = tierChanges.at(-1);
  const since =
    change?.tier === status.tier
      ? `${headings.since(tier, time.second(change.at))} (${words.reasons[change.reason]})`
      : tier;
  return join([since, headings.cost(toShare(status.costCores))]);
};

const pictureOf = ({ status: { picture }, at }: Explanation, { words, headings }: Pen): string[] =>
  picture ? [headings.lasting(words.conditions[picture.condition], words.span(at - picture.since))] : [];

const lookOf = (
  { lookedAt, modelId, at }: Explanation,
  { words, headings, time }: Pen,
): string | undefined =>
  lookedAt === undefined
    ? undefined
    : join([time.second(lookedAt), headings.ago(words.span(at - lookedAt)), modelId]);

const detectionOf = (
  { lastDetection, at }: Explanation,
  { words, headings, time }: Pen,
): string | undefined => {
  if (!lastDetection) return undefined;
  const { label, score, box, at: seenAt } = lastDetection;
  const [x, y, w, h] = [box.x, box.y, box.w, box.h].map((share) => `${Math.round(share * 100)} %`);
  return join([
    `${words.labels[label]} ${score.toFixed(2)}`,
    time.second(seenAt),
    headings.ago(words.span(at - seenAt)),
    `x ${x}, y ${y}, w ${w}, h ${h}`,
  ]);
};

const trackOf = ({ lastTrack }: Explanation, { words, headings, time }: Pen): string | undefined => {
  if (!lastTrack) return undefined;
  const { label, startedAt, seenAt, isConfirmed, stillMs } = lastTrack;
  return join([
    words.labels[label],
    `${time.second(startedAt)}–${time.second(seenAt)}`,
    isConfirmed ? headings.confirmed : headings.unconfirmed,
    stillMs > 0 ? headings.still(words.span(stillMs)) : headings.moving,
  ]);
};
