export interface AxisPrior {
  position: number;
  /** Standard deviations of what is believed at first. */
  positionSigma: number;
  velocitySigma: number;
}

/**
 * A Kalman filter on one coordinate of something that moves at nearly constant velocity. Time steps are given
 * in seconds at each call and may differ: the process noise is that of continuous white acceleration, so two
 * steps of half a second equal one of a second (Bar-Shalom, "Estimation with Applications", 6.2.2).
 */
export class AxisFilter {
  #position: number;
  #velocity = 0;
  #positionVariance: number;
  #covariance = 0;
  #velocityVariance: number;

  constructor({ position, positionSigma, velocitySigma }: AxisPrior) {
    this.#position = position;
    this.#positionVariance = positionSigma ** 2;
    this.#velocityVariance = velocitySigma ** 2;
  }

  get position(): number {
    return this.#position;
  }

  get velocity(): number {
    return this.#velocity;
  }

  /** How unsure the position is, squared. */
  get variance(): number {
    return this.#positionVariance;
  }

  /** Moves the belief `seconds` on. `jolt` is the acceleration's strength, in units per second per √second. */
  predict(seconds: number, jolt: number): void {
    const strength = jolt ** 2;
    this.#position += this.#velocity * seconds;
    this.#positionVariance +=
      seconds * (2 * this.#covariance + seconds * this.#velocityVariance) + (strength * seconds ** 3) / 3;
    this.#covariance += seconds * this.#velocityVariance + (strength * seconds ** 2) / 2;
    this.#velocityVariance += strength * seconds;
  }

  /** Takes in a measurement whose standard deviation is `sigma`. */
  correct(measured: number, sigma: number): void {
    const innovationVariance = this.#positionVariance + sigma ** 2;
    const positionGain = this.#positionVariance / innovationVariance;
    const velocityGain = this.#covariance / innovationVariance;
    const innovation = measured - this.#position;
    this.#position += positionGain * innovation;
    this.#velocity += velocityGain * innovation;
    this.#velocityVariance -= velocityGain * this.#covariance;
    this.#covariance *= 1 - positionGain;
    this.#positionVariance *= 1 - positionGain;
  }

  /** Stands still at `position`; how sure it is of the position stays as it was. */
  rest(position: number, velocitySigma: number): void {
    this.#position = position;
    this.#velocity = 0;
    this.#covariance = 0;
    this.#velocityVariance = velocitySigma ** 2;
  }
}
