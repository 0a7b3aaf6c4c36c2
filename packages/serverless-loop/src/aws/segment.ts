/** A segment or subsegment that a service of the loop records of itself (X-Ray guide, "Segment documents"). */
export interface ServiceSegment {
  id: string;
  name: string;
  /** Epoch seconds. */
  start_time: number;
  trace_id: string;
  end_time: number;
  parent_id?: string;
  error?: boolean;
  fault?: boolean;
  throttle?: boolean;
  cause?: Cause;
  http?: { response: { status: number } };
  aws?: Record<string, unknown>;
  origin: string;
  resource_arn?: string;
  subsegments?: ServiceSubsegment[];
}

export interface ServiceSubsegment {
  id: string;
  name: string;
  start_time: number;
  end_time: number;
  error?: boolean;
  fault?: boolean;
  throttle?: boolean;
  cause?: Cause;
  http?: { response: { status: number } };
  aws?: Record<string, unknown>;
}

export interface Cause {
  exceptions: TracedException[];
}

export interface TracedException {
  id: string;
  type?: string;
  message?: string;
  stack?: { path: string; line: number; label: string }[];
}

/** Takes a segment over. Its `isFinal` is false when the same segment will be told again, with more in it. */
export type RecordSegment = (segment: ServiceSegment, isFinal: boolean) => void;
