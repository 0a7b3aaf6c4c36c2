const seen = [];

exports.handler = async ({ Records = [] }) => {
  seen.push(...Records.map(({ body }) => body));
  const { STACK_NAME, STACK_ID } = process.env;
  return { seen, stackName: STACK_NAME, stackId: STACK_ID };
};
