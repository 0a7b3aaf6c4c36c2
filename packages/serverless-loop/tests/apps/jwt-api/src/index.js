exports.handler = async ({ requestContext: { authorizer } }) => ({
  sub: authorizer?.jwt.claims.sub ?? 'nobody',
});
