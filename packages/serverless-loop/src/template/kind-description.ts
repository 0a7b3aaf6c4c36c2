import type { Place } from '../aws/arn.ts';

/** A resource of the stack as others refer to it. */
export interface Identity {
  logicalId: string;
  /** The name that the template gives, or the one that CloudFormation makes. */
  name: string;
  place: Place;
  /** The start of this loop's URLs, e.g. `http://127.0.0.1:4580`. */
  endpoint: string;
  /** The number of the version that the resource publishes of a function. */
  versionOf(functionName: string): string;
  /** A property worked out, when it is text; one that stands deeper by its path, e.g. `Routes.0.Arn`. */
  text(property: string): string | undefined;
  /** True when the template gives the property. */
  has(property: string): boolean;
}

/** A property of an emulated resource that the loop leaves out, with what that means. */
export type LeftOut = readonly [property: string, status: 'accepted' | 'not emulated', reason: string];

/** All that can be said of one type of resource without reading one: how others refer to it, when it is made anew. */
export interface KindDescription {
  /** CloudFormation type, e.g. `AWS::SQS::Queue`. */
  type: string;
  /** The property that holds an explicit name. */
  nameProperty?: string;
  /** Of generated names, in characters; 255 unless told. */
  longestName?: number;
  /** The end that a generated name must have. */
  nameEnding?(text: Identity['text']): string;
  /** The value of `Ref`; the name unless told (template reference, "Return values" of each type). */
  ref?(identity: Identity): string;
  /** The values of `Fn::GetAtt`, from the same pages; undefined where the resource, as the template has it, has no such attribute. */
  attributes: Record<string, (identity: Identity) => string | undefined>;
  /** AWS knows attributes of it that are not listed here. */
  hasMoreAttributes?: boolean;
  /** GetAtt gives what the template says of any other property, too. */
  givesProperties?: boolean;
  /**
   * Properties beside the name whose change makes the resource anew (template reference, "Update requires: Replacement").
   * Absent for a type that is never made anew here, whatever its name becomes.
   */
  replacedBy?: readonly string[];
  /** The start names it among what one looks for in a system; the rest belongs to these, as a queue's policy does. */
  isMain?: boolean;
  /** True when it makes an identity, to which CloudFormation's caller must agree (guide, "Acknowledging IAM resources"). */
  makesIdentity?: true;
  /** Its name as a target of messages. */
  receivesAs?:
    | 'function'
    | 'queue'
    | 'bus'
    | 'topic'
    | 'logGroup'
    | 'stream'
    | 'apiDestination'
    | 'stateMachine';
  /** The reason why the whole type is without effect: it only watches, describes or limits, and the functions do the same without it. */
  withoutEffect?: string;
  /** A property whose values go on to others: what can't be known in it is missing only there. */
  handsOn?: string;
  /** Properties without effect. */
  leftOut?: readonly LeftOut[];
}

/** Finds what is known of a type. */
export interface KindDescriptions {
  get(type: string): KindDescription | undefined;
}
