import type { DropReason } from '../../core/schema/health.ts';
import { RateWindow } from '../times/rate-window.ts';
import { addFaults, type CameraFaults, noFaults, type StreamFaults } from './camera-faults.ts';

/**
 * Cost of receiving one picture, which cannot be timed from here: most of it is the kernel's. Measured at 0.066 % of a core
 * for 25 a second with our own client (decision 6); a camera that FFmpeg reads costs more than three times that.
 */
const readCostMs = 0.026;

/** What one camera did, over all its sessions. */
export class CameraTally {
  readonly dropped: Record<DropReason, number> = { quiet: 0, behind: 0, shed: 0, 'detector-busy': 0 };
  /** Streams that were opened. */
  connects = 0;
  /** Packets that could not be decoded, and pictures with something made up in them. */
  decodeErrors = 0;
  /** Packets that came. */
  received = 0;
  /** Pictures that came out of the decoder. */
  decoded = 0;
  /** Time spent on this camera, in milliseconds. */
  busyMs = 0;
  /** Of the streams that are over, and of the present one as far as it has told. */
  #endedFaults = noFaults;
  #streamFaults = noFaults;
  lastPacketAt: number | undefined;
  /** The last good frame. */
  lastFrameAt: number | undefined;
  readonly #packets = new RateWindow();
  readonly #bytes = new RateWindow();
  readonly #frames = new RateWindow();
  readonly #busyMs = new RateWindow();

  get faults(): CameraFaults {
    const { decodeErrors } = this;
    return addFaults({ ...noFaults, decodeErrors }, addFaults(this.#endedFaults, this.#streamFaults));
  }

  /** What the present stream says of itself since it began. */
  noteFaults(faults: StreamFaults): void {
    this.#streamFaults = { decodeErrors: 0, ...faults };
  }

  streamEnded(): void {
    this.#endedFaults = addFaults(this.#endedFaults, this.#streamFaults);
    this.#streamFaults = noFaults;
  }

  packet(nowMs: number, sizeBytes: number): void {
    this.received++;
    this.busyMs += readCostMs;
    this.#packets.add(nowMs);
    this.#bytes.add(nowMs, sizeBytes);
  }

  /** A frame went to the detector. */
  frame(nowMs: number): void {
    this.#frames.add(nowMs);
  }

  /** Time that this thread spent on the camera. */
  busy(nowMs: number, spentMs: number): void {
    this.busyMs += spentMs;
    this.#busyMs.add(nowMs, spentMs);
  }

  rates(nowMs: number): { streamFps: number; detectFps: number; bitrateKbps: number; costCores: number } {
    return {
      streamFps: this.#packets.perSecond(nowMs),
      detectFps: this.#frames.perSecond(nowMs),
      bitrateKbps: (this.#bytes.perSecond(nowMs) * 8) / 1000,
      costCores: (this.#busyMs.perSecond(nowMs) + this.#packets.perSecond(nowMs) * readCostMs) / 1000,
    };
  }
}
