import { type AppError, toAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Clock } from '../../core/runtime/clock.ts';
import type { EvidenceItem, Medium } from '../../core/schema/alert.ts';
import { mediums } from '../../core/schema/mediums.ts';
import type { EvidenceOutcome, EvidenceRequest } from '../../core/stages.ts';
import type { Coding } from '../ring/coding.ts';
import type { EncodedPacket } from '../ring/encoded-packet.ts';
import type { PacketRing } from '../ring/packet-ring.ts';
import type { EvidenceBudget } from './budget.ts';
import { evidenceError, toReason } from './errors.ts';
import type { EvidenceMedia } from './evidence-media.ts';
import { PacketTape, type TapeHold } from './packet-tape.ts';

export interface RecorderCoreDeps {
  ring: PacketRing;
  media: EvidenceMedia;
  budget: EvidenceBudget;
  maxPending: number;
  maxHeldBytes: number;
  clock: Clock;
  log: Logger;
  onOutcome: (outcome: EvidenceOutcome) => void;
}

/** How a recorder has fared so far. */
export interface RecorderCounts {
  requested: number;
  /** Requests beyond a bound, or without a stream. */
  refused: number;
  /** Media that are in the store. */
  written: number;
  /** Media that could not be made, those of refused requests among them. */
  missing: number;
}

/** How long after a clip's end its packets may still be on their way. */
const lateMs = 5_000;
/** Stream times are rounded to microseconds more than once on their way here; frames are milliseconds apart. */
const roundingUs = 500;

interface Job {
  request: EvidenceRequest;
  tape: PacketTape;
  hold: TapeHold;
  startUs: number;
  endUs: number;
  deadlineAt: number;
  abort: AbortController;
  /** Media without an outcome yet. */
  open: Set<Medium>;
  /** Media whose making has begun. */
  running: Set<Medium>;
}

/**
 * One camera's evidence requests from asking to outcome: keeps the packets they need, makes the picture at once and
 * the clip when its end is there, and gives every medium of every request exactly one outcome.
 */
export class RecorderCore {
  readonly #deps: RecorderCoreDeps;
  readonly #jobs = new Set<Job>();
  /** Those whose clip still lacks packets. */
  readonly #waiting = new Set<Job>();
  readonly #tasks = new Set<Promise<void>>();
  #tape: PacketTape;
  /** Of the packets on the tape. */
  #coding: Coding | undefined;
  #closing: Promise<void> | undefined;
  readonly #counts: RecorderCounts = { requested: 0, refused: 0, written: 0, missing: 0 };

  constructor(deps: RecorderCoreDeps) {
    this.#deps = deps;
    this.#tape = this.#newTape();
  }

  get counts(): Readonly<RecorderCounts> {
    return { ...this.#counts };
  }

  get heldBytes(): number {
    const tapes = new Set([...this.#jobs].map((job) => job.tape));
    return [...tapes].reduce((sum, tape) => sum + tape.bytes, 0);
  }

  request(request: EvidenceRequest): void {
    this.#counts.requested++;
    this.#noticeCoding();
    const job = this.#admit(request);
    if (!job) return;
    this.#start(job, 'snapshot');
    this.#waiting.add(job);
    const latest = this.#deps.ring.latest;
    if ((latest && latest.dtsUs >= job.endUs) || this.#isOverBytes()) this.#startClip(job);
  }

  onPacket(packet: EncodedPacket): void {
    this.#noticeCoding();
    if (this.#waiting.size === 0 || this.#deps.ring.latest?.dtsUs !== packet.dtsUs) return;
    this.#tape.append(packet);
    const isOver = this.#isOverBytes();
    // By decoding time: after it no packet that is shown earlier can follow.
    for (const job of this.#waiting) if (isOver || packet.dtsUs >= job.endUs) this.#startClip(job);
  }

  poll(): void {
    const now = this.#deps.clock.monotonic();
    for (const job of this.#waiting) if (now >= job.deadlineAt) this.#startClip(job);
  }

  cancelAll(reason: string): void {
    const error = evidenceError('evidence-cancelled', reason);
    for (const job of this.#jobs) {
      this.#waiting.delete(job);
      job.abort.abort(error);
      for (const medium of mediums) if (!job.running.has(medium)) this.#settle(job, medium, error);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    for (const job of this.#waiting) this.#startClip(job);
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  #newTape(): PacketTape {
    return new PacketTape((delta) => this.#deps.budget.addHeldBytes(delta));
  }

  #isOverBytes(): boolean {
    return this.heldBytes > this.#deps.maxHeldBytes || this.#deps.budget.isFull;
  }

  /** Packets of another coding cannot be in the same clip: what waits ends here. */
  #noticeCoding(): void {
    const { coding } = this.#deps.ring;
    if (this.#closing !== undefined || !coding || coding === this.#coding) return;
    this.#coding = coding;
    for (const job of this.#waiting) this.#startClip(job);
    this.#tape = this.#newTape();
  }

  #refusal(): AppError | undefined {
    const { budget, maxPending } = this.#deps;
    if (this.#closing !== undefined) {
      return evidenceError('evidence-cancelled', 'the camera is being closed');
    }
    if (this.#isOverBytes()) {
      return evidenceError('too-many-bytes', 'as many packets are kept for clips as memory allows');
    }
    if (this.#jobs.size >= maxPending || !budget.admit()) {
      return evidenceError(
        'too-many-requests',
        `${this.#jobs.size} requests of this camera are not finished`,
      );
    }
    return undefined;
  }

  #admit(request: EvidenceRequest): Job | undefined {
    const refusal = this.#coding
      ? this.#refusal()
      : evidenceError('stream-unknown', 'the camera has sent no picture');
    if (refusal) {
      this.#counts.refused++;
      for (const medium of mediums) this.#emit(request, medium, toAppError(refusal));
      return undefined;
    }
    const { clock, ring } = this.#deps;
    const startUs = request.ptsUs - request.preSeconds * 1e6;
    const endUs = request.ptsUs + request.postSeconds * 1e6;
    const tape = this.#tape;
    const hold = tape.hold(startUs);
    tape.extend(ring.span(startUs, Number.POSITIVE_INFINITY));
    const heldUs = Math.max(ring.latest?.ptsUs ?? request.ptsUs, request.ptsUs);
    const deadlineAt = clock.monotonic() + Math.max(0, endUs - heldUs) / 1e3 + lateMs;
    const abort = new AbortController();
    const open = new Set(mediums);
    const running = new Set<Medium>();
    const job = { request, tape, hold, startUs, endUs, deadlineAt, abort, open, running };
    this.#jobs.add(job);
    return job;
  }

  #startClip(job: Job): void {
    if (this.#waiting.delete(job)) this.#start(job, 'clip');
  }

  #start(job: Job, medium: Medium): void {
    const task = this.#make(job, medium).finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  async #make(job: Job, medium: Medium): Promise<void> {
    const { budget, media } = this.#deps;
    const { request, tape, startUs, endUs } = job;
    const isClip = medium === 'clip';
    const packets = isClip ? tape.span(startUs, endUs) : tape.span(request.ptsUs, request.ptsUs + roundingUs);
    const made = { request, packets, startUs, endUs, signal: job.abort.signal };
    const lane = isClip ? budget.clips : budget.snapshots;
    await lane.run(async () => {
      if (!job.open.has(medium)) return;
      job.running.add(medium);
      const making = isClip ? media.clip(made) : media.snapshot(made);
      this.#settle(job, medium, await making.catch(toAppError));
    });
  }

  #settle(job: Job, medium: Medium, result: EvidenceItem | AppError): void {
    if (!job.open.delete(medium)) return;
    this.#emit(job.request, medium, result);
    if (job.open.size > 0) return;
    this.#jobs.delete(job);
    job.hold.release();
    this.#deps.budget.leave();
  }

  #emit(request: EvidenceRequest, medium: Medium, result: EvidenceItem | AppError): void {
    const { alertId, cameraId } = request;
    const { log, onOutcome } = this.#deps;
    const subject = { alertId, cameraId, medium };
    const isMissing = result instanceof Error;
    this.#counts[isMissing ? 'missing' : 'written']++;
    if (isMissing) log.warn({ ...subject, err: result }, 'evidence is missing');
    try {
      onOutcome(isMissing ? { ...subject, reason: toReason(result) } : { ...subject, item: result });
    } catch (error) {
      log.error({ ...subject, err: error }, 'an evidence outcome could not be handed on');
    }
  }
}
