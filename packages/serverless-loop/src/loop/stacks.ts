import type { Place } from '../aws/arn.ts';
import type { QueryService } from '../aws/query-service.ts';
import { queryService } from '../aws/service.ts';
import type { Report } from '../facts.ts';
import {
  CLOUDFORMATION,
  type GivenNames,
  liveStack,
  stackStore,
  startDeployer,
} from '../services/cloudformation/service.ts';
import { kinds } from '../services/kinds.ts';
import { loadDeployment, loadStack } from '../services/load.ts';
import { emptyStack } from '../template/empty-stack.ts';
import type { Stack } from '../template/model.ts';
import { steadySuffix } from '../template/names.ts';
import { processTemplate } from '../template/processed.ts';
import { isMadeWithRole } from '../template/sam/role.ts';
import { localIdOf, stackPathOf } from '../template/stack-path.ts';
import { summarizeTemplate } from '../template/summary.ts';
import { templateTexts } from '../template/template-texts.ts';
import { type FollowedTemplate, followedTemplate } from './followed-template.ts';
import { heldKinds, type StackServices } from './held-kinds.ts';
import type { DeclaredStack } from './loop-options.ts';
import { refuseInvalid } from './refuse-invalid.ts';

export interface StackToolsOptions {
  place: Place;
  endpoint: string;
  report: Report;
  services: StackServices;
  /** The text of a template in S3. */
  templateAt(url: string): Promise<string | undefined>;
  /** The template that the loop was started with, unless there is none. */
  live?: { stack: Stack; startedAt: number };
}

/** Starts CloudFormation, which only tools call: at the first call. */
export function startStackTools(options: StackToolsOptions): {
  cloudformation: QueryService;
  /** The stack that the loop was started with, as it is now. */
  live(): Stack | undefined;
  /** Makes it what its saved template says. Throws TemplateError when that can't be, and all stays as it was. */
  follow(declared: DeclaredStack): Promise<FollowedTemplate>;
  stop(): Promise<void>;
} {
  const { place, endpoint, report, services, templateAt } = options;
  const store = stackStore();
  const texts = templateTexts();
  const sources = {
    store,
    reader: {
      ready: texts.ready,
      summarize: (source: string) => summarizeTemplate(source, texts.read),
      process: (source: string) => processTemplate(source, texts.read),
      makesIdentity: (type: string) => isMadeWithRole(type) || kinds.get(type)?.makesIdentity === true,
    },
    templateAt,
  };
  const held = heldKinds(services);
  const stored = { parameter: services.ssm.valueOf, secret: services.secretsManager.textOf };
  const deployer = startDeployer({
    store,
    place,
    report,
    kinds: held,
    // No file: what a template says of folders means nothing on another machine.
    read: (request) => loadDeployment({ path: 'template', place, endpoint, stored, ...request }, texts.read),
    runs: (arn) => held.map((kind) => kind.runs?.(arn)).find((running) => running !== undefined),
    ...(options.live && { live: liveHeld(options.live) }),
  });
  return {
    cloudformation: queryService(CLOUDFORMATION, { ...sources, deployer, place, report }),
    live: deployer.live,
    async follow(declared) {
      const { templatePath } = declared;
      const before = deployer.live() ?? emptyStack(place, declared.stackName);
      const stack = loadStack({ ...declared, path: templatePath, endpoint });
      await refuseInvalid(templatePath, stack);
      const followed = await deployer.follow(savedStack(stack));
      return followedTemplate(templatePath, before, stack, followed);
    },
    stop: deployer.stop,
  };
}

/** The stack that runs from source, as a deployment of the same template would have it. */
function liveHeld({ stack, startedAt }: NonNullable<StackToolsOptions['live']>) {
  const saved = savedStack(stack);
  return { ...liveStack(stack, startedAt), ...saved };
}

function savedStack(stack: Stack) {
  return { stack, names: steadyNames(stack) };
}

/** A stack that runs from source has the same names at each start, and one version of each function. */
function steadyNames({ name, nested, functions, states }: Stack): GivenNames {
  const ids = states().map(({ logicalId }) => logicalId);
  const nameOf = new Map(nested.map((stack) => [stack.path, stack.name]));
  const stackNameOf = (logicalId: string) => nameOf.get(stackPathOf(logicalId) ?? '') ?? name;
  return {
    suffixes: new Map(
      ids.map((logicalId) => [logicalId, steadySuffix(stackNameOf(logicalId), localIdOf(logicalId))]),
    ),
    versions: new Map(ids.map((logicalId) => [logicalId, '1'])),
    lastVersions: new Map(functions.map((fn) => [fn.name, 1])),
  };
}
