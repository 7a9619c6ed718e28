/** Something that shows the bytes of a live stream in an element. */
export interface Picture {
  readonly element: HTMLElement;
  put(bytes: ArrayBuffer): void;
  close(): void;
}

export interface PictureEvents {
  /** A picture is shown: its media time. */
  onShown(mediaSeconds: number): void;
  /** It shows nothing any more. */
  onBroken(): void;
}
