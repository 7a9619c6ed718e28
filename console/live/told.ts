import type { LiveOverlay } from '../../core/live/overlay.ts';

/** How the pictures that follow are coded. */
export interface LiveStart {
  type: 'start';
  /** As in RFC 6381, or `mpeg1` for a transport stream of that. */
  codec: string;
  width: number;
  height: number;
  /** Capture time of the picture at media time 0. */
  startedAt: number;
  /** Where the first picture is in the stream. */
  mediaSeconds: number;
}

export interface LiveEnd {
  type: 'end';
  /** `code: words`. */
  reason: string;
}

export type Told = LiveStart | LiveEnd | LiveOverlay;

const types: ReadonlySet<unknown> = new Set(['start', 'end', 'tracks', 'tier']);

/** What a text of the stream says; nothing when it is of a newer version than this page. */
export const toTold = (text: string): Told | undefined => {
  try {
    const told: unknown = JSON.parse(text);
    const isKnown = typeof told === 'object' && told !== null && 'type' in told && types.has(told.type);
    return isKnown ? (told as Told) : undefined;
  } catch {
    return undefined;
  }
};
