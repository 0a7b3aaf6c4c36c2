import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Subsegment } from 'aws-xray-sdk-core';

/** Traces. The one file that knows the X-Ray SDK, which is in maintenance mode: OpenTelemetry would take its place here. */
export interface Tracing {
  /** The same SDK client, with each of its calls traced. */
  captured<Client>(client: Client): Client;
  /** Runs a piece of work in a subsegment of its own, closed with the error if it fails. */
  inSubsegment<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Makes the trace findable by this value, which is put on the current subsegment and on all that begin below it. */
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
    annotate(key, value) {
      tracer.putAnnotation(key, value);
      const current = tracer.getSegment();
      // The segment above them all is Lambda's own, and lives on into the next invocation.
      if (current !== undefined && 'parent' in current) annotateNewBelow(current, key, value);
    },
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

/** X-Ray hands no annotation down by itself, and an SDK call's subsegment is out of our reach once it is begun. */
function annotateNewBelow(subsegment: Subsegment, key: string, value: string | boolean): void {
  const add = subsegment.addSubsegment.bind(subsegment);
  subsegment.addSubsegment = (child) => {
    child.addAnnotation(key, value);
    annotateNewBelow(child, key, value);
    add(child);
  };
}
