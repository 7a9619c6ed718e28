import type { Static } from 'typebox';
import type { AnswerView, UploadView } from '../../../api/schema/answer-views.ts';
import type { PictureMoment } from '../../../core/schema/alert.ts';

export type AnswerData = Static<typeof AnswerView>;
export type UploadData = Static<typeof UploadView>;
export type Step = AnswerData['next'][number];

/** The API refused; `status` 0 when it could not be reached or did not answer in time. */
export class AnswerError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }

  /** Trying again later may do. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.code === 'upload-busy';
  }
}

export interface Upload {
  id: string;
  when: PictureMoment;
  sizeBytes: number;
}

export interface AnswerClient {
  open(): Promise<AnswerData>;
  picture(): Promise<Blob>;
  step(step: Step, why?: string): Promise<AnswerData>;
  uploaded(upload: Upload): Promise<UploadData>;
  send(upload: Upload, offset: number, chunk: Blob): Promise<UploadData>;
}

/** The API closes what has not come within fifteen seconds; answers of a poor line take a while more. */
const deadlineMs = 25_000;

/** Asks the API what a token is good for. All throw `AnswerError`. */
export const createAnswerClient = (
  token: string,
  ask: typeof fetch = (...request) => fetch(...request),
): AnswerClient => {
  const base = `/api/v1/answers/${encodeURIComponent(token)}`;
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const request = { ...init, signal: AbortSignal.timeout(deadlineMs) };
    const response = await ask(`${base}${path}`, request).catch(() => undefined);
    if (!response) throw new AnswerError(0, 'unreachable');
    if (response.ok) return response;
    const told: unknown = await response.json().catch(() => undefined);
    throw new AnswerError(response.status, codeOf(told));
  };
  const read = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await send(path, init);
    return (await response.json().catch(() => {
      throw new AnswerError(0, 'broken-off');
    })) as T;
  };
  const pathOf = ({ id, when, sizeBytes }: Upload): string =>
    `/uploads/${id}?when=${when}&sizeBytes=${sizeBytes}`;
  return {
    open: () => read('/opening', { method: 'POST' }),
    picture: async () =>
      (await send('/picture')).blob().catch(() => {
        throw new AnswerError(0, 'broken-off');
      }),
    step: (step, why) =>
      read('/steps', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(why === undefined ? { step } : { step, why }),
      }),
    uploaded: (upload) => read(pathOf(upload)),
    send: (upload, offset, chunk) =>
      read(pathOf(upload), {
        method: 'PATCH',
        headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body: chunk,
      }),
  };
};

const codeOf = (told: unknown): string => {
  const code = typeof told === 'object' && told !== null ? (told as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : 'unknown';
};
