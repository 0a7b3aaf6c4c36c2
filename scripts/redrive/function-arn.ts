const FUNCTION_ARN = /^(arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+)(:[$\w-]+)?$/;

/** The ARN of the function that an ARN with or without a version or an alias is of; undefined when it is of none. */
export function unqualified(arn: string): string | undefined {
  return FUNCTION_ARN.exec(arn)?.[1];
}
