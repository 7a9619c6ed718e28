/** Between NTP's beginning in 1900 and 1970, in seconds. */
const ntpToUnixSeconds = 2_208_988_800;
/** NTP's 32-bit seconds begin again in 2036; numbers of the lower half are of the era after that (RFC 4330 section 3). */
const eraSeconds = 0x1_0000_0000;

/** An RTCP sender report: the same moment by the camera's wall clock and in RTP time. */
export interface SenderReport {
  source: number;
  ntpSeconds: number;
  /** In 2^-32 s. */
  ntpFraction: number;
  rtpTime: number;
}

/** The camera's wall clock, by its latest sender report. */
export class SenderClock {
  readonly #ticksPerMs: number;
  #report: { wallMs: number; rtpTime: number } | undefined;

  constructor(clockRate: number) {
    this.#ticksPerMs = clockRate / 1000;
  }

  take({ ntpSeconds, ntpFraction, rtpTime }: SenderReport): void {
    // A sender without a wall clock says zero.
    if (ntpSeconds === 0) return;
    const era = ntpSeconds < eraSeconds / 2 ? eraSeconds : 0;
    const wallMs = (ntpSeconds + era - ntpToUnixSeconds) * 1000 + (ntpFraction / eraSeconds) * 1000;
    this.#report = { wallMs, rtpTime };
  }

  forget(): void {
    this.#report = undefined;
  }

  /** Milliseconds since 1970 at an RTP time, wrapped or not; nothing before the first report. */
  wallTimeAt(rtpTime: number): number | undefined {
    if (!this.#report) return undefined;
    const { wallMs, rtpTime: reportedAt } = this.#report;
    return wallMs + ((rtpTime - reportedAt) | 0) / this.#ticksPerMs;
  }
}
