/** A resource of the stack, as `GET /_loop/system` tells it. */
export interface SystemResource {
  logicalId: string;
  type: string;
  physicalId: string;
  status: 'emulated' | 'accepted' | 'not emulated' | 'unavailable';
  reason?: string;
  madeFrom?: string;
  line?: number;
  name?: string;
  arn?: string;
}

/** A relation of two resources, by logical ids. */
export interface SystemEdge {
  from: string;
  to: string;
  kind: string;
  label?: string;
}

export interface DiagramNode {
  id: string;
  type: string;
  resource: SystemResource | undefined;
}

export interface Diagram {
  nodes: DiagramNode[];
  edges: SystemEdge[];
}

/** Kinds that are parts of another resource, or say who may: they are in the list, and would hide the others here. */
const ASIDE =
  /^AWS::(IAM::|Logs::|CloudWatch::|Lambda::(Version|Alias|Permission|EventInvokeConfig|EventSourceMapping|LayerVersion|Url)|SQS::QueuePolicy|SNS::(Subscription|TopicPolicy)|S3::BucketPolicy|Events::EventBusPolicy|ApiGateway(V2)?::(Deployment|Stage|Account|Integration|Route|Method|Resource)|CodeDeploy::|SSM::|SecretsManager::|KMS::|Serverless::LayerVersion|Scheduler::ScheduleGroup)/;

/** The resources that are worth a box, and the relations between them; several of one kind are one line. */
export function diagramOf(resources: readonly SystemResource[], edges: readonly SystemEdge[]): Diagram {
  const shown = new Map(
    resources
      .filter(({ type, logicalId }) => !ASIDE.test(type) && !logicalId.includes('.'))
      .map((resource) => [resource.logicalId, resource]),
  );
  const joined = new Map<string, SystemEdge>();
  for (const edge of edges) {
    if (!shown.has(edge.from) || !shown.has(edge.to)) continue;
    const key = `${edge.from} ${edge.to}`;
    const known = joined.get(key);
    // Traffic says more than the right to it.
    if (!known || known.kind === 'permits') joined.set(key, edge);
  }
  const nodes = [...shown.values()].map((resource) => ({
    id: resource.logicalId,
    type: kindWord(resource.type),
    resource,
  }));
  return { nodes, edges: [...joined.values()] };
}

/** `AWS::DynamoDB::Table` as `DynamoDB Table`. */
export function kindWord(type: string): string {
  return type.replace(/^AWS::(Serverless::)?/, '').replaceAll('::', ' ');
}
