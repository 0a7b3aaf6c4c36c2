import type { HttpAnswer } from './http-call.ts';

/** A request that goes out with the authorization of a connection. */
export interface ConnectionCall {
  connectionArn: string;
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  /** Makes the body, with the members that the connection adds. */
  bodyWith(members: Readonly<Record<string, string>>): string;
  timeoutMs: number;
}

/**
 * Sends a request and reads its answer, whatever its status. Rejects with AwsError for a connection that isn't there or not
 * authorized, with TimedOutError, with DeliveryError for a host that the loop doesn't call, or what the connection ends with.
 */
export type CallByConnection = (call: ConnectionCall) => Promise<HttpAnswer>;
