/** One change after the other for each camera; a camera for which nothing is left to do is forgotten. */
export class CameraTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** Cameras for which something is under way. */
  get size(): number {
    return this.#last.size;
  }

  /** Does the work when all that was asked for this camera before is over. What rejects is nobody's to catch. */
  run(cameraId: string, work: () => Promise<void>): void {
    const turn = (this.#last.get(cameraId) ?? Promise.resolve()).then(work);
    this.#last.set(cameraId, turn);
    void turn.finally(() => {
      if (this.#last.get(cameraId) === turn) this.#last.delete(cameraId);
    });
  }

  /** Resolves when nothing is under way any more. */
  async ended(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
