import { useEffect, useState } from 'preact/hooks';
import { askRaw } from '../../http/ask.ts';

export interface Picture {
  address: string;
  /** Height over width. */
  aspect: number;
}

/** The camera's picture of now, once; asked for again when `turn` changes. Undefined while it gives none. */
export const usePicture = (
  cameraId: string,
  turn: number,
): { picture: Picture | undefined; failure: unknown } => {
  const [picture, setPicture] = useState<Picture>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    const leaving = new AbortController();
    let address: string | undefined;
    const load = async (): Promise<void> => {
      const response = await askRaw(`/api/v1/cameras/${cameraId}/snapshot.jpg`, { signal: leaving.signal });
      const blob = await response.blob();
      const bitmap = await createImageBitmap(blob);
      if (leaving.signal.aborted) return;
      address = URL.createObjectURL(blob);
      setPicture({ address, aspect: bitmap.height / bitmap.width });
      setFailure(undefined);
    };
    load().catch((thrown: unknown) => {
      if (!leaving.signal.aborted) setFailure(thrown);
    });
    return () => {
      leaving.abort();
      if (address) URL.revokeObjectURL(address);
    };
  }, [cameraId, turn]);
  return { picture, failure };
};
