import type { AwsError } from '../aws/errors.ts';
import type {
  Call,
  Caller,
  JsonObject,
  JsonService,
  LazyJsonService,
  Need,
  RestOperation,
} from '../aws/operation.ts';
import type { Report } from '../facts.ts';

/** What stands behind the gateway. */
export interface Routes {
  json: (JsonService | LazyJsonService)[];
  rest: RestOperation[];
  /** SQS's query protocol for older clients; its operations are those of the JSON service `AmazonSQS`. */
  query?: QueryProtocol;
  /** Throws AwsError when the caller may not. `service` is the short name in the signature, e.g. `dynamodb`. */
  authorize(call: Call, needs: Need[], service: string): void;
  identify(accessKeyId: string | undefined): Caller;
  /** The loop's own pages, outside AWS's protocols, under /_loop/. `path` comes without its query. */
  pages?: (request: { method: string; path: string; signal: AbortSignal }) => Page | undefined;
  report: Report;
}

export interface QueryProtocol {
  /** Throws AwsError on a body that is no call. */
  parse(body: string): { operation: string; input: JsonObject };
  render(operation: string, output: JsonObject | undefined, requestId: string): string;
  renderError(error: AwsError, requestId: string): string;
}

export interface Page {
  status: number;
  contentType: string;
  body: string;
}
