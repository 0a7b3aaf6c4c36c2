/** AWS's own managed policies for a service to do its work lie under a path (AWS Managed Policy Reference Guide). */
const SERVICE_ROLE = /^(AWSLambda\w*ExecutionRole|AWSLambdaRole|AWSCodeDeployRoleForLambda)$/;

/** The ARN of one of AWS's managed policies, or of any other that is given by its ARN. */
export function managedPolicyArn(nameOrArn: string, partition: string): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  const path = SERVICE_ROLE.test(nameOrArn) ? 'service-role/' : '';
  return `arn:${partition}:iam::aws:policy/${path}${nameOrArn}`;
}
