import process from 'node:process';
import type { Outputs } from '../stack/outputs.ts';
import type { Place } from './place.ts';

/** Addresses of a stack's logs and traces. */
export function addressLines({
  place,
  outputs,
  stackName,
  isThere,
}: {
  place: Place;
  outputs: Outputs;
  stackName: string;
  isThere: boolean;
}): string[] {
  const { endpoint, region } = place.client();
  if (endpoint !== undefined)
    return [
      ...(isThere
        ? [`  logs    AWS_ENDPOINT_URL=${endpoint} sam logs --stack-name ${stackName} --region ${region}`]
        : []),
      `  traces  AWS_ENDPOINT_URL=${endpoint} sam traces --region ${region}`,
    ];
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  const groups = [outputs.OrderCreatorLogGroupName, outputs.OrderProcessorLogGroupName];
  const logs = isThere
    ? groups.flatMap((group) =>
        group ? [`  logs    ${console}#logsV2:log-groups/log-group/${consolePart(group)}`] : [],
      )
    : ['  logs    deleted with the stack'];
  return [...logs, `  traces  ${console}#xray:traces/query`];
}

/** The CloudWatch console's own encoding of a name in its fragment: percent-encoded twice, with $ for %. */
function consolePart(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}

/** Advice for a stack that is still there. */
export function leftLines({
  stackName,
  place,
  loopPid,
}: {
  stackName: string;
  place: Place;
  loopPid?: number | undefined;
}): string[] {
  const { endpoint, region } = place.client();
  const at = endpoint === undefined ? '' : `AWS_ENDPOINT_URL=${endpoint} `;
  const profile =
    !process.env.AWS_PROFILE || endpoint !== undefined ? '' : ` --profile ${process.env.AWS_PROFILE}`;
  return [
    `The stack ${stackName} is still there. Remove it with`,
    `  ${at}sam delete --stack-name ${stackName} --region ${region}${profile}`,
    ...(loopPid === undefined
      ? []
      : [`and the loop that holds it, which still runs, with`, `  kill ${loopPid}`]),
  ];
}
