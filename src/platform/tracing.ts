import { Tracer } from '@aws-lambda-powertools/tracer';

/** Traces. The one file that knows the X-Ray SDK, which is in maintenance mode: OpenTelemetry would take its place here. */
export interface Tracing {
  /** The same SDK client, with each of its calls traced. */
  captured<Client>(client: Client): Client;
  /** Runs a piece of work in a subsegment of its own, closed with the error if it fails. */
  inSubsegment<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Makes the trace findable by this value. */
  annotate(key: string, value: string | boolean): void;
  /** Annotates whether this is the environment's first invocation, and which service it is. */
  annotateInvocation(): void;
}

/** Traces to the X-Ray daemon when Lambda says where it is; elsewhere does nothing. */
export function startTracing(serviceName: string): Tracing {
  // Every request is an SDK client's, and traced by it: the HTTP module need not be patched too.
  const tracer = new Tracer({ serviceName, captureHTTPsRequests: false });
  return {
    captured: (client) => tracer.captureAWSv3Client(client),
    annotate: (key, value) => tracer.putAnnotation(key, value),
    annotateInvocation() {
      tracer.annotateColdStart();
      tracer.addServiceNameAnnotation();
    },
    async inSubsegment(name, run) {
      const parent = tracer.getSegment();
      if (parent === undefined) return run();
      const subsegment = parent.addNewSubsegment(name);
      tracer.setSegment(subsegment);
      try {
        return await run();
      } catch (error) {
        if (error instanceof Error) tracer.addErrorAsMetadata(error);
        throw error;
      } finally {
        subsegment.close();
        tracer.setSegment(parent);
      }
    },
  };
}
