interface Span {
  from: number;
  to: number;
}

/** Chunks that follow each other closely make one span. */
const sameSpanMs = 60_000;

/** Stretches of time, told in order; those that touch are one. */
export class Spans {
  readonly #spans: Span[] = [];

  add(from: number, to: number): void {
    const last = this.#spans.at(-1);
    if (last && from <= last.to + sameSpanMs) last.to = Math.max(last.to, to);
    else this.#spans.push({ from, to });
  }

  has(at: number): boolean {
    return this.#spans.some(({ from, to }) => at >= from && at <= to);
  }

  /** What of them lies in a span, at most `count`. */
  within(span: Span, count: number): Span[] {
    return this.#spans
      .filter(({ from, to }) => to >= span.from && from < span.to)
      .slice(0, count)
      .map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }));
  }
}
