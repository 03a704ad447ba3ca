/** Token buckets, one for each account at a service. */

export interface Bucket {
  account: string;
  /** A full one. */
  units: number;
  /** Milliseconds in which that many come back, evenly. */
  per: number;
  /** What is taken at once; more than `units` counts as all of them. */
  cost: number;
}

export interface RateStore {
  /** Takes from all of them, or from none: then gives when there will be enough (milliseconds). Null: taken. One statement, whoever else asks. */
  take(buckets: readonly Bucket[], now: number): Promise<number | null>;
}
