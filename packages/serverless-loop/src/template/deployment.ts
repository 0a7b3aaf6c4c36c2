import type { Place } from '../aws/arn.ts';
import type { StoredLookup, StoredValues } from './values/stored-values.ts';

/**
 * Facts for reading a template that is deployed to the loop, besides those for every template. The one that the loop was
 * started with has no such thing: its code is in folders, and its names are the same at each start.
 */
export interface DeploymentContext {
  stackId: string;
  /** The random end of a generated name, in 12 letters and digits. */
  suffixOf(logicalId: string): string;
  /** The number of a published version, which the resource of that logical id makes. */
  versionOf(logicalId: string, functionName: string): string;
  /** The value that another stack exports. */
  exported(name: string): string | undefined;
  /** The text of an object in S3 that the template names, undefined when there is none. */
  textAt(url: string): string | undefined;
  /** The kind of thing that the loop runs under an ARN that is not of this template. */
  runs(arn: string): Running | undefined;
}

export type Running = 'function' | 'queue' | 'bus' | 'topic' | 'stream' | 'stateMachine' | 'role';

/** A resource as CloudFormation keeps it, to tell the next template's difference from it. */
export interface ResourceState {
  logicalId: string;
  type: string;
  physicalId: string;
  /** Worked out. */
  properties: Readonly<Record<string, unknown>>;
  /** The caller's word that making it needs. */
  capability?: 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM';
  /** The property that holds its name, of a type that is made anew under another name. */
  nameProperty?: string;
  /** The properties whose change makes it anew, that one among them. */
  replacedBy: readonly string[];
  /** As written, once conditions are decided: references still stand, those to parameters as `{ Ref }`. */
  written: Readonly<Record<string, unknown>>;
  /**
   * The properties as they are told to people: each value a text, secrets hidden, and what is known only once one of the
   * given resources is made as `{{changeSet:KNOWN_AFTER_APPLY}}`.
   */
  shown(unmade?: ReadonlySet<string>): Record<string, unknown>;
  /** Worked out. */
  metadata?: unknown;
  writtenMetadata?: unknown;
  /** Logical ids of the resources that must be there before. */
  dependsOn: readonly string[];
  deletionPolicy: string;
  updateReplacePolicy: string;
  /** Those that the template says. */
  saidPolicies: { DeletionPolicy?: string; UpdateReplacePolicy?: string };
}

/** The reason why a resource can't be made: found when the template was read, told when its turn comes. */
export interface ResourceProblem {
  logicalId: string;
  message: string;
}

export interface ReadPlace {
  stackName: string;
  place: Place;
  endpoint: string;
  deployment?: DeploymentContext;
  given?: GivenValues;
  /** Absent: only what is given. */
  stored?: StoredLookup;
}

/** Values that the loop can't know and a developer gives. */
export interface GivenValues {
  /** By what the template calls them: `Resource.Attribute`, or `Resource` for what `Ref` gives. */
  values: Readonly<Record<string, string>>;
  /** Exports of stacks that don't run here, by their names. */
  imports: Readonly<Record<string, string>>;
  /** Of Parameter Store and Secrets Manager. */
  stored?: StoredValues;
}
