import type { Place } from '../aws/arn.ts';

/** A resource of the stack as others refer to it. */
export interface Identity {
  logicalId: string;
  /** The name that the template gives, or the one that CloudFormation makes. */
  name: string;
  place: Place;
  /** What URLs of this loop start with, e.g. `http://127.0.0.1:4580`. */
  endpoint: string;
  /** The number of the version that the resource publishes of a function. */
  versionOf(functionName: string): string;
  /** A property worked out, when it is text. */
  text(property: string): string | undefined;
  /** Whether the template gives the property. */
  has(property: string): boolean;
}

/** What `Ref` and `Fn::GetAtt` give for a type (template reference, "Return values" of each type). */
export interface ResourceType {
  /** The property that holds an explicit name. */
  nameProperty?: string;
  /** Of generated names, in characters; 255 unless told. */
  longestName?: number;
  ref?(identity: Identity): string;
  /** Undefined where the resource, as the template has it, has no such attribute. */
  attributes: Record<string, (identity: Identity) => string | undefined>;
  /** Whether GetAtt gives what the template says of any other property, too. */
  givesProperties?: boolean;
}
