import type { Place } from '../../../aws/arn.ts';
import type { Report } from '../../../facts.ts';
import type { TemplateSources } from '../template-operations.ts';
import type { Deployer } from './deployer.ts';

/** What the operations that change stacks work with. */
export interface WriteContext extends TemplateSources {
  deployer: Deployer;
  place: Place;
  report: Report;
}
