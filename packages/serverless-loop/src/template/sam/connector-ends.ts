import type { Resource } from '../resource.ts';
import { callOf } from '../yaml/call.ts';
import { entryOf, fields, type Node, scalar, textOf } from '../yaml/node.ts';
import type { Expanding } from './made.ts';

/** The resource that a connector leads from, or to. */
export interface ConnectorEnd {
  /** Its logical id, or its type where it has none here. */
  name: string;
  /** CloudFormation's type. */
  type: string;
  arn: Node | undefined;
  roleName: Node | undefined;
  queueUrl: Node | undefined;
  /** Of an API: its id, and the part of its calls. */
  apiId: Node | undefined;
  qualifier: Node | undefined;
}

/** The types that SAM makes of its own. */
const MADE: Record<string, string> = {
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

/**
 * Reads `Source` or a `Destination`: by its logical id in this template, or by all that is to be known of it (SAM developer
 * guide, "ResourceReference"). Undefined for what is wrong, which is complained about.
 */
export function connectorEnd(
  node: Node | undefined,
  property: string,
  { resource, declared, complain }: Expanding,
): ConnectorEnd | undefined {
  const line = node?.line ?? resource.line;
  const id = textOf(entryOf(node, 'Id'));
  const known = id === undefined ? undefined : declared.get(id);
  const type = known?.type ?? textOf(entryOf(node, 'Type'));
  if (type === undefined || (id !== undefined && !known)) {
    const words = id === undefined ? 'expected "Id" or "Type", found neither' : `there is no resource ${id}`;
    if (node?.kind !== 'unknown') complain(line, `${property}, ${words}`);
    return undefined;
  }
  const madeType = MADE[type] ?? type;
  return {
    name: id ?? madeType,
    type: madeType,
    arn: entryOf(node, 'Arn') ?? (known && arnOf(known, madeType, line)),
    roleName: entryOf(node, 'RoleName') ?? (known && roleNameOf(known, line)),
    queueUrl: entryOf(node, 'QueueUrl') ?? (known && ref(known.logicalId, line)),
    apiId: entryOf(node, 'ResourceId') ?? (known && ref(known.logicalId, line)),
    qualifier: entryOf(node, 'Qualifier'),
  };
}

function arnOf({ logicalId }: Resource, type: string, line: number): Node {
  if (type === 'AWS::SNS::Topic') return ref(logicalId, line);
  return fields(line, { 'Fn::GetAtt': scalar(line, `${logicalId}.Arn`) });
}

/** The name of a function's role: of the one that SAM makes, or of that which its property refers to. */
function roleNameOf({ logicalId, type, properties }: Resource, line: number): Node | undefined {
  const role = properties.entries.get('Role');
  if (!role) return type === 'AWS::Serverless::Function' ? ref(`${logicalId}Role`, line) : undefined;
  const call = callOf(role);
  const [owner] = textOf(call?.argument)?.split('.') ?? [];
  if (call?.name === 'Fn::GetAtt' && owner !== undefined) return ref(owner, line);
  const text = textOf(role);
  return text === undefined ? undefined : scalar(line, text.slice(text.lastIndexOf('/') + 1));
}

function ref(logicalId: string, line: number): Node {
  return fields(line, { Ref: scalar(line, logicalId) });
}
