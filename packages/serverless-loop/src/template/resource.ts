import type { Fields } from './yaml/node.ts';

/** A resource of the template, or one that SAM makes from it; its references to others still stand. */
export interface Resource {
  logicalId: string;
  /** CloudFormation type. */
  type: string;
  line: number;
  properties: Fields;
  /** The same before parameters are filled in and conditions decided, for what SAM hashes. */
  declared?: Fields;
  metadata?: Fields;
  /** Those of SAM's that stand at what they lead from. */
  connectors?: Fields;
  dependsOn: { logicalId: string; line: number }[];
  /** `Delete` where they aren't said. */
  deletionPolicy?: string;
  updateReplacePolicy?: string;
  /** Logical id of the SAM resource that this one was made from, when that is another. */
  madeFrom?: string;
  /** Another name for it in references, which SAM allows, e.g. `Packer.Alias`. */
  alsoNamed?: string;
  /** The reason why it is not emulated though others of its type may be. */
  notEmulated?: string;
  /** The reason why it can't be had, whatever its properties come to, and the line that says so. */
  unavailable?: { line: number; reason: string };
}

/** Stands for a loop over what can't be known here, in the place of the resources that it would make. */
export const LOOP_TYPE = 'Fn::ForEach';
