import { useEffect, useState } from 'preact/hooks';

export interface EvidenceImageProps {
  address: string;
  alt: string;
  class: string;
  isLazy?: boolean;
}

/** The bus tells of a picture a moment before the history can show it. */
const firstAgainMs = 250;
const againMs = 1500;
const maxTries = 10;

/** A picture of an alert; asked for again while it is only just coming. */
export const EvidenceImage = ({ address, alt, isLazy = false, ...rest }: EvidenceImageProps) => {
  const [tries, setTries] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    setTries(0);
    setFailed(false);
  }, [address]);
  useEffect(() => {
    if (!hasFailed || tries >= maxTries) return;
    const timer = setTimeout(
      () => {
        setTries(tries + 1);
        setFailed(false);
      },
      Math.min(againMs, firstAgainMs * 2 ** tries),
    );
    return () => clearTimeout(timer);
  }, [hasFailed, tries]);
  return (
    <img
      key={tries}
      src={address}
      alt={alt}
      loading={isLazy ? 'lazy' : 'eager'}
      decoding="async"
      onError={() => setFailed(true)}
      {...rest}
    />
  );
};
